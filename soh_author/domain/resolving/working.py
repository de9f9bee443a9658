"""A page while it is being resolved: what the layers applied so far make of it."""

from dataclasses import dataclass, field

from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.ids import Language, PageId, SectionId
from soh_author.domain.layers import Layer, Place
from soh_author.domain.page import Page, PageType, SectionText
from soh_author.domain.resolving.effective import (
    EffectiveField,
    EffectivePage,
    EffectiveSection,
    OpTrace,
    Part,
    SetTrace,
    Takeover,
)


@dataclass(slots=True)
class Working:
    """The page above the layer that comes next.

    Hidden sections keep their place in ``order``, so that a section beside a hidden one still has its anchor.
    """

    page: PageId
    language: Language
    type: PageType
    owner_layer: Layer
    fields: dict[str, EffectiveField]
    order: list[SectionId]
    sections: dict[SectionId, EffectiveSection]
    related: tuple[PageId, ...]
    aliases: dict[SectionId, SectionId]
    locked: dict[SectionId, str]
    urls: dict[Language, str]
    hidden: set[SectionId] = field(default_factory=set)
    ops: list[OpTrace] = field(default_factory=list)
    sets: list[SetTrace] = field(default_factory=list)
    takeovers: list[Takeover] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    layers: list[Layer] = field(default_factory=list)

    def shown(self, section: SectionId) -> EffectiveSection | None:
        """The section with this id as the layers so far have it; None when there is none or it is hidden."""
        return None if section in self.hidden else self.sections.get(section)

    def stand_on(self, page: Page) -> None:
        """Take the sections and front matter of a page file; fields it doesn't give stay as they are."""
        made = sections_of(page)
        self.type, self.owner_layer = page.type, page.layer
        self.fields.update(fields_of(page))
        self.order = [section.id for section in made]
        self.sections = {section.id: section for section in made}
        self.hidden = set()
        self.related = page.related or self.related
        self.aliases.update(page.aliases)
        self.locked = {**self.locked, **page.locked}
        self.urls.update(page.urls)

    def finish(self) -> EffectivePage:
        """The effective page of the layers applied so far."""
        return EffectivePage(
            page=self.page,
            language=self.language,
            type=self.type,
            fields=dict(self.fields),
            sections=tuple(self.sections[each] for each in self.order if each not in self.hidden),
            related=self.related,
            hidden=tuple(self.sections[each] for each in self.order if each in self.hidden),
            ops=tuple(self.ops),
            sets=tuple(self.sets),
            takeovers=tuple(self.takeovers),
            diagnostics=tuple(sorted(self.diagnostics, key=Diagnostic.sort_key)),
            layers=tuple(self.layers),
            owner_layer=self.owner_layer,
            aliases=dict(self.aliases),
            urls=dict(self.urls),
        )


def section_of(text: SectionText, layer: Layer, path: str, language: Language) -> EffectiveSection:
    """The section a page file brings."""
    place = Place(path, text.line)
    part = Part(text.body, text.canonical, layer, place, language)
    return EffectiveSection(text.id, text.heading, (part,), layer, place)


def sections_of(page: Page) -> tuple[EffectiveSection, ...]:
    """The sections of a page file, in its order; of two with one id the first counts."""
    path, layer, language = page.place.path, page.layer, page.language
    first: dict[SectionId, EffectiveSection] = {}
    for text in page.sections:
        if text.id not in first:
            first[text.id] = section_of(text, layer, path, language)
    return tuple(first.values())


def fields_of(page: Page) -> dict[str, EffectiveField]:
    """The front matter fields of a page file."""
    return {name: EffectiveField(name, value, page.layer, page.place) for name, value in page.fields.items()}


def start(page: Page) -> Working:
    """Begin with a page that has nothing above it."""
    working = empty(page.id, page.language, page.type, page.layer)
    working.stand_on(page)
    return working


def empty(page: PageId, language: Language, kind: PageType, layer: Layer) -> Working:
    """Begin with nothing: a page without text."""
    return Working(page, language, kind, layer, {}, [], {}, (), {}, {}, {})
