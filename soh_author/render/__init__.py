"""Effective pages to HTML."""
