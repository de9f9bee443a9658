"""What people say of words in a draft: comments, suggestions, answers of fact checkers."""
