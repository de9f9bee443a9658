"""Changing what one layer says in one section, in English and Welsh: op by op, all else byte for byte."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from soh_author.domain.errors import ContentError
from soh_author.domain.ids import Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.override import Op, Override
from soh_author.domain.page import Page
from soh_author.domain.pins import Pin
from soh_author.domain.resolving.effective import EffectiveSection
from soh_author.markup.section_moves import insert_section, remove_section
from soh_author.markup.write import add_op, new_override, remove_op, replace_section, section_block
from soh_author.reading.files import read_file
from soh_author.reading.paths import page_path
from soh_author.workflow.editing import Reason
from soh_author.workflow.snapshot import Snapshot


@dataclass(slots=True)
class SectionEdits:
    """New texts of files, collected one by one; later edits build on earlier ones.

    Args:
        snapshot: the content as it is.
        page: whose sections are edited.
    """

    snapshot: Snapshot
    page: PageId
    texts: dict[str, str | None] = field(default_factory=dict)

    @property
    def after(self) -> Snapshot:
        """The content with the edits made so far."""
        return self.snapshot.with_unsaved(self.texts)

    def ops_on(self, layer: Layer, section: SectionId, language: Language = Language.EN) -> tuple[Op, ...]:
        """The ops of a layer on a section, inserts of it included."""
        value = self._value(layer, language)
        ops = value.ops if isinstance(value, Override) else ()
        return tuple(op for op in ops if op.section == section)

    def drop_ops(self, layer: Layer, section: SectionId, language: Language = Language.EN) -> None:
        """Take all ops of a layer on a section out."""
        path = self._path(layer, language)
        while ops := self.ops_on(layer, section, language):
            text = self._text(path)
            self.texts[path] = remove_op(text, ops[-1].number) if text is not None else None

    def add_op(self, layer: Layer, fields: Mapping[str, str], block: str | None, language: Language) -> None:
        """Add an op with its text to a layer's override; the file is made when there is none.

        Raises:
            ContentError: when the layer has a page of its own there.
        """
        path = self._path(layer, language)
        value, text = self._value(layer, language), self._text(path)
        if isinstance(value, Page):
            raise ContentError(
                f"“{path}” is a whole page, so a section can't be overridden in it.",
                safe="Nothing was changed.",
                todo="Edit that page itself.",
            )
        if text is None:
            self.texts[path] = new_override(self.page, [(fields, block)])
        else:
            self.texts[path] = add_op(text, fields, block)

    def say(self, section: SectionId, heading: str, body: str, language: Language = Language.EN) -> None:
        """Give the shared page other words in a section."""
        path = self._path(SHARED, language)
        self.texts[path] = replace_section(self._text(path) or "", section, body, heading=heading or None)

    def insert(self, block: str, after: SectionId) -> None:
        """Bring a section into the English shared page."""
        path = self._path(SHARED, Language.EN)
        self.texts[path] = insert_section(self._text(path) or "", block, after)

    def take_out(self, section: SectionId, language: Language = Language.EN) -> None:
        """Take a section out of the shared page, where it is there."""
        value = self._value(SHARED, language)
        if isinstance(value, Page) and value.section(section) is not None:
            path = self._path(SHARED, language)
            self.texts[path] = remove_section(self._text(path) or "", section)

    def _path(self, layer: Layer, language: Language) -> str:
        files = self.snapshot.sources.files_of(self.page)
        known = (file.path for file in files if file.layer == layer and file.language is language)
        return next(known, page_path(layer, self.page, language))

    def _text(self, path: str) -> str | None:
        return self.texts[path] if path in self.texts else self.snapshot.text(path)

    def _value(self, layer: Layer, language: Language) -> object:
        path = self._path(layer, language)
        text = self._text(path)
        return read_file(path, text.encode()).value if text is not None else None


def replace_fields(section: SectionId, base: Pin, reason: Reason) -> dict[str, str]:
    """Fields of an op that replaces a section."""
    return {"op": "replace", "section": str(section), "base": str(base), **reason.fields()}


def insert_fields(section: SectionId, after: SectionId, reason: Reason) -> dict[str, str]:
    """Fields of an op that brings a section."""
    return {"op": "insert-after", "after": str(after), "section": str(section), **reason.fields()}


def hide_fields(section: SectionId, base: Pin, reason: Reason) -> dict[str, str]:
    """Fields of an op that hides a section."""
    return {"op": "hide", "section": str(section), "base": str(base), **reason.fields()}


def welsh_fields(kind: str, section: SectionId, translates: Pin) -> dict[str, str]:
    """Fields of the Welsh op that mirrors an English one."""
    return {"op": kind, "section": str(section), "translates": str(translates)}


def block_of(section: EffectiveSection) -> str:
    """The ``##`` block with a section's words."""
    return section_block(section.heading or "Lead", section.id, section.body)


def before_in(order: tuple[SectionId, ...], section: SectionId) -> Iterator[SectionId]:
    """The sections that stand before one, the nearest first."""
    if section in order:
        yield from reversed(order[: order.index(section)])
