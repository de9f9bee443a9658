"""Texts beside each other: what differs, what is alike, and how two become one."""
