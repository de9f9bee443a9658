"""The matrix: every page across every force, by sign and colour; how much of the site is shared."""
