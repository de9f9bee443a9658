"""*Preferences*: what one person sets for themselves on this computer."""
