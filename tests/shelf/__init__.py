"""Tests of soh_author.shelf."""
