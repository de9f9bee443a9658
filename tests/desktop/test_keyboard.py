"""The window by real keys: what they do, where the focus is seen, and what is said of it."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from soh_author.desktop.editor.room import EditorRoom
from soh_author.desktop.editor.text_edit import MarkdownEdit
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.pages.page_list import PageList
from soh_author.desktop.widgets.chooser import Chooser
from soh_author.domain.ids import ForceId, PageId
from soh_author.workflow.drafting import new_draft
from soh_author.workflow.task import Outcome, Progress, Task
from tests.desktop.conftest import LONGEST, Desk

SEIZED = PageId("advice/seized-vehicles")
CTRL = Qt.KeyboardModifier.ControlModifier
LONG = "A sentence that says what happened, and needs all the room there is. " * 3


@pytest.fixture
def room(desk: Desk) -> EditorRoom:
    """The editor's room, with a page of a draft open and the caret in its text."""
    new_draft(desk.workspace, "mine").run()
    desk.session.go(Location(RoomId.EDITOR, SEIZED, force=ForceId("kent"), draft="mine"))
    desk.settle()
    found = desk.window.rooms[RoomId.EDITOR]
    assert isinstance(found, EditorRoom)
    desk.window.activateWindow()
    _edit(found).setFocus()
    desk.bot.waitUntil(_edit(found).hasFocus, timeout=LONGEST)
    return found


def _edit(room: EditorRoom) -> MarkdownEdit:
    assert room.area.current is not None
    return room.area.current.edit


def test_undo_and_redo_by_key_say_what_they_do(desk: Desk, room: EditorRoom) -> None:
    told: list[str] = []
    desk.session.notice.connect(told.append)
    desk.do("format.bold")
    QTest.keyClick(_edit(room), Qt.Key.Key_Z, CTRL)
    QTest.keyClick(_edit(room), Qt.Key.Key_Y, CTRL)
    assert told == ["Taken back: bold.", "Done again: bold."]


def test_the_menu_says_what_the_tab_key_would_do(desk: Desk, room: EditorRoom) -> None:
    action, menu = desk.window.board.qt_actions["edit.tab_key"], desk.window.board.menu_of("Edit")
    for words in ("Tab key indents", "Tab key leaves the text", "Tab key indents"):
        menu.aboutToShow.emit()
        assert action.text() == words
        QTest.keyClick(_edit(room), Qt.Key.Key_M, CTRL)


def test_the_focus_is_seen_in_the_preview_and_comes_to_the_room_one_is_in(
    desk: Desk, room: EditorRoom
) -> None:
    ring = room.preview.stage.ring
    assert ring.isHidden()
    for _ in range(2):
        QTest.keyClick(desk.window, Qt.Key.Key_F6)
    here = QApplication.focusWidget()
    assert here is not None
    assert (here.accessibleName(), ring.isVisible()) == ("Preview of the page", True)
    assert ring.geometry() == room.preview.view.geometry()
    QTest.keyClick(desk.window, Qt.Key.Key_F6)
    assert desk.window.rail is not None
    assert desk.window.rail.buttons[RoomId.EDITOR].hasFocus()
    assert ring.isHidden()


def test_the_list_of_headings_begins_where_the_caret_is(desk: Desk, room: EditorRoom) -> None:
    _edit(room).moveCursor(_edit(room).textCursor().MoveOperation.End)
    QTest.keyClick(_edit(room), Qt.Key.Key_J, CTRL)
    chooser = desk.dialog()
    assert isinstance(chooser, Chooser)
    assert chooser.list.currentIndex().row() == chooser.model.rowCount() - 1 > 0
    chooser.box.setText("nothing like it")
    assert chooser.box.accessibleDescription() == "Nothing fits. Try fewer letters."
    chooser.close()


def test_a_page_found_by_its_welsh_title_shows_that_title(desk: Desk) -> None:
    pages = desk.session.findChild(PageList)
    assert pages is not None
    pages._learn([replace(pages.pages[SEIZED], other_titles=("Cerbydau a gymerwyd",))])
    desk.window.board.do("quick.open")
    chooser = desk.dialog()
    assert isinstance(chooser, Chooser)
    chooser.box.setText("gymerwyd")
    assert [choice.detail.partition(" · ")[0] for choice in chooser.model.choices] == ["Cerbydau a gymerwyd"]
    chooser.box.setText("seized")
    assert "Cerbydau" not in chooser.model.choices[0].detail
    chooser.close()


def test_a_long_sentence_at_the_foot_is_not_cut_off_by_what_is_always_there(desk: Desk) -> None:
    desk.session.show_status("words", "662 words")
    desk.session.show_status("saved", "Saved on this computer")
    words = desk.window.status.slots["words"]
    desk.session.notice.emit(LONG)
    assert words.isHidden()
    assert desk.window.status.toolTip() == LONG
    desk.window.status.clearMessage()
    assert not words.isHidden()


def test_finding_and_replacing_fit_a_small_screen_at_twice_the_size(desk: Desk, room: EditorRoom) -> None:
    tab = room.area.current
    assert tab is not None
    desk.session.theme.set_zoom(200)
    desk.window.resize(1366, 768)
    desk.do("edit.replace")
    desk.do("pane.problems")
    bar = tab.find_bar
    desk.bot.waitUntil(lambda: bar.height() >= bar.heightForWidth(bar.width()), timeout=LONGEST)
    assert not tab.details.isVisible()
    assert (desk.window.width(), desk.window.height()) == (1366, 768)
    bar.close_bar()
    desk.do("pane.problems")
    desk.bot.waitUntil(tab.details.isVisible, timeout=LONGEST)


def test_long_work_is_shown_and_ended_by_keyboard(desk: Desk) -> None:
    ended: list[str] = []
    never = threading.Event()

    def work(progress: Progress) -> Outcome[None]:
        while True:
            progress.report(1, 3, "One of three")
            never.wait(0.05)

    desk.session.run(Task("Counting for ever", work), on_end=lambda: ended.append("over"))
    shown = desk.window.status.work
    desk.bot.waitUntil(shown.isVisible, timeout=LONGEST)
    assert shown.button.accessibleName() == "Cancel: Counting for ever"
    for _ in desk.window.panes():
        if not shown.button.hasFocus():
            QTest.keyClick(desk.window, Qt.Key.Key_F6)
    assert shown.button.hasFocus()
    QTest.keyClick(shown.button, Qt.Key.Key_Space)
    desk.bot.waitUntil(lambda: ended == ["over"] and not shown.isVisible(), timeout=LONGEST)
