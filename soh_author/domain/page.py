"""A page as one file says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from soh_author.domain.ids import Language, PageId, SectionId
from soh_author.domain.layers import Layer, Place
from soh_author.domain.pins import Pin, section_pin


class PageType(StrEnum):
    """The page types of the platform (content_schema/page_types.yml says what each one needs)."""

    GUIDE = "guide"
    ADVICE = "advice"
    REPORT = "report"
    REQUEST = "request"
    APPLY = "apply"
    CAMPAIGN = "campaign"
    ABOUT = "about"
    CONTACT = "contact"
    NEWS = "news"
    APPEAL = "appeal"
    DISCLOSURE = "disclosure"


class Importance(StrEnum):
    """Why a section is marked: a change of it has to reach every force, or somebody has to look."""

    SAFETY = "safety"
    LAW = "law"


WHOLE_PAGE = SectionId("page")
"""Stands for all sections where importance is marked."""


class PageKind(StrEnum):
    """How a file with whole text stands to the layers above."""

    SHARED = "shared"
    LOCAL = "local"
    TAKEOVER = "page"


@dataclass(frozen=True, slots=True)
class SectionText:
    """The words of one section of one file.

    ``heading`` is the heading's Markdown without marker and attributes (empty for the lead), ``body`` the
    Markdown below the heading line exactly as written, ``canonical`` the body normalised so that two texts
    that read the same are equal (see :mod:`soh_author.markup.canonical`). ``line`` is the heading's line (the
    first line for a lead).
    """

    id: SectionId
    heading: str
    body: str
    canonical: str
    line: int

    @property
    def pin(self) -> Pin:
        """Pin of this text standing alone."""
        return section_pin(self.heading, [self.canonical])


@dataclass(frozen=True, slots=True)
class Page:
    """One page file: shared, local, or a takeover (``kind: page``), in one language.

    ``fields`` are the front matter fields that an override may set, as text (title, summary, quick_exit, …);
    the address is the field ``url`` in the page's own language. ``translates`` is only filled in Welsh files.
    """

    id: PageId
    language: Language
    layer: Layer
    place: Place
    kind: PageKind
    type: PageType
    fields: Mapping[str, str]
    sections: tuple[SectionText, ...]
    urls: Mapping[Language, str] = field(default_factory=dict)
    owner: str = ""
    review_by: date | None = None
    aliases: Mapping[SectionId, SectionId] = field(default_factory=dict)
    locked: Mapping[SectionId, str] = field(default_factory=dict)
    moved_from: tuple[PageId, ...] = ()
    related: tuple[PageId, ...] = ()
    translates: Mapping[SectionId, Pin] = field(default_factory=dict)
    base: Pin | None = None
    at: str = ""
    why: str = ""
    importance: Mapping[SectionId, Importance] = field(default_factory=dict)

    def section(self, wanted: SectionId) -> SectionText | None:
        """The section with this id, or None."""
        return next((section for section in self.sections if section.id == wanted), None)
