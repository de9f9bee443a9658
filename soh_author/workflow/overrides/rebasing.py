"""Update from shared: what the text above says now, what ours says, and what a person makes of it.

A plan writes nothing. Answers are applied all together, as privately saved text or as one version, and
refused when anything they rely on has moved since.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from soh_author.domain.counting import counted
from soh_author.domain.errors import UsageError, WorldMovedError
from soh_author.domain.ids import PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.workflow.overrides.change_sets import SavedChanges, effects_of, require_draft, save_changes
from soh_author.workflow.overrides.rebase_answers import (
    Answer,
    AnswerKind,
    Confirmation,
    answers_for,
    apply_answer,
)
from soh_author.workflow.overrides.rebase_items import RebaseItem, items_of, welsh_items_of
from soh_author.workflow.overrides.rebase_proofs import Proof, prove
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

__all__ = ["Answer", "AnswerKind", "RebasePlan", "RebaseReport", "answers_for", "apply", "plan"]


@dataclass(frozen=True, slots=True)
class RebasePlan:
    """What there is to decide in a draft, page by page, layer by layer."""

    source: str
    on: date
    items: tuple[RebaseItem, ...]

    def same_as(self, item: RebaseItem) -> tuple[RebaseItem, ...]:
        """All items that one answer can serve: those with the same three texts, this one included."""
        return tuple(each for each in self.items if each.key == item.key)

    def find(self, name: str) -> RebaseItem | None:
        """The item of that name (its file and op), or None."""
        return next((each for each in self.items if each.name == name), None)

    @property
    def sentence(self) -> str:
        """How much there is to decide."""
        if not self.items:
            return "Everything is in step with the text above it."
        states = Counter(item.change.state for item in self.items)
        said = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
        open_choices = sum(item.conflicts for item in self.items)
        choices = f" {open_choices} places need a choice." if open_choices else ""
        return f"{len(self.items)} overrides ask for a look: {said}.{choices}"


@dataclass(frozen=True, slots=True)
class RebaseReport:
    """What answers did: the files before and after (for one undo), and the proof for each text given back."""

    saved: SavedChanges
    answered: int
    proofs: tuple[Proof, ...] = ()
    notes: tuple[str, ...] = field(default=())


def plan(
    workspace: Workspace,
    source: str,
    on: date,
    *,
    pages: Sequence[PageId] = (),
    layers: Sequence[Layer] = (),
) -> Task[RebasePlan]:
    """Find the overrides of a source that ask for a person, with a proposal for each.

    Args:
        pages: only these (none: all).
        layers: only those of these groups and forces (none: all).

    Raises (when run):
        NotFoundError: when nothing has the source's name.
    """

    def work(progress: Progress) -> Outcome[RebasePlan]:
        snapshot = workspace.snapshot(source)
        wanted = list(pages) or list(snapshot.page_ids())
        found: list[RebaseItem] = []
        for number, page in enumerate(wanted):
            progress.report(number, len(wanted), f"Looking at {page}")
            speaking = _layers(snapshot, page, layers)
            for layer in speaking:
                found += _english_of(workspace, snapshot, page, layer, on)
            for layer in speaking:
                found += welsh_items_of(workspace, snapshot, page, layer, on)
        made = RebasePlan(source, on, tuple(found))
        return Outcome(made, notice=made.sentence)

    return Task("Comparing with the shared text", work)


def _english_of(
    workspace: Workspace,
    snapshot: Snapshot,
    page: PageId,
    layer: Layer,
    on: date,
    *,
    is_all: bool = False,
) -> Iterator[RebaseItem]:
    """The overrides of a layer; the shared text overrides nothing."""
    if layer != SHARED:
        yield from items_of(workspace, snapshot, page, layer, on, is_all=is_all)


def _layers(snapshot: Snapshot, page: PageId, wanted: Sequence[Layer]) -> list[Layer]:
    speaking = dict.fromkeys(file.layer for file in snapshot.sources.files_of(page))
    return [layer for layer in speaking if not wanted or layer in wanted]


def apply(
    workspace: Workspace, draft: str, answers: Sequence[Answer], on: date, *, note: str = ""
) -> Task[RebaseReport]:
    """Write what a person answered into a draft: all answers or none.

    Args:
        note: makes a version of it; without one the texts are saved privately.

    Raises (when run):
        WorldMovedError: when a text an answer relies on has changed since the plan was made.
        UsageError: when a conflict has no choice, an answer doesn't fit, or one override is answered twice.
    """

    def work(_progress: Progress) -> Outcome[RebaseReport]:
        require_draft(draft)
        _check_once(answers)
        snapshot = workspace.snapshot(draft)
        current = _current(workspace, snapshot, answers, on)
        by = Confirmation(workspace.person.name, workspace.clock().date())
        texts, notes = _texts(snapshot, current, by, on)
        proofs = tuple(prove(snapshot, snapshot.with_unsaved(texts), current, on))
        saved = save_changes(workspace, draft, texts, note)
        report = RebaseReport(saved, len(current), proofs, tuple(notes))
        return Outcome(report, effects_of(saved), _notice(report))

    return Task("Updating from the shared text", work, writes=True)


def _check_once(answers: Sequence[Answer]) -> None:
    names = Counter(answer.item.name for answer in answers)
    twice = [name for name, number in names.items() if number > 1]
    if twice:
        raise UsageError(
            f"“{twice[0]}” is answered twice.", safe="Nothing was changed.", todo="Give one answer for it."
        )


def _current(
    workspace: Workspace, snapshot: Snapshot, answers: Iterable[Answer], on: date
) -> list[tuple[Answer, RebaseItem]]:
    """The answers with their items as they are in the draft; they must be what the person saw."""
    known: dict[tuple[PageId, Layer], dict[str, RebaseItem]] = {}
    found = []
    for answer in answers:
        key = (answer.item.page, answer.item.change.layer)
        if key not in known:
            english = _english_of(workspace, snapshot, *key, on, is_all=True)
            welsh = welsh_items_of(workspace, snapshot, *key, on)
            known[key] = {each.name: each for each in (*english, *welsh)}
        item = known[key].get(answer.item.name)
        if item is None or item.stamp != answer.item.stamp:
            raise WorldMovedError(
                f"{answer.item.layer_label}, {answer.item.change.title}: the texts changed since you looked.",
                safe="Nothing was changed.",
                todo="Look again, then decide.",
            )
        found.append((replace(answer, item=item), item))
    return found


def _texts(
    snapshot: Snapshot, current: Sequence[tuple[Answer, RebaseItem]], by: Confirmation, on: date
) -> tuple[dict[str, str | None], list[str]]:
    """The files with the answers written in. The last op of a file comes first: removing one renumbers the
    rest.
    """
    texts: dict[str, str | None] = {}
    notes: list[str] = []
    ordered = sorted(current, key=lambda pair: _number(pair[1]), reverse=True)
    for answer, item in ordered:
        path = item.change.place.path
        text = texts[path] if path in texts else snapshot.text(path)
        if text is None:
            continue
        texts[path], said = apply_answer(snapshot, text, answer, by, on)
        notes += said
    return texts, notes


def _number(item: RebaseItem) -> int:
    return -1 if item.change.number is None else item.change.number


def _notice(report: RebaseReport) -> str:
    if report.saved.is_empty:
        return "Nothing had to be changed."
    return f"{counted(report.answered, 'override is', 'overrides are')} up to date."
