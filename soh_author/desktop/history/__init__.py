"""Versions of a page: who changed it, when and why; compare by eye; bring a text back."""
