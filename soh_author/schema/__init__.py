"""The rules of content_schema/ as values: page types, front matter, policy."""
