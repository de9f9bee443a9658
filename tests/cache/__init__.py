"""Tests of soh_author.cache."""
