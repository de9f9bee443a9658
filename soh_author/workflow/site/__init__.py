"""Building every force's site: what changed, in several processes, as one switch."""
