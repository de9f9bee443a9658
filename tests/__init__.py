"""Tests: they mirror the floors of soh_author, with journeys, golden files and tests of the codebase."""
