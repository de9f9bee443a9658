"""Releases: the drafts published together, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from soh_author.domain.ids import DraftName, ForceId, Language, PageId, PersonId

OutputKey = tuple[PageId, ForceId, Language]


class ReleaseKind(StrEnum):
    """Why something goes out."""

    ORDINARY = "ordinary"
    EMERGENCY = "emergency"
    ROLL_BACK = "roll-back"
    TAKE_DOWN = "take-down"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Release:
    """One release: what went out, when, by whom. ``outputs`` holds the digest of each output that changed.

    An output that went has the empty digest. ``sources`` does the same for files. ``reason`` is why, for all
    but ordinary releases. ``not_before`` is the moment it was scheduled for. ``supersedes`` is the id of the
    release that it takes back or replaces.
    """

    id: str
    kind: ReleaseKind
    publisher: PersonId
    when: datetime
    note: str
    drafts: tuple[DraftName, ...]
    outputs: Mapping[OutputKey, str]
    template: str
    policy_version: int
    supersedes: str = ""
    reason: str = ""
    authors: tuple[PersonId, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    records: tuple[str, ...] = ()
    not_before: datetime | None = None
