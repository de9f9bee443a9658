"""Closing the window and changing the workspace: nothing typed goes without a choice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QMessageBox

from soh_author.desktop.editor.file_tab import FileTab
from soh_author.desktop.editor.room import EditorRoom
from soh_author.desktop.location import Location, RoomId
from soh_author.domain.ids import PageId
from soh_author.workflow.drafting import new_draft
from soh_author.workflow.opening import init_workspace
from tests.desktop.conftest import LONGEST, NOW, SOMEBODY, Desk
from tests.desktop.content import write_content
from tests.support.disks import full_disk

LONG = "Kept. " * 8_000
PATH = "shared/pages/advice/seized-vehicles.en.md"


def _tab(desk: Desk) -> FileTab:
    room = desk.window.rooms[RoomId.EDITOR]
    assert isinstance(room, EditorRoom)
    assert room.area.current is not None
    return room.area.current


@pytest.fixture
def writing(desk: Desk) -> Desk:
    """The window with words in a page that nobody saved."""
    new_draft(desk.workspace, "fees").run()
    desk.session.go(Location(room=RoomId.EDITOR, page=PageId("advice/seized-vehicles"), draft="fees"))
    desk.settle()
    cursor = _tab(desk).edit.textCursor()
    cursor.insertText(LONG)
    return desk


def _press(desk: Desk, text: str) -> None:
    box = desk.dialog()
    assert isinstance(box, QMessageBox)
    button = next(one for one in box.findChildren(QAbstractButton) if one.text() == text)
    button.click()


@pytest.mark.parametrize("answer", ["Save", "Keep for next time"])
def test_words_are_there_tomorrow_whatever_is_answered(
    open_window: Callable[[], Desk], writing: Desk, workspace_folder: Path, answer: str
) -> None:
    assert not writing.window.close()
    _press(writing, answer)
    writing.bot.waitUntil(lambda: not writing.window.isVisible(), timeout=LONGEST)
    tomorrow = open_window()
    tomorrow.opening.open_folder(workspace_folder)
    tomorrow.settle()
    assert tomorrow.session.location.draft == "fees"
    assert LONG in _tab(tomorrow).text()
    assert _tab(tomorrow).is_changed == (answer != "Save")


@pytest.mark.parametrize("answer", ["Save", "Keep for next time"])
def test_a_window_whose_words_find_no_room_on_the_disk_stays_open(writing: Desk, answer: str) -> None:
    told: list[Exception] = []
    writing.session.failed.disconnect()
    writing.session.failed.connect(told.append)
    with full_disk(writing.workspace):
        writing.window.close()
        _press(writing, answer)
        writing.bot.waitUntil(
            lambda: any(
                box.isVisible() and "could not be kept" in box.text()
                for box in writing.window.findChildren(QMessageBox)
            ),
            timeout=LONGEST,
        )
        assert told
        assert writing.window.isVisible()
        _press(writing, "Cancel")
    assert LONG in _tab(writing).text()
    assert _tab(writing).is_changed


def test_another_workspace_is_not_opened_over_words_that_can_not_be_saved(
    writing: Desk, tmp_path: Path
) -> None:
    content = write_content(tmp_path / "more")
    init_workspace(tmp_path / "other", content, SOMEBODY, lambda: NOW).run().value.close()
    writing.session.failed.disconnect()
    here = writing.workspace.folder
    with full_disk(writing.workspace):
        writing.opening.open_folder(tmp_path / "other")
        writing.settle()
    assert writing.workspace.folder == here
    assert LONG in _tab(writing).text()
    writing.opening.open_folder(tmp_path / "other")
    writing.settle()
    assert writing.workspace.folder == tmp_path / "other"
