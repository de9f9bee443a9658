"""Random histories of a whole site in real git, and a second opinion on how every override stands."""
