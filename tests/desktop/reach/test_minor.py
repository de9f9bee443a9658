"""A minor change: whoever has own words is not asked again; refused where more than the wording changed."""

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.reach.room import ReachRoom
from soh_author.domain.ids import ForceId, Language, SectionId
from soh_author.domain.resolving.drift import drift_of
from tests.desktop.behind import DRAFT, PAGE, SHARED_PATH, fall_behind
from tests.desktop.conftest import LONGEST, Desk


def _enter(desk: Desk, now: str) -> ReachRoom:
    fall_behind(desk.workspace, now)
    desk.session.go(Location(room=RoomId.REACH, draft=DRAFT))
    desk.settle()
    found = desk.window.rooms[RoomId.REACH]
    assert isinstance(found, ReachRoom)
    return found


def _asked(desk: Desk) -> QMessageBox:
    desk.bot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox), timeout=LONGEST)
    found = QApplication.activeModalWidget()
    assert isinstance(found, QMessageBox)
    return found


def _drift(desk: Desk) -> list[str]:
    snapshot = desk.workspace.snapshot(DRAFT)
    effective = snapshot.effective(PAGE, ForceId("kent"), Language.EN, desk.session.today())
    return [drift_of(trace).value for trace in effective.ops]


def test_a_minor_change_keeps_own_words_in_step_and_is_undone(desk: Desk) -> None:
    _enter(desk, "Call us on 101.")
    assert _drift(desk) == ["outdated"]
    desk.do("reach.minor")
    box = _asked(desk)
    assert "2 texts stay in step" in box.informativeText()
    box.buttons()[0].click()
    desk.settle()
    assert _drift(desk) == ["current"]
    desk.do("reach.undo")
    assert _drift(desk) == ["outdated"]


def test_more_than_wording_is_refused_in_words(desk: Desk) -> None:
    _enter(desk, "You must call 102.")
    desk.do("reach.minor")
    box = _asked(desk)
    assert box.text() == "This change is more than minor"
    assert "“101”; now “102”" in box.informativeText()
    assert "is asked to look again" in box.informativeText()
    box.buttons()[0].click()
    assert _drift(desk) == ["outdated"]


def test_in_the_editor_it_is_said_of_the_section_the_caret_is_in(desk: Desk) -> None:
    fall_behind(desk.workspace, "Call us on 101.")
    desk.session.go(Location(room=RoomId.EDITOR, page=PAGE, draft=DRAFT, section=SectionId("when")))
    desk.settle()
    room = desk.window.rooms[RoomId.EDITOR]
    assert room.reason_against("section.minor") == ""
    desk.do("section.minor")
    _asked(desk).buttons()[0].click()
    desk.settle()
    assert _drift(desk) == ["current"]
    assert "Call us on 101." in (desk.workspace.snapshot(DRAFT).text(SHARED_PATH) or "")
    desk.do("section.minor_undo")
    assert _drift(desk) == ["outdated"]


@pytest.mark.parametrize("action", ["section.minor", "section.minor_undo"])
def test_why_it_cannot_be_said_here_is_told(desk: Desk, action: str) -> None:
    fall_behind(desk.workspace)
    desk.session.go(Location(room=RoomId.EDITOR, draft=DRAFT))
    desk.settle()
    assert desk.window.rooms[RoomId.EDITOR].reason_against(action)
