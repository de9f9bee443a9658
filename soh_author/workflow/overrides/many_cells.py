"""One answer for many cells of the matrix: what it does, what it leaves out and why; all or nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from soh_author.domain.counting import counted
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.judging.people import Role
from soh_author.domain.judging.permissions import Text, may
from soh_author.domain.layers import Layer
from soh_author.domain.sentence import first_upper
from soh_author.trust.policies import POLICY_PATH, read_policy
from soh_author.workflow.overrides.changes import ChangeKind
from soh_author.workflow.overrides.rebase_answers import Answer, AnswerKind, fitting
from soh_author.workflow.overrides.rebase_items import NEEDING, RebaseItem, items_of
from soh_author.workflow.overrides.rebasing import RebaseReport, apply
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import LIVE, Workspace

CellPlace = tuple[PageId, ForceId]
"""A cell: a page as a force has it."""

_GIVEN_BACK = frozenset(
    {ChangeKind.REPLACE, ChangeKind.APPEND, ChangeKind.PREPEND, ChangeKind.HIDE, ChangeKind.SET}
)
_ASKING = frozenset(state.value for state in NEEDING)


@dataclass(frozen=True, slots=True)
class ManyPlan:
    """What one answer would do to many cells; ``left_out`` counts what it doesn't touch, by the reason."""

    kind: AnswerKind
    items: tuple[RebaseItem, ...]
    left_out: tuple[tuple[str, int], ...]

    @property
    def sentence(self) -> str:
        """How many texts of how many forces it concerns."""
        if not self.items:
            return "None of these cells can be answered so."
        texts = counted(len(self.items), "text")
        forces = len({item.change.layer for item in self.items})
        pages = len({item.page for item in self.items})
        return f"{texts} of {counted(forces, 'force')} on {counted(pages, 'page')}."

    @property
    def lines(self) -> tuple[str, ...]:
        """Each text it concerns, in words."""
        return tuple(f"{item.layer_label}, {item.change.sentence} ({item.page})" for item in self.items)

    @property
    def reasons(self) -> str:
        """Why nothing can be done, where nothing can."""
        return " ".join((self.sentence, *(f"{first_upper(line)}." for line in self.left_words)))

    @property
    def left_words(self) -> tuple[str, ...]:
        """What it leaves out, each with the reason."""
        return tuple(f"{number} left out: {reason.rstrip('.')}" for reason, number in self.left_out)


def plan_many(
    workspace: Workspace, source: str, cells: Sequence[CellPlace], kind: AnswerKind, on: date
) -> Task[ManyPlan]:
    """Find what one answer would do to many cells: *still right*, or *give back*.

    *Still right* concerns what fell behind; *give back* every change of a section or a field. A group's text
    is left out, for other forces read it too; so is what this person may not edit.
    """

    def work(progress: Progress) -> Outcome[ManyPlan]:
        snapshot = workspace.snapshot(source)
        found: list[RebaseItem] = []
        left: Counter[str] = Counter()
        places = list(dict.fromkeys(cells))
        for number, (page, force) in enumerate(places):
            progress.report(number, len(places), f"Looking at {page}")
            layer = Layer.of_force(force)
            reason = why_not_edit(workspace, layer, page)
            for item in items_of(workspace, snapshot, page, layer, on, is_all=True):
                told = reason or _why_not(item, kind)
                if told:
                    left[told] += 1
                else:
                    found.append(item)
            left.update(_of_groups(snapshot, page, force, on))
        plan = ManyPlan(kind, tuple(found), tuple(sorted(left.items())))
        return Outcome(plan, notice=plan.sentence if plan.items else plan.reasons)

    return Task("Looking at the chosen cells", work)


def apply_many(
    workspace: Workspace, draft: str, plan: ManyPlan, on: date, *, why: str, review_by: date | None = None
) -> Task[RebaseReport]:
    """Write the answer into a draft: into all the texts or none, undone together.

    *Still right* keeps name, day and reason with each text; what is given back leaves its reason in the note
    of the version that holds it.

    Raises (when run):
        WorldMovedError: when one of the texts changed since the plan was made.
        UsageError: when nothing is to be answered.
    """
    answers = [Answer(item, plan.kind, why=why, review_by=review_by) for item in plan.items]
    note = f"Given back: {why}" if plan.kind is AnswerKind.GIVE_BACK and why else ""
    return apply(workspace, draft, answers, on, note=note)


def why_not_edit(workspace: Workspace, layer: Layer, page: PageId) -> str:
    """Why this person may not edit a layer's text of a page; empty when they may, or when nobody can tell.

    The policy knows people by their e-mail address. Somebody it doesn't know may try in a draft; what goes
    out is judged later by signature.
    """
    data = workspace.store.read_path(workspace.revision_of(LIVE), POLICY_PATH)
    if data is None:
        return ""
    policy = read_policy(data)
    address = workspace.person.email.casefold()
    known = next((each for each in policy.people.values() if each.email.casefold() == address), None)
    if known is None:
        return ""
    found = may(policy, known.id, Role.EDITOR, Text(layer, page, Language.EN))
    return "" if found.is_allowed else found.sentence


def _why_not(item: RebaseItem, kind: AnswerKind) -> str:
    change = item.change
    if kind not in fitting(item):
        return "it has to be decided one by one"
    if kind is AnswerKind.STILL_RIGHT:
        return "" if change.state in _ASKING else "it is in step already"
    return "" if change.kind in _GIVEN_BACK else "a section or page of its own; open it to take it out"


def _of_groups(snapshot: Snapshot, page: PageId, force: ForceId, on: date) -> Iterator[str]:
    speaking = {file.layer for file in snapshot.files_of(page)}
    for layer in snapshot.layers_of(snapshot.force(force), on):
        if layer in speaking and layer != Layer.of_force(force):
            yield "a group’s text, which other forces read too"
