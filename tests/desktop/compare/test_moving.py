"""A wording moves between layers only after its proof was shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from soh_author.desktop.compare.moving import NO_DRAFT
from soh_author.desktop.compare.room import CompareRoom
from soh_author.desktop.location import Location, RoomId
from soh_author.domain.ids import ForceId
from soh_author.domain.layers import Layer
from tests.desktop.behind import DRAFT, PAGE, SHARED_PATH, fall_behind
from tests.desktop.conftest import LONGEST, Desk

KENT_PATH = f"forces/kent/pages/{PAGE}.en.md"


@pytest.fixture
def room(desk: Desk) -> CompareRoom:
    """One section across all forces; two of three word it alike."""
    fall_behind(desk.workspace)
    kent = ForceId("kent")
    desk.session.go(
        Location(room=RoomId.COMPARE, page=PAGE, layer=Layer.of_force(kent), force=kent, draft=DRAFT)
    )
    desk.settle()
    found = desk.window.rooms[RoomId.COMPARE]
    assert isinstance(found, CompareRoom)
    desk.do("compare.across")
    found.across.section.setCurrentIndex(found.across.section.findData("when"))
    found.across.section.activated.emit(0)
    desk.settle()
    return found


def _choose(room: CompareRoom, forces: set[str]) -> None:
    assert room.across.across is not None
    wordings = room.across.across.wordings
    row = next(number for number, each in enumerate(wordings) if set(each.forces) == forces)
    room.across.list.setCurrentIndex(room.across.model.index(row))


def _answer(desk: Desk, why: str) -> QMessageBox:
    box = desk.type_into_dialog(why)
    QTest.keyClick(box, Qt.Key.Key_Return)
    desk.bot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox), timeout=LONGEST)
    found = QApplication.activeModalWidget()
    assert isinstance(found, QMessageBox)
    return found


def test_a_wording_becomes_the_shared_text_and_is_undone(desk: Desk, room: CompareRoom) -> None:
    _choose(room, {"kent", "btp"})
    desk.do("wording.share")
    box = _answer(desk, "Two of three say so")
    assert "When to call: promoted to the shared text." in box.informativeText()
    assert "These forces will read something else: gwent." in box.informativeText()
    box.buttons()[0].click()
    desk.settle()
    snapshot = desk.workspace.snapshot(DRAFT)
    assert "Call 101 at any time." in (snapshot.text(SHARED_PATH) or "")
    assert "at any time" not in (snapshot.text(KENT_PATH) or "")
    desk.do("wording.undo")
    assert "at any time" in (desk.workspace.snapshot(DRAFT).text(KENT_PATH) or "")


def test_nothing_is_written_when_the_answer_is_no(desk: Desk, room: CompareRoom) -> None:
    _choose(room, {"kent", "btp"})
    before = desk.workspace.snapshot(DRAFT).text(SHARED_PATH)
    desk.do("wording.leave")
    box = _answer(desk, "Each has its own way")
    box.reject()
    desk.settle()
    assert desk.workspace.snapshot(DRAFT).text(SHARED_PATH) == before


def test_what_is_shared_already_is_not_promoted(room: CompareRoom) -> None:
    _choose(room, {"gwent"})
    assert room.reason_against("wording.share") == "This is the shared text already."


def test_what_is_published_is_not_moved(desk: Desk, room: CompareRoom) -> None:
    desk.session.location = Location(room=RoomId.COMPARE, page=PAGE)
    assert room.moving.reason_against("wording.share") == NO_DRAFT
    assert room.moving.reason_against("wording.undo") == "No wording was moved yet."
