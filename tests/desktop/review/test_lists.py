"""What the two rooms list, and what they say when there is nothing to list."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.publish.room import PublishRoom
from soh_author.desktop.review.room import ReviewRoom
from soh_author.desktop.room import Room
from tests.desktop.conftest import Desk
from tests.desktop.review.conftest import DRAFT, Journey


def test_the_queue_tells_author_reviewer_state_and_age(journey: Journey) -> None:
    journey.enter(RoomId.REVIEW)
    journey.sign_as("Nia Morgan")
    journey.submit()
    journey.people.clock.pass_time(hours=3)
    journey.review.load()
    journey.desk.settle()
    line = journey.review.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
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
