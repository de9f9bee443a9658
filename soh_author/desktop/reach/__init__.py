"""Whom does it reach: what the open draft changes for every public, and what it doesn't reach."""
