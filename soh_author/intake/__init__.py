"""Word documents, HTML and pasted text to Markdown; pictures."""
