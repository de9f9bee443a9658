"""Where a person is: one frozen value that every room understands."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer


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
    """

    room: RoomId = RoomId.WELCOME
    page: PageId | None = None
    layer: Layer = SHARED
    force: ForceId | None = None
    language: Language = Language.EN
    draft: str = ""
    section: SectionId | None = None
    on: date | None = None

    @property
    def source(self) -> str:
        """What to read: the draft, or ``published``."""
        return self.draft or "published"

    def in_room(self, room: RoomId) -> "Location":
        """The same place seen from another room."""
        return replace(self, room=room)

    def at_page(self, page: PageId, layer: Layer = SHARED, section: SectionId | None = None) -> "Location":
        """The editor at a page, in one layer's text."""
        return replace(self, room=RoomId.EDITOR, page=page, layer=layer, section=section)
