"""An override: what one layer changes in a page of the layers above it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from soh_author.domain.ids import Language, PageId, SectionId
from soh_author.domain.layers import Layer, Place
from soh_author.domain.page import SectionText
from soh_author.domain.pins import Pin


class OpKind(StrEnum):
    """The kinds of change an override can make to a section."""

    REPLACE = "replace"
    APPEND = "append"
    PREPEND = "prepend"
    INSERT_AFTER = "insert-after"
    INSERT_BEFORE = "insert-before"
    HIDE = "hide"
    MOVE_AFTER = "move-after"

    @property
    def carries_text(self) -> bool:
        """Whether the body holds a ``##`` block for it."""
        return self not in {OpKind.HIDE, OpKind.MOVE_AFTER}

    @property
    def is_insert(self) -> bool:
        """Whether it brings a new section."""
        return self in {OpKind.INSERT_AFTER, OpKind.INSERT_BEFORE}

    @property
    def is_additive(self) -> bool:
        """Whether rewording the text beside it leaves it right."""
        return self.is_insert or self in {OpKind.APPEND, OpKind.PREPEND}


@dataclass(frozen=True, slots=True)
class Op:
    """One change. ``anchor`` is the section it stands after or before (inserts and moves), else None.

    ``base`` is None for an op that needs a pin but has none (diagnostic ``unpinned``) and for additive ops.
    ``translates`` is only filled in Welsh overrides. ``confirmed`` tells who last said it is still right,
    when and why. ``number`` is its place among the file's ops, from 0.
    """

    kind: OpKind
    section: SectionId
    place: Place
    number: int = 0
    anchor: SectionId | None = None
    text: SectionText | None = None
    base: Pin | None = None
    at: str = ""
    why: str = ""
    owner: str = ""
    review_by: date | None = None
    translates: Pin | None = None
    is_minor: bool = False
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One front matter field set by an override."""

    name: str
    value: str
    place: Place
    base: Pin | None = None
    why: str = ""
    owner: str = ""
    review_by: date | None = None
    at: str = ""
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class Override:
    """One override file. ``page`` is the page id as written, which may be an old id of a page that moved."""

    page: PageId
    layer: Layer
    language: Language
    place: Place
    ops: tuple[Op, ...] = ()
    sets: tuple[FieldChange, ...] = ()
