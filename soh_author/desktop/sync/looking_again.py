"""Looks by itself whether a release went out whose answer was lost, until that is known."""

from PySide6.QtCore import QObject, QTimer

from soh_author.desktop.session import Session
from soh_author.domain.errors import SohAuthorError, UnsureError
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.together.unsure import Fate, Settled, look_again, unsure
from soh_author.workflow.workspace import Workspace

EVERY_MS = 20_000


class LookingAgain(QObject):
    """Begins when sending was cut off, now or before the workspace was opened; says what it finds."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.timer = QTimer(self, singleShot=True, interval=EVERY_MS)
        self.timer.timeout.connect(self.look)
        session.failed.connect(self._failed)
        session.workspace_changed.connect(lambda _workspace: self._begin())
        self._begin()

    def look(self) -> None:
        """Ask the origin now."""
        workspace = self._session.workspace
        if workspace is not None:
            self._session.run(look_again(workspace), self._heard, self._not_heard, topic="unsure")

    def _begin(self) -> None:
        self.timer.stop()
        workspace = self._session.workspace
        if workspace is not None:
            self._session.run(_look_whether(workspace), self._known, lambda _error: None, topic="unsure")

    def _known(self, names: tuple[str, ...]) -> None:
        if names:
            self.look()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UnsureError):
            self.timer.start()

    def _heard(self, found: tuple[Settled, ...]) -> None:
        if any(each.fate is Fate.OPEN for each in found):
            self.timer.start()

    def _not_heard(self, error: Exception) -> None:
        """The origin doesn't answer yet; that was said when the line was lost."""
        if isinstance(error, SohAuthorError):
            self.timer.start()


def _look_whether(workspace: Workspace) -> Task[tuple[str, ...]]:
    def work(_progress: Progress) -> Outcome[tuple[str, ...]]:
        return Outcome(unsure(workspace))

    return Task("Looking what isn’t known", work)
