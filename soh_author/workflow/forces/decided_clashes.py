"""What was decided where merging forces differ, written into the files of the force they become."""

from dataclasses import dataclass

from soh_author.domain.errors import ContentError
from soh_author.domain.forces_change import Clash, ClashKind, Decision, slot_of
from soh_author.domain.ids import ForceId, SectionId
from soh_author.domain.layers import Layer
from soh_author.domain.override import FieldChange, Op, Override
from soh_author.markup.front_matter import read, with_front_matter
from soh_author.markup.write import add_op, new_override, remove_change, remove_op, section_block, set_change
from soh_author.markup.yaml_editing import remove_value, set_value
from soh_author.markup.yaml_reading import read_yaml
from soh_author.reading.files import read_file
from soh_author.reading.paths import facts_path, media_path, page_path
from soh_author.workflow.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Deciding:
    """The files as they are to become, in which decisions are written.

    Args:
        snapshot: the files as they are.
        changes: new bytes by path; changed here.
        target: the force that the others become.
    """

    snapshot: Snapshot
    changes: dict[str, bytes | None]
    target: ForceId

    def decide(self, clash: Clash, decision: Decision) -> None:
        """Write one decision. A group isn't decided here: it is joined or left on a day.

        Raises:
            ContentError: when a file can't be changed without touching anything else in it.
        """
        if clash.kind is ClashKind.PAGE:
            self._page(clash, decision)
        elif clash.kind in {ClashKind.SECTION, ClashKind.FIELD}:
            self._override(clash, decision)
        elif clash.kind is ClashKind.FACT:
            self._fact(clash, decision)
        elif clash.kind is ClashKind.PICTURE:
            path = media_path(self._layer, clash.thing)
            kept = decision.keep and media_path(Layer.of_force(decision.keep), clash.thing)
            self._write(path, self.snapshot.sources.data(kept) if kept else None)

    @property
    def _layer(self) -> Layer:
        return Layer.of_force(self.target)

    def _page(self, clash: Clash, decision: Decision) -> None:
        path = self._path(clash, self.target)
        kept = decision.keep and self._path(clash, decision.keep)
        self._write(path, self.snapshot.sources.data(kept) if kept else None)

    def _path(self, clash: Clash, force: ForceId) -> str:
        if clash.file is None:
            raise ContentError(f"{clash.name} is in no file.", safe="Nothing was changed.")
        return page_path(Layer.of_force(force), *clash.file)

    def _override(self, clash: Clash, decision: Decision) -> None:
        path = self._path(clash, self.target)
        text = (self._data(path) or b"").decode("utf-8")
        if not text:
            text = new_override(clash.file[0]) if clash.file else ""
        change = self._section if clash.kind is ClashKind.SECTION else self._field
        changed = change(clash, decision, path, text)
        self._write(path, None if changed is None else changed.encode())

    # Sections

    def _section(self, clash: Clash, decision: Decision, path: str, text: str) -> str | None:
        """The file without what it has in the clash's place, and with what was decided."""
        old = [op.number for op in _ops(path, text) if _is_in(op, clash)]
        chosen = self._chosen(clash, decision)
        if chosen is not None:
            fields, block = chosen
            text = add_op(text, fields, block)
        kept: str | None = text
        for number in sorted(old, reverse=True):
            kept = remove_op(kept, number) if kept is not None else None
        return kept if kept is None or _ops(path, kept) or _sets(path, kept) else None

    def _chosen(self, clash: Clash, decision: Decision) -> tuple[dict[str, str], str | None] | None:
        """The op that is to stand there, and its block; None: none."""
        if decision.keep is None and decision.words is None:
            return None
        for force in (decision.keep,) if decision.keep else clash.forces:
            path = self._path(clash, force)
            source = self.snapshot.text(path) or ""
            for op in _ops(path, source):
                if _is_in(op, clash) and (decision.keep or op.text is not None):
                    return _fields(source, op.number), _block(op, decision)
        raise ContentError(
            f"There are no words to begin with at {clash.name}.",
            safe="Nothing was changed.",
            todo="Keep what one of the forces has.",
        )

    # Fields

    def _field(self, clash: Clash, decision: Decision, path: str, text: str) -> str | None:
        known = {change.name for change in _sets(path, text)}
        if decision.keep is None and decision.words is None:
            return remove_change(text, clash.thing) if clash.thing in known else text
        force = decision.keep or clash.forces[0]
        source_path = self._path(clash, force)
        source = _sets(source_path, self.snapshot.text(source_path) or "")
        change = next(each for each in source if each.name == clash.thing)
        return set_change(text, change.name, decision.words or change.value, change.base)

    # Facts

    def _fact(self, clash: Clash, decision: Decision) -> None:
        path = facts_path(self._layer)
        text = (self._data(path) or b"").decode("utf-8")
        if decision.keep is None:
            text = remove_value(text, (clash.thing,)) if clash.thing in read_yaml(text).value else text
        else:
            source = self.snapshot.text(facts_path(Layer.of_force(decision.keep))) or ""
            text = set_value(text, (clash.thing,), read_yaml(source).value[clash.thing])
        self._write(path, text.encode())

    # Files

    def _data(self, path: str) -> bytes | None:
        return self.changes[path] if path in self.changes else self.snapshot.sources.data(path)

    def _write(self, path: str, data: bytes | None) -> None:
        if data is None and not self.snapshot.sources.has(path):
            self.changes.pop(path, None)
        else:
            self.changes[path] = data


def _is_in(op: Op, clash: Clash) -> bool:
    return op.section == SectionId(clash.thing) and slot_of(op.kind) == clash.slot


def _ops(path: str, text: str) -> tuple[Op, ...]:
    value = read_file(path, text.encode()).value
    return value.ops if isinstance(value, Override) else ()


def _sets(path: str, text: str) -> tuple[FieldChange, ...]:
    value = read_file(path, text.encode()).value
    return value.sets if isinstance(value, Override) else ()


def _fields(text: str, number: int) -> dict[str, str]:
    """An op's fields as its file has them."""
    ops = read(with_front_matter(text).raw_yaml).value.get("ops")
    found = ops[number] if isinstance(ops, list) and number < len(ops) else None
    if not isinstance(found, dict):
        raise ContentError("An override can't be joined.", safe="Nothing was changed.")
    return {str(name): str(value) for name, value in found.items()}


def _block(op: Op, decision: Decision) -> str | None:
    if op.text is None:
        return None
    heading = decision.heading or op.text.heading or "Lead"
    return section_block(heading, op.section, decision.words or op.text.body)
