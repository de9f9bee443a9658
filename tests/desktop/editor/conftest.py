"""The editor on a small workspace with a draft to write in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from soh_author.desktop.editor.file_tab import FileTab
from soh_author.desktop.editor.room import EditorRoom
from soh_author.desktop.editor.text_edit import MarkdownEdit
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.session import Session
from soh_author.domain.ids import ForceId, PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.workflow.drafting import new_draft
from soh_author.workflow.workspace import Workspace
from tests.support.content import small_content, small_workspace

LONGEST = 20_000
DRAFT = "april-fees"
VEHICLES = PageId("advice/seized-vehicles")
SHARED_PATH = "shared/pages/advice/seized-vehicles.en.md"
KENT_PATH = "forces/kent/pages/advice/seized-vehicles.en.md"
ESSEX_PATH = "forces/essex/pages/advice/seized-vehicles.en.md"


@pytest.fixture
def edit(qtbot: QtBot) -> MarkdownEdit:
    """A text edit on the screen."""
    made = MarkdownEdit()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


@dataclass
class Editor:
    """The room, and hands to use it."""

    room: EditorRoom
    session: Session
    workspace: Workspace
    bot: QtBot

    def settle(self) -> None:
        """Wait until nothing is running any more."""
        self.bot.waitUntil(lambda: not self.session.runner.jobs, timeout=LONGEST)
        QApplication.processEvents()
        self.bot.waitUntil(lambda: not self.session.runner.jobs, timeout=LONGEST)

    def go(
        self, page: str = VEHICLES, *, layer: Layer = SHARED, force: str = "kent", draft: str = DRAFT
    ) -> FileTab:
        """Open a page's text and wait for it."""
        place = Location(RoomId.EDITOR, draft=draft, force=ForceId(force))
        self.session.go(replace(place, page=PageId(page), layer=layer))
        self.settle()
        return self.tab

    @property
    def tab(self) -> FileTab:
        """The text that is shown."""
        tab = self.room.area.current
        assert tab is not None, "no text is open"
        return tab

    def do(self, action_id: str) -> None:
        """Do an action of the room, and wait for what it began."""
        self.room.handlers()[action_id]()
        self.settle()

    def type(self, text: str, line: int = 0) -> None:
        """Type at the end of a line (0: where the caret is)."""
        if line:
            self.tab.go_to_line(line)
            self.tab.edit.moveCursor(self.tab.edit.textCursor().MoveOperation.EndOfBlock)
        QTest.keyClicks(self.tab.edit, text)

    def dialog(self) -> QDialog:
        """The dialog that is open."""
        found = [dialog for dialog in self.room.widget.findChildren(QDialog) if dialog.isVisible()]
        assert found, "no dialog is open"
        return found[-1]

    def stored(self, path: str) -> str | None:
        """What the draft says, privately saved text included."""
        return self.workspace.snapshot(DRAFT).text(path)


@pytest.fixture
def make_editor(qtbot: QtBot, session: Session, tmp_path: Path) -> Iterator[Callable[..., Editor]]:
    """Makes the editor on the small content, or on other files."""
    rooms: list[EditorRoom] = []

    def make(files: dict[str, str] | None = None) -> Editor:
        workspace = small_workspace(tmp_path, files)
        new_draft(workspace, DRAFT).run()
        room = EditorRoom(session)
        rooms.append(room)
        session.location_changed.connect(room.show_location)
        session.effects_happened.connect(room.apply_effects)
        room.widget.resize(1200, 700)
        room.widget.show()
        session.set_workspace(workspace)
        editor = Editor(room, session, workspace, qtbot)
        editor.settle()
        return editor

    yield make
    for room in rooms:
        for dialog in room.widget.findChildren(QDialog):
            dialog.close()
        room.widget.hide()
        session.disconnect(room.widget)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        shiboken6.delete(room.widget)


@pytest.fixture
def editor(make_editor: Callable[..., Editor]) -> Editor:
    """The editor on the small content."""
    return make_editor()


@pytest.fixture
def contents() -> dict[str, str]:
    """The files of the small content, to be changed by a test before it opens them."""
    return small_content()
