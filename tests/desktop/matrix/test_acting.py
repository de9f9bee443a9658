"""One answer for many cells: asked for a reason, written at once, undone at once."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.matrix.acting import IN_WELSH, NO_DRAFT, NOT_THE_DRAFT, NOTHING_OWN
from soh_author.desktop.matrix.many_dialog import ManyDialog
from soh_author.desktop.matrix.room import MatrixRoom
from soh_author.domain.ids import ForceId
from tests.desktop.behind import DRAFT, PAGE, fall_behind
from tests.desktop.conftest import LONGEST, Desk

FORCES = ("kent", "btp")


@pytest.fixture
def room(desk: Desk) -> MatrixRoom:
    """Two forces have fallen behind, and their cells are selected."""
    fall_behind(desk.workspace)
    desk.session.go(Location(room=RoomId.MATRIX, draft=DRAFT))
    desk.settle()
    found = desk.window.rooms[RoomId.MATRIX]
    assert isinstance(found, MatrixRoom)
    _select(found)
    return found


def _select(room: MatrixRoom) -> None:
    cells, looked = room.grid.cells, room.looked
    assert looked is not None
    for number, force in enumerate(FORCES):
        index = cells.index(cells.row_of(PAGE), looked.forces.index(ForceId(force)))
        flag = QItemSelectionModel.SelectionFlag
        room.grid.selectionModel().select(index, flag.Select if number else flag.ClearAndSelect)


def _texts(desk: Desk) -> list[str]:
    snapshot = desk.workspace.snapshot(DRAFT)
    return [snapshot.text(f"forces/{force}/pages/{PAGE}.en.md") or "" for force in FORCES]


def _dialog(desk: Desk) -> ManyDialog:
    found = desk.dialog()
    assert isinstance(found, ManyDialog)
    return found


def test_many_texts_are_still_right_for_one_reason_and_one_undo(desk: Desk, room: MatrixRoom) -> None:
    before = _texts(desk)
    desk.do("matrix.still_right")
    dialog = _dialog(desk)
    assert not dialog.go.isEnabled()
    QTest.keyClicks(dialog.why, "We answer at night")
    dialog.has_day.setChecked(True)
    QTest.keyClick(dialog.why, Qt.Key.Key_Return)
    desk.settle()
    for text in _texts(desk):
        assert ": We answer at night" in text
        assert "review_by: 2027-11-22" in text
    looked = room.looked
    assert looked is not None
    row = next(each for each in looked.rows if each.page == PAGE)
    assert {row.cell(ForceId(force)).state.kind.value for force in FORCES} == {"overrides"}
    desk.do("matrix.undo")
    assert _texts(desk) == before


@pytest.mark.usefixtures("room")
def test_many_texts_are_given_back_and_brought_back(desk: Desk) -> None:
    before = _texts(desk)
    desk.do("matrix.give_back")
    dialog = _dialog(desk)
    assert dialog.list.count() == 2
    dialog.why.setText("The shared text says it now")
    dialog.go.click()
    desk.settle()
    assert _texts(desk) == ["", ""]
    desk.do("matrix.undo")
    assert _texts(desk) == before


def test_why_nothing_can_be_done_is_said(desk: Desk, room: MatrixRoom) -> None:
    assert room.reason_against("matrix.still_right") == ""
    room.grid.clearSelection()
    assert room.reason_against("matrix.still_right") == NOTHING_OWN
    room.bar.language.setCurrentIndex(1)
    assert room.reason_against("matrix.give_back") == IN_WELSH
    room.bar.source.setCurrentIndex(1)
    assert room.reason_against("matrix.give_back") == NOT_THE_DRAFT
    desk.session.go(Location(room=RoomId.MATRIX))
    desk.settle()
    assert room.reason_against("matrix.give_back") == NO_DRAFT
    assert not room.footer.buttons["matrix.give_back"].isEnabled()


def test_in_a_low_window_the_filters_make_room_for_the_table(desk: Desk, room: MatrixRoom) -> None:
    assert room.bar.isVisible()
    desk.window.resize(1000, 420)
    desk.settle()
    assert not room.bar.isVisible()
    desk.window.resize(1366, 768)
    desk.settle()
    assert room.bar.isVisible()


def test_the_development_is_told_in_words(desk: Desk, room: MatrixRoom) -> None:
    desk.do("matrix.trend")
    assert room.trend.isVisible()
    assert room.trend.heading.text() == "Nothing was published long enough ago to compare with."
    assert room.trend.list.count() == 1
    desk.do("matrix.overdue")
    assert not room.trend.isVisible()


def test_by_keyboard_alone_cells_are_selected_answered_and_undone(desk: Desk, room: MatrixRoom) -> None:
    before = _texts(desk)
    grid = room.grid
    grid.setFocus()
    grid.clearSelection()
    grid.go_to(PAGE, ForceId("btp"))
    QTest.keyClick(grid, Qt.Key.Key_Home)
    QTest.keyClick(grid, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert len(grid.selected_cells()) == 3
    QTest.keyClick(grid, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    dialog = _dialog(desk)
    assert dialog.why.hasFocus()
    QTest.keyClicks(dialog.why, "Checked")
    QTest.keyClick(dialog.why, Qt.Key.Key_Return)
    desk.settle()
    assert all(": Checked" in text for text in _texts(desk))
    desk.window.activateWindow()  # no window manager here gives it back after the dialog
    desk.bot.waitUntil(desk.window.isActiveWindow, timeout=LONGEST)
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert _texts(desk) == before
