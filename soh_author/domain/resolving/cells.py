"""Cells of the matrix: how one force stands to one page (CONTENT_MODEL, "Matrix")."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from soh_author.domain.layers import Layer, LayerKind
from soh_author.domain.override import OpKind
from soh_author.domain.resolving.drift import DriftState, drift_of, drift_of_set, drift_of_takeover
from soh_author.domain.resolving.effective import EffectivePage


class CellKind(StrEnum):
    """What a cell shows. In this order, the most urgent first, the first that is true is shown."""

    ABSENT = "not here"
    ORPHANED = "orphaned"
    OUTDATED = "outdated"
    MISSING_WELSH = "missing Welsh"
    LOCAL_ONLY = "local only"
    TAKEN_OVER = "taken over"
    HIDDEN = "hidden"
    OVERRIDES = "overrides"
    ADDITIVE = "additive"
    INHERITS = "inherits"


@dataclass(frozen=True, slots=True)
class CellState:
    """One cell: what it shows, how many changes the layers made, and everything that is true of it."""

    kind: CellKind
    ops: int
    kinds: frozenset[CellKind]


ABSENT = CellState(CellKind.ABSENT, 0, frozenset({CellKind.ABSENT}))
"""The cell of a force that doesn't have the page: another force's local page."""

INHERITS = CellState(CellKind.INHERITS, 0, frozenset({CellKind.INHERITS}))
"""The cell of a force that has the shared page as it is."""


def page_state(
    effective: EffectivePage, layers: Collection[Layer], *, welsh: EffectivePage | None = None
) -> CellState:
    """The cell of one force for one page.

    Args:
        effective: the page in English as the force has it.
        layers: the layers whose changes the cell tells: the force's own, or with its groups.
        welsh: the page in Welsh, for a force that must publish both languages; a finding that blocks counts.
    """
    has_welsh = welsh is None or not any(
        found.blocks and found.code in {"missing-welsh", "outdated-welsh"} for found in welsh.diagnostics
    )
    if len(effective.layers) < 2 and has_welsh and effective.owner_layer.kind is LayerKind.SHARED:
        return INHERITS
    kinds, count = _kinds_of_changes(effective, layers)
    if not has_welsh:
        kinds.add(CellKind.MISSING_WELSH)
    if effective.owner_layer in layers and not effective.takeovers:
        kinds.add(CellKind.LOCAL_ONLY)
    kinds = kinds or {CellKind.INHERITS}
    return CellState(next(kind for kind in CellKind if kind in kinds), count, frozenset(kinds))


_BY_DRIFT = {
    DriftState.ORPHANED: CellKind.ORPHANED,
    DriftState.OUTDATED: CellKind.OUTDATED,
    DriftState.HIDDEN_OUTDATED: CellKind.OUTDATED,
    DriftState.TAKEN_OVER_OUTDATED: CellKind.OUTDATED,
}


def _kinds_of_changes(effective: EffectivePage, layers: Collection[Layer]) -> tuple[set[CellKind], int]:
    kinds: set[CellKind] = set()
    count = 0
    for op_trace in effective.ops:
        if op_trace.layer in layers:
            count += 1
            kinds.add(_BY_DRIFT.get(drift_of(op_trace), _kind_of_op(op_trace.op.kind)))
    for set_trace in effective.sets:
        if set_trace.layer in layers:
            count += 1
            kinds.add(_BY_DRIFT.get(drift_of_set(set_trace), CellKind.OVERRIDES))
    for takeover in effective.takeovers:
        if takeover.layer in layers:
            kinds.add(CellKind.TAKEN_OVER)
            if drift_of_takeover(takeover) is DriftState.TAKEN_OVER_OUTDATED:
                kinds.add(CellKind.OUTDATED)
    return kinds, count


def _kind_of_op(kind: OpKind) -> CellKind:
    if kind is OpKind.HIDE:
        return CellKind.HIDDEN
    return CellKind.ADDITIVE if kind.is_additive else CellKind.OVERRIDES
