"""Moving a wording between layers: promote it to a group or to all, demote it to forces, each with proof.

Whoever has words of their own keeps them: where a moved text would change what they read, they are given it
as an override of their own; where it now equals the text above, theirs is given back. Then every output is
read before and after.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from soh_author.domain.counting import counted
from soh_author.domain.errors import ContentError, NotFoundError, UsageError
from soh_author.domain.ids import LEAD, ForceId, GroupId, Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer, LayerKind
from soh_author.domain.resolving.effective import EffectivePage, EffectiveSection
from soh_author.workflow.editing import Reason
from soh_author.workflow.overrides.change_sets import (
    SavedChanges,
    check_unmoved,
    effects_of,
    require_draft,
    save_changes,
)
from soh_author.workflow.overrides.changes import title_of
from soh_author.workflow.overrides.reading_proofs import ReadingProof, prove_reading
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.viewpoints import layer_name
from soh_author.workflow.wording.across_forces import sections_of_forces
from soh_author.workflow.wording.keeping_words import keep_words
from soh_author.workflow.wording.section_edits import (
    SectionEdits,
    before_in,
    block_of,
    insert_fields,
    replace_fields,
)
from soh_author.workflow.workspace import Workspace

NO_REASON = Reason()


@dataclass(frozen=True, slots=True)
class MovePlan:
    """A wording moved between layers, not yet written: the files, what is proved, and the forces it concerns.

    ``before`` are the files as they were when the plan was made. ``gaining`` are the forces that read
    something else for it (the exceptions); ``given_back`` those whose own text is no longer needed.
    """

    page: PageId
    section: SectionId
    sentence: str
    before: Mapping[str, str | None]
    changes: Mapping[str, str | None]
    proof: ReadingProof
    gaining: tuple[ForceId, ...] = ()
    given_back: tuple[ForceId, ...] = ()

    @property
    def is_proved(self) -> bool:
        """Whether every output that should not change keeps its digest."""
        return self.proof.is_proved


def plan_promote(  # noqa: PLR0913 - a wording, where it goes, why, and the day
    workspace: Workspace,
    source: str,
    page: PageId,
    section: SectionId,
    *,
    wording_of: ForceId,
    to: Layer,
    on: date,
    reason: Reason = NO_REASON,
) -> Task[MovePlan]:
    """Make one force's wording of a section the text of a group, or of all.

    Forces with the same wording give theirs back; those with another one keep it; those that simply read the
    text above read the promoted one from then on, and are listed.

    Raises (when run):
        NotFoundError: when the force or group is unknown, or the force has no such section.
        UsageError: when the wording would go to a force.
    """

    def work(_progress: Progress) -> Outcome[MovePlan]:
        snapshot = workspace.snapshot(source)
        move = _Move(snapshot, page, section, on, reason)
        promoted = move.wording(wording_of)
        if to.kind is LayerKind.FORCE:
            raise UsageError("A wording is promoted to a group or to the shared text.")
        move.check_layer(to)
        move.put(to, promoted, wording_of)
        readers = move.inheriting(to)
        keepers = [force for force in move.before if force not in readers]
        plan = move.finish(
            workspace, keepers, [*readers, *move.without], f"promoted to {layer_name(snapshot, to)}"
        )
        return Outcome(plan, notice=plan.sentence)

    return Task("Promoting a wording", work)


def plan_demote(  # noqa: PLR0913 - a section, who keeps it, why, and the day
    workspace: Workspace,
    source: str,
    page: PageId,
    section: SectionId,
    *,
    at: Layer,
    on: date,
    forces: Sequence[ForceId] = (),
    reason: Reason = NO_REASON,
) -> Task[MovePlan]:
    """Take a section out of the shared text, or a group's words of it, and give it to forces as their own.

    Args:
        forces: who keeps it (none named: all that read it); the others are listed as exceptions.

    Raises (when run):
        NotFoundError: when the layer says nothing in this section.
    """

    def work(_progress: Progress) -> Outcome[MovePlan]:
        snapshot = workspace.snapshot(source)
        move = _Move(snapshot, page, section, on, reason)
        move.check_layer(at)
        move.take_from(at)
        keepers = [force for force in move.before if not forces or force in forces]
        losing = [force for force in move.before if force not in keepers]
        plan = move.finish(workspace, keepers, losing, f"left to {counted(len(keepers), 'force')}")
        return Outcome(plan, notice=plan.sentence)

    return Task("Leaving a section to forces", work)


def apply_move(workspace: Workspace, draft: str, plan: MovePlan, *, note: str = "") -> Task[SavedChanges]:
    """Write a proved plan into a draft; without a note it is saved privately.

    Raises (when run):
        ContentError: when an output that should not change does: nothing is accepted without proof.
        WorldMovedError: when a file was changed since the plan was made.
    """

    def work(_progress: Progress) -> Outcome[SavedChanges]:
        require_draft(draft)
        check_proved(plan.proof)
        check_unmoved(workspace.snapshot(draft), plan.before)
        saved = save_changes(workspace, draft, plan.changes, note)
        return Outcome(saved, effects_of(saved), plan.proof.sentence)

    return Task("Moving a wording", work, writes=True)


def check_proved(proof: ReadingProof) -> None:
    """Stop where a proof is broken.

    Raises:
        ContentError: names an output that changes and should not.
    """
    if not proof.is_proved:
        first = proof.broken[0].output
        raise ContentError(
            f"The page of {first.force} ({first.language.label}) would change and should not.",
            safe="Nothing was changed.",
            todo="Compare its text first; it differs in more than this section's words.",
        )


class _Move:
    """One section being moved between layers."""

    def __init__(
        self, snapshot: Snapshot, page: PageId, section: SectionId, on: date, reason: Reason
    ) -> None:
        self._snapshot = snapshot
        self._page = page
        self._section = section
        self._on = on
        self._reason = reason
        self._edits = SectionEdits(snapshot, page)
        self.before, self.without = sections_of_forces(snapshot, page, section, on)

    def wording(self, force: ForceId) -> EffectiveSection:
        found = self.before.get(self._snapshot.force(force).id)
        if found is None:
            raise NotFoundError(
                f"{self._snapshot.force(force).name()} has no section “{self._section}” on this page.",
                safe="Nothing was changed.",
            )
        return found

    def check_layer(self, layer: Layer) -> None:
        known = self._snapshot.registry.groups
        if layer.kind is LayerKind.GROUP and GroupId(layer.name) not in known:
            raise NotFoundError(f"There is no group “{layer.name}” here.", safe="Nothing was changed.")

    def put(self, layer: Layer, words: EffectiveSection, example: ForceId) -> None:
        """Let a layer say some words in the section, where the example's page has it."""
        shared = self._page_of(())
        above = shared.section(self._section) if shared else None
        order = self._order(example)
        if layer == SHARED:
            if above is not None:
                self._edits.say(self._section, words.heading, words.body)
            else:
                self._edits.insert(block_of(words), _anchor(order, self._section, shared))
            return
        self._edits.drop_ops(layer, self._section)
        if above is None:
            fields = insert_fields(self._section, _anchor(order, self._section, shared), self._reason)
        else:
            fields = replace_fields(self._section, above.pin, self._reason)
        if above is None or above.pin != words.pin:
            self._edits.add_op(layer, fields, block_of(words), Language.EN)

    def take_from(self, layer: Layer) -> None:
        """Let a layer say nothing any more in the section."""
        if layer == SHARED:
            shared = self._page_of(())
            if self._section == LEAD or shared is None or shared.section(self._section) is None:
                raise NotFoundError("The shared text has no such section.", safe="Nothing was changed.")
            for language in Language:
                self._edits.take_out(self._section, language)
            return
        if not self._edits.ops_on(layer, self._section):
            raise NotFoundError(
                f"{layer_name(self._snapshot, layer)} says nothing of its own there.",
                safe="Nothing was changed.",
            )
        for language in Language:
            self._edits.drop_ops(layer, self._section, language)

    def inheriting(self, layer: Layer) -> list[ForceId]:
        """Forces that read the section just as the layers down to this one have it, and now read its new
        words.
        """
        found = []
        for force, words in self.before.items():
            chain = (SHARED, *self._snapshot.layers_of(self._snapshot.force(force), self._on))
            if layer in chain and all(part.layer in chain[: chain.index(layer) + 1] for part in words.parts):
                found.append(force)
        return found

    def finish(
        self, workspace: Workspace, keepers: Sequence[ForceId], others: Sequence[ForceId], done: str
    ) -> MovePlan:
        given_back = keep_words(self._edits, self._section, keepers, self._on, self._reason)
        changes = {
            path: text for path, text in self._edits.texts.items() if text != self._snapshot.text(path)
        }
        proof = prove_reading(
            self._snapshot,
            self._edits.after,
            self._page,
            self._on,
            workspace.renderer,
            expected=others,
        )
        gaining = tuple(dict.fromkeys(each.output.force for each in proof.exceptions if each.is_expected))
        words = next(iter(self.before.values()), None)
        title = title_of(self._section, words.heading if words else "")
        told = f" {counted(len(gaining), 'force')} read something else." if gaining else ""
        before = {path: self._snapshot.text(path) for path in changes}
        sentence = f"{title}: {done}. {proof.sentence}{told}"
        return MovePlan(
            self._page, self._section, sentence, before, changes, proof, gaining, tuple(given_back)
        )

    def _page_of(self, chain: tuple[Layer, ...]) -> EffectivePage | None:
        try:
            return self._edits.after.effective_of_layers(self._page, chain, Language.EN)
        except NotFoundError:
            return None

    def _order(self, force: ForceId) -> tuple[SectionId, ...]:
        page = self._snapshot.effective(self._page, force, Language.EN, self._on)
        return tuple(section.id for section in page.sections)


def _anchor(order: tuple[SectionId, ...], section: SectionId, above: EffectivePage | None) -> SectionId:
    """The nearest section before it that the page above has too; else the head of the page."""
    known = {each.id for each in above.sections} if above else set()
    return next((each for each in before_in(order, section) if each in known), LEAD)
