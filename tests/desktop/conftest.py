"""The real window on a real workspace."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from soh_author.desktop.furnishing import Home, furnished_window
from soh_author.desktop.location import RoomId
from soh_author.desktop.main_window import MainWindow
from soh_author.desktop.session import Session
from soh_author.desktop.side_panel import SidePanel
from soh_author.desktop.task_runner import TaskRunner
from soh_author.desktop.theme.colours import Look
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.welcome.opening import Opening
from soh_author.workflow.opening import init_workspace
from soh_author.workflow.workspace import Person, Workspace
from tests.desktop.content import write_content

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SOMEBODY = Person("Nia Morgan", "nia@example.police.uk")
LONGEST = 20_000


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light look, in normal size."""
    del qapp
    made = Theme(Look.LIGHT)
    made.apply()
    yield made
    QApplication.setStyle("fusion")


@pytest.fixture
def session(theme: Theme) -> Iterator[Session]:
    """A session without a workspace."""
    made = Session(TaskRunner(), theme, NOW.date)
    yield made
    made.close()


@pytest.fixture(scope="session")
def first_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of a few pages, to be copied: that is many times quicker than making another."""
    place = tmp_path_factory.mktemp("first")
    content = write_content(place / "content")
    init_workspace(place / "work", content, SOMEBODY, lambda: NOW).run().value.close()
    return place / "work"


@pytest.fixture
def workspace_folder(tmp_path: Path, first_workspace: Path) -> Path:
    """A workspace of a few pages."""
    return shutil.copytree(first_workspace, tmp_path / "work")


@dataclass
class Desk:
    """The window, and hands to use it."""

    window: MainWindow
    opening: Opening
    bot: QtBot

    @property
    def session(self) -> Session:
        """The window's session."""
        return self.window.session

    @property
    def side(self) -> SidePanel:
        """Pages and drafts."""
        assert isinstance(self.window.side, SidePanel)
        return self.window.side

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        assert self.session.workspace is not None
        return self.session.workspace

    def settle(self) -> None:
        """Wait until nothing is running any more."""
        self.bot.waitUntil(lambda: not self.session.runner.jobs, timeout=LONGEST)
        QApplication.processEvents()

    def do(self, action_id: str) -> None:
        """Do an action, and wait for what it began."""
        self.window.board.do(action_id)
        self.settle()

    def dialog(self) -> QDialog:
        """The dialog that is open."""
        self.bot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QDialog), timeout=LONGEST)
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        return found

    def type_into_dialog(self, text: str) -> QLineEdit:
        """Type into the box that has the focus of a dialog just opened."""
        dialog = self.dialog()
        box = dialog.findChild(QLineEdit)
        assert isinstance(box, QLineEdit)
        self.bot.waitUntil(box.hasFocus, timeout=LONGEST)
        QTest.keyClicks(box, text)
        return box

    def close(self) -> None:
        """Close the window, and everything it opened."""
        for dialog in self.window.findChildren(QDialog):
            dialog.close()
        self.window.close()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Where the window keeps its own things."""
    own = tmp_path / "own"
    return Home(
        own / "settings.toml", own / "window.json", own / "sample", lambda: NOW, lambda: date(2026, 11, 22)
    )


@pytest.fixture
def open_window(qtbot: QtBot, home: Home) -> Iterator[Callable[..., Desk]]:
    """Opens windows, one after the other; what is still open at the end is closed."""
    desks: list[Desk] = []

    def open_one(first: RoomId = RoomId.WELCOME) -> Desk:
        window, opening = furnished_window(home, first)
        window.resize(1366, 768)
        window.show()
        desks.append(Desk(window, opening, qtbot))
        return desks[-1]

    yield open_one
    for desk in desks:
        desk.close()
        desk.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def desk(open_window: Callable[[], Desk], workspace_folder: Path) -> Desk:
    """The window with the workspace open."""
    made = open_window()
    made.opening.open_folder(workspace_folder)
    made.settle()
    made.bot.waitUntil(lambda: bool(made.side.pages.shown), timeout=LONGEST)
    made.settle()
    return made
