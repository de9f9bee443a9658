"""What the two rooms list, and what they say when there is nothing to list."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.publish.room import PublishRoom
from soh_author.desktop.review.room import ReviewRoom
from soh_author.desktop.room import Room
from soh_author.desktop.sync.send_dialog import SendDialog
from soh_author.workflow.release.reviewing_queue import QueueState
from tests.desktop.conftest import Desk
from tests.desktop.review.conftest import DRAFT, Journey
from tests.support.people import VEHICLES, send, write


def test_the_queue_tells_author_reviewer_state_and_age(journey: Journey) -> None:
    journey.enter(RoomId.REVIEW)
    journey.sign_as("Nia Morgan")
    journey.submit()
    journey.people.clock.pass_time(hours=3)
    journey.review.load()
    journey.desk.settle()
    line = journey.review.list.choices.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert line == f"{DRAFT}, Nia Morgan asks Sam Okafor · waiting for review, 3 hours ago"


def test_a_draft_that_is_not_approved_can_not_be_ticked_and_says_why(journey: Journey) -> None:
    journey.enter(RoomId.REVIEW)
    journey.sign_as("Nia Morgan")
    journey.submit()
    journey.enter(RoomId.PUBLISH)
    item = journey.publish.release.lists.drafts.item(0)
    assert not item.flags() & Qt.ItemFlag.ItemIsUserCheckable
    assert item.toolTip() == "It can’t be ticked: waiting for review."
    assert journey.publish.release.reason_against("publish.now") == "Tick the drafts that go out together."
    assert not journey.publish.release.buttons["publish.now"].isEnabled()


def test_another_tick_makes_another_plan_and_no_tick_makes_none(journey: Journey) -> None:
    journey.enter(RoomId.REVIEW)
    journey.sign_as("Nia Morgan")
    journey.submit()
    journey.sign_as("Alex Rees")
    journey.desk.do("review.approve")
    journey.enter(RoomId.PUBLISH)
    journey.publish.release.lists.tick(DRAFT)
    journey.desk.settle()
    planned = journey.publish.release.plan
    assert planned is not None
    assert planned.wish.drafts == (DRAFT,)
    journey.publish.release.lists.tick(DRAFT, is_on=False)
    journey.desk.settle()
    assert journey.publish.release.plan is None
    assert journey.publish.release.paper.toPlainText() == "Tick the drafts that go out together."


def test_content_without_a_policy_says_so_in_both_rooms(desk: Desk) -> None:
    review, publish = (desk.window.rooms[room] for room in (RoomId.REVIEW, RoomId.PUBLISH))
    assert isinstance(review, ReviewRoom)
    assert isinstance(publish, PublishRoom)
    both: tuple[tuple[Room, QLabel, str], ...] = (
        (review, review.told, "review.approve"),
        (publish, publish.release.told, "publish.now"),
    )
    for room, told, action in both:
        desk.session.go(Location(room=room.room_id))
        desk.settle()
        assert told.text().startswith("Nothing")
        assert room.reason_against(action).startswith("This content has no policy yet")


def test_two_drafts_that_are_chosen_are_sent_and_approved_together(journey: Journey) -> None:
    write(journey.people.nia, "extra", VEHICLES, "the notice.", "the notice and a passport.")
    for draft in (DRAFT, "extra"):
        send(journey.people, draft)
    journey.enter(RoomId.REVIEW)
    journey.sign_as("Nia Morgan")
    room = journey.review
    together = room.buttons["review.together"]
    assert list(room.list.drafts) == [DRAFT]
    assert not together.isVisible()
    QTest.keyClick(room.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    journey.desk.settle()
    assert together.isVisible()
    assert not room.buttons["draft.send"].isVisible()
    assert "2 pages for 3 forces will read differently" in room.paper.toPlainText()
    assert "“fees” and “extra” as they are read together" in room.paper.toPlainText()
    journey.desk.do("review.together")
    asked = journey.desk.dialog()
    assert isinstance(asked, SendDialog)
    assert asked.windowTitle() == "Send “fees” and “extra” for review together"
    asked.go.click()
    journey.later()
    journey.sign_as("Sam Okafor")
    room.list.choose("extra")
    journey.desk.settle()
    assert list(room.list.drafts) == ["extra", DRAFT], "what was sent together is looked at together"
    journey.desk.do("review.approve")
    journey.later()
    assert {each.state for each in room.list.waiting} == {QueueState.APPROVED}
    line = room.list.choices.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "approved, together with “fees”" in line
    journey.enter(RoomId.PUBLISH)
    journey.sign_as("Alex Rees")
    lists = journey.publish.release.lists
    lists.tick(DRAFT)
    journey.desk.settle()
    assert sorted(lists.ticked) == ["extra", DRAFT], "what has one yes goes out together"
    assert journey.publish.release.reason_against("publish.now") == ""
    lists.tick("extra", is_on=False)
    assert lists.ticked == ()


def test_the_draft_of_another_place_is_chosen_as_soon_as_it_waits(journey: Journey) -> None:
    send(journey.people, DRAFT)
    write(journey.people.nia, "extra", VEHICLES, "the notice.", "the notice and a passport.")
    journey.enter(RoomId.REVIEW)
    journey.sign_as("Nia Morgan")
    assert list(journey.review.list.drafts) == [DRAFT]
    journey.enter(RoomId.REVIEW, "extra")
    assert list(journey.review.list.drafts) == [DRAFT], "it doesn't wait yet"
    journey.submit("extra")
    assert list(journey.review.list.drafts) == ["extra"]
    journey.review.list.choose(DRAFT)
    journey.desk.settle()
    journey.enter(RoomId.EDITOR, "extra")
    journey.enter(RoomId.REVIEW, "extra")
    assert list(journey.review.list.drafts) == [DRAFT], "a person's own choice stays"


def test_where_there_is_no_room_the_queue_and_the_comments_take_turns(journey: Journey) -> None:
    send(journey.people, DRAFT)
    journey.enter(RoomId.REVIEW)
    room, window = journey.review, journey.desk.window
    assert room.list.isVisible()
    assert room.comments.isVisible()
    assert not room.narrow.switch.isVisible()
    journey.desk.session.theme.set_zoom(200)
    window.resize(1366, 768)
    journey.desk.settle()
    assert (room.list.isVisible(), room.comments.isVisible()) == (True, False)
    assert not room.buttons["review.pack"].isVisible()
    room.more.menu().aboutToShow.emit()
    offered = [action for action in room.more.menu().actions() if action.isEnabled()]
    assert [action.text() for action in offered] == ["Fact-check pack…"], "nobody signs yet"
    assert room.buttons["review.approve"].isVisible()
    room.narrow.switch.click()
    assert (room.list.isVisible(), room.comments.isVisible()) == (False, True)
    journey.desk.settle()
    least = window.minimumSizeHint()
    assert least.width() <= 1366
    assert least.height() <= 768
