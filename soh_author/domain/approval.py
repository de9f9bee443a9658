"""Approvals: a named person's yes to an exact set of changes (APPROVALS, "What is approved")."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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
    """One file from one content to another: SHA-256 of the bytes, empty where there is no file."""

    path: str
    old: str
    new: str


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


@dataclass(frozen=True, slots=True)
class Record:
    """What one person said of one exact set of transitions.

    ``refers_to`` is the id of the record that is withdrawn, for that action.
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
