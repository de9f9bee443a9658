"""Attacks on the gate, each beside the honest push that differs from it in one thing."""
