"""What may go live: the one check that the app and the server run."""
