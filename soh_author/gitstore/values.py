"""What the store speaks in: revisions, entries, versions, branches, changes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Self

from soh_author.domain.errors import InvalidNameError

_FULL = re.compile(r"[0-9a-f]{40}")

Report = Callable[[int, int, str], None]
"""Called with what is done, the total (0: unknown) and a sentence; fits ``Progress.report``."""

IsCancelled = Callable[[], bool]
"""Asked now and then; a true answer stops the step with :class:`soh_author.domain.errors.Cancelled`."""

Sign = Callable[[bytes], str]
"""Given the bytes of a commit without signature, answers the armoured SSH signature that goes into it."""


class Revision(str):
    """Name of one version: 40 lower-case hexadecimal digits.

    Raises:
        InvalidNameError: when made from anything else.
    """

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        if type(value) is cls:
            return value
        if not _FULL.fullmatch(value):
            raise InvalidNameError(f"“{value[:60]}” is not the name of a version.")
        return super().__new__(cls, value)

    @property
    def short(self) -> str:
        """First eight digits, enough for a person to tell versions apart."""
        return self[:8]


class Entry(NamedTuple):
    """One file of a revision: the id of its bytes. There are thousands, and a tuple is the quickest made."""

    blob: str


@dataclass(frozen=True, slots=True)
class Author:
    """Who made a version."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is written on a new version: note, author, time (with its zone), and who signs it, if anybody."""

    note: str
    author: Author
    when: datetime
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One line of a history: what was saved, by whom, when, and what they noted."""

    revision: Revision
    author: Author
    when: datetime
    note: str
    parents: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """A named line of versions: ``published`` or ``drafts/<name>``, with its newest version."""

    name: str
    version: Version

    @property
    def revision(self) -> Revision:
        """The newest version's name."""
        return self.version.revision


@dataclass(frozen=True, slots=True)
class Change:
    """One path that differs between two revisions; ``None`` where it does not exist."""

    path: str
    old: str | None
    new: str | None
