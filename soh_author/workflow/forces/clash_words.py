"""What merging forces have where they differ, in words: for whoever decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from soh_author.domain.facts import Fact
from soh_author.domain.forces_change import Clash, ClashKind, Decision, ForceFiles, slot_of
from soh_author.domain.ids import LEAD, ForceId, GroupId, Language
from soh_author.domain.layers import SHARED
from soh_author.domain.override import Op, OpKind, Override
from soh_author.domain.page import Page
from soh_author.reading.paths import page_path
from soh_author.workflow.names import Names
from soh_author.workflow.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ClashToDecide:
    """A clash, what each of its forces has, and what was decided; None: nothing yet."""

    clash: Clash
    words: Mapping[ForceId, str]
    decision: Decision | None
    called: str = ""
    names: Mapping[ForceId, str] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """As :attr:`sentence`, in the names people use instead of those the command line is answered with."""
        forces = ", ".join(self.names.get(force, force) for force in self.clash.forces)
        return f"{self.called or self.clash.what}: {forces} {self._verb}."

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


def called(clash: Clash, files: Mapping[ForceId, ForceFiles], snapshot: Snapshot) -> str:
    """What a clash is about, as people call it: *Seized vehicles, “What to bring” (in Welsh)*."""
    if clash.kind is ClashKind.GROUP:
        group = snapshot.registry.groups.get(GroupId(clash.thing))
        return f"The group {group.name}" if group else f"The group {clash.thing}"
    if clash.kind is ClashKind.FACT:
        facts = [fact for each in files.values() for name, fact in each.facts.items() if name == clash.thing]
        return f"The fact “{next((fact.label for fact in facts if fact.label), clash.thing)}”"
    if clash.file is None:
        return f"The picture {clash.thing}"
    page, language = clash.file
    what = "the whole page"
    if clash.kind is ClashKind.FIELD:
        what = f"its {clash.thing.replace('_', ' ')}"
    elif clash.kind is ClashKind.SECTION:
        what = f"“{_heading(clash, files, snapshot)}”"
    return f"{Names(snapshot).page(page)}, {what}" + (" (in Welsh)" if language is Language.CY else "")


def _heading(clash: Clash, files: Mapping[ForceId, ForceFiles], snapshot: Snapshot) -> str:
    assert clash.file is not None, "a section stands in a file"
    for force in clash.forces:
        text = files[force].texts.get(clash.file) if force in files else None
        ops = text.ops if isinstance(text, Override) else ()
        for op in ops:
            if op.section == clash.thing and op.text is not None and op.text.heading:
                return op.text.heading
    shared = snapshot.sources.read(page_path(SHARED, clash.file[0], clash.file[1])).value
    sections = shared.sections if isinstance(shared, Page) else ()
    found = next((each.heading for each in sections if each.id == clash.thing), "")
    return found or ("Beginning of the page" if clash.thing == LEAD else clash.thing)


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
