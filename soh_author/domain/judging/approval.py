"""Approvals: a named person's yes to an exact set of changes (APPROVALS, "What is approved")."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from soh_author.domain.ids import DraftName, ForceId, Language, PageId, PersonId


class Action(StrEnum):
    """What a record says its person does; each is signed in a namespace of its own."""

    SUBMIT = "submit"
    APPROVE = "approve"
    ASK = "ask"
    WITHDRAW = "withdraw"
    FACT_CHECK = "factcheck"
    EMERGENCY = "emergency"

    @property
    def namespace(self) -> str:
        """Namespace of the SSH signature."""
        return f"soh-author/{self.value}"


@dataclass(frozen=True, slots=True, order=True)
class SourceMove:
    """One file from one content to another: :func:`content_name` of its bytes, empty for no file."""

    path: str
    old: str
    new: str

    @property
    def subject(self) -> str:
        """What moves, in words: the path."""
        return self.path


@dataclass(frozen=True, slots=True, order=True)
class OutputMove:
    """One output from what is live to what is to be: digests, empty where there is none.

    A transition and not a state: an old yes can't be replayed after a roll-back.
    """

    page: PageId
    force: ForceId
    language: Language
    old: str
    new: str

    @property
    def subject(self) -> str:
        """What moves, in words: ``advice/seized-vehicles · kent · en``."""
        return f"{self.page} · {self.force} · {self.language}"


@dataclass(frozen=True, slots=True)
class Record:
    """What one person said of one exact set of transitions; both lists in order and without doubles.

    ``refers_to`` is the id of another record: for WITHDRAW the one that is taken back, for APPROVE the
    emergency that is reviewed afterwards. ``authors`` are all, beside the person, who touched the text since
    it was last approved, as the program of who submitted it, or put it out in an emergency, found them.
    """

    action: Action
    repository: str
    person: PersonId
    when: datetime
    nonce: str
    draft: DraftName
    note: str = ""
    sources: tuple[SourceMove, ...] = ()
    outputs: tuple[OutputMove, ...] = ()
    refers_to: str = ""
    authors: tuple[PersonId, ...] = ()


@dataclass(frozen=True)
class SignedRecord:
    """A record whose signature holds: its id, and the line of the key it was signed with."""

    id: str
    record: Record
    key: str

    @cached_property
    def moves(self) -> frozenset[SourceMove | OutputMove]:
        """Everything it covers."""
        return frozenset((*self.record.sources, *self.record.outputs))

    @cached_property
    def by_subject(self) -> Mapping[str, SourceMove | OutputMove]:
        """What it says of each subject; every subject moves once in a record."""
        return {move.subject: move for move in self.moves}


def content_name(data: bytes | None) -> str:
    """``sha256:…`` of a file's bytes as source moves name it; empty for None, where there is no file."""
    return "" if data is None else "sha256:" + hashlib.sha256(data).hexdigest()
