"""Override files: ops from the front matter, each with its ``##`` block of the body."""

from collections.abc import Iterator
from dataclasses import dataclass

from soh_author.domain.diagnostics import Diagnostic, diagnose
from soh_author.domain.ids import Language, SectionId
from soh_author.domain.layers import Place
from soh_author.domain.override import FieldChange, Op, OpKind, Override
from soh_author.domain.page import SectionText
from soh_author.markup.front_matter import Split
from soh_author.markup.sections import Sections, read_sections
from soh_author.markup.yaml_reading import YamlText
from soh_author.reading.findings import Reason, diagnostics_of, missing_reason
from soh_author.reading.pages import mismatch
from soh_author.reading.paths import PagePlace
from soh_author.schema.checking import Checked, check
from soh_author.schema.faults import Fault
from soh_author.schema.overrides import OpEntry, OverrideFile, override_faults

_DONE = {
    OpKind.REPLACE: "is replaced",
    OpKind.APPEND: "is added to",
    OpKind.PREPEND: "is added to",
    OpKind.INSERT_AFTER: "is inserted",
    OpKind.INSERT_BEFORE: "is inserted",
    OpKind.HIDE: "is hidden",
    OpKind.MOVE_AFTER: "is moved",
}
# A section is either replaced or hidden, and inserted once.
_SLOTS = {
    OpKind.REPLACE: "text",
    OpKind.HIDE: "text",
    OpKind.INSERT_AFTER: "insert",
    OpKind.INSERT_BEFORE: "insert",
}


@dataclass(frozen=True, slots=True)
class _Numbered:
    """An op as written, its number among the file's ops from 0, and its line."""

    entry: OpEntry
    number: int
    place: Place


def read_override(place: PagePlace, split: Split, yaml: YamlText) -> tuple[Override, list[Diagnostic]]:
    """Read an override; ops that can't be understood are left out, all others are there."""
    sections = read_sections(split.body, split.body_line, place.path, is_override=True)
    fallbacks: dict[str, object] = {"overrides": place.page, "ops": [], "set": {}}
    checked = check(OverrideFile, yaml.value, fallbacks=fallbacks)
    read = checked.value
    assert read is not None, "Everything an override needs has a fallback."
    more = [fault for fault in override_faults(read) if not _is_welsh_anchor(fault, place.language)]
    faults = [*checked.faults, *(_as_written(fault, checked) for fault in more)]
    found = diagnostics_of(faults, yaml, place.path)
    if read.overrides != place.page:
        found.append(mismatch(read.overrides, place, yaml))
    if not (read.ops or read.set or faults) and yaml.is_whole:
        found.append(
            diagnose("missing-key", "The override changes nothing: it has no “ops”.", Place(place.path, 2))
        )
    numbered = list(_without_doubles(_numbered(checked, read, yaml, place.path), found))
    ops = _Matching(sections, found, place).ops(numbered)
    bad = {fault.path[1] for fault in more if fault.path[:1] == ("set",)}
    override = Override(
        page=read.overrides,
        layer=place.layer,
        language=place.language,
        place=Place(place.path, 1),
        ops=tuple(ops),
        sets=tuple(_changes(read, bad, yaml, place.path)),
    )
    if place.language is Language.EN:
        for op in ops:
            what = f"The section “{op.section}” {_DONE[op.kind]}"
            found.extend(missing_reason(what, Reason(op.why, op.owner, op.review_by), op.place, op.section))
    return override, [*found, *sections.diagnostics]


def _is_welsh_anchor(fault: Fault, language: Language) -> bool:
    """In Welsh files the English ones tell where a section stands."""
    return language is Language.CY and fault.code == "missing-key"


def _as_written(fault: Fault, checked: Checked[OverrideFile]) -> Fault:
    if len(fault.path) < 2 or not isinstance(fault.path[1], int):
        return fault
    number = checked.written_number(("ops",), fault.path[1])
    return Fault(fault.code, fault.message, ("ops", number, *fault.path[2:]))


def _numbered(
    checked: Checked[OverrideFile], read: OverrideFile, yaml: YamlText, path: str
) -> Iterator[_Numbered]:
    for position, entry in enumerate(read.ops):
        number = checked.written_number(("ops",), position)
        yield _Numbered(entry, number, Place(path, yaml.lines.of(("ops", number))))


def _without_doubles(ops: Iterator[_Numbered], found: list[Diagnostic]) -> Iterator[_Numbered]:
    seen: set[tuple[str, SectionId]] = set()
    for op in ops:
        section = op.entry.section
        slot = (_SLOTS.get(op.entry.op, op.entry.op.value), section)
        if slot in seen:
            text = f"The file changes the section “{section}” twice; the first one counts."
            found.append(diagnose("doubled-op", text, op.place, section=section))
        else:
            seen.add(slot)
            yield op


class _Matching:
    """Gives every op its block of the body: blocks with one id go to the ops on it in their order."""

    def __init__(self, sections: Sections, found: list[Diagnostic], place: PagePlace) -> None:
        self._found = found
        self._path = place.path
        self._blocks: dict[SectionId, list[SectionText]] = {}
        lead, *blocks = sections.texts
        for block in blocks:
            self._blocks.setdefault(block.id, []).append(block)
        # A heading without a good id has a finding already.
        self._nameless = {fault.place.line for fault in sections.diagnostics if fault.code in _ID_FAULTS}
        if lead.canonical:
            text = (
                "The text before the first ## belongs to no op; an op on “lead” has a block ## Lead {#lead}."
            )
            found.append(diagnose("text-without-op", text, Place(self._path, lead.line)))

    def ops(self, ops: list[_Numbered]) -> list[Op]:
        """The ops with their texts; what is left over is reported."""
        made = [self._op(op) for op in ops]
        for blocks in self._blocks.values():
            for block in blocks:
                if block.line not in self._nameless:
                    text = f"No op of this file uses the text of “{block.id}”."
                    place = Place(self._path, block.line)
                    self._found.append(diagnose("text-without-op", text, place, section=block.id))
        return made

    def _op(self, op: _Numbered) -> Op:
        entry = op.entry
        return Op(
            kind=entry.op,
            section=entry.section,
            place=op.place,
            number=op.number,
            anchor=entry.before if entry.op is OpKind.INSERT_BEFORE else entry.after,
            text=self._take(op) if entry.op.carries_text else None,
            base=None if entry.op.is_additive else entry.base,
            at=entry.at or "",
            why=entry.why,
            owner=entry.owner,
            review_by=entry.review_by,
            translates=entry.translates,
            is_minor=entry.minor,
            confirmed=entry.confirmed,
        )

    def _take(self, op: _Numbered) -> SectionText | None:
        section = op.entry.section
        blocks = self._blocks.get(section)
        text = blocks.pop(0) if blocks else None
        if text is None or not text.canonical:
            problem = "has no ## block with its text" if text is None else "has an empty ## block"
            message = f"“{op.entry.op}” of “{section}” {problem}."
            self._found.append(diagnose("op-without-text", message, op.place, section=section))
        return text


_ID_FAULTS = frozenset({"missing-section-id", "bad-section-id", "doubled-section-id"})


def _changes(read: OverrideFile, bad: set[str | int], yaml: YamlText, path: str) -> Iterator[FieldChange]:
    for name, change in read.set.items():
        if name not in bad:
            yield FieldChange(
                name=name,
                value=change.text,
                place=Place(path, yaml.lines.of(("set", name))),
                base=change.base,
                why=change.why,
                owner=change.owner,
                review_by=change.review_by,
                at=change.at or "",
                confirmed=change.confirmed,
            )
