"""Checks of pages, one per file, all with one signature."""
