"""Effective pages to HTML: one rendering path for the preview and for publishing."""
