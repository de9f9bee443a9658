"""The rules of content_schema/ as values: page types, front matter, policy."""

import os

# Pydantic would look through every installed package for plugins, at each start, and run what it finds.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")
