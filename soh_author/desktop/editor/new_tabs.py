"""Makes tabs: an empty one already while its text is being read, for both at once would be felt."""

from PySide6.QtCore import QObject, QTimer

from soh_author.desktop.editor.candidates import Candidates
from soh_author.desktop.editor.file_reading import FileKey
from soh_author.desktop.editor.file_tab import FileTab
from soh_author.desktop.session import Session


def topic_of(key: FileKey) -> str:
    """The topic of the task that reads a text."""
    return f"open {key.path}"


class NewTabs(QObject):
    """Makes tabs, and has at most one ready that nobody has taken yet."""

    def __init__(self, session: Session, candidates: Candidates, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._offer = candidates.offer
        self._spare: FileTab | None = None

    def prepare_soon(self, key: FileKey) -> None:
        """Have a tab ready for a text that is being read, once the window has answered the person."""
        QTimer.singleShot(0, self, lambda: self._prepare(key))

    def take(self, key: FileKey) -> FileTab:
        """A new tab for a text."""
        spare = self._spare
        if spare is not None and spare.key == key:
            self._spare = None
            return spare
        return FileTab(self._session.theme, key, self._offer)

    def drop(self) -> None:
        """What is ready is not needed any more."""
        if self._spare is not None:
            self._spare.deleteLater()
            self._spare = None

    def _prepare(self, key: FileKey) -> None:
        jobs = self._session.runner.jobs
        is_awaited = any(job.topic == topic_of(key) and job.is_wanted for job in jobs)
        if is_awaited and (self._spare is None or self._spare.key != key):
            self.drop()
            self._spare = FileTab(self._session.theme, key, self._offer)
