"""The verbs of the command line, one module each; :mod:`soh_author.cli.verbs.table` lists them."""
