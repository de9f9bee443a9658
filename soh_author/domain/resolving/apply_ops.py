"""Apply one layer's override to the page above it; every op is judged against that page alone."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from soh_author.domain.aliases import follow_alias
from soh_author.domain.diagnostics import Diagnostic, diagnose
from soh_author.domain.ids import LEAD, PageId, SectionId
from soh_author.domain.layers import Layer, LayerKind, Place
from soh_author.domain.override import Op, OpKind, Override
from soh_author.domain.page import SectionText
from soh_author.domain.resolving.contested import Contested
from soh_author.domain.resolving.effective import EffectiveField, EffectiveSection, OpTrace, Part, SetTrace
from soh_author.domain.resolving.placing import Placement, place
from soh_author.domain.resolving.working import Working


@dataclass(frozen=True, slots=True)
class _Judged:
    """An op with today's ids, the section above it, and why it can't be applied.

    ``problem`` is None for an op that lacks its text or anchor: reading the file has told that already.
    """

    op: Op
    section: SectionId
    anchor: SectionId | None
    above: EffectiveSection | None
    is_sound: bool
    problem: Diagnostic | None = None


def apply_override(working: Working, override: Override, contested: Contested) -> None:
    """Apply an override: its text ops, then moves and inserts, then what it hides, then its fields."""
    working.layers.append(override.layer)
    judged = _refuse_circles(working, _judge_all(working, override, contested))
    order_above = list(working.order)
    sound = [each for each in judged if each.is_sound]
    _write_texts(working, override, sound)
    _place(working, override, sound)
    working.hidden.update(each.section for each in sound if each.op.kind is OpKind.HIDE)
    for each in judged:
        is_idle = each.op.kind is OpKind.MOVE_AFTER and each.is_sound and _stands_after(each, order_above)
        working.ops.append(OpTrace(each.op, override.layer, each.above, each.is_sound, is_idle))
        if each.problem:
            working.diagnostics.append(each.problem)
    _set_fields(working, override, contested)


# -- judging -------------------------------------------------------------------------------------------------


def _judge_all(working: Working, override: Override, contested: Contested) -> list[_Judged]:
    inserted = {op.section for op in override.ops if op.kind.is_insert and op.text}
    judge = _Judge(working, override, contested, inserted)
    return [judge.judge(op) for op in override.ops]


class _Judge:
    """Looks at the ops of one override in turn, and remembers which sections had one of a kind."""

    def __init__(
        self, working: Working, override: Override, contested: Contested, inserted: Collection[SectionId]
    ) -> None:
        self._working = working
        self._override = override
        self._contested = contested if override.layer.kind is LayerKind.GROUP else Contested()
        self._own = {
            op.section: _inserted_section(op, op.text, override)
            for op in reversed(override.ops)
            if op.section in inserted and op.kind.is_insert and op.text
        }
        self._slots: set[tuple[str, SectionId]] = set()

    def judge(self, op: Op) -> _Judged:
        """What is to become of an op."""
        anchor = self._today(op.anchor) if op.anchor is not None else None
        if op.kind.is_insert:
            beside = self._beside(anchor)
            problem = self._problem_of_insert(op, anchor, beside)
            is_sound = problem is None and beside is not None and op.text is not None
            return _Judged(op, op.section, anchor, beside, is_sound, problem)
        section = self._today(op.section)
        above = self._working.shown(section)
        problem = self._problem(op, section, above)
        if op.kind is OpKind.MOVE_AFTER:
            beside = self._beside(anchor)
            problem = problem or self._problem_of_move(op, section, anchor, beside)
            above = above if beside else None
        is_sound = problem is None and above is not None and (op.text is not None or not op.kind.carries_text)
        return _Judged(op, section, anchor, above, is_sound, problem)

    def _today(self, section: SectionId) -> SectionId:
        known = self._working.sections.keys() | self._own.keys()
        return follow_alias(section, known, self._working.aliases) or section

    def _beside(self, anchor: SectionId | None) -> EffectiveSection | None:
        if anchor is None:
            return None
        return self._working.sections.get(anchor) or self._own.get(anchor)

    def _say(self, code: str, op: Op, message: str) -> Diagnostic:
        return diagnose(code, message, op.place, section=op.section)

    def _problem_of_insert(
        self, op: Op, anchor: SectionId | None, beside: EffectiveSection | None
    ) -> Diagnostic | None:
        if anchor is not None and beside is None:
            return self._orphan(op, anchor)
        if op.kind is OpKind.INSERT_BEFORE and anchor == LEAD:
            return self._say("bad-value", op, "Nothing can stand before the text at the head of the page.")
        if op.section in self._working.sections:
            return self._say(
                "doubled-section",
                op,
                f"The page has a section “{op.section}” already; the inserted one isn't shown.",
            )
        if op.section in self._contested.inserts:
            return self._say("ambiguous-group", op, _claim("insert a section", op, self._contested.inserts))
        return self._doubled(op, op.section)

    def _problem(self, op: Op, section: SectionId, above: EffectiveSection | None) -> Diagnostic | None:
        if above is None:
            return self._orphan(op, op.section)
        if section in self._working.locked:
            reason = self._working.locked[section]
            why = f": {reason}" if reason else ""
            return self._say("locked", op, f"The section “{section}” is locked{why}.")
        if claim := self._claim(op):
            return self._say("ambiguous-group", op, claim)
        return self._doubled(op, section)

    def _problem_of_move(
        self, op: Op, section: SectionId, anchor: SectionId | None, beside: EffectiveSection | None
    ) -> Diagnostic | None:
        if section == LEAD:
            return self._say("bad-value", op, "The text at the head of the page can't be moved.")
        if anchor is not None and beside is None:
            return self._orphan(op, anchor)
        return None

    def _claim(self, op: Op) -> str:
        if op.kind.is_additive:
            return ""
        if op.section in self._contested.sections:
            return _claim("change the section", op, self._contested.sections)
        if self._override.layer in self._contested.pages:
            return f"{_names(self._contested.pages)} both change this page, and one of them takes it over."
        return ""

    def _orphan(self, op: Op, missing: SectionId) -> Diagnostic:
        is_hidden = missing in self._working.hidden
        what = "is hidden by a layer above" if is_hidden else "is no longer on the page above"
        return self._say("orphaned", op, f"The section “{missing}” {what}, so “{op.kind}” can't be applied.")

    def _doubled(self, op: Op, section: SectionId) -> Diagnostic | None:
        slot = (_SLOTS.get(op.kind, str(op.kind)), section)
        if slot in self._slots:
            return self._say(
                "doubled-op", op, f"The file changes the section “{section}” twice; the first counts."
            )
        self._slots.add(slot)
        return None


# A section is either replaced or hidden; an inserted one is inserted once.
_SLOTS = {
    OpKind.REPLACE: "text",
    OpKind.HIDE: "text",
    OpKind.INSERT_AFTER: "insert",
    OpKind.INSERT_BEFORE: "insert",
}


def _claim(what: str, op: Op, claims: Mapping[SectionId, Sequence[Layer]]) -> str:
    return f"{_names(claims[op.section])} both {what} “{op.section}”; neither is applied."


def _names(layers: Sequence[Layer]) -> str:
    return "The groups " + " and ".join(layer.name for layer in layers)


def _refuse_circles(working: Working, judged: Sequence[_Judged]) -> list[_Judged]:
    refused = place(working.order, list(_wishes(judged))).refused
    return [
        replace(each, is_sound=False, problem=_circle(each.op))
        if each.is_sound and each.anchor is not None and each.section in refused and _is_placed(each.op)
        else each
        for each in judged
    ]


def _circle(op: Op) -> Diagnostic:
    message = f"The section “{op.section}” is to stand beside a section that stands beside it."
    return diagnose("circular-move", message, op.place, section=op.section)


# -- applying ------------------------------------------------------------------------------------------------


def _is_placed(op: Op) -> bool:
    return op.kind.is_insert or op.kind is OpKind.MOVE_AFTER


def _wishes(judged: Sequence[_Judged]) -> Iterator[Placement]:
    for each in judged:
        if each.is_sound and each.anchor is not None and _is_placed(each.op):
            yield Placement(each.section, each.anchor, each.op.kind is OpKind.INSERT_BEFORE)


def _place(working: Working, override: Override, sound: Sequence[_Judged]) -> None:
    for each in sound:
        if each.op.kind.is_insert and each.op.text:
            working.sections[each.section] = _inserted_section(each.op, each.op.text, override)
    working.order = list(place(working.order, list(_wishes(sound))).order)


def _stands_after(each: _Judged, order: Sequence[SectionId]) -> bool:
    if each.anchor not in order:
        return False
    return list(order[order.index(each.anchor) + 1 :][:1]) == [each.section]


def _part(op: Op, text: SectionText, override: Override) -> Part:
    place_of_text = Place(override.place.path, text.line)
    return Part(text.body, text.canonical, override.layer, place_of_text, override.language, op)


def _inserted_section(op: Op, text: SectionText, override: Override) -> EffectiveSection:
    part = _part(op, text, override)
    return EffectiveSection(op.section, text.heading, (part,), override.layer, part.place)


def _write_texts(working: Working, override: Override, sound: Sequence[_Judged]) -> None:
    for kind in (OpKind.REPLACE, OpKind.PREPEND, OpKind.APPEND):
        for each in sound:
            if each.op.kind is kind and each.op.text:
                now = working.sections[each.section]
                working.sections[each.section] = _with_text(now, each.op, each.op.text, override)


def _with_text(section: EffectiveSection, op: Op, text: SectionText, override: Override) -> EffectiveSection:
    part = _part(op, text, override)
    if op.kind is OpKind.PREPEND:
        return replace(section, parts=(part, *section.parts))
    if op.kind is OpKind.APPEND:
        return replace(section, parts=(*section.parts, part))
    heading = "" if section.id == LEAD else text.heading
    return EffectiveSection(section.id, heading, (part,), override.layer, part.place)


def _set_fields(working: Working, override: Override, contested: Contested) -> None:
    is_group = override.layer.kind is LayerKind.GROUP
    for change in override.sets:
        above = working.fields.get(change.name)
        is_refused = is_group and change.name in contested.fields
        working.sets.append(
            SetTrace(change, override.layer, above.value if above else None, is_applied=not is_refused)
        )
        if is_refused:
            message = f"{_names(contested.fields[change.name])} both set “{change.name}”; neither is applied."
            working.diagnostics.append(diagnose("ambiguous-group", message, change.place))
            continue
        working.fields[change.name] = EffectiveField(change.name, change.value, override.layer, change.place)
        if change.name == "related":
            working.related = read_page_ids(change.value)


def read_page_ids(text: str) -> tuple[PageId, ...]:
    """The page ids in a text that separates them by commas or blanks; what is none is left out."""
    words = text.replace(",", " ").replace("[", " ").replace("]", " ").split()
    return tuple(PageId(word) for word in words if PageId.is_valid(word))
