"""Tests of Markdown text and front matter."""
