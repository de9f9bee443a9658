"""What merging forces have where they differ, in words: for whoever decides."""

from collections.abc import Mapping
from dataclasses import dataclass

from soh_author.domain.facts import Fact
from soh_author.domain.forces_change import Clash, ClashKind, Decision, ForceFiles, slot_of
from soh_author.domain.ids import ForceId
from soh_author.domain.override import Op, OpKind, Override


@dataclass(frozen=True, slots=True)
class ClashToDecide:
    """A clash, what each of its forces has, and what was decided; None: nothing yet."""

    clash: Clash
    words: Mapping[ForceId, str]
    decision: Decision | None

    @property
    def sentence(self) -> str:
        """What differs, and who has it."""
        file = self.clash.file
        where = f"{file[0]} ({file[1].label}), " if file else ""
        return f"{where}{self.clash.what}: {_and(self.clash.forces)} {self._verb}"

    @property
    def _verb(self) -> str:
        if self.clash.kind is ClashKind.GROUP:
            return "alone belong to it" if len(self.clash.forces) > 1 else "alone belongs to it"
        return "have it in different ways"

    @property
    def decided(self) -> str:
        """What was decided, in words; empty when nothing was."""
        if self.decision is None:
            return ""
        if self.decision.keep is not None:
            return f"{self.decision.keep}’s is kept"
        if self.decision.words is not None:
            return "other words are written"
        return "it isn’t in the group" if self.clash.kind is ClashKind.GROUP else "given back"


def words_of(clash: Clash, files: Mapping[ForceId, ForceFiles]) -> dict[ForceId, str]:
    """What each force of a clash has, by force."""
    return {force: _said(clash, files[force]) for force in clash.forces if force in files}


def _said(clash: Clash, files: ForceFiles) -> str:
    if clash.kind is ClashKind.GROUP:
        return "belongs to it"
    if clash.kind is ClashKind.PICTURE:
        return f"a picture of its own ({files.media.get(clash.thing, '')[:7]})"
    if clash.kind is ClashKind.FACT:
        return _values(next(fact for name, fact in files.facts.items() if str(name) == clash.thing))
    text = files.texts.get(clash.file) if clash.file else None
    if not isinstance(text, Override):
        return "a page of its own" if text is not None else ""
    if clash.kind is ClashKind.FIELD:
        return next(change.value for change in text.sets if change.name == clash.thing)
    return "\n".join(
        _of_op(op) for op in text.ops if op.section == clash.thing and slot_of(op.kind) == clash.slot
    )


def _of_op(op: Op) -> str:
    if op.text is not None:
        return op.text.body.strip()
    return "(not shown)" if op.kind is OpKind.HIDE else f"(moved after “{op.anchor}”)"


def _values(fact: Fact) -> str:
    return ", ".join(f"{each.value} from {each.start}" if each.start else each.value for each in fact.values)


def _and(forces: tuple[ForceId, ...]) -> str:
    return ", ".join(forces)
