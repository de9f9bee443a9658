"""Tests of reading repository files."""
