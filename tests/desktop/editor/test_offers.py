"""After saving, a smaller override is offered: an addition, nothing at all, a fact."""

from soh_author.desktop.compare.fact_making import FactMaking
from soh_author.desktop.editor.room import EditorRoom
from soh_author.desktop.location import Location, RoomId
from soh_author.domain.ids import ForceId
from soh_author.domain.layers import Layer
from tests.desktop.behind import DRAFT, PAGE, fall_behind
from tests.desktop.conftest import Desk

KENT = ForceId("kent")


def _type(desk: Desk, said: str) -> EditorRoom:
    """Kent's own words for the section, typed and saved."""
    fall_behind(desk.workspace, "Call 101.")
    desk.session.go(
        Location(room=RoomId.EDITOR, page=PAGE, layer=Layer.of_force(KENT), force=KENT, draft=DRAFT)
    )
    desk.settle()
    room = desk.window.rooms[RoomId.EDITOR]
    assert isinstance(room, EditorRoom)
    tab = room.area.current
    assert tab is not None
    tab.edit.replace_text(tab.text().replace("Call 101 at any time.", said))
    desk.settle()
    desk.do("text.save")
    return room


def _text(room: EditorRoom) -> str:
    tab = room.area.current
    assert tab is not None
    return tab.text()


def test_a_text_that_only_adds_is_offered_as_an_addition_and_undone_in_one_step(desk: Desk) -> None:
    room = _type(desk, "Call 101.\n\nOr come to the front desk.")
    tab = room.area.current
    assert tab is not None
    assert tab.offer.isVisible()
    assert tab.offer.take.text() == "Keep just what is added"
    before = tab.text()
    tab.offer.take.click()
    desk.settle()
    assert "op: append" in tab.text()
    assert "Call 101." not in tab.text()
    tab.edit.undo()
    assert tab.text() == before


def test_a_text_that_says_what_the_text_above_says_is_offered_to_be_given_back(desk: Desk) -> None:
    room = _type(desk, "Call 101.")
    tab = room.area.current
    assert tab is not None
    assert tab.offer.take.text() == "Give it back"
    tab.offer.take.click()
    desk.settle()
    assert "op: replace" not in tab.text()


def test_a_text_with_another_value_leads_to_making_a_fact(desk: Desk) -> None:
    room = _type(desk, "Call 105.")
    tab = room.area.current
    assert tab is not None
    assert tab.offer.take.text() == "Make it a fact…"
    tab.offer.take.click()
    desk.settle()
    assert isinstance(desk.dialog(), FactMaking)
    assert desk.session.location.room is RoomId.COMPARE
    desk.dialog().close()


def test_what_was_left_once_is_not_offered_again(desk: Desk) -> None:
    room = _type(desk, "Call 101.\n\nOr come to the front desk.")
    tab = room.area.current
    assert tab is not None
    tab.offer.leave.click()
    tab.edit.replace_text(tab.text().replace("front desk.", "front desk at any time."))
    desk.settle()
    desk.do("text.save")
    assert not tab.offer.isVisible()


def test_own_words_are_left_alone(desk: Desk) -> None:
    room = _type(desk, "Ring us whenever you like.")
    tab = room.area.current
    assert tab is not None
    assert not tab.offer.isVisible()
    assert "Ring us" in _text(room)
