"""Publish: approved drafts go out, all of them or nothing; what went out can be taken back."""
