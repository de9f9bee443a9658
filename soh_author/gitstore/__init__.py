"""The only package that knows git: pages, versions and history as git objects."""
