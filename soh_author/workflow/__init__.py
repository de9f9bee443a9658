"""The verbs of each journey; they never ask, show or print."""
