"""Where a person is: one frozen value that every room understands."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from soh_author.domain.ids import FactName, ForceId, Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer
from soh_author.workflow.together.syncing_others import source_of


class RoomId(StrEnum):
    """The rooms of the window."""

    WELCOME = "welcome"
    EDITOR = "editor"
    HISTORY = "history"
    MATRIX = "matrix"
    COMPARE = "compare"
    UPDATE = "update"
    REACH = "reach"
    FACTS = "facts"
    REVIEW = "review"
    PUBLISH = "publish"

    @property
    def label(self) -> str:
        """Name of the room in a sentence: *Go to the editor first.*"""
        other = {
            "welcome": "welcome room",
            "history": "versions room",
            "review": "review room",
            "publish": "publish room",
        }
        return other.get(self.value, self.value)


@dataclass(frozen=True, slots=True)
class Location:
    """A place in the program.

    ``layer`` is whose text is open in the editor, ``force`` and ``language`` whom the preview reads as,
    ``draft`` the name of the draft (empty: what is published), ``on`` the day of the preview (None: today).
    ``reading`` is somebody else's draft that is looked at, as last got; it counts only without a ``draft``.
    ``fact`` is the fact of ``layer`` that somebody asked to see.
    """

    room: RoomId = RoomId.WELCOME
    page: PageId | None = None
    layer: Layer = SHARED
    force: ForceId | None = None
    language: Language = Language.EN
    draft: str = ""
    section: SectionId | None = None
    on: date | None = None
    reading: str = ""
    fact: FactName | None = None

    @property
    def source(self) -> str:
        """What to read: the draft, somebody else's, or ``published``."""
        return self.draft or (source_of(self.reading) if self.reading else "published")

    def in_draft(self, name: str) -> "Location":
        """The same place in a draft (empty: in what is published)."""
        return replace(self, draft=name, reading="")

    def reads(self, name: str) -> "Location":
        """The same place in somebody else's draft, to read."""
        return replace(self, draft="", reading=name)

    def in_room(self, room: RoomId) -> "Location":
        """The same place seen from another room."""
        return replace(self, room=room)

    def at_page(self, page: PageId, layer: Layer = SHARED, section: SectionId | None = None) -> "Location":
        """The editor at a page, in one layer's text."""
        return replace(self, room=RoomId.EDITOR, page=page, layer=layer, section=section)
