"""The ways into a workspace. Each asks for what it needs, runs on a thread, and ends in the editor."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from soh_author.desktop.late import Late
from soh_author.desktop.location import RoomId
from soh_author.desktop.preferences import Preferences
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.welcome.address_dialog import AddressDialog
from soh_author.desktop.welcome.recovery import look_for_recovered
from soh_author.desktop.welcome.repairing import Repairing
from soh_author.domain.errors import OutputError
from soh_author.settings.model import Settings, with_workspace
from soh_author.workflow.drafting import RecoveredText
from soh_author.workflow.opening import init_workspace, open_address
from soh_author.workflow.practising import EDITOR
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Clock, Person, Workspace

if TYPE_CHECKING:
    from soh_author.desktop.welcome.sample import Sample

SAMPLE = "workspace"


class Opening(QObject):
    """Opens workspaces and makes new ones.

    Args:
        sample_folder: where the sample is kept; made there once, opened again after that.
    """

    recovered = Signal(object)
    """Sequence[RecoveredText]: texts were found that were not saved when the program ended."""

    def __init__(
        self, session: Session, preferences: Preferences, window: QWidget, clock: Clock, sample_folder: Path
    ) -> None:
        super().__init__(window)
        self._session = session
        self._preferences = preferences
        self._window = window
        self._clock = clock
        self._sample_folder = sample_folder
        self.repairing = Repairing(session, window, clock, self.open_folder)
        self._sample: Late[Sample] = Late("welcome.sample.Sample", lambda made: made(sample_folder, clock))
        preferences.changed.connect(self._know)

    def _know(self, _personal: object) -> None:
        if self._session.workspace is not None:
            self._session.workspace.person = self._person(self._session.workspace.folder)

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        return {
            "workspace.open": self.ask_folder,
            "workspace.get": self.ask_address,
            "workspace.create": self.ask_content,
            "workspace.sample": self.open_sample,
            "workspace.repair": self.repairing.ask,
        }

    def open_folder(self, folder: Path) -> None:
        """Open a workspace that lies in a folder."""
        person, clock = self._person(folder), self._clock

        def work(_progress: Progress) -> Outcome[Workspace]:
            return Outcome(Workspace.open(folder, person=person, clock=clock))

        def failed(error: Exception) -> None:
            self._come_in()
            self.repairing.met(folder, error)

        self._run(Task("Opening the workspace", work), failed)

    def open_last(self) -> None:
        """Open the workspace used last, if it is still there; else stay in the welcome room."""
        last = last_workspace(self._preferences.value)
        if last is not None:
            self.open_folder(last)

    def open_sample(self) -> None:
        """Open the sample; the first time it is made."""
        if (self._sample_folder / SAMPLE).is_dir():
            self.open_folder(self._sample_folder / SAMPLE)
        else:
            self._run(self._sample().make(self._person(self._sample_folder / SAMPLE)))

    def get(self, address: str, folder: Path) -> None:
        """Copy a workspace from an address into a folder, and open it."""
        self._run(open_address(address, folder, self._preferences.person, self._clock))

    def create(self, content: Path, folder: Path) -> None:
        """Make a workspace from a folder of content files, and open it."""
        self._run(init_workspace(folder, content, self._preferences.person, self._clock))

    def ask_folder(self) -> None:
        """Ask which workspace to open."""
        self._ask_for_folder("Open a workspace", self.open_folder)

    def ask_address(self) -> None:
        """Ask for an address and a new folder."""
        dialog = AddressDialog(self._session.theme, self._window)
        dialog.agreed.connect(self.get)
        dialog.open()

    def ask_content(self) -> None:
        """Ask for the folder of content files, then for the folder to work in."""
        self._ask_for_folder("The folder of content files (it holds soh.yml)", self._ask_target)

    def _ask_target(self, content: Path) -> None:
        self._ask_for_folder(
            "A new, empty folder for the workspace", lambda folder: self.create(content, folder)
        )

    def _ask_for_folder(self, title: str, then: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self._window, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    def _run(self, task: Task[Workspace], on_failed: Callable[[Exception], None] | None = None) -> None:
        """Save what is open, then open the other; what could not be saved stays where it is."""
        self._session.version_wanted.emit()
        self._session.when_written(lambda: self._run_if_saved(task, on_failed))

    def _run_if_saved(self, task: Task[Workspace], on_failed: Callable[[Exception], None] | None) -> None:
        if self._session.unsaved:
            self._session.notice.emit("The other workspace was not opened: some text here is not saved.")
        else:
            self._session.run(task, self._use, on_failed or self._failed, topic="opening")

    def _failed(self, error: Exception) -> None:
        self._come_in()
        self._session.failed.emit(error)

    def _come_in(self) -> None:
        """Where nothing could be opened, the ways into a workspace are what to show."""
        if self._session.workspace is None:
            self._session.enter(RoomId.WELCOME)

    def _use(self, workspace: Workspace) -> None:
        after = with_workspace(self._preferences.value, str(workspace.folder))
        self._preferences.change(recent_workspaces=after.recent_workspaces)
        self._session.set_workspace(workspace)
        if workspace.notice:
            self._session.failed.emit(OutputError(workspace.notice))
        self._session.run(look_for_recovered(workspace), self._welcome_back, topic="recovered")

    def _welcome_back(self, found: Sequence[RecoveredText]) -> None:
        if found:
            self._session.enter(RoomId.WELCOME)
            self.recovered.emit(found)
        else:
            self.start_work()

    def _person(self, folder: Path) -> Person:
        """Who works in a workspace: in the sample, who has not said their name is its editor."""
        is_sample = folder == self._sample_folder / SAMPLE
        return (
            EDITOR
            if is_sample and not self._preferences.value.author_name.strip()
            else self._preferences.person
        )

    def start_work(self) -> None:
        """Go to the editor, where the person left it."""
        self._session.go(self._session.location.in_room(RoomId.EDITOR))


def last_workspace(settings: Settings) -> Path | None:
    """The workspace used last, if it is still there and the person wants to go on in it."""
    if not settings.reopen_last:
        return None
    last = [Path(folder) for folder in settings.recent_workspaces[:1]]
    return last[0] if last and last[0].is_dir() else None
