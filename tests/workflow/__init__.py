"""Tests of the verbs, on real workspaces."""
