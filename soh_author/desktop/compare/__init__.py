"""Compare: one page from two places, as text, as pages side by side, and in one column for listening."""
