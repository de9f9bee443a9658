"""Tests of what a person sets for themselves."""
