"""What is wished of a page that is taken down."""

from dataclasses import dataclass
from enum import StrEnum

from soh_author.domain.ids import DraftName, ForceId, Language, PageId


class How(StrEnum):
    """What becomes of a page that is taken down."""

    BANNER = "banner"
    GONE = "gone"
    REDIRECT = "redirect"


@dataclass(frozen=True, slots=True)
class TakeDown:
    """What to take down, and how.

    ``text`` and ``welsh`` stand in the banner, or tell the readers of one force why the page says no more;
    ``target`` is the page that readers are led to. ``force`` and ``language`` limit it to some readers.
    """

    page: PageId
    how: How
    text: str = ""
    welsh: str = ""
    target: PageId | None = None
    force: ForceId | None = None
    language: Language | None = None

    @property
    def draft(self) -> DraftName:
        """Name of the draft that does it."""
        parts = ("take-down", self.page.replace("/", "-"), self.force, self.language)
        return DraftName("-".join(str(part) for part in parts if part)[:96].rstrip("-"))
