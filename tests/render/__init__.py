"""Tests of soh_author.render."""
