"""Repairing a damaged workspace: offered where one can't be opened, and in the menu for the open one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from soh_author.desktop.session import Session
from soh_author.desktop.widgets.asking import ask_yes, widen
from soh_author.domain.errors import DamagedError
from soh_author.gitstore.repairing import Repaired
from soh_author.workflow.repairing import repair_workspace, told
from soh_author.workflow.workspace import Clock

_TITLE = "Repair this workspace?"
_MEANS = (
    "What is missing comes from the address the workspace was got from. Your drafts and what you saved stay, "
    "and the damaged files are kept in a folder beside."
)


class Repairing(QObject):
    """Asks, repairs, says what came of it, and opens the workspace again.

    Args:
        open_folder: opens the workspace that lies in a folder.
    """

    def __init__(
        self, session: Session, window: QWidget, clock: Clock, open_folder: Callable[[Path], None]
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._clock = clock
        self._open_folder = open_folder

    def met(self, folder: Path, error: Exception) -> None:
        """A workspace can't be opened: offer to repair it where that is what it needs."""
        if isinstance(error, DamagedError):
            said = f"{error.what} {error.safe}\n\n{_MEANS}"
            ask_yes(self._window, _TITLE, said, "Repair it", lambda: self.repair(folder))
        else:
            self._session.failed.emit(error)

    def ask(self) -> None:
        """Ask whether the open workspace is to be looked through and repaired."""
        workspace = self._session.workspace
        if workspace is None:
            return
        said = f"Everything that is stored is read, which may take a minute. {_MEANS}"
        ask_yes(self._window, _TITLE, said, "Look and repair", lambda: self.repair(workspace.folder))

    def repair(self, folder: Path) -> None:
        """Repair the workspace in a folder, then open it; text that can't be saved is offered again then."""
        self._session.version_wanted.emit()
        self._session.when_written(lambda: self._repair(folder))

    def _repair(self, folder: Path) -> None:
        if self._session.workspace is not None:
            self._session.set_workspace(None)  # nothing of it is read while its files change places

        def done(result: Repaired) -> None:
            box = QMessageBox(self._window)
            box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            box.setIcon(QMessageBox.Icon.Information)
            box.setWindowTitle("Repairing the workspace")
            box.setText("The workspace was repaired." if result.aside else "The workspace is whole.")
            box.setInformativeText(told(result))
            widen(box)
            box.open()
            self._open_folder(folder)

        self._session.run(repair_workspace(folder, self._clock), done, topic="opening")
