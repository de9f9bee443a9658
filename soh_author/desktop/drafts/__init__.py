"""Drafts: the list of them, and what can be done with them."""
