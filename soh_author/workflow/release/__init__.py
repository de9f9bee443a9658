"""Review, approve, publish, take back, and tell who did what."""
