"""The real window on a real workspace: by keyboard, at every size, in every look."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)

from soh_author.desktop.editor.room import EditorRoom
from soh_author.desktop.error_dialog import ErrorDialog
from soh_author.desktop.furnishing import Home
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.theme.colours import Look
from soh_author.desktop.widgets.asking import ask_yes
from soh_author.domain.errors import NetworkError
from soh_author.domain.ids import PageId
from soh_author.domain.layers import Layer
from soh_author.workflow.task import Outcome, Progress, Task
from tests.desktop.conftest import LONGEST, Desk

SEIZED = PageId("advice/seized-vehicles")
CONTROLS = frozenset(
    {
        QAccessible.Role.Button,
        QAccessible.Role.CheckBox,
        QAccessible.Role.ComboBox,
        QAccessible.Role.EditableText,
        QAccessible.Role.List,
        QAccessible.Role.PageTab,
        QAccessible.Role.RadioButton,
        QAccessible.Role.SpinBox,
        QAccessible.Role.Table,
        QAccessible.Role.Tree,
    }
)


def nameless(widget: QWidget) -> list[str]:
    """Controls below a widget, as a screen reader finds them, that have no name."""
    found: list[str] = []
    waiting: list[QAccessibleInterface] = [QAccessible.queryAccessibleInterface(widget)]
    while waiting:
        one = waiting.pop()
        if not one.isValid():
            continue
        if (
            one.role() in CONTROLS
            and not one.state().invisible
            and not one.text(QAccessible.Text.Name).strip()
        ):
            found.append(f"{one.role().name} {one.object()}")
        if one.role() not in {QAccessible.Role.WebDocument, QAccessible.Role.EditableText}:
            waiting += [one.child(number) for number in range(one.childCount())]
    return found


@pytest.mark.parametrize("room", RoomId)
def test_every_control_of_every_room_has_a_name(desk: Desk, room: RoomId) -> None:
    desk.session.go(Location(room=room, page=SEIZED))
    desk.settle()
    assert nameless(desk.window) == []


def test_the_walk_sees_the_controls_there_are(desk: Desk) -> None:
    button = QPushButton(desk.window)
    button.show()
    assert len(nameless(desk.window)) == 1


def test_a_page_is_found_and_opened_by_keyboard_alone(desk: Desk) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    box = QApplication.focusWidget()
    assert isinstance(box, QLineEdit)
    QTest.keyClicks(box, "seiz")
    QTest.keyClick(box, Qt.Key.Key_Return)
    desk.settle()
    assert desk.session.location.page == SEIZED
    assert desk.session.location.room is RoomId.EDITOR


def test_enter_pressed_before_the_pages_are_read_opens_the_page_once_they_are(
    open_window: Callable[[], Desk], workspace_folder: Path
) -> None:
    desk = open_window()
    box = desk.side.pages.filter
    desk.opening.open_folder(workspace_folder)
    desk.bot.waitUntil(lambda: desk.session.workspace is not None and box.isVisible(), timeout=LONGEST)
    box.setFocus()
    QTest.keyClicks(box, "seiz")
    QTest.keyClick(box, Qt.Key.Key_Return)
    desk.bot.waitUntil(lambda: desk.session.location.page == SEIZED, timeout=LONGEST)


def test_each_menu_is_opened_by_a_letter_of_its_own(desk: Desk) -> None:
    names = [entry.text() for entry in desk.window.menuBar().actions()]
    letters = [name[name.index("&") + 1].lower() for name in names]
    assert len(letters) > 5
    assert len(letters) == len(set(letters)), names


def test_the_list_of_pages_is_walked_by_arrow_keys(desk: Desk) -> None:
    desk.do("pane.pages")
    tree = desk.side.pages.tree
    assert tree.hasFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(tree, key)
    desk.settle()
    assert desk.session.location.page == PageId("advice/lost-property")


def test_an_area_opens_and_closes_by_enter_and_by_a_click_anywhere_on_it(desk: Desk) -> None:
    tree = desk.side.pages.tree
    area = tree.model().index(0, 0)
    tree.setCurrentIndex(area)
    was_open = tree.isExpanded(area)
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert tree.isExpanded(area) is not was_open
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(area).center())
    assert tree.isExpanded(area) is was_open


def test_the_menu_of_a_page_offers_its_own_texts_and_its_versions(desk: Desk) -> None:
    menu = desk.side.pages.menu_for(SEIZED)
    assert [entry.text() for entry in menu.actions() if entry.text()] == [
        "Open the shared text",
        "Open the text of gwent",
        "Open the text of kent",
        "Write own text for btp",
        "Versions of this page",
        "New page…",
    ]
    menu.actions()[2].trigger()
    desk.settle()
    assert desk.session.location.layer == Layer.of_force("kent")
    assert desk.session.location.page == SEIZED


def test_the_filter_is_where_a_person_begins_and_down_leads_into_the_list(desk: Desk) -> None:
    box = QApplication.focusWidget()
    assert box is desk.side.pages.filter
    QTest.keyClicks(box, "hate")
    desk.bot.waitUntil(lambda: desk.side.pages.count.text() == "1 of 3 pages", timeout=LONGEST)
    QTest.keyClick(box, Qt.Key.Key_Down)
    tree = desk.side.pages.tree
    assert tree.hasFocus()
    assert desk.side.pages.model.page_at(tree.currentIndex()) == desk.side.pages.shown[0], "no area"
    desk.do("pane.filter")
    QTest.keyClick(box, Qt.Key.Key_Escape)
    desk.bot.waitUntil(lambda: desk.side.pages.count.text() == "3 pages", timeout=LONGEST)


def test_the_list_tells_how_many_say_a_page_differently(desk: Desk) -> None:
    badges = desk.side.pages.model.badges(SEIZED)
    assert (badges.groups, badges.forces) == (0, 2)


def test_a_long_notice_goes_on_in_a_second_line_and_leaves_again(desk: Desk) -> None:
    status = desk.window.status
    low = status.height()
    desk.session.notice.emit("Everything here is kept, and can be worked on without a connection. " * 4)
    desk.settle()
    assert status.height() > low
    words = status.fontMetrics().horizontalAdvance(status.currentMessage())
    assert status.width() * (status.height() // status.fontMetrics().height()) > words
    status.clearMessage()
    desk.settle()
    assert status.height() == low


def test_a_question_is_as_wide_as_a_line_reads_well(desk: Desk) -> None:
    box = ask_yes(
        desk.window, "Go?", "It goes out at once, and is reviewed afterwards. " * 5, "Go", lambda: None
    )
    desk.settle()
    assert box.width() > 50 * box.fontMetrics().averageCharWidth()
    assert box.width() < desk.window.width()
    box.close()


def test_the_foot_of_the_window_shows_what_a_room_tells_it(desk: Desk) -> None:
    desk.session.show_status("reading_age", "Reading age 11")
    label = desk.window.status.slots["reading_age"]
    assert (label.text(), label.isVisible(), label.accessibleName()) == (
        "Reading age 11",
        True,
        "Reading age 11",
    )
    desk.session.show_status("reading_age", "")
    assert not label.isVisible()


def test_the_foot_counts_the_words_only_where_they_are_written(desk: Desk) -> None:
    desk.session.go(Location(room=RoomId.EDITOR, page=SEIZED))
    desk.settle()
    desk.session.show_status("words", "676 words")
    words = desk.window.status.slots["words"]
    assert words.isVisible()
    desk.session.enter(RoomId.HISTORY)
    assert not words.isVisible()
    desk.session.enter(RoomId.EDITOR)
    assert words.isVisible()


def test_f6_goes_round_the_panes_and_comes_back(desk: Desk) -> None:
    desk.session.go(Location(room=RoomId.HISTORY, page=SEIZED))
    desk.settle()
    seen = []
    for _ in range(len([pane for pane in desk.window.panes() if pane.isVisible()])):
        desk.do("pane.next")
        here = QApplication.focusWidget()
        assert here is not None
        seen.append(
            next(n for n, pane in enumerate(desk.window.panes()) if pane is here or pane.isAncestorOf(here))
        )
    assert sorted(seen) == list(range(len(seen)))


def test_the_palette_finds_an_action_and_does_it(desk: Desk) -> None:
    desk.window.board.do("app.palette")
    dialog = desk.dialog()
    box = desk.type_into_dialog("high contrast")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert desk.session.theme.look is Look.CONTRAST


def test_the_palette_says_why_something_cannot_be_done(desk: Desk) -> None:
    desk.window.board.do("app.palette")
    box = desk.type_into_dialog("discard this draft")
    assert "Start or choose a draft first." in box.accessibleDescription()
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert desk.dialog().isVisible()
    QTest.keyClick(box, Qt.Key.Key_Escape)


def test_quick_open_goes_to_a_page(desk: Desk) -> None:
    desk.window.board.do("quick.open")
    box = desk.type_into_dialog("hate")
    QTest.keyClick(box, Qt.Key.Key_Return)
    desk.settle()
    assert desk.session.location.page == PageId("report/hate-crime")


def test_nothing_is_offered_that_nobody_does(desk: Desk) -> None:
    shown = {action.id for action in desk.window.board.shown()}
    visible = {name for name, action in desk.window.board.qt_actions.items() if action.isVisible()}
    assert visible == shown


def test_an_error_says_what_is_safe_and_what_to_do(desk: Desk) -> None:
    error = NetworkError(
        "The address does not answer.", safe="Your text is on this computer.", todo="Try later."
    )
    desk.session.failed.emit(error)
    dialog = desk.dialog()
    assert isinstance(dialog, ErrorDialog)
    shown = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for said in ("The address does not answer.", "Your text is on this computer.", "Try later."):
        assert said in shown
    dialog.copy_details()
    assert "NetworkError" in QApplication.clipboard().text()
    dialog.close()


def _cut_off(window: QWidget) -> list[str]:
    """Words that don't fit their control."""
    found = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, QAbstractButton | QLabel) or not widget.isVisible() or not widget.text():
            continue
        if isinstance(widget, QLabel) and (widget.wordWrap() or not widget.pixmap().isNull()):
            continue
        if widget.width() < widget.minimumSizeHint().width():
            found.append(f"{type(widget).__name__} “{widget.text()}”")
    return found


