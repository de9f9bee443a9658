"""Notices what another window, or the command line, did to the workspace while this window was not used."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from soh_author.desktop.session import Session
from soh_author.workflow.effects import EVERYTHING
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

TOPIC = "noticing"


class Noticing(QObject):
    """Looks when the program is left and when it is used again; what differs is looked up anew everywhere."""

    def __init__(self, session: Session, window: QObject) -> None:
        super().__init__(window)
        self._session = session
        self._seen: tuple[Workspace | None, frozenset[tuple[str, str]]] = (None, frozenset())
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication), "a window has an application"
        app.applicationStateChanged.connect(self._changed)

    def _changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.look()
        else:
            self.leave()

    def leave(self) -> None:
        """Remember how everything stands."""
        self._ask(is_back=False)

    def look(self) -> None:
        """Look whether anything was changed elsewhere."""
        if self._session.workspace is not None and self._seen[0] is self._session.workspace:
            self._ask(is_back=True)

    def _ask(self, *, is_back: bool) -> None:
        workspace = self._session.workspace
        if workspace is None:
            return

        def work(_progress: Progress) -> Outcome[frozenset[tuple[str, str]]]:
            return Outcome(
                frozenset((branch.name, str(branch.revision)) for branch in workspace.store.branches())
            )

        def known(found: frozenset[tuple[str, str]]) -> None:
            before, self._seen = self._seen, (workspace, found)
            if is_back and before != self._seen:
                self._session.tell(EVERYTHING, "Something was changed elsewhere meanwhile. You see it now.")

        def failed(_error: Exception) -> None:
            self._seen = (None, frozenset())

        self._session.run(Task("Looking what changed", work), known, failed, topic=TOPIC)
