"""Tests of settings and their file."""
