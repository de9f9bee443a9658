"""The compare room: two sides, what differs, and the ways to look at it."""

import pytest

from soh_author.desktop.compare.bar import LISTEN, PAGES
from soh_author.desktop.compare.document import Paper, one_column, side_by_side
from soh_author.desktop.compare.room import CompareRoom
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.theme.colours import LIGHT
from soh_author.desktop.widgets.eliding import ElidingBox
from soh_author.domain.ids import ForceId, SectionId
from soh_author.domain.layers import SHARED, Layer
from soh_author.workflow.workspace import LIVE
from tests.desktop.behind import DRAFT, PAGE, fall_behind
from tests.desktop.conftest import Desk

KENT = Layer.of_force(ForceId("kent"))
PAPER = Paper(LIGHT, str)


@pytest.fixture
def room(desk: Desk) -> CompareRoom:
    """Kent's text of a page beside the shared text that has moved on."""
    fall_behind(desk.workspace)
    place = Location(
        room=RoomId.COMPARE,
        page=PAGE,
        layer=KENT,
        force=ForceId("kent"),
        draft=DRAFT,
        section=SectionId("when"),
    )
    desk.session.go(place)
    desk.settle()
    found = desk.window.rooms[RoomId.COMPARE]
    assert isinstance(found, CompareRoom)
    return found


def test_the_shared_text_stands_beside_the_force(room: CompareRoom) -> None:
    left, right = room.sides
    assert (left.layer, left.source) == (SHARED, DRAFT)
    assert (right.layer, right.source) == (KENT, DRAFT)
    assert room.heading.text() == "Report a hate crime"
    assert [title.text() for title in room.text.titles] == ["The shared text", "Kent"]


def test_words_are_marked_by_sign_line_and_colour(room: CompareRoom) -> None:
    assert room.found is not None
    html = side_by_side(room.found, PAPER)
    assert "−</b>" in html
    assert "+</b>" in html
    assert f'<s><span style="background-color:{LIGHT.removed}">or report it online</span></s>' in html
    assert f'<u><span style="background-color:{LIGHT.added}">at any time</span></u>' in html


def test_rows_speak_of_sections(room: CompareRoom) -> None:
    assert room.found is not None
    assert [row.sentence for row in room.found.differences] == ["When to call: replaced"]
    assert room.bar.count.text() == "1 of 1: When to call: replaced"


def test_one_column_says_in_words_what_was_removed_and_added(desk: Desk, room: CompareRoom) -> None:
    room.bar.shown_as.setCurrentText(LISTEN)
    desk.settle()
    said = room.text.text.toPlainText()
    assert "When to call: replaced" in said
    assert "[removed: or report it online]" in said
    assert "[added: at any time]" in said
    assert "The same on both sides: The text at the head of the page, What happens next." in said


def test_text_that_looks_like_a_tag_stays_text(desk: Desk) -> None:
    fall_behind(desk.workspace, "Call `<b>101</b>` & wait.")
    desk.session.go(Location(room=RoomId.COMPARE, page=PAGE, draft=DRAFT))
    desk.settle()
    room = desk.window.rooms[RoomId.COMPARE]
    assert isinstance(room, CompareRoom)
    assert room.found is not None
    assert "<b>101</b>" not in side_by_side(room.found, PAPER)
    assert "<b>101</b>" not in one_column(room.found, PAPER)
    assert "<b>101</b>" in room.text.text.toPlainText()


def test_without_a_force_what_is_live_stands_beside_the_draft(desk: Desk, room: CompareRoom) -> None:
    desk.session.go(Location(room=RoomId.COMPARE, page=PAGE, draft=DRAFT))
    desk.settle()
    left, right = room.sides
    assert (left.layer, left.source) == (SHARED, LIVE)
    assert (right.layer, right.source) == (SHARED, DRAFT)


def test_sides_are_swapped(desk: Desk, room: CompareRoom) -> None:
    desk.do("compare.swap")
    assert [title.text() for title in room.text.titles] == ["Kent", "The shared text"]


def test_another_force_is_compared_when_it_is_chosen(desk: Desk, room: CompareRoom) -> None:
    room.sides[0].who.setCurrentIndex(room.sides[0].who.findData("force:btp"))
    desk.settle()
    assert room.found is not None
    assert room.found.differences == ()
    assert room.reason_against("compare.next") == "Nothing differs."


def test_a_choice_with_little_room_ends_in_dots_and_its_tip_has_all_of_it(room: CompareRoom) -> None:
    who = room.sides[0].who
    who.setFixedWidth(3 * who.height())
    who.grab()
    assert isinstance(who, ElidingBox)
    assert who.shown.endswith("…"), "not cut off in the middle of a letter"
    assert who.toolTip() == who.currentText()
    who.setFixedWidth(20 * who.height())
    who.grab()
    assert (who.shown, who.toolTip()) == (who.currentText(), "")


def test_a_day_can_be_chosen(desk: Desk, room: CompareRoom) -> None:
    side = room.sides[0]
    side.when.setCurrentIndex(side.when.count() - 1)
    desk.settle()
    assert side.source == "2026-11-22"
    assert side.day.isVisible()
    assert room.found is not None


def test_f8_steps_from_difference_to_difference(desk: Desk, room: CompareRoom) -> None:
    desk.do("compare.next")
    assert room.at == 0
    assert room.text.text.textCursor().block().text().startswith("When to call")


def test_what_is_the_same_is_shown_when_asked_for(desk: Desk, room: CompareRoom) -> None:
    assert "We write to you within five days." not in room.text.text.toPlainText()
    desk.do("compare.same")
    assert "We write to you within five days." in room.text.text.toPlainText()


@pytest.mark.browser
def test_both_sides_are_shown_as_pages(desk: Desk, room: CompareRoom) -> None:
    room.bar.shown_as.setCurrentText(PAGES)
    desk.settle()
    assert room.pages is not None
    assert [title.text() for title in room.pages.titles] == [
        "The shared text, as read in kent",
        "Kent, as read in kent",
    ]
    words: list[str] = []

    def read() -> bool:
        if room.pages is not None:
            room.pages.views[1].read_text(words.append)
        return bool(words) and "Call 101 at any time" in words[-1]

    desk.bot.waitUntil(read, timeout=20_000)


def test_one_section_is_seen_across_all_forces(desk: Desk, room: CompareRoom) -> None:
    desk.do("compare.across")
    assert room.across.across is not None
    said = {choice.detail: choice.title for choice in room.across.model.choices}
    assert said == {"btp, kent": "2 forces", "gwent": "1 force: the shared text"}
    assert not room.sides[0].isVisible()
    assert "at any time" in room.across.text.toPlainText()


def test_another_section_can_be_chosen_across_all_forces(desk: Desk, room: CompareRoom) -> None:
    desk.do("compare.across")
    room.across.section.setCurrentIndex(room.across.section.findData("next"))
    room.across.section.activated.emit(room.across.section.currentIndex())
    desk.settle()
    assert room.across.told.text() == "What happens next: 1 wording at 3 forces."


def test_what_fell_behind_is_shown_in_three_columns(desk: Desk, room: CompareRoom) -> None:
    desk.do("compare.three")
    said = room.outdated.text.toPlainText()
    assert "The text above said then" in said
    assert "It says now" in said
    assert "kent says" in said
    desk.do("compare.next")
    assert room.at == 0
    assert desk.window.status.currentMessage().startswith("kent, When to call: replaced, outdated")
