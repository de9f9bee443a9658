"""Short ways to a cell of the matrix, for the usual page: no text is put together that nobody will read.

Each is taken only where it surely leads to what the rules say; a test holds both ways to the same rows.
"""

from collections.abc import Iterator
from dataclasses import replace

from soh_author.domain.diagnostics import diagnose
from soh_author.domain.ids import LEAD, Language
from soh_author.domain.layers import Place
from soh_author.domain.override import Op, OpKind, Override
from soh_author.domain.page import Page
from soh_author.domain.resolving.effective import EffectivePage, OpTrace


def is_plain(base: Page) -> bool:
    """Whether nothing in a shared page itself bears on what its overrides do."""
    return not base.aliases and not base.locked


def with_traces(page: EffectivePage, override: Override) -> EffectivePage | None:
    """A plain shared page with what became of one override's ops, its texts not applied; None for unusual
    ones.

    Args:
        page: the shared page standing alone.
    """
    if override.sets:
        return None
    traces = list(_traces(page, override))
    if len(traces) != len(override.ops):
        return None
    return replace(page, ops=tuple(traces), layers=(*page.layers, override.layer))


def _traces(page: EffectivePage, override: Override) -> Iterator[OpTrace]:
    """The traces of ops that are surely applied."""
    known = {section.id: section for section in page.sections}
    for op in override.ops:
        beside = op.anchor if op.kind.is_insert else op.section
        above = known.get(beside) if beside else None
        if above is not None and _is_usual(op, is_new=op.section not in known):
            yield OpTrace(op, override.layer, above, is_applied=True)


def _is_usual(op: Op, *, is_new: bool) -> bool:
    if op.kind is OpKind.MOVE_AFTER or (op.kind.carries_text and op.text is None):
        return False
    if op.kind.is_insert:
        return is_new and not (op.kind is OpKind.INSERT_BEFORE and op.anchor == LEAD)
    return True


def is_rendered(english: Page, welsh: Page) -> bool:
    """Whether a shared page's Welsh surely has everything, and is in step with it."""
    if english.aliases or not all(welsh.fields.get(name) for name in ("title", "summary")):
        return False
    if not welsh.fields.get("url") and Language.CY not in english.urls:
        return False
    texts = {text.id: text for text in reversed(welsh.sections)}
    seen = set()
    for section in english.sections:
        if section.id in seen:
            return False
        seen.add(section.id)
        own = texts.get(section.id)
        has_words = bool(section.heading or section.canonical)
        if has_words and (own is None or (section.id == LEAD and not own.canonical)):
            return False
        pin = welsh.translates.get(section.id)
        if own is not None and pin is not None and pin != section.pin:
            return False
    return True


def without_welsh(english: EffectivePage) -> EffectivePage:
    """A page that has no Welsh at all where it must have it: one finding stands for all."""
    place = english.sections[0].place if english.sections else Place("")
    finding = diagnose("missing-welsh", "The page has no Welsh.", place)
    return replace(english, language=Language.CY, diagnostics=(finding,))
