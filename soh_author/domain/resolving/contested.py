"""Groups of one force that change the same thing: an error, never precedence (CONTENT_MODEL, "Resolving")."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from soh_author.domain.aliases import follow_alias
from soh_author.domain.ids import SectionId
from soh_author.domain.layers import Layer, LayerKind
from soh_author.domain.override import FieldChange, Op, OpKind, Override
from soh_author.domain.page import Page

_Key = TypeVar("_Key")
_EXCLUSIVE = frozenset({OpKind.REPLACE, OpKind.HIDE, OpKind.MOVE_AFTER})


@dataclass(frozen=True, slots=True)
class LayerText:
    """What one layer says about a page: an override, or a page file (``kind: local`` or ``kind: page``)."""

    layer: Layer
    override: Override | None = None
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class Contested:
    """What several groups claim, with the groups that do. Sections are named by the ids the groups wrote."""

    sections: Mapping[SectionId, tuple[Layer, ...]] = field(default_factory=dict)
    inserts: Mapping[SectionId, tuple[Layer, ...]] = field(default_factory=dict)
    fields: Mapping[str, tuple[Layer, ...]] = field(default_factory=dict)
    pages: tuple[Layer, ...] = ()


def find_contested(
    texts: Sequence[LayerText], standing: Collection[SectionId], aliases: Mapping[SectionId, SectionId]
) -> Contested:
    """Find what more than one group replaces, hides, moves, inserts, sets or takes over.

    A group that takes the whole page over stands against every other group that takes it over or replaces,
    hides or moves any of its sections.

    Args:
        texts: the layers' texts, of which only those of groups matter.
        standing: the section ids of the page above them.
        aliases: old section ids to new ones, so that two groups that use different ids of one section are
            found.
    """
    groups = [text for text in texts if text.layer.kind is LayerKind.GROUP]
    if len(groups) < 2:
        return Contested()
    known = {*standing, *(op.section for text in groups for op in _ops(text, inserts=True))}
    written = {
        op.section: follow_alias(op.section, known, aliases)
        for text in groups
        for op in _ops(text, inserts=False)
    }
    claims = ((written[op.section], text.layer) for text in groups for op in _ops(text, inserts=False))
    claimed = _several((section, layer) for section, layer in claims if section is not None)
    return Contested(
        {section: claimed[today] for section, today in written.items() if today in claimed},
        _several((op.section, text.layer) for text in groups for op in _ops(text, inserts=True)),
        _several((change.name, text.layer) for text in groups for change in _sets(text)),
        _page_claims(groups),
    )


def _page_claims(groups: Sequence[LayerText]) -> tuple[Layer, ...]:
    takers = [text.layer for text in groups if text.page is not None]
    changers = [
        text.layer for text in groups if any(op.kind in _EXCLUSIVE for op in _ops(text, inserts=False))
    ]
    claims = tuple(dict.fromkeys([*takers, *changers]))
    return claims if takers and len(claims) > 1 else ()


def _ops(text: LayerText, *, inserts: bool) -> list[Op]:
    ops = text.override.ops if text.override else ()
    return [op for op in ops if (op.kind.is_insert if inserts else op.kind in _EXCLUSIVE)]


def _sets(text: LayerText) -> tuple[FieldChange, ...]:
    return text.override.sets if text.override else ()


def _several(claims: Iterable[tuple[_Key, Layer]]) -> dict[_Key, tuple[Layer, ...]]:
    found: dict[_Key, dict[Layer, None]] = {}
    for key, layer in claims:
        found.setdefault(key, {})[layer] = None
    return {key: tuple(layers) for key, layers in found.items() if len(layers) > 1}
