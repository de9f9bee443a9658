"""What checks found, by what they looked at."""

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from soh_author.cache.file import CacheFile

NAME = "findings-1.sqlite"
"""Name of the file; another number when what stands in it means something else."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS findings (
    topic TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, moment INTEGER NOT NULL,
    PRIMARY KEY (topic, key)
) WITHOUT ROWID;
"""
_KEPT = 4
"""Answers kept for a topic: what is live, and some drafts."""


class FindingCache:
    """Answers of checks, each by a topic (a page) and a key that names all it was made from."""

    def __init__(self, path: Path) -> None:
        self._file = CacheFile(path, _SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def find(self, keys: Mapping[str, str]) -> dict[str, str]:
        """The answers for some topics with their keys, as far as there are any."""

        def step(run: sqlite3.Connection) -> dict[str, str]:
            found = {}
            for pair in keys.items():
                row = run.execute("SELECT body FROM findings WHERE topic = ? AND key = ?", pair).fetchone()
                if row is not None:
                    found[pair[0]] = row[0]
            return found

        nothing: dict[str, str] = {}
        return self._file.ask(step, nothing)

    def keep(self, answers: Iterable[tuple[str, str, str]]) -> bool:
        """Keep answers: topic, key and what was found. Only the latest few of a topic stay."""
        rows = list(answers)

        def step(run: sqlite3.Connection) -> bool:
            (last,) = run.execute("SELECT ifnull(max(moment), 0) FROM findings").fetchone()
            run.executemany(
                "INSERT OR REPLACE INTO findings (topic, key, body, moment) VALUES (?, ?, ?, ?)",
                [(*row, last + 1) for row in rows],
            )
            run.executemany(
                "DELETE FROM findings WHERE topic = ? AND key NOT IN"
                " (SELECT key FROM findings WHERE topic = ? ORDER BY moment DESC LIMIT ?)",
                [(topic, topic, _KEPT) for topic, _key, _body in rows],
            )
            return True

        return self._file.change(step, otherwise=False)
