"""Forces change, in the real window."""
