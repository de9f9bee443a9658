"""One answer for the cells that are selected: planned, shown, asked for a reason, written, undone."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from soh_author.desktop.matrix.many_dialog import ManyDialog
from soh_author.desktop.session import Session
from soh_author.domain.ids import Language
from soh_author.workflow.overrides.change_sets import SavedChanges, undo
from soh_author.workflow.overrides.many_cells import ManyPlan, apply_many, plan_many
from soh_author.workflow.overrides.matrix_rows import Cell, PageRow
from soh_author.workflow.overrides.rebase_answers import AnswerKind
from soh_author.workflow.overrides.rebasing import RebaseReport

NO_DRAFT = "Start or choose a draft first: what is published is never changed directly."
NOT_THE_DRAFT = "Choose the draft above the matrix first: this is what is published."
IN_WELSH = "Choose English above the matrix: Welsh is decided text by text, in Update from shared."
NOTHING_OWN = "Select cells in which a force has words of its own."
KINDS = {"matrix.still_right": AnswerKind.STILL_RIGHT, "matrix.give_back": AnswerKind.GIVE_BACK}

Cells = Sequence[tuple[PageRow, Cell]]


class ActingOnMany(QObject):
    """Carries out what is asked of the selected cells."""

    def __init__(self, session: Session, selected: Callable[[], Cells], window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._selected = selected
        self._window = window
        self._done: list[SavedChanges] = []

    def reason_against(self, action_id: str, source: str, language: Language) -> str:
        """Why something can't be done with the selected cells now; empty when it can."""
        if action_id == "matrix.undo":
            return "" if self._done else "Nothing was answered here yet."
        if not self._session.location.draft:
            return NO_DRAFT
        if source != self._session.location.draft:
            return NOT_THE_DRAFT
        if language is not Language.EN:
            return IN_WELSH
        return "" if any(cell.changes for _, cell in self._selected()) else NOTHING_OWN

    def ask(self, action_id: str) -> None:
        """Look what an answer would do to the selected cells, and ask for the reason."""
        workspace, kind = self._session.workspace, KINDS[action_id]
        if workspace is not None:
            places = [(row.page, cell.force) for row, cell in self._selected() if cell.changes]
            on = self._session.location.on or self._session.today()
            task = plan_many(workspace, self._session.location.draft, places, kind, on)
            self._session.run(task, self._planned)

    def undo(self) -> None:
        """Put the texts back as they were before the last answer."""
        workspace = self._session.workspace
        if self._done and workspace is not None:
            self._session.run(undo(workspace, self._done.pop()))

    def _planned(self, plan: ManyPlan) -> None:
        if not plan.items:
            return  # the verb says why
        dialog = ManyDialog(self._session.theme, plan, self._session.today(), self._window)
        dialog.agreed.connect(partial(self._write, plan))
        dialog.open()
        dialog.why.setFocus()

    def _write(self, plan: ManyPlan, why: str, review_by: object) -> None:
        workspace = self._session.workspace
        assert workspace is not None, "a plan belongs to a workspace"
        on = self._session.location.on or self._session.today()
        day = review_by if isinstance(review_by, date) else None
        task = apply_many(workspace, self._session.location.draft, plan, on, why=why, review_by=day)
        self._session.run(task, self._written)

    def _written(self, report: RebaseReport) -> None:
        if not report.saved.is_empty:
            self._done.append(report.saved)
        broken = [proof.sentence for proof in report.proofs if not proof.is_proved]
        if broken:
            self._session.notice.emit(" ".join(broken))
