"""Review: what a draft changes for the public, what it needs, and saying yes or not yet."""
