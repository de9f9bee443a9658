"""Which stored texts hold which words: an index for looking through thousands of pages at a key's pace."""

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from soh_author.cache.file import CacheFile
from soh_author.domain.folding import words_in

NAME = "words-1.sqlite"
"""Name of the file; another number when what stands in it means something else."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS texts (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(body, content='', tokenize='ascii');
"""
# Words are kept in ASCII, so that SQLite and this program agree about where one ends.


@dataclass(frozen=True, slots=True)
class Holding:
    """An answer: places in the row of texts that was asked about, each in the order of the row.

    The index can't tell of the texts at the ``unknown`` places; of the others exactly those at the ``found``
    ones hold the words.
    """

    found: Sequence[int]
    unknown: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Row:
    """Texts in an order: the first place of each text by its number (-1: none), and the further ones."""

    names: Sequence[str]
    seen: tuple[int, ...]
    first: Sequence[int]
    further: Mapping[int, Sequence[int]]
    unknown: Sequence[int]

    def places(self, numbers: Sequence[int]) -> list[int]:
        found = list(map(self.first.__getitem__, numbers))
        for number in self.further.keys() & set(numbers) if self.further else ():
            found += self.further[number]
        found.sort()
        return found[bisect_left(found, 0) :]


class WordIndex:
    """The words of stored texts by the texts' names (blob ids); safe to use from several threads and windows.

    It may know too little, never wrongly: a name stands for one text for ever.
    """

    def __init__(self, path: Path) -> None:
        self._file = CacheFile(path, _SCHEMA)
        self._row = _Row((), (), (), {}, ())
        self._names: dict[str, int] = {}
        self._seen: tuple[int, ...] = ()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def missing(self, names: Iterable[str]) -> list[str]:
        """Those of some texts that the index doesn't know, each once."""
        known = self._all()
        return [name for name in dict.fromkeys(names) if name not in known]

    def add(self, texts: Mapping[str, str]) -> bool:
        """Take in texts by their names; whether that was done."""
        bodies = {name: _kept(words_in(text)) for name, text in texts.items()}

        def step(run: sqlite3.Connection) -> bool:
            for name, body in bodies.items():
                added = run.execute("INSERT OR IGNORE INTO texts (name) VALUES (?)", (name,))
                if added.rowcount:
                    run.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", (added.lastrowid, body))
            return True

        return self._file.change(step, otherwise=False)

    def holding(self, words: Sequence[str], names: Sequence[str]) -> Holding:
        """Which of a row of texts have some folded words one after the other, the last as a word's beginning.

        Asked of the same row again, as at every key of a search, it need not look at all the names.
        """
        wanted = f'"{_kept(words)}"*'

        def step(run: sqlite3.Connection) -> Holding:
            row = self._rowed(run, names)
            rows = run.execute("SELECT rowid FROM words WHERE words MATCH ?", (wanted,)).fetchall()
            return Holding(row.places(list(chain.from_iterable(rows))), row.unknown)

        nothing = Holding((), range(len(names)))
        return self._file.ask(step, nothing) if words else nothing

    def forget_all(self) -> bool:
        """Empty the index: for when most of what it knows is not there any more. Whether that was done."""

        def step(run: sqlite3.Connection) -> bool:
            run.execute("DELETE FROM texts")
            run.execute("INSERT INTO words (words) VALUES ('delete-all')")
            return True

        return self._file.change(step, otherwise=False)

    def count(self) -> int:
        """How many texts it knows."""
        return len(self._all())

    def look_over(self) -> bool:
        """Read the whole file; a damaged one is thrown away. Whether it was sound."""

        def step(run: sqlite3.Connection) -> bool:
            (health,) = run.execute("PRAGMA quick_check(1)").fetchone()
            if health != "ok":
                raise sqlite3.DatabaseError(health)
            return True

        return self._file.ask(step, otherwise=False)

    def _all(self) -> Mapping[str, int]:
        nothing: Mapping[str, int] = {}
        return self._file.ask(self._known, nothing)

    def _known(self, run: sqlite3.Connection) -> Mapping[str, int]:
        """All names with their numbers; read again when any window changed them."""
        (version,) = run.execute("PRAGMA data_version").fetchone()
        # The one tells of other windows' changes, the other of our own.
        seen = (id(run), version, run.total_changes)
        if seen != self._seen:
            self._names = {name: number for number, name in run.execute("SELECT number, name FROM texts")}
            self._seen = seen
        return self._names

    def _rowed(self, run: sqlite3.Connection, names: Sequence[str]) -> _Row:
        known = self._known(run)
        if self._row.seen != self._seen or self._row.names != names:
            self._row = _row(known, names, self._seen)
        return self._row


def _row(known: Mapping[str, int], names: Sequence[str], seen: tuple[int, ...]) -> _Row:
    first = [-1] * (max(known.values(), default=0) + 1)
    further: dict[int, list[int]] = {}
    unknown = []
    for place, number in enumerate(map(known.get, names)):
        if number is None:
            unknown.append(place)
        elif first[number] < 0:
            first[number] = place
        else:
            further.setdefault(number, []).append(place)
    return _Row(names, seen, first, further, unknown)


def _kept(words: Sequence[str]) -> str:
    """Words as the index keeps them: letters beyond ASCII written out, so that beginnings stay beginnings."""
    text = " ".join(words)
    if text.isascii():
        return text
    return "".join(sign if sign.isascii() else f"u{ord(sign):06x}" for sign in text)