@pytest.mark.parametrize("room", RoomId)
def test_twice_the_size_fits_a_small_screen(desk: Desk, room: RoomId) -> None:
    desk.session.theme.set_zoom(200)
    desk.session.go(Location(room=room, page=SEIZED))
    desk.settle()
    desk.window.resize(1366, 768)
    if room is not RoomId.EDITOR:
        desk.bot.waitUntil(lambda: _cut_off(desk.window) == [], timeout=LONGEST)
    least = desk.window.minimumSizeHint()
    assert least.width() <= 1366
    assert least.height() <= 768


def test_a_window_that_opens_at_twice_the_size_fits_too_and_its_text_is_as_large(
    open_window: Callable[[], Desk], home: Home, workspace_folder: Path
) -> None:
    home.personal.parent.mkdir(parents=True, exist_ok=True)
    home.personal.write_text("text_size = 200\n", encoding="utf-8")
    desk = open_window()
    desk.opening.open_folder(workspace_folder)
    desk.settle()
    desk.session.go(Location(room=RoomId.EDITOR, page=SEIZED))
    desk.settle()
    room = desk.window.rooms[RoomId.EDITOR]
    assert isinstance(room, EditorRoom)
    assert room.area.current is not None
    assert room.area.current.edit.font().pixelSize() == 32
    least = desk.window.minimumSizeHint()
    assert (least.width() <= 1366, least.height() <= 768) == (True, True)
    assert (desk.window.width(), desk.window.height()) == (1366, 768)


