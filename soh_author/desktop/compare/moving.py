"""Moving a wording between layers: asked for, proved, shown with its proof, and only then written."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from soh_author.desktop.compare.across import AcrossForces, Asked
from soh_author.desktop.compare.fact_making import FactMaking, proof_in_words
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.asking import Question, ask_yes
from soh_author.desktop.widgets.chooser import Choice, Chooser
from soh_author.domain.counting import counted
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer
from soh_author.workflow.editing import Reason
from soh_author.workflow.overrides.change_sets import SavedChanges, undo
from soh_author.workflow.overrides.changes import section_title
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.wording.across_forces import ForceWording
from soh_author.workflow.wording.fact_making import DifferingValue, NewFact, differing_values, plan_facts
from soh_author.workflow.wording.restructuring import MovePlan, apply_move, plan_demote, plan_promote
from soh_author.workflow.workspace import Workspace

NO_DRAFT = "Start or choose a draft first: what is published is never changed directly."
NO_VALUES = "No force’s text of this section differs from the shared one in a value only."
PROMOTE_TOLD = "Say why in a few words. Before anything is written you see whom it changes, with the proof."


class Moving(QObject):
    """Carries out what the buttons below the wordings wish."""

    def __init__(self, session: Session, view: AcrossForces, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._view = view
        self._window = window
        self._done: list[SavedChanges] = []

    def reason_against(self, action_id: str) -> str:
        """Why something can't be done now; empty when it can."""
        if action_id == "wording.undo":
            return "" if self._done else "No wording was moved yet."
        if action_id == "wording.fact":
            return self._reason_against_facts()
        wording = self._view.wording
        if wording is None:
            return "Look at one section across all forces first."
        if not self._session.location.draft:
            return NO_DRAFT
        if action_id == "wording.share" and wording.is_shared:
            return "This is the shared text already."
        shared = self._view.across.found.shared if self._view.across else None
        return "The shared text has no such section." if action_id == "wording.leave" and not shared else ""

    def share(self) -> None:
        """Make the chosen wording the shared text."""
        self._ask_why("Make this the shared text", partial(self._promote, SHARED))

    def give_to_group(self) -> None:
        """Make the chosen wording the text of a group."""
        workspace = self._session.workspace
        assert workspace is not None, "wordings are shown in a workspace"
        groups = workspace.snapshot(self._session.location.source).registry.groups

        def find(typed: str) -> list[Choice]:
            return [
                Choice(group.id, group.name, counted(len(group.members), "force"))
                for group in groups.values()
                if typed.casefold() in group.name.casefold()
            ]

        def taken(key: str) -> None:
            group = next(group for group in groups.values() if group.id == key)
            self._ask_why(f"Make this the text of {group.name}", partial(self._promote, group.layer))

        Chooser(self._session.theme, "Give it to a group", "Name of the group", find, self._window).ask(taken)

    def leave(self) -> None:
        """Take the section out of the shared text, and leave it to the forces as their own."""
        self._ask_why("Leave this section to the forces", self._demote)

    def make_fact(self) -> None:
        """Make a fact of the values in which the forces' texts of the section differ."""
        workspace, place = self._session.workspace, self._section()
        if workspace is None or place is None:
            return
        here = self._session.location
        source, on = here.source, here.on or self._session.today()

        def work(_progress: Progress) -> Outcome[tuple[DifferingValue, ...]]:
            return Outcome(differing_values(workspace.snapshot(source), *place, on))

        self._session.run(Task("Looking for values that differ", work), partial(self._ask_for_names, place))

    def _ask_for_names(self, place: tuple[PageId, SectionId], values: tuple[DifferingValue, ...]) -> None:
        workspace = self._session.workspace
        if not values or workspace is None:
            self._session.notice.emit(NO_VALUES)
            return
        source = self._session.location.source
        snapshot = workspace.snapshot(source)
        names = snapshot.registry.short_names
        title = section_title(snapshot.effective_of_layers(place[0], (), Language.EN), place[1])
        dialog = FactMaking(self._session.theme, title, values, names, self._window)
        on = self._session.location.on or self._session.today()

        def prove(facts: tuple[NewFact, ...]) -> None:
            task = plan_facts(workspace, source, *place, facts=facts, on=on)
            self._session.run(task, dialog.show_plan, lambda error: dialog.say(str(error)))

        dialog.proof_wanted.connect(prove)
        dialog.agreed.connect(partial(self._write_facts, dialog))
        dialog.open()
        dialog.fields[0].label.setFocus()

    def _write_facts(self, dialog: FactMaking, plan: MovePlan) -> None:
        """Write it; what was typed stays before the person's eyes until it is written."""
        workspace = self._session.workspace
        assert workspace is not None, "a plan belongs to a workspace"

        def written(saved: SavedChanges) -> None:
            self._done.append(saved)
            dialog.accept()

        task = apply_move(workspace, self._session.location.draft, plan)
        self._session.run(task, written, lambda error: dialog.say(str(error)))

    def _section(self) -> tuple[PageId, SectionId] | None:
        """The section that is looked at across all forces, else that of the place."""
        here, asked = self._session.location, self._view.asked
        if asked is not None and asked.page == here.page and self._view.isVisible():
            return asked.page, asked.section
        return (here.page, here.section) if here.page and here.section else None

    def _reason_against_facts(self) -> str:
        if self._section() is None:
            return "Look at one section across all forces first."
        if not self._session.location.draft:
            return NO_DRAFT
        across = self._view.across if self._view.isVisible() else None
        return NO_VALUES if across is not None and not across.values else ""

    def undo(self) -> None:
        """Put the texts back as they were before the last move."""
        workspace = self._session.workspace
        if self._done and workspace is not None:
            self._session.run(undo(workspace, self._done.pop()))

    def _ask_why(self, title: str, then: Callable[[str], None]) -> None:
        Question(self._session.theme, title, PROMOTE_TOLD, "Show me what changes", self._window).ask(then)

    def _promote(self, to: Layer, why: str) -> None:
        wording, asked, workspace = self._chosen()
        example: ForceId = wording.forces[0]
        task = plan_promote(
            workspace,
            asked.source,
            asked.page,
            asked.section,
            wording_of=example,
            to=to,
            on=asked.on,
            reason=Reason(why),
        )
        self._plan(task, "Move this wording?")

    def _demote(self, why: str) -> None:
        _, asked, workspace = self._chosen()
        task = plan_demote(
            workspace, asked.source, asked.page, asked.section, at=SHARED, on=asked.on, reason=Reason(why)
        )
        self._plan(task, "Leave this section to the forces?")

    def _chosen(self) -> tuple[ForceWording, Asked, Workspace]:
        wording, asked, workspace = self._view.wording, self._view.asked, self._session.workspace
        assert wording is not None, "the actions are only offered for a wording"
        assert asked is not None, "a wording was asked for"
        assert workspace is not None, "wordings are shown in a workspace"
        return wording, asked, workspace

    def _plan(self, task: Task[MovePlan], title: str) -> None:
        self._session.run(task, partial(self._planned, title))

    def _planned(self, title: str, plan: MovePlan) -> None:
        told = proof_in_words(plan, self._view.across.names if self._view.across else {})
        ask_yes(self._window, title, told, "Write it into the draft", partial(self._write, plan))

    def _write(self, plan: MovePlan) -> None:
        workspace = self._session.workspace
        assert workspace is not None, "a plan belongs to a workspace"
        self._session.run(apply_move(workspace, self._session.location.draft, plan), self._done.append)
