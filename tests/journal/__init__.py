"""Tests of the journal of unsaved text."""