def test_every_room_can_be_reached_at_twice_the_size_on_a_small_screen(desk: Desk) -> None:
    desk.session.theme.set_zoom(200)
    desk.window.resize(1366, 768)
    desk.settle()
    rail = desk.window.rail
    assert rail is not None
    for room, button in rail.buttons.items():
        button.setFocus()
        QApplication.processEvents()
        seen = button.visibleRegion().boundingRect()
        assert (seen.width(), seen.height()) == (button.width(), button.height()), room
        assert button.text()
    desk.session.theme.set_zoom(100)
    desk.bot.waitUntil(
        lambda: all(
            one.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextUnderIcon
            for one in rail.buttons.values()
        ),
        timeout=LONGEST,
    )


@pytest.mark.parametrize("room", [RoomId.WELCOME, RoomId.HISTORY])
def test_words_that_are_longer_by_two_fifths_fit_too(desk: Desk, room: RoomId) -> None:
    desk.session.go(Location(room=room, page=SEIZED))
    desk.settle()
    for widget in desk.window.findChildren(QWidget):
        if (
            isinstance(widget, QAbstractButton | QLabel)
            and widget.text()
            and not widget.text().startswith("<")
        ):
            widget.setText(widget.text() + "ŵ" * max(1, len(widget.text()) * 2 // 5))
    desk.bot.waitUntil(lambda: _cut_off(desk.window) == [], timeout=LONGEST)
    assert desk.window.minimumSizeHint().width() <= 1366


def test_place_and_size_are_found_again_tomorrow(
    open_window: Callable[[], Desk], desk: Desk, workspace_folder: Path
) -> None:
    desk.session.go(Location(room=RoomId.EDITOR, page=SEIZED, layer=Layer.of_force("kent")))
    desk.window.resize(1111, 700)
    desk.settle()
    desk.close()
    tomorrow = open_window()
    tomorrow.opening.open_last()
    tomorrow.settle()
    assert tomorrow.workspace.folder == workspace_folder
    assert tomorrow.session.location.page == SEIZED
    assert tomorrow.session.location.layer == Layer.of_force("kent")


def test_damaged_state_never_stops_the_window_from_opening(
    open_window: Callable[[], Desk], home: Home, workspace_folder: Path
) -> None:
    home.state.parent.mkdir(parents=True, exist_ok=True)
    home.state.write_text('{"window": "nonsense", "panes": 7, "editor": []', encoding="utf-8")
    home.personal.write_text('theme = 3\ntext_size = "large"\nrecent_workspaces = 1\n', encoding="utf-8")
    desk = open_window()
    desk.opening.open_folder(workspace_folder)
    desk.settle()
    assert desk.session.location.room is RoomId.EDITOR


def test_a_shortcut_of_what_can_not_be_done_says_why(desk: Desk) -> None:
    said: list[str] = []
    desk.session.notice.connect(said.append)
    keys = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(desk.side.pages.tree, Qt.Key.Key_N, keys)
    QTest.keyClick(desk.side.pages.filter, Qt.Key.Key_N, keys)
    assert said == ["New page: Start or choose a draft first."] * 2
    desk.session.enter(RoomId.MATRIX)
    desk.settle()
    said.clear()
    rail = desk.window.panes()[0]
    QTest.keyClick(rail, Qt.Key.Key_N, keys)
    QTest.keyClick(rail, Qt.Key.Key_Z, keys)
    QTest.keyClick(rail, Qt.Key.Key_J, keys | Qt.KeyboardModifier.AltModifier)
    assert said == [
        "New page: Go to the editor first.",
        "Undo the last answer for many cells: Start or choose a draft first.",
    ]


def test_quitting_asks_about_unsaved_text_and_can_be_thought_better_of(desk: Desk) -> None:
    room = desk.window.rooms[RoomId.EDITOR]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "unsaved", lambda: ("Seized vehicles",))
        assert not desk.window.close()
        box = desk.dialog()
        assert isinstance(box, QMessageBox)
        assert "Seized vehicles" in box.informativeText()
        stay = next(button for button in box.buttons() if button.text() == "Stay here")
        stay.click()
    assert desk.window.isVisible()


def test_a_look_is_remembered(open_window: Callable[[], Desk], desk: Desk) -> None:
    desk.do("theme.dark")
    desk.do("zoom.in")
    desk.close()
    assert open_window().session.theme.look is Look.DARK
    assert open_window().session.theme.zoom == 110


def test_slow_work_is_shown_after_a_second_with_a_way_to_stop_it(desk: Desk) -> None:
    def work(progress: Progress) -> Outcome[None]:
        number = 0
        while True:
            number += 1
            progress.report(number % 100, 100, "Counting")

    desk.session.run(Task("Counting sheep", work))
    shown = desk.window.status.work
    desk.bot.waitUntil(shown.isVisible, timeout=LONGEST)
    desk.bot.waitUntil(lambda: shown.title.text() == "Counting", timeout=LONGEST)
    QTest.mouseClick(shown.button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert not shown.isVisible()


def test_in_a_narrow_window_pages_fold_away_beside_a_page_and_come_back_by_key(desk: Desk) -> None:
    desk.session.go(Location(room=RoomId.EDITOR))
    desk.window.resize(700, 600)
    desk.settle()
    assert desk.side.isVisible()
    desk.session.go(Location(room=RoomId.EDITOR, page=SEIZED))
    desk.settle()
    assert not desk.side.isVisible()
    assert desk.window.side_button.isVisible()
    assert desk.window.side_button in desk.window.panes()
    desk.do("pane.pages")
    assert desk.side.isVisible()
    assert not desk.window.side_button.isVisible()
    desk.session.go(Location(room=RoomId.EDITOR, page=PageId("advice/lost-property")))
    desk.settle()
    assert not desk.side.isVisible()
    desk.window.resize(1366, 768)
    desk.settle()
    assert desk.side.isVisible()
    assert not desk.window.side_button.isVisible()
