"""How an override stands to the text above it today (CONTENT_MODEL, "The pin"): computed, never stored.

The text above is the effective section of the layers above, so a new override of a group makes those of its
forces outdated. A text that equals the one above it is redundant, whatever its pin says.
"""

from collections.abc import Iterator
from enum import StrEnum

from soh_author.domain.diagnostics import Diagnostic, diagnose
from soh_author.domain.ids import LEAD
from soh_author.domain.override import OpKind
from soh_author.domain.pins import Pin, field_pin, section_pin
from soh_author.domain.resolving.effective import EffectivePage, OpTrace, SetTrace, Takeover

_PINNED = frozenset({OpKind.REPLACE, OpKind.HIDE})


class DriftState(StrEnum):
    """How one op, field change or takeover stands to the text above it."""

    CURRENT = "current"
    OUTDATED = "outdated"
    ADDITIVE = "additive"
    ORPHANED = "orphaned"
    REDUNDANT = "redundant"
    HIDDEN_OUTDATED = "hidden-outdated"
    UNPINNED = "unpinned"
    TAKEN_OVER = "taken-over"
    TAKEN_OVER_OUTDATED = "taken-over-outdated"

    @property
    def is_outdated(self) -> bool:
        """Whether the text above changed since the override was written or last confirmed."""
        return self in {DriftState.OUTDATED, DriftState.HIDDEN_OUTDATED, DriftState.TAKEN_OVER_OUTDATED}


def pin_above(trace: OpTrace) -> Pin | None:
    """The pin that the op would have if written today; None for an op that needs none, or an orphan."""
    return trace.above.pin if trace.above and trace.op.kind in _PINNED else None


def drift_of(trace: OpTrace) -> DriftState:
    """How an op stands to the section above it.

    Additions and inserts are never outdated because the text beside them was reworded. A move needs no pin:
    the wording doesn't matter to it; one that has a pin is held to it.
    """
    op, above = trace.op, trace.above
    if above is None:
        return DriftState.ORPHANED
    if op.kind.is_additive:
        return DriftState.ADDITIVE
    if trace.is_idle or (op.kind is OpKind.REPLACE and _says_the_same(trace)):
        return DriftState.REDUNDANT
    if op.base is None:
        return DriftState.UNPINNED if op.kind in _PINNED else DriftState.CURRENT
    if op.base == above.pin:
        return DriftState.CURRENT
    return DriftState.HIDDEN_OUTDATED if op.kind is OpKind.HIDE else DriftState.OUTDATED


def _says_the_same(trace: OpTrace) -> bool:
    text = trace.op.text
    if text is None or trace.above is None:
        return False
    heading = "" if trace.above.id == LEAD else text.heading
    return section_pin(heading, [text.canonical]) == trace.above.pin


def drift_of_set(trace: SetTrace) -> DriftState:
    """How a field change stands to the value above it; a field that the layers above don't have is added."""
    if trace.above is None:
        return DriftState.ADDITIVE if trace.change.base is None else DriftState.OUTDATED
    today = field_pin(trace.above)
    if field_pin(trace.change.value) == today:
        return DriftState.REDUNDANT
    if trace.change.base is None:
        return DriftState.UNPINNED
    return DriftState.CURRENT if trace.change.base == today else DriftState.OUTDATED


def drift_of_takeover(takeover: Takeover) -> DriftState:
    """How a whole page stands to the page above it."""
    if takeover.base is None:
        return DriftState.UNPINNED
    return DriftState.TAKEN_OVER if takeover.base == takeover.above else DriftState.TAKEN_OVER_OUTDATED


def drift_diagnostics(effective: EffectivePage) -> tuple[Diagnostic, ...]:
    """The findings ``outdated``, ``redundant`` and ``unpinned`` of a page. Orphans are told by resolving."""
    found = [*_of_ops(effective), *_of_sets(effective), *_of_takeovers(effective)]
    return tuple(sorted(found, key=Diagnostic.sort_key))


def _of_ops(effective: EffectivePage) -> Iterator[Diagnostic]:
    for trace in effective.ops:
        drift, what = drift_of(trace), f"section “{trace.op.section}”"
        code, message = _finding(drift, what)
        if code:
            yield diagnose(code, message, trace.op.place, section=trace.op.section)


def _of_sets(effective: EffectivePage) -> Iterator[Diagnostic]:
    for trace in effective.sets:
        code, message = _finding(drift_of_set(trace), f"field “{trace.change.name}”")
        if code:
            yield diagnose(code, message, trace.change.place)


def _of_takeovers(effective: EffectivePage) -> Iterator[Diagnostic]:
    for takeover in effective.takeovers:
        code, message = _finding(drift_of_takeover(takeover), "page")
        if code:
            yield diagnose(code, message, takeover.place)


def _finding(drift: DriftState, what: str) -> tuple[str, str]:
    """Code and message of a finding; empty when there is nothing to tell."""
    if drift.is_outdated:
        return "outdated", f"The {what} changed above this override since it was last confirmed."
    if drift is DriftState.REDUNDANT:
        return "redundant", f"The override of the {what} says what the layers above say."
    if drift is DriftState.UNPINNED:
        return "unpinned", f"The override of the {what} doesn't say which text it was written against."
    return "", ""
