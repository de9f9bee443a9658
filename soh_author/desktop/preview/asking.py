"""Asks for the page anew after a pause in typing, and drops answers that come too late."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from soh_author.desktop.preview.pictures import Pictures, standalone
from soh_author.desktop.session import Session
from soh_author.domain.force import Force, Registry
from soh_author.workflow.previewing import Preview, PreviewRequest, preview
from soh_author.workflow.task import Outcome, Progress, Task

PAUSE_MS = 90
"""So long after the last key the page is asked for."""
LONGEST_WAIT_MS = 400
"""Somebody who types without a pause sees the page change at least this often."""

Texts = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page and who there is to read it; ``texts`` are the unsaved texts it was made from."""

    preview: Preview
    registry: Registry
    texts: Texts
    pictures: Mapping[str, bytes]

    @property
    def force(self) -> Force:
        """The force the page is shown as."""
        return self.registry.forces[self.preview.request.force]


class PreviewAsker(QObject):
    """Turns "something changed" into numbered requests of which only the latest answer is passed on.

    ``texts`` gives the editor's texts by path; they are laid over what is saved.
    """

    answered = Signal(int, object)
    """int, Shown: the number of the request, and the page."""
    failed = Signal(int, object)
    """int, Exception: why there is no page."""

    def __init__(self, session: Session, texts: Callable[[], Texts], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._texts = texts
        self.pictures = Pictures()
        self._number = 0
        self._wanted: PreviewRequest | None = None
        self._waiting_since = QElapsedTimer()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.ask_now)

    @property
    def latest(self) -> int:
        """Number of the latest request."""
        return self._number

    def want(self, request: PreviewRequest | None) -> None:
        """Show this from now on (None: nothing)."""
        self._wanted = request
        if request is None:
            self._pause.stop()
            self._number += 1
        else:
            self.ask_now()

    def ask_soon(self) -> None:
        """The text changed: ask when the typing pauses."""
        if not self._pause.isActive():
            self._waiting_since.start()
        left = LONGEST_WAIT_MS - self._waiting_since.elapsed()
        self._pause.start(max(0, min(PAUSE_MS, int(left))))

    def ask_now(self) -> None:
        """Ask at once."""
        self._pause.stop()
        workspace, request = self._session.workspace, self._wanted
        if workspace is None or request is None:
            return
        self._number += 1
        number, source, texts = self._number, self._session.location.source, dict(self._texts())

        def work(_progress: Progress) -> Outcome[Shown]:
            snapshot = workspace.snapshot(source, unsaved=texts)
            found = preview(snapshot, request, workspace.renderer)
            pictures = self.pictures.read(found.html, snapshot)
            return Outcome(Shown(found, snapshot.registry, texts, pictures))

        self._session.run(
            Task("Making the preview", work),
            lambda found: self._answer(number, found),
            lambda error: self._fail(number, error),
            topic="preview",
        )

    def ask_standalone(self, on_answer: Callable[[str], None]) -> None:
        """Ask for the wanted page as one file that needs nothing else, its pictures inside."""
        workspace = self._session.workspace
        if workspace is None or self._wanted is None:
            return
        source, texts = self._session.location.source, dict(self._texts())
        request = replace(self._wanted, theme="auto", annotate=False)

        def work(_progress: Progress) -> Outcome[str]:
            snapshot = workspace.snapshot(source, unsaved=texts)
            html = preview(snapshot, request, workspace.renderer).html
            return Outcome(standalone(html, self.pictures.read(html, snapshot)))

        self._session.run(Task("Writing the page for your browser", work), on_answer, topic="browser")

    def _answer(self, number: int, found: Shown) -> None:
        if number == self._number:
            self.answered.emit(number, found)

    def _fail(self, number: int, error: Exception) -> None:
        if number == self._number:
            self.failed.emit(number, error)
