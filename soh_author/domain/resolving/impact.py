"""Whom a change reaches: which outputs change, where local text hides it, what becomes outdated."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from soh_author.domain.aliases import follow_alias
from soh_author.domain.ids import SectionId
from soh_author.domain.layers import Layer, Place
from soh_author.domain.override import OpKind
from soh_author.domain.pins import Pin, pin_of
from soh_author.domain.resolving.digest import NOT_READ, OutputIdentity
from soh_author.domain.resolving.drift import DriftState, drift_of, drift_of_set, drift_of_takeover
from soh_author.domain.resolving.effective import EffectivePage, OpTrace


class Reach(StrEnum):
    """What a change does to one output, in the order in which people should see them."""

    REMOVED = "removed"
    ADDED = "added"
    CHANGES = "changes"
    SHADOWED = "shadowed by local text"
    BECOMES_OUTDATED = "override becomes outdated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class OutputView:
    """One output before or after a change: its page, its digest, and the values of the facts it shows."""

    effective: EffectivePage
    digest: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shadow:
    """Text of a layer that keeps a change above it from being read.

    ``section`` is None when a whole page is taken over, or a field is set (``what`` tells which). ``alarm``
    is the reason why somebody has to look at once: the section is marked as safety or law. Empty otherwise.
    """

    what: str
    section: SectionId | None
    layer: Layer
    place: Place
    alarm: str = ""


@dataclass(frozen=True, slots=True)
class SectionChange:
    """One section as it was and as it will be; None where it isn't there."""

    section: SectionId
    before: Pin | None
    after: Pin | None


@dataclass(frozen=True, slots=True)
class OutputImpact:
    """What a change does to one output."""

    output: OutputIdentity
    sections: tuple[SectionChange, ...] = ()
    is_reordered: bool = False
    fields: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    shadows: tuple[Shadow, ...] = ()
    outdated: tuple[Place, ...] = ()
    is_changed: bool = False
    difference: str = ""
    change: Reach | None = None

    @property
    def reach(self) -> Reach:
        """The one word for it, the most visible first."""
        if self.change is not None:
            return self.change
        if self.is_changed:
            return Reach.CHANGES
        if self.shadows:
            return Reach.SHADOWED
        return Reach.BECOMES_OUTDATED if self.outdated else Reach.UNCHANGED

    @property
    def alarms(self) -> tuple[Shadow, ...]:
        """Local text that hides a change marked as safety or law."""
        return tuple(shadow for shadow in self.shadows if shadow.alarm)


def impact_of(
    output: OutputIdentity,
    before: OutputView | None,
    after: OutputView | None,
    marked: Mapping[SectionId, str] | None = None,
) -> OutputImpact:
    """What a change does to one output.

    Args:
        output: which output it is.
        before: the output as it is; None when the page is new here.
        after: the output as it will be; None when it goes.
        marked: sections of the change whose text concerns safety or law, with the reason; local text that
            hides one of them is an alarm.
    """
    if before is None or after is None:
        change = Reach.ADDED if after else Reach.REMOVED if before else Reach.UNCHANGED
        return OutputImpact(output, is_changed=before is not after, difference=str(change), change=change)
    sections = _sections(before.effective, after.effective)
    order = [section.id for section in before.effective.sections]
    order_after = [section.id for section in after.effective.sections]
    both = set(order) & set(order_after)
    is_reordered = [each for each in order if each in both] != [each for each in order_after if each in both]
    fields = _names(_values(before.effective), _values(after.effective))
    facts = _names(before.facts, after.facts)
    is_changed = before.digest != after.digest
    return OutputImpact(
        output,
        sections,
        is_reordered=is_reordered,
        fields=fields,
        facts=facts,
        shadows=tuple(_shadows(before.effective, after.effective, marked or {})),
        outdated=tuple(_outdated(before.effective, after.effective)),
        is_changed=is_changed,
        difference=_difference(before, after, sections, fields, facts) if is_changed else "",
    )


def _sections(before: EffectivePage, after: EffectivePage) -> tuple[SectionChange, ...]:
    old = {section.id: section.pin for section in before.sections}
    new = {section.id: section.pin for section in after.sections}
    return tuple(
        SectionChange(section, old.get(section), new.get(section))
        for section in dict.fromkeys([*new, *old])
        if old.get(section) != new.get(section)
    )


def _values(effective: EffectivePage) -> dict[str, str]:
    return {name: found.value for name, found in effective.fields.items() if name not in NOT_READ - {"url"}}


def _names(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in sorted({*before, *after}) if before.get(name) != after.get(name))


