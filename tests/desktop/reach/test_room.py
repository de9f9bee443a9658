"""The reach room: whom a draft reaches, and the way to what they read."""

import pytest

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.reach.room import NO_DRAFT, ReachRoom
from soh_author.domain.ids import ForceId
from soh_author.domain.layers import SHARED
from soh_author.workflow.drafting import new_draft
from tests.desktop.behind import DRAFT, PAGE, fall_behind
from tests.desktop.conftest import Desk


@pytest.fixture
def room(desk: Desk) -> ReachRoom:
    """A draft in which the shared text changes, and two forces say something else."""
    fall_behind(desk.workspace)
    desk.session.go(Location(room=RoomId.REACH, draft=DRAFT))
    desk.settle()
    found = desk.window.rooms[RoomId.REACH]
    assert isinstance(found, ReachRoom)
    return found


def _lines(room: ReachRoom) -> list[str]:
    head = room.model.index(0, 0)
    return [room.model.index(row, 0, head).data() for row in range(room.model.rowCount(head))]


def test_forces_that_see_the_same_change_are_one_line(room: ReachRoom) -> None:
    assert room.model.index(0, 0).data() == "Report a hate crime"
    assert _lines(room) == [
        "Btp and kent see this same change and become outdated",
        "Gwent sees another change",
    ]
    assert (
        room.told.text()
        == "btp and kent see this same change and become outdated; gwent sees another change."
    )


def test_a_line_leads_to_what_a_force_reads_now_and_will_read(desk: Desk, room: ReachRoom) -> None:
    room.tree.setCurrentIndex(room.model.index(1, 0, room.model.index(0, 0)))
    desk.do("reach.compare")
    here = desk.session.location
    assert (here.room, here.page, here.force) == (RoomId.COMPARE, PAGE, ForceId("gwent"))
    assert (here.layer, here.draft, here.section) == (SHARED, DRAFT, "when")


def test_a_heading_leads_nowhere_and_says_why(room: ReachRoom) -> None:
    room.tree.setCurrentIndex(room.model.index(0, 0))
    assert room.reason_against("reach.compare") == "Choose a line about some forces first."
    assert not room.compare_button.isEnabled()


def test_without_a_draft_the_room_says_what_it_is_for(desk: Desk, room: ReachRoom) -> None:
    desk.session.go(Location(room=RoomId.REACH))
    desk.settle()
    assert room.told.text() == NO_DRAFT
    assert not room.tree.isVisible()


def test_a_draft_without_changes_reaches_nobody(desk: Desk, room: ReachRoom) -> None:
    new_draft(desk.workspace, "calm").run()
    desk.session.go(Location(room=RoomId.REACH, draft="calm"))
    desk.settle()
    assert room.told.text() == "Nobody reads anything different."
