"""Comments and suggestions: what people say of words in a draft, and what becomes of it.

Everything said is a remark, added and never changed. How a conversation stands is told by all its remarks
together, in whatever order they arrived: two people who worked apart see the same once they met.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from soh_author.domain.ids import DraftName, ForceId, Language, PageId, PersonId, SectionId
from soh_author.domain.layers import Layer

LONGEST_QUOTE = 2_000
LONGEST_CONTEXT = 120
LONGEST_TEXT = 10_000
LONGEST_REPLACEMENT = 20_000
MOST_CHECKED = 2_500
"""Blocks that one check tells of at most; a comment's file has its own limit in bytes."""


class RemarkKind(StrEnum):
    """What a remark does: the first two begin a conversation, those after go on with one.

    A check belongs to no conversation: it tells what a fact checker found of a pack.
    """

    COMMENT = "comment"
    SUGGESTION = "suggestion"
    REPLY = "reply"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    ACCEPT = "accept"
    CHECK = "check"

    @property
    def begins(self) -> bool:
        """Whether it begins a conversation."""
        return self in {RemarkKind.COMMENT, RemarkKind.SUGGESTION}


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a conversation belongs: words of a section, in one layer's file.

    ``section`` None means the page as a whole, an empty ``quote`` the whole section. ``before`` and ``after``
    are the words around the quotation, by which it is found again when the words themselves changed.
    """

    page: PageId
    language: Language
    layer: Layer
    section: SectionId | None
    quote: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, order=True)
class CheckedOutput:
    """One page as one public reads it."""

    page: PageId
    force: ForceId
    language: Language


@dataclass(frozen=True, slots=True)
class Checked:
    """What a fact checker found of a pack: which outputs it showed as of a day, and which blocks are right.

    ``correct`` and ``wrong`` are names of blocks: 32 digits of the SHA-256 of everything they say, in order.
    A name stands for its words and facts, so that nothing that changed since passes for checked.
    """

    day: date
    outputs: tuple[CheckedOutput, ...]
    correct: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that one person said.

    ``draft`` is where it was said first (a draft may be taken over under another name). ``anchor`` is told
    by what begins a conversation, and by an acceptance, which says where the words went; ``refers_to`` (the
    id of what began it) by everything that doesn't begin one. ``replacement`` are the
    words suggested. ``speaker`` is whose words a person brought in for them, such as a fact checker's;
    ``pack`` the digest of the fact-check pack they were answering, ``checked`` what a check found.
    """

    kind: RemarkKind
    repository: str
    draft: DraftName
    person: PersonId
    when: datetime
    nonce: str
    text: str = ""
    refers_to: str = ""
    anchor: Anchor | None = None
    replacement: str = ""
    speaker: str = ""
    pack: str = ""
    checked: Checked | None = None


@dataclass(frozen=True, slots=True)
class SignedRemark:
    """A remark whose signature holds: its id, and the line of the key it was signed with."""

    id: str
    remark: Remark
    key: str = ""


class ThreadState(StrEnum):
    """How a conversation stands."""

    OPEN = "open"
    RESOLVED = "resolved"
    ACCEPTED = "accepted"


_STATES = {
    RemarkKind.RESOLVE: ThreadState.RESOLVED,
    RemarkKind.REOPEN: ThreadState.OPEN,
    RemarkKind.ACCEPT: ThreadState.ACCEPTED,
}


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation: what began it, and what was said since, the oldest first."""

    root: SignedRemark
    later: tuple[SignedRemark, ...] = ()

    @property
    def id(self) -> str:
        """Id of what began it, by which everything else refers to it."""
        return self.root.id

    @property
    def anchor(self) -> Anchor:
        """Where it belongs."""
        assert self.root.remark.anchor is not None, "what begins a conversation belongs somewhere"
        return self.root.remark.anchor

    @property
    def is_suggestion(self) -> bool:
        """Whether it offers other words."""
        return self.root.remark.kind is RemarkKind.SUGGESTION

    @property
    def state(self) -> ThreadState:
        """How it stands: as the last of those said who resolved, reopened or accepted it."""
        last = self.last_word
        return _STATES[last.remark.kind] if last else ThreadState.OPEN

    @property
    def last_word(self) -> SignedRemark | None:
        """The remark that made it stand as it does; None while nobody resolved it."""
        deciding = [each for each in self.later if each.remark.kind in _STATES]
        return deciding[-1] if deciding else None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to look at it."""
        return self.state is ThreadState.OPEN

    @property
    def acceptances(self) -> tuple[SignedRemark, ...]:
        """The remarks by which the suggestion was taken over; none when nobody did."""
        return tuple(each for each in self.later if each.remark.kind is RemarkKind.ACCEPT)


def threads_of(remarks: Iterable[SignedRemark]) -> tuple[Thread, ...]:
    """Put remarks together to conversations, the oldest first; the order of the remarks doesn't count.

    What refers to something that isn't here yet is left out until that arrives; so is an acceptance of what
    suggests nothing.
    """
    ordered = sorted({each.id: each for each in remarks}.values(), key=_moment)
    later: dict[str, list[SignedRemark]] = {}
    for each in ordered:
        if not each.remark.kind.begins:
            later.setdefault(each.remark.refers_to, []).append(each)
    return tuple(
        Thread(root, tuple(each for each in later.get(root.id, ()) if _fits(root, each)))
        for root in ordered
        if root.remark.kind.begins
    )


def _moment(each: SignedRemark) -> tuple[datetime, bool, str]:
    """When it was said; of two in one second what begins comes first, then the lower id."""
    return each.remark.when, not each.remark.kind.begins, each.id


def _fits(root: SignedRemark, later: SignedRemark) -> bool:
    is_suggestion = root.remark.kind is RemarkKind.SUGGESTION
    return is_suggestion or later.remark.kind is not RemarkKind.ACCEPT
