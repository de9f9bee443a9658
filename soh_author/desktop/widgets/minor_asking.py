"""Asks whether a change of the shared text is minor, and says in words why it is not."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from soh_author.desktop.session import Session
from soh_author.desktop.widgets.asking import ask_yes, widen
from soh_author.domain.ids import PageId, SectionId
from soh_author.workflow.overrides.change_sets import SavedChanges, undo
from soh_author.workflow.overrides.minor_changes import MinorPlan, mark_minor, plan_minor

TOLD = (
    "Minor means: the words are better, and nothing is meant differently. Whoever has own words here, or"
    " Welsh, isn’t asked to look again. Your name and today’s date are kept with each of these texts."
)
REFUSED = "It goes out like any other change: whoever has own words here is asked to look again."


class MinorAsking(QObject):
    """Plans, asks, marks, undoes. Nothing that anybody reads changes by it."""

    def __init__(self, session: Session, window: QWidget, then: Callable[[], None] = lambda: None) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._then = then
        self._done: list[SavedChanges] = []

    @property
    def can_undo(self) -> bool:
        """Whether something was marked here."""
        return bool(self._done)

    def ask(self, page: PageId, section: SectionId) -> None:
        """Look whether the draft's change of a section may be called minor, and ask."""
        workspace, here = self._session.workspace, self._session.location
        if workspace is not None and here.draft:
            on = here.on or self._session.today()
            self._session.run(plan_minor(workspace, here.draft, page, section, on), self._planned)

    def undo(self) -> None:
        """Take the last mark back."""
        workspace = self._session.workspace
        if self._done and workspace is not None:
            self._session.run(undo(workspace, self._done.pop()))

    def _planned(self, plan: MinorPlan) -> None:
        if not plan.is_allowed:
            self._refuse(plan)
        elif not plan.changes:
            self._session.notice.emit(plan.sentence)
        else:
            told = f"{plan.sentence}\n\n{TOLD}"
            ask_yes(
                self._window, "Is this change minor?", told, "Mark it as minor", partial(self._mark, plan)
            )

    def _refuse(self, plan: MinorPlan) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle("This change is more than minor")
        box.setText("This change is more than minor")
        box.setInformativeText(f"{plan.sentence}\n\n{REFUSED}")
        box.addButton("I see", QMessageBox.ButtonRole.AcceptRole)
        widen(box)
        box.open()

    def _mark(self, plan: MinorPlan) -> None:
        workspace, here = self._session.workspace, self._session.location
        assert workspace is not None, "a plan belongs to a workspace"
        on = here.on or self._session.today()
        self._session.run(mark_minor(workspace, here.draft, plan.page, plan.section, on), self._marked)

    def _marked(self, saved: SavedChanges) -> None:
        if not saved.is_empty:
            self._done.append(saved)
        self._then()
