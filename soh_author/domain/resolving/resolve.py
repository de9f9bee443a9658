"""What a force's public reads: shared, then its groups, then the force (CONTENT_MODEL, "Resolving").

Pure, total and deterministic. Whatever can't be applied does nothing and is told in the diagnostics. How an
op stands to the text above it (outdated, redundant, unpinned) is told by
:mod:`soh_author.domain.resolving.drift`.
"""

from collections.abc import Sequence

from soh_author.domain.diagnostics import Diagnostic, diagnose
from soh_author.domain.ids import SectionId
from soh_author.domain.layers import LayerKind
from soh_author.domain.override import Override
from soh_author.domain.page import Page, PageKind, PageType
from soh_author.domain.resolving.apply_ops import apply_override
from soh_author.domain.resolving.contested import Contested, LayerText, find_contested
from soh_author.domain.resolving.effective import EffectivePage, OpTrace, SetTrace, Takeover
from soh_author.domain.resolving.working import Working, empty, fields_of, sections_of, start

__all__ = ["LayerText", "from_page", "resolve"]


def from_page(page: Page) -> EffectivePage:
    """A page file standing alone, as every force without an override has it."""
    return EffectivePage(
        page=page.id,
        language=page.language,
        type=page.type,
        fields=fields_of(page),
        sections=sections_of(page),
        related=page.related,
        layers=(page.layer,),
        owner_layer=page.layer,
        aliases=page.aliases,
        urls=page.urls,
    )


def resolve(base: Page | None, overrides: Sequence[LayerText]) -> EffectivePage:
    """Resolve one page for one chain of layers, in the language of its English files.

    Args:
        base: the shared page, or None when only a group or the force has this page.
        overrides: what the layers below say: the force's groups in their order, then the force. Layers that
            say nothing may be left out; at least one file must be there.

    Returns:
        The effective page. It has no sections and the diagnostic ``unknown-override-target`` when no layer
        has a page that the overrides could change.
    """
    texts = [text for text in overrides if text.override or text.page]
    if base is not None and not texts:
        return from_page(base)
    working = start(base) if base is not None else _nothing(texts)
    has_page = base is not None
    if base is not None:
        working.layers.append(base.layer)
    contested = find_contested(texts, working.sections.keys(), working.aliases)
    for text in texts:
        if text.page is not None:
            _apply_page(working, text.page, contested, has_page=has_page)
            has_page = True
        if text.override is not None and has_page:
            apply_override(working, text.override, contested)
        elif text.override is not None:
            _refuse_all(working, text.override)
    return working.finish()


def _nothing(texts: Sequence[LayerText]) -> Working:
    assert texts, "There is nothing to resolve: neither a page nor an override."
    first = texts[0].page or texts[0].override
    assert first is not None, "Texts without a file are left out before."
    page_id = first.id if isinstance(first, Page) else first.page
    return empty(page_id, first.language, PageType.ADVICE, first.layer)


def _refuse_all(working: Working, override: Override) -> None:
    message = f"No layer above has the page “{override.page}”, so nothing in this file can be applied."
    working.diagnostics.append(diagnose("unknown-override-target", message, override.place))
    working.layers.append(override.layer)
    working.ops.extend(OpTrace(op, override.layer, None, is_applied=False) for op in override.ops)
    working.sets.extend(SetTrace(change, override.layer, None, is_applied=False) for change in override.sets)


def _apply_page(working: Working, page: Page, contested: Contested, *, has_page: bool) -> None:
    """Stand on a layer's own page file: the first page there is, or one taken over from the layers above."""
    working.layers.append(page.layer)
    if not has_page:
        if page.kind is PageKind.TAKEOVER:
            message = f"No layer above has the page “{page.id}” that this file takes over."
            working.diagnostics.append(diagnose("unknown-override-target", message, page.place))
        working.stand_on(page)
        return
    problems = _problems_of_takeover(working, page, contested)
    above = working.finish().pin
    working.takeovers.append(Takeover(page.layer, page.place, page.base, above, is_applied=not problems))
    working.diagnostics.extend(problems)
    if not problems:
        working.stand_on(page)


def _problems_of_takeover(working: Working, page: Page, contested: Contested) -> list[Diagnostic]:
    if page.layer.kind is LayerKind.GROUP and page.layer in contested.pages:
        names = " and ".join(layer.name for layer in contested.pages)
        message = (
            f"The groups {names} both change this page, and one of them takes it over; it isn't applied."
        )
        return [diagnose("ambiguous-group", message, page.place)]
    return [
        diagnose(
            "locked", f"The section “{section}” is locked, and this page words it differently.", page.place
        )
        for section in working.locked
        if _differs(working, page, section)
    ]


def _differs(working: Working, page: Page, section: SectionId) -> bool:
    above, own = working.shown(section), page.section(section)
    if above is None:
        return False
    return own is None or above.pin != own.pin
