"""Asks, when another window saved a version first, which text goes on. Nothing is lost whatever is chosen."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from soh_author.desktop.session import Session
from soh_author.desktop.widgets.as_written import as_written
from soh_author.desktop.widgets.difference import rows_of
from soh_author.desktop.widgets.side_by_side import SideBySide
from soh_author.domain.errors import OvertakenError
from soh_author.workflow.task import Outcome, Task
from soh_author.workflow.two_windows import (
    Overtaken,
    find_overtaken,
    go_on_with_mine,
    go_on_with_theirs,
    keep_both_texts,
)
from soh_author.workflow.workspace import Workspace

WAYS: tuple[tuple[str, str, Callable[[Workspace, Overtaken], Task[Any]]], ...] = (
    ("Mine", "Yours goes into the version; the other stays in the one before.", go_on_with_mine),
    ("The other", "The other stays; a copy of yours is kept for 30 days.", go_on_with_theirs),
    ("Keep both", "The other stays, and yours gets a draft of its own.", keep_both_texts),
)


class TwoWindows(QObject):
    """Goes through the texts that were overtaken, then lets the version be saved."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window

    def settle(self, error: Exception, then: Callable[[], None]) -> None:
        """Ask about each text when a version was refused for it, then go on; other errors are told."""
        workspace, draft = self._session.workspace, self._session.location.draft
        if not isinstance(error, OvertakenError) or workspace is None:
            self._session.failed.emit(error)
            return
        task = Task("Looking at both texts", lambda _progress: Outcome(find_overtaken(workspace, draft)))
        self._session.run(task, lambda found: self._ask(workspace, found, then))

    def _ask(self, workspace: Workspace, left: Sequence[Overtaken], then: Callable[[], None]) -> None:
        if not left:
            then()
            return
        card = OvertakenDialog(self._session, left[0], self._window)
        card.chosen.connect(
            lambda number: self._session.run(
                WAYS[number][2](workspace, left[0]), lambda _done: self._ask(workspace, left[1:], then)
            )
        )
        card.open()


class OvertakenDialog(QDialog):
    """One text: the other window's version at the left, this window's at the right, and three ways on."""

    chosen = Signal(int)
    """Number of the way in :data:`WAYS`."""

    def __init__(self, session: Session, text: Overtaken, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Another window saved a version first")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        told = QLabel(
            f"“{text.title}” was changed in two windows. Choose which text goes on."
            " Nothing is lost whatever you choose."
        )
        told.setWordWrap(True)
        as_written(told)
        compared = SideBySide(session.theme)
        compared.show_rows(rows_of(text.theirs, text.mine), "The version of the other window", "Your text")
        compared.setMinimumHeight(session.theme.px(240))
        buttons = QHBoxLayout()
        self.ways: list[QPushButton] = []
        for number, (words, tip, _verb) in enumerate(WAYS):
            button = QPushButton(words)
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
            button.clicked.connect(lambda _checked, one=number: self._choose(one))
            buttons.addWidget(button)
            self.ways.append(button)
        buttons.addStretch(1)
        later = QPushButton("Not now")
        later.clicked.connect(self.reject)
        buttons.addWidget(later)
        layout = QVBoxLayout(self)
        layout.setSpacing(session.theme.px(10))
        layout.addWidget(told)
        layout.addWidget(compared, 1)
        layout.addLayout(buttons)
        most = parent.height() - session.theme.px(48)
        self.resize(min(session.theme.px(860), parent.width() - 40), min(session.theme.px(480), most))
        compared.step(1)
        later.setDefault(True)

    def _choose(self, number: int) -> None:
        self.accept()
        self.chosen.emit(number)
