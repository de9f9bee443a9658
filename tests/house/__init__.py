"""Tests about the codebase itself: sizes, names, layout, lock, comments."""
