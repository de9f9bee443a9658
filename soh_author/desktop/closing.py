"""Closing the window: nothing that was typed goes without a choice, not even when the disk is full."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from soh_author.desktop.room import Room
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.asking import ask_yes, widen

NOT_KEPT = (
    "It is only on the screen. Stay here and copy it to somewhere else, or make room on the disk and save"
    " again. If you close now, what is not saved is gone."
)


class Closing:
    """Asks about unsaved text, and lets the window close when every word is on the disk."""

    def __init__(self, window: QWidget, session: Session, rooms: Callable[[], Collection[Room]]) -> None:
        self._window = window
        self._session = session
        self._rooms = rooms
        self._is_settled = False

    def may_close(self) -> bool:
        """Whether nothing is at stake; else the person is asked, and the window is closed after that."""
        unsaved = [title for room in self._rooms() for title in room.unsaved()]
        if not unsaved or self._is_settled:
            return True
        self._ask(unsaved)
        return False

    def _ask(self, titles: Sequence[str]) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Text that is not saved")
        box.setText("Save before closing?")
        box.setInformativeText("Not saved yet: " + ", ".join(titles) + ".")
        save = box.addButton("Save", QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton("Keep for next time", QMessageBox.ButtonRole.DestructiveRole)
        keep.setToolTip("The text is offered again when you come back.")
        box.addButton("Stay here", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        save.clicked.connect(self._save)
        keep.clicked.connect(self._keep)
        widen(box)
        box.open()

    def _save(self) -> None:
        for room in self._rooms():
            room.save_all()
        self._session.when_written(lambda: self._close_if(not any(room.unsaved() for room in self._rooms())))

    def _keep(self) -> None:
        for room in self._rooms():
            room.keep_unsaved()
        self._session.when_written(lambda: self._close_if(all(room.is_kept() for room in self._rooms())))

    def _close_if(self, is_safe: bool) -> None:
        if is_safe:
            self._close()
        else:
            ask_yes(
                self._window,
                "The text could not be kept",
                NOT_KEPT,
                "Close and lose it",
                self._close,
            )

    def _close(self) -> None:
        self._is_settled = True
        self._window.close()
