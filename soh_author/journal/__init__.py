"""Words not yet in a version: what was typed, what was saved privately, what was thrown away.

Kept in one SQLite file outside the repository, so that neither a crash nor another window nor git can lose
them. Start at :mod:`soh_author.journal.journal`.
"""
