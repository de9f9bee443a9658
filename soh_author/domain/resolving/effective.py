"""What a force's public reads: the result of resolving a page, with the origin of every word."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.ids import Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer, Place
from soh_author.domain.override import FieldChange, Op
from soh_author.domain.page import PageType
from soh_author.domain.pins import Pin, pin_of, section_pin


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text of one section that one layer brought: the section's own, an append or a prepend."""

    body: str
    canonical: str
    layer: Layer
    place: Place
    language: Language
    op: Op | None = None


@dataclass(frozen=True, slots=True)
class EffectiveSection:
    """One section as a force has it. ``heading`` is empty for the lead; ``parts`` are in reading order.

    ``is_fallback`` tells that the page's language was missing here and the English stands in.
    """

    id: SectionId
    heading: str
    parts: tuple[Part, ...]
    layer: Layer
    place: Place
    is_fallback: bool = False

    @property
    def pin(self) -> Pin:
        """Hash of what the section says; equal for texts that read the same."""
        return section_pin(self.heading, [part.canonical for part in self.parts])

    @property
    def body(self) -> str:
        """The whole Markdown below the heading."""
        return "\n\n".join(part.body.strip("\n") for part in self.parts if part.body.strip())


@dataclass(frozen=True, slots=True)
class EffectiveField:
    """One front matter field as a force has it."""

    name: str
    value: str
    layer: Layer
    place: Place


@dataclass(frozen=True, slots=True)
class OpTrace:
    """What became of one op: the section above it as it stood when the op was applied.

    ``above`` is None when the section (or the anchor of an insert or move) was not there: an orphan.
    ``is_applied`` is False for ops that were refused (locked, ambiguous) or orphaned. ``is_idle`` tells of a
    move that puts the section where it stands anyway.
    """

    op: Op
    layer: Layer
    above: EffectiveSection | None
    is_applied: bool
    is_idle: bool = False


@dataclass(frozen=True, slots=True)
class SetTrace:
    """What became of one field change: the value above it, None where the layers above have none.

    ``is_applied`` is False when two groups set the field.
    """

    change: FieldChange
    layer: Layer
    above: str | None
    is_applied: bool = True


@dataclass(frozen=True, slots=True)
class Takeover:
    """A page taken over whole by a layer (``kind: page``): its pin and that of the page above today.

    ``is_applied`` is False when it was refused: it changes a locked section, or another group changes the
    page too.
    """

    layer: Layer
    place: Place
    base: Pin | None
    above: Pin
    is_applied: bool = True


@dataclass(frozen=True, slots=True)
class EffectivePage:
    """One page for one chain of layers, in one language. Facts are still holes in the text.

    It does not depend on the force beyond its layers: forces that hold no override of the page share one
    value. ``layers`` are those that brought a file, from the general to the particular; ``owner_layer`` is
    the layer whose page file it stands on (shared, or that of a local page or takeover). ``aliases`` are the
    section ids that were renamed, old to new; ``urls`` the addresses in other languages that the English
    files tell.
    """

    page: PageId
    language: Language
    type: PageType
    fields: Mapping[str, EffectiveField]
    sections: tuple[EffectiveSection, ...]
    related: tuple[PageId, ...] = ()
    hidden: tuple[EffectiveSection, ...] = ()
    ops: tuple[OpTrace, ...] = ()
    sets: tuple[SetTrace, ...] = ()
    takeovers: tuple[Takeover, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    layers: tuple[Layer, ...] = ()
    owner_layer: Layer = SHARED
    aliases: Mapping[SectionId, SectionId] = field(default_factory=dict)
    urls: Mapping[Language, str] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        """False when no layer has a page for the overrides (diagnostic ``unknown-override-target``)."""
        return bool(self.sections or self.hidden or self.fields)

    def section(self, wanted: SectionId) -> EffectiveSection | None:
        """The section with this id, or None."""
        return next((section for section in self.sections if section.id == wanted), None)

    def value(self, name: str) -> str:
        """Value of a field; empty when the page has none."""
        found = self.fields.get(name)
        return found.value if found else ""

    @property
    def pin(self) -> Pin:
        """Hash of what the whole page says, in its order; the base of a takeover (``kind: page``).

        Section ids, owners and addresses are no part of it.
        """
        said = [self.value("title"), self.value("summary")]
        return pin_of(
            "\n".join([*(" ".join(text.split()) for text in said), *(part.pin for part in self.sections)])
        )
