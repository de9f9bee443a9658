"""Who may do what, and what a release needs before it may go out."""