def _difference(
    before: OutputView,
    after: OutputView,
    sections: Sequence[SectionChange],
    fields: Sequence[str],
    facts: Sequence[str],
) -> str:
    """A name for the difference: equal for outputs that change from the same to the same."""
    old, new = _values(before.effective), _values(after.effective)
    said = [
        *(f"section {each.section} {each.before} {each.after}" for each in sections),
        *(f"field {name} {old.get(name)!r} {new.get(name)!r}" for name in fields),
        *(f"fact {name} {before.facts.get(name)!r} {after.facts.get(name)!r}" for name in facts),
        *(f"order {section.id}" for section in after.effective.sections),
    ]
    return pin_of("\n".join(said))


# What local text hides


def _shadows(
    before: EffectivePage, after: EffectivePage, marked: Mapping[SectionId, str]
) -> Iterable[Shadow]:
    old = {_key(trace, after): trace.above for trace in before.ops}
    for trace in after.ops:
        was, now = old.get(_key(trace, after)), trace.above
        is_covering = trace.is_applied and trace.op.kind in {OpKind.REPLACE, OpKind.HIDE}
        if is_covering and was and now and was.pin != now.pin:
            yield Shadow(f"section {now.id}", now.id, trace.layer, trace.op.place, marked.get(now.id, ""))
    yield from _other_shadows(before, after, marked)


def _other_shadows(
    before: EffectivePage, after: EffectivePage, marked: Mapping[SectionId, str]
) -> Iterable[Shadow]:
    values = {(trace.layer, trace.change.name): trace.above for trace in before.sets}
    for trace in after.sets:
        key = (trace.layer, trace.change.name)
        if trace.is_applied and key in values and values[key] != trace.above:
            yield Shadow(f"field {trace.change.name}", None, trace.layer, trace.change.place)
    above = {takeover.layer: takeover.above for takeover in before.takeovers}
    for takeover in after.takeovers:
        if takeover.is_applied and above.get(takeover.layer, takeover.above) != takeover.above:
            alarm = "; ".join(dict.fromkeys(marked.values()))
            yield Shadow("the whole page", None, takeover.layer, takeover.place, alarm)


def _key(trace: OpTrace, page: EffectivePage) -> tuple[Layer, OpKind, SectionId]:
    """What an op is, with today's id of its section: a renamed section is the same before and after."""
    section = trace.above.id if trace.above else trace.op.section
    known = [each.id for each in (*page.sections, *page.hidden)]
    return (trace.layer, trace.op.kind, follow_alias(section, known, page.aliases) or section)


# What becomes outdated


def _outdated(before: EffectivePage, after: EffectivePage) -> list[Place]:
    """Places of overrides that were right before and aren't after; those outdated before aren't told."""
    was = {key: state for key, state, _ in _states(before)}
    return [place for key, state, place in _states(after) if _is_late(state) and not _is_late(was.get(key))]


def _is_late(state: DriftState | None) -> bool:
    return state is not None and (state.is_outdated or state is DriftState.ORPHANED)


def _states(effective: EffectivePage) -> list[tuple[tuple[Layer, str, str], DriftState, Place]]:
    """How everything stands, with a key that stays the same when lines of the file move."""
    return [
        *(
            ((each.layer, each.op.kind, each.op.section), drift_of(each), each.op.place)
            for each in effective.ops
        ),
        *(
            ((each.layer, "set", each.change.name), drift_of_set(each), each.change.place)
            for each in effective.sets
        ),
        *(((each.layer, "page", ""), drift_of_takeover(each), each.place) for each in effective.takeovers),
    ]


# Many outputs


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change does to all outputs that were looked at."""

    outputs: tuple[OutputImpact, ...]

    def of(self, reach: Reach) -> tuple[OutputImpact, ...]:
        """The outputs with that reach."""
        return tuple(output for output in self.outputs if output.reach is reach)

    @property
    def counts(self) -> dict[Reach, int]:
        """How many outputs there are of each reach; every reach is listed."""
        counts = dict.fromkeys(Reach, 0)
        for output in self.outputs:
            counts[output.reach] += 1
        return counts

    @property
    def alarms(self) -> tuple[tuple[OutputIdentity, Shadow], ...]:
        """Local text that hides a change marked as safety or law, output by output."""
        return tuple((impact.output, shadow) for impact in self.outputs for shadow in impact.alarms)

    @property
    def groups(self) -> tuple[tuple[OutputImpact, ...], ...]:
        """Outputs that change in the same way, the largest group first: to look at one is to look at all."""
        found: dict[str, list[OutputImpact]] = {}
        for impact in self.outputs:
            if impact.is_changed:
                key = f"{impact.output.page} {impact.output.language} {impact.difference}"
                found.setdefault(key, []).append(impact)
        return tuple(tuple(group) for group in sorted(found.values(), key=len, reverse=True))
