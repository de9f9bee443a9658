"""Tests: they mirror the floors of soh_author, and add journeys, golden files and tests about the codebase."""
