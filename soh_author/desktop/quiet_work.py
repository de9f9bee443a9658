"""Work for quiet moments: soon after a workspace is opened or changed, what keeps it quick is made behind."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

from soh_author.desktop.session import Session
from soh_author.workflow.effects import Effects
from soh_author.workflow.searching import index_words
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.upkeep import keep_quick
from soh_author.workflow.workspace import Workspace

T = TypeVar("T")

SOON_MS = 4_000
TOPIC = "quiet work"


class QuietWork(QObject):
    """Starts it once nothing else is running; whatever goes wrong there is no news for anybody."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self.soon.timeout.connect(self.begin)
        session.effects_happened.connect(self._touched)

    def begin(self) -> None:
        """Begin now, or a little later when something else is running."""
        workspace = self._session.workspace
        if workspace is None:
            return
        if self._session.runner.jobs:
            self.soon.start()
            return
        self._run(_prepare_search(workspace, self._session.location.source), self._tidy)

    def _tidy(self) -> None:
        if self._session.workspace is not None:
            self._run(keep_quick(self._session.workspace))

    def _run(self, task: Task[T], then: Callable[[], None] = lambda: None) -> None:
        self._session.run(task, lambda _done: then(), lambda _error: None, topic=TOPIC, gives_way=True)

    def _touched(self, effects: Effects) -> None:
        if effects.everything or effects.pages:
            self.soon.start()


def _prepare_search(workspace: Workspace, source: str) -> Task[int]:
    def work(progress: Progress) -> Outcome[int]:
        return Outcome(index_words(workspace, workspace.snapshot(source)).run(progress).value)

    return Task("Getting ready to search", work)
