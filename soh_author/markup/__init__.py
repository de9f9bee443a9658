"""Markdown text to domain values and back."""
