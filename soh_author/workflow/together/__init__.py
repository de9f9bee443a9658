"""Several people, several copies: getting the latest, sending, and merging by section."""
