"""The matrix room: what it shows, how one moves in it, and where it leads."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.matrix.room import MatrixRoom
from soh_author.desktop.matrix.signs import LOOKS
from soh_author.domain.ids import ForceId, PageId
from soh_author.domain.layers import Layer
from soh_author.domain.resolving.cells import CellKind
from tests.desktop.behind import DRAFT, PAGE, fall_behind
from tests.desktop.conftest import Desk

SEIZED = PageId("advice/seized-vehicles")
KENT = ForceId("kent")


@pytest.fixture
def room(desk: Desk) -> MatrixRoom:
    """The matrix of a draft in which two forces have fallen behind."""
    fall_behind(desk.workspace)
    desk.session.go(Location(room=RoomId.MATRIX, draft=DRAFT))
    desk.settle()
    found = desk.window.rooms[RoomId.MATRIX]
    assert isinstance(found, MatrixRoom)
    return found


def _spoken(room: MatrixRoom, page: PageId, force: ForceId) -> str:
    room.grid.go_to(page, force)
    return str(room.grid.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))


def test_pages_stand_beside_and_forces_above(room: MatrixRoom) -> None:
    cells = room.grid.cells
    assert (cells.rowCount(), cells.columnCount()) == (3, 3)
    pages = {cells.headerData(row, Qt.Orientation.Vertical) for row in range(3)}
    assert pages == {"Seized vehicles", "Lost property", "Report a hate crime"}
    assert "kent" in {cells.headerData(column, Qt.Orientation.Horizontal) for column in range(3)}


def test_a_cell_is_said_in_words_and_drawn_with_a_sign(room: MatrixRoom) -> None:
    said = _spoken(room, PAGE, KENT)
    assert said == "Report a hate crime, kent: outdated: When to call: replaced, outdated"
    assert _spoken(room, SEIZED, ForceId("btp")) == "Seized vehicles, btp: inherits"
    assert len({look.sign for look in LOOKS.values()}) == len(CellKind)


def test_every_state_has_its_own_sign() -> None:
    assert set(LOOKS) == set(CellKind)


def test_the_cell_one_sees_stays_seen_in_a_smaller_grid(room: MatrixRoom) -> None:
    grid = room.grid
    grid.setCurrentIndex(grid.cells.index(2, 0))
    rows = 3 * grid.rowHeight(0)
    around = grid.height() - grid.viewport().height()
    grid.setFixedHeight(around + rows)
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))
    grid.setFixedHeight(around + rows - grid.rowHeight(0))
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))


def test_pressing_a_state_keeps_only_pages_that_have_it(desk: Desk, room: MatrixRoom) -> None:
    room.legend.chips[CellKind.OUTDATED].click()
    desk.settle()
    assert room.looked is not None
    assert [row.page for row in room.looked.rows] == [PAGE]
    assert room.looked.sentence == "1 page; 2 cells fit."


def test_a_cell_that_does_not_fit_still_says_what_it_is(desk: Desk, room: MatrixRoom) -> None:
    room.legend.chips[CellKind.ADDITIVE].click()
    room.bar.text.setText("hate")
    desk.settle()
    assert room.looked is not None
    assert room.looked.rows == ()
    assert room.footer.told.text() == "Nothing fits. Choose fewer states, or other words."


def test_everything_comes_back_with_one_action(desk: Desk, room: MatrixRoom) -> None:
    room.bar.text.setText("hate")
    room.legend.chips[CellKind.OUTDATED].click()
    desk.settle()
    desk.do("matrix.everything")
    assert room.grid.cells.rowCount() == 3


def test_enter_compares_the_section_that_is_outdated(desk: Desk, room: MatrixRoom) -> None:
    room.grid.go_to(PAGE, KENT)
    QTest.keyClick(room.grid, Qt.Key.Key_Return)
    desk.settle()
    here = desk.session.location
    assert (here.room, here.page, here.force) == (RoomId.COMPARE, PAGE, KENT)
    assert (here.layer, here.section, here.draft) == (Layer.of_force(KENT), "when", DRAFT)


def test_arrow_keys_move_from_cell_to_cell(room: MatrixRoom) -> None:
    room.grid.setFocus()
    before = room.grid.currentIndex()
    QTest.keyClick(room.grid, Qt.Key.Key_Right)
    QTest.keyClick(room.grid, Qt.Key.Key_Down)
    after = room.grid.currentIndex()
    assert (after.row(), after.column()) == (before.row() + 1, before.column() + 1)


def test_the_published_text_can_be_looked_at_instead_of_the_draft(desk: Desk, room: MatrixRoom) -> None:
    room.bar.source.setCurrentIndex(1)
    desk.settle()
    assert _spoken(room, PAGE, KENT).endswith("inherits")


def test_what_is_past_its_review_date_is_listed_and_leads_to_compare(desk: Desk, room: MatrixRoom) -> None:
    desk.do("matrix.overdue")
    assert len(room.overdue.found) == 2
    assert room.overdue.model.choices[0].title == "Report a hate crime: When to call"
    room.overdue.list.activated.emit(room.overdue.model.index(0))
    desk.settle()
    assert desk.session.location.room is RoomId.COMPARE


def test_a_day_before_the_review_date_has_nothing_overdue(desk: Desk, room: MatrixRoom) -> None:
    room.bar.day.setDate(room.bar.day.date().addYears(-1))
    desk.settle()
    assert room.overdue.found == []
    assert room.overdue_button.text() == "Nothing overdue"


def test_selected_cells_are_exported_for_spreadsheets(room: MatrixRoom, tmp_path: Path) -> None:
    room.grid.selectAll()
    file = tmp_path / "matrix.csv"
    room.exporting.export(file)
    rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][:3] == ["page", "title", "force"]
    assert len(rows) == 1 + 9
    assert [PAGE, "Report a hate crime", "kent", "en", "outdated"] in [row[:5] for row in rows]


def test_several_cells_are_counted(room: MatrixRoom) -> None:
    room.grid.selectionModel().select(
        room.grid.cells.index(0, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    room.grid.selectionModel().select(room.grid.cells.index(1, 1), QItemSelectionModel.SelectionFlag.Select)
    assert room.footer.told.text() == "2 cells selected."


def test_how_much_is_shared_is_said_in_a_sentence(room: MatrixRoom) -> None:
    assert room.legend.sentence.text() == (
        "55.6% of the pages that forces publish are the shared text: 5 of 9."
    )


def test_a_new_text_changes_the_matrix(desk: Desk, room: MatrixRoom) -> None:
    desk.session.go(replace(desk.session.location, draft=""))
    desk.settle()
    assert room.looked is not None
    assert room.looked.counts.get(CellKind.OUTDATED, 0) == 0
