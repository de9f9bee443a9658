"""A minor change: whoever words a section anew says that nothing is meant differently, and nobody is asked
again.

The overrides below, and the Welsh, that were in step with the text before are pinned to the new one. It is
refused where amounts, dates, phone numbers, addresses or words like *must* and *may* changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from soh_author.domain.aliases import follow_alias
from soh_author.domain.counting import counted
from soh_author.domain.errors import ContentError, NotFoundError
from soh_author.domain.ids import Language, PageId, SectionId
from soh_author.domain.judging.minor_change import Refusal, why_not_minor
from soh_author.domain.layers import SHARED
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.domain.pins import Pin
from soh_author.domain.resolving.effective import EffectivePage, EffectiveSection
from soh_author.markup.front_matter import set_field, set_op_fields
from soh_author.workflow.catalogue import PageFile
from soh_author.workflow.overrides.change_sets import SavedChanges, effects_of, require_draft, save_changes
from soh_author.workflow.overrides.changes import title_of
from soh_author.workflow.overrides.rebase_answers import Confirmation
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import LIVE, Workspace

Pins = Mapping[Pin, Pin]


@dataclass(frozen=True, slots=True)
class MinorPlan:
    """What calling a change minor does: the files with new pins, or why it may not be called so."""

    page: PageId
    section: SectionId
    title: str
    refusals: tuple[Refusal, ...]
    changes: Mapping[str, str]
    pinned: int

    @property
    def is_allowed(self) -> bool:
        """Whether the change may be called minor."""
        return not self.refusals

    @property
    def sentence(self) -> str:
        """What it does, or why not."""
        if not self.is_allowed:
            return f"{self.title}: not minor, because {'; '.join(map(_said, self.refusals))}."
        if not self.pinned:
            return f"{self.title}: nobody's text has to follow."
        texts = counted(self.pinned, "text stays", "texts stay")
        return f"{self.title}: a minor change, {texts} in step."


def _said(refusal: Refusal) -> str:
    before, after = (
        ", ".join(f"“{each}”" for each in words) or "none" for words in (refusal.before, refusal.after)
    )
    return f"{refusal.weight.value} differ ({before}; now {after})"


def plan_minor(
    workspace: Workspace, draft: str, page: PageId, section: SectionId, on: date
) -> Task[MinorPlan]:
    """Look whether a draft's change of a section may be called minor, and what would be pinned anew.

    Raises (when run):
        NotFoundError: when the draft doesn't change the section.
    """

    def work(_progress: Progress) -> Outcome[MinorPlan]:
        plan = _plan(workspace, draft, page, section, on)
        return Outcome(plan, notice=plan.sentence)

    return Task("Looking at the change", work)


def mark_minor(
    workspace: Workspace, draft: str, page: PageId, section: SectionId, on: date, *, note: str = ""
) -> Task[SavedChanges]:
    """Call a draft's change of a section minor: what was in step stays so. No digest changes by it.

    Raises (when run):
        ContentError: when it is more than that; says what.
        NotFoundError: when the draft doesn't change the section.
    """

    def work(_progress: Progress) -> Outcome[SavedChanges]:
        require_draft(draft)
        plan = _plan(workspace, draft, page, section, on)
        if not plan.is_allowed:
            raise ContentError(plan.sentence, safe="Nothing was changed.", todo="Let the forces look at it.")
        saved = save_changes(workspace, draft, plan.changes, note)
        return Outcome(saved, effects_of(saved), plan.sentence)

    return Task("Marking a minor change", work, writes=True)


def _plan(workspace: Workspace, draft: str, page: PageId, section: SectionId, on: date) -> MinorPlan:
    after = workspace.snapshot(draft)
    live = workspace.revision_of(LIVE)
    before = workspace.snapshot(str(workspace.store.common_ancestor(live, after.revision) or live))
    words = [_words(each, page, section) for each in (before, after)]
    if words[0] is None or words[1] is None or words[0] == words[1]:
        raise NotFoundError(
            f"This draft doesn't word “{section}” anew.",
            safe="Nothing was changed.",
            todo="Choose another section.",
        )
    refusals = why_not_minor(words[0], words[1])
    title = title_of(section, words[1].partition("\n")[0])
    if refusals:
        return MinorPlan(page, section, title, refusals, {}, 0)
    pins = _new_pins(before, after, page, section, on)
    by = Confirmation(workspace.person.name, workspace.clock().date()).said("minor change of the text above")
    names = _names_of(after, page, section)
    changes: dict[str, str] = {}
    pinned = 0
    for file in after.files_of(page):
        text, number = _pinned(after, file, names, pins, by)
        if number:
            changes[file.path] = text
            pinned += number
    return MinorPlan(page, section, title, (), changes, pinned)


def _words(snapshot: Snapshot, page: PageId, section: SectionId) -> str | None:
    try:
        found = snapshot.effective_of_layers(page, (), Language.EN).section(section)
    except NotFoundError:
        return None
    return f"{found.heading}\n\n{found.body}" if found else None


def _new_pins(
    before: Snapshot, after: Snapshot, page: PageId, section: SectionId, on: date
) -> dict[Pin, Pin]:
    """Pins of the section as each layer had it, to those it has now."""
    found: dict[Pin, Pin] = {}
    for old, new in _chains(before, after, page, on):
        one, other = old.section(section), new.section(section)
        if one is not None and other is not None and one.pin != other.pin and _is_shared_change(one, other):
            found[one.pin] = other.pin
    return found


def _is_shared_change(one: EffectiveSection, other: EffectiveSection) -> bool:
    """Whether a section differs by the shared words alone: a layer that changed its own in the same draft, or
    has them only now, reads something that nobody called minor.
    """
    added = [
        [(part.layer, part.canonical) for part in each.parts if part.layer != SHARED] for each in (one, other)
    ]
    return one.layer == other.layer == SHARED and added[0] == added[1]


def _chains(
    before: Snapshot, after: Snapshot, page: PageId, on: date
) -> Iterator[tuple[EffectivePage, EffectivePage]]:
    forces = after.registry.forces.values()
    chains = {after.layers_of(force, on) for force in forces}
    speaking = {file.layer for file in after.files_of(page)}
    parts = {chain[:end] for chain in chains for end in range(len(chain) + 1)}
    for chain in {tuple(layer for layer in part if layer in speaking) for part in parts}:
        try:
            yield (
                before.effective_of_layers(page, chain, Language.EN),
                after.effective_of_layers(page, chain, Language.EN),
            )
        except NotFoundError:
            continue


def _names_of(snapshot: Snapshot, page: PageId, section: SectionId) -> frozenset[SectionId]:
    """The ids a section has and had."""
    shared = snapshot.effective_of_layers(page, (), Language.EN)
    known = [each.id for each in shared.sections]
    olds = {old for old in shared.aliases if follow_alias(old, known, shared.aliases) == section}
    return frozenset({section, *olds})


def _pinned(
    snapshot: Snapshot, file: PageFile, names: frozenset[SectionId], pins: Pins, by: str
) -> tuple[str, int]:
    """A file with the pins that were in step moved on, and how many they are."""
    value, text = snapshot.sources.read(file.path).value, snapshot.text(file.path) or ""
    number = 0
    if isinstance(value, Override):
        for op in value.ops:
            name, pin = ("translates", op.translates) if op.translates else ("base", op.base)
            if pin is not None and pin in pins and op.section in names:
                fields = {name: str(pins[pin])}
                more = {"at": None, "confirmed": by} if name == "base" else {}
                text = set_op_fields(text, op.number, {**fields, **more})
                number += 1
    elif isinstance(value, Page):
        for section, pin in value.translates.items():
            if pin in pins and section in names:
                text = set_field(text, ("translates", str(section)), str(pins[pin]))
                number += 1
    return text, number
