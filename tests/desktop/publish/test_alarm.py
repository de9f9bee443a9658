"""Emergencies stand on everybody's welcome room until somebody else has reviewed them."""

from soh_author.desktop.location import RoomId
from soh_author.desktop.welcome.room import WelcomeRoom
from soh_author.workflow.release.publishing_emergency import publish_in_emergency
from soh_author.workflow.together.syncing import get_latest
from tests.desktop.review.conftest import DRAFT, Journey
from tests.support.people import send

REASON = "Fraudsters pretend to be us"


def test_an_emergency_is_shown_to_everybody_and_leads_to_its_panel(journey: Journey) -> None:
    people = journey.people
    room = journey.desk.window.rooms[RoomId.WELCOME]
    assert isinstance(room, WelcomeRoom)
    journey.enter(RoomId.WELCOME)
    assert not room.alarm.isVisible()
    send(people, DRAFT)
    get_latest(people.alex.workspace).run()
    publish_in_emergency(people.alex.workspace, [DRAFT], people.alex.signer, REASON).run()
    journey.desk.do("latest.get")
    assert room.alarm.isVisible()
    assert REASON in room.alarm.told.text()
    assert "Alex Rees published" in room.alarm.told.text()
    room.alarm.go.click()
    journey.desk.settle()
    assert journey.desk.session.location.room is RoomId.PUBLISH
    assert journey.publish.panel is journey.publish.urgent
    assert journey.publish.urgent.waiting.count() == 1
