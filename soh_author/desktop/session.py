"""Where rooms meet: the open workspace, the place, and the news."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.shortcuts import Shortcuts
from soh_author.desktop.task_runner import Job, TaskRunner, tell
from soh_author.desktop.theme.theme import Theme
from soh_author.domain.errors import OfflineError, UnsureError
from soh_author.domain.ids import PageId
from soh_author.workflow.effects import EVERYTHING, Effects
from soh_author.workflow.task import Outcome, Task
from soh_author.workflow.workspace import Workspace

T = TypeVar("T")


def _nothing() -> None:
    """What follows a task when nobody asked for anything."""


class Session(QObject):
    """The open workspace, where the person is in it, and what happened.

    Rooms change the place with :meth:`go`, run verbs with :meth:`run`, and hear of both through the signals.
    """

    location_changed = Signal(object)
    """Location: the place changed."""
    effects_happened = Signal(object)
    """Effects: a verb touched something."""
    notice = Signal(str)
    """A sentence for the status bar, also announced to screen readers."""
    failed = Signal(object)
    """Exception: something nobody else deals with; the window shows it."""
    workspace_changed = Signal(object)
    """Workspace | None: another workspace was opened, or the open one closed."""
    status_changed = Signal(str, str)
    """Slot of the status bar (words, reading_age, saved, outgoing) and its text."""
    text_returned = Signal(str)
    """Path of a text of the open draft that came back as words not saved yet; whoever shows it shows them."""
    version_wanted = Signal()
    """A version is about to be saved: whoever holds unsaved text saves it now, so that it is in it."""
    action_wanted = Signal(str)
    """Id of an action of the table that a room wishes done, as a button for it would."""
    unsaved_changed = Signal(object)
    """frozenset[PageId]: pages with text that is not saved yet."""
    actions_changed = Signal()
    """What can be done now changed; menus look again."""

    def __init__(
        self, runner: TaskRunner, theme: Theme, today: Callable[[], date], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.runner = runner
        self.theme = theme
        self.today = today
        self.shortcuts = Shortcuts(self)
        self.location = Location()
        self.unsaved: frozenset[PageId] = frozenset()
        self._workspace: Workspace | None = None
        self._left: list[Workspace] = []

    @property
    def workspace(self) -> Workspace | None:
        """The open workspace, or None."""
        return self._workspace

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Work with another workspace (None: with none); the place starts anew."""
        if self._workspace is not None:
            self._left.append(self._workspace)  # a task may still be reading in it
        self._workspace = workspace
        self.set_unsaved(frozenset())
        self.location = Location(room=self.location.room)
        self.workspace_changed.emit(workspace)
        self.effects_happened.emit(EVERYTHING)
        self.go(self.location)

    def went_wrong(self, error: Exception) -> None:
        """Tell of an error of a verb that may need the network: being offline is normal and said calmly."""
        if isinstance(error, OfflineError) and not isinstance(error, UnsureError):
            self.show_status("online", "Offline")
            self.notice.emit(f"You are offline. {error.safe}")
        else:
            self.failed.emit(error)

    def go(self, location: Location) -> None:
        """Move to a place; rooms hear of it even when it is the same place again."""
        self.location = location
        self.location_changed.emit(location)
        self.actions_changed.emit()

    def enter(self, room: RoomId) -> None:
        """Go to another room at the same place."""
        self.go(replace(self.location, room=room, fact=None))

    def run(
        self,
        task: Task[T],
        on_done: Callable[[T], None] | None = None,
        on_failed: Callable[[Exception], None] | None = None,
        *,
        topic: str = "",
        on_end: Callable[[], None] = _nothing,
        gives_way: bool = False,
    ) -> Job[T]:
        """Run a task on a thread; the answer arrives on this one.

        ``topic`` names a question of which only the latest answer counts (a preview, a search): an older task
        of the same topic is cancelled and its answer dropped. Without ``on_failed`` the window shows the
        error. ``on_end`` follows in every case, also after Cancel. ``gives_way``: nobody waits for it.
        """

        def done(outcome: Outcome[T]) -> None:
            if on_done is not None:
                tell(on_done, outcome.value)
            self.tell(outcome.effects, outcome.notice)

        return self.runner.start(Job(task, done, on_failed or self.failed.emit, on_end, topic, gives_way))

    def tell(self, effects: Effects, notice: str = "") -> None:
        """Tell every room what was touched, and the person what happened."""
        if effects != Effects():
            self.effects_happened.emit(effects)
        if notice:
            self.notice.emit(notice)
        self.actions_changed.emit()

    def show_status(self, slot: str, text: str) -> None:
        """Put a text into a slot of the status bar: words, reading_age, saved, outgoing."""
        self.status_changed.emit(slot, text)

    def set_unsaved(self, pages: frozenset[PageId]) -> None:
        """Tell which pages have text that is not saved yet."""
        if pages != self.unsaved:
            self.unsaved = pages
            self.unsaved_changed.emit(pages)
            self.actions_changed.emit()

    def when_written(self, then: Callable[[], None]) -> None:
        """Go on when everything that is being written now is on the disk, or has failed and was told."""
        self.run(Task("Saving", lambda _progress: Outcome(None), writes=True), lambda _nothing: then())

    def close(self) -> None:
        """End the work, then close every workspace."""
        self.runner.close()
        for workspace in (*self._left, self._workspace):
            if workspace is not None:
                workspace.close()
        self._left, self._workspace = [], None
