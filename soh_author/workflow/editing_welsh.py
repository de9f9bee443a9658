"""A layer's own Welsh: begun beside its English, op for op, with the pin of the English that it renders.

Nothing is ever translated by machine: a block starts from the Welsh that its public reads now, or empty.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from soh_author.domain.errors import ContentError, NotFoundError, UsageError
from soh_author.domain.ids import Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.override import Op, OpKind, Override
from soh_author.domain.page import Page
from soh_author.domain.pins import Pin, section_pin
from soh_author.domain.resolving.effective import EffectivePage, EffectiveSection, Part
from soh_author.domain.resolving.welsh_texts import translation_pin
from soh_author.markup.write import add_op, new_override, section_block
from soh_author.reading.paths import page_path
from soh_author.workflow.editing import TextChange, line_of, start_welsh
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.viewpoints import chain_to


def override_welsh(
    snapshot: Snapshot, page: PageId, layer: Layer, section: SectionId, on: date
) -> TextChange:
    """Let a group or force say a section in its own Welsh. One that does so already is only shown.

    The op is the one its English has there (an addition stays one); without English of its own it replaces
    the Welsh above.

    Raises:
        UsageError: for the shared layer, whose Welsh is a page.
        NotFoundError: when its public has no such section.
        ContentError: when its Welsh is a whole page.
    """
    if layer == SHARED:
        raise UsageError("The shared Welsh overrides nothing.", todo="Write it in the shared Welsh text.")
    made = _Welsh(snapshot, page, layer, on)
    known = made.known(section)
    if known is not None and known.text is not None:
        return TextChange(made.path, made.text, known.text.line)
    op, block = made.op(section)
    text = add_op(made.text, op, block) if made.text else new_override(page, [(op, block)])
    return TextChange(made.path, text, line_of(text, section))


def start_own_welsh(snapshot: Snapshot, page: PageId, layer: Layer, on: date) -> TextChange:
    """Begin a layer's Welsh file: a block for each section its English words itself; a page where it has one.

    Raises:
        NotFoundError: when the layer has no English of its own here, so that there is nothing to render.
    """
    value = snapshot.sources.read(page_path(layer, page, Language.EN)).value
    if layer == SHARED or isinstance(value, Page):
        return start_welsh(snapshot, page, layer, on)
    made = _Welsh(snapshot, page, layer, on)
    ops = [made.op(section) for section in dict.fromkeys(op.section for op in made.english_ops if op.text)]
    if not ops:
        raise NotFoundError(
            "There are no own words here that could be said in Welsh.",
            safe="Nothing was changed.",
            todo="Choose a section in the preview, and override it.",
        )
    text = new_override(page, ops)
    return TextChange(made.path, text, line_of(text, SectionId(ops[0][0]["section"])))


@dataclass(slots=True)
class _Welsh:
    """What one layer's Welsh of a page is made from."""

    snapshot: Snapshot
    page: PageId
    layer: Layer
    on: date

    @property
    def path(self) -> str:
        return page_path(self.layer, self.page, Language.CY)

    @property
    def text(self) -> str | None:
        return self.snapshot.text(self.path)

    @property
    def english_ops(self) -> tuple[Op, ...]:
        value = self.snapshot.sources.read(page_path(self.layer, self.page, Language.EN)).value
        return value.ops if isinstance(value, Override) else ()

    def known(self, section: SectionId) -> Op | None:
        value = self.snapshot.sources.read(self.path).value
        if isinstance(value, Page):
            raise ContentError(
                f"The Welsh of “{self.page}” is a whole page here.",
                safe="Nothing was changed.",
                todo="Edit that text.",
            )
        ops = value.ops if isinstance(value, Override) else ()
        return next((op for op in ops if op.section == section), None)

    def op(self, section: SectionId) -> tuple[dict[str, str], str]:
        """The op's fields and its block, which holds no word of English."""
        english, found = self._english(section)
        own = next((op for op in self.english_ops if op.section == section and op.text), None)
        kind = own.kind if own is not None and own.kind is not OpKind.MOVE_AFTER else OpKind.REPLACE
        pin = self._pin(english, found, kind)
        fields = {"op": kind.value, "section": str(section)}
        if pin is not None:
            fields["translates"] = str(pin)
        above = None if own is not None else self._welsh_now(section)
        heading = (above.heading if above else found.heading) or "Lead"
        return fields, section_block(heading, section, above.body if above else "")

    def _english(self, section: SectionId) -> tuple[EffectivePage, EffectiveSection]:
        chain = chain_to(self.snapshot, self.layer, self.on)
        english = self.snapshot.effective_of_layers(self.page, chain, Language.EN)
        found = english.section(section)
        if found is None:
            raise NotFoundError(
                f"There is no English section “{section}” that Welsh could render.",
                safe="Nothing was changed.",
                todo="Choose a section of the page.",
            )
        return english, found

    def _pin(self, english: EffectivePage, found: EffectiveSection, kind: OpKind) -> Pin | None:
        if not kind.is_additive or kind.is_insert:
            return translation_pin(english, found.id, self.layer)
        parts = [part for part in found.parts if part.layer == self.layer and part.op is not None]
        return next((section_pin(found.heading, [part.canonical]) for part in _of(parts, kind)), None)

    def _welsh_now(self, section: SectionId) -> EffectiveSection | None:
        """The section as its public reads it in Welsh; None where English stands in."""
        chain = chain_to(self.snapshot, self.layer, self.on)
        found = self.snapshot.effective_of_layers(self.page, chain, Language.CY).section(section)
        return None if found is None or found.is_fallback else found


def _of(parts: list[Part], kind: OpKind) -> Iterator[Part]:
    return (part for part in parts if part.op is not None and part.op.kind is kind)
