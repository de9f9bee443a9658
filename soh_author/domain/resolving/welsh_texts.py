"""The Welsh words that the layers bring, and which of them render which English words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from soh_author.domain.ids import LEAD, Language, SectionId
from soh_author.domain.layers import Layer, Place
from soh_author.domain.override import Op, OpKind, Override
from soh_author.domain.page import Page, SectionText
from soh_author.domain.pins import Pin, section_pin
from soh_author.domain.resolving.effective import EffectivePage, EffectiveSection, Part

WelshSource = tuple[Layer, Page | Override]
"""A Welsh file and the layer it belongs to."""


class Role(StrEnum):
    """What a run of words is to its section: the section's own text, or something added to it."""

    MAIN = "main"
    APPEND = "append"
    PREPEND = "prepend"


_ROLES = {OpKind.APPEND: Role.APPEND, OpKind.PREPEND: Role.PREPEND}


def role_of(op: Op | None) -> Role:
    """The role of the words an op brings; those of a page file are the section's own."""
    return _ROLES.get(op.kind, Role.MAIN) if op else Role.MAIN


@dataclass(frozen=True, slots=True)
class WelshText:
    """The Welsh words of one section or op of one file."""

    section: SectionId
    role: Role
    text: SectionText
    layer: Layer
    place: Place
    op: Op | None
    translates: Pin | None

    @property
    def part(self) -> Part:
        """The words as a part of an effective section."""
        return Part(self.text.body, self.text.canonical, self.layer, self.place, Language.CY, self.op)

    @property
    def renders_whole(self) -> bool:
        """Whether it renders the section with all that the layers above it add: a Welsh ``replace`` does."""
        return self.op is not None and self.op.kind is OpKind.REPLACE


class LayerOrder:
    """From the general to the particular: shared, groups in their order, the force."""

    def __init__(self, layers: Iterable[Layer]) -> None:
        self._numbers = {layer: number for number, layer in enumerate(dict.fromkeys(layers))}

    def rank(self, layer: Layer) -> tuple[int, int]:
        """Greater for the more particular layer; a layer never heard of comes last of its kind."""
        return (layer.kind.rank, self._numbers.get(layer, len(self._numbers)))

    def until(self, section: EffectiveSection, layer: Layer) -> tuple[Part, ...]:
        """The parts of a section that a layer and those above it bring."""
        limit = self.rank(layer)
        return tuple(part for part in section.parts if self.rank(part.layer) <= limit)


def translation_pin(english: EffectivePage, section: SectionId, layer: Layer) -> Pin | None:
    """The pin a Welsh text of ``layer`` records: that of the effective English section at its own layer.

    None when the page has no such section, or only layers below brought it.
    """
    found = english.section(section)
    parts = LayerOrder(english.layers).until(found, layer) if found else ()
    return section_pin(found.heading, [part.canonical for part in parts]) if found and parts else None


def welsh_texts(sources: Sequence[WelshSource]) -> Iterator[WelshText]:
    """Every Welsh text of the files, file by file; of two with one address in a file the first counts."""
    for layer, source in sources:
        seen = set[tuple[SectionId, Role]]()
        texts = _of_page(layer, source) if isinstance(source, Page) else _of_override(layer, source)
        for each in texts:
            if (each.section, each.role) not in seen:
                seen.add((each.section, each.role))
                yield each


def _of_page(layer: Layer, page: Page) -> Iterator[WelshText]:
    for text in page.sections:
        if text.id == LEAD and not text.canonical:
            continue
        place = Place(page.place.path, text.line)
        yield WelshText(text.id, Role.MAIN, text, layer, place, None, page.translates.get(text.id))


def _of_override(layer: Layer, override: Override) -> Iterator[WelshText]:
    for op in override.ops:
        if op.text is not None:
            place = Place(override.place.path, op.text.line)
            yield WelshText(op.section, role_of(op), op.text, layer, place, op, op.translates)
