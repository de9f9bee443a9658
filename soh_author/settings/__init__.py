"""What a person can set, where it is saved, and where the files that come with the program lie."""
