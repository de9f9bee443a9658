"""The window when the connection is lost after the origin took a release: it says so, and looks by itself."""

import sys

import pytest

from soh_author.desktop.error_dialog import ErrorDialog
from soh_author.desktop.location import RoomId
from soh_author.desktop.sync.looking_again import LookingAgain
from tests.desktop.review.conftest import DRAFT, Journey
from tests.support.people import agree, send

_AWAY = """#!/bin/sh
folder="$(git rev-parse --absolute-git-dir)"
mv "$folder" "$folder.away"
kill -9 "$PPID"
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the hook is a shell script")
def test_it_says_that_nobody_knows_and_tells_by_itself_that_it_went_out(journey: Journey) -> None:
    people, session = journey.people, journey.desk.session
    send(people, DRAFT)
    agree(people.sam, DRAFT)
    people.clock.pass_time(minutes=1)
    journey.desk.do("latest.get")
    journey.enter(RoomId.PUBLISH)
    journey.sign_as("Alex Rees")
    journey.publish.release.lists.tick(DRAFT)
    journey.later()
    hook = people.origin / "hooks" / "post-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(_AWAY, encoding="ascii")
    hook.chmod(0o755)
    journey.desk.do("publish.now")
    journey.say_yes()
    dialog = journey.desk.dialog()
    assert isinstance(dialog, ErrorDialog)
    assert dialog.trouble.title == "It isn’t known whether it arrived"
    dialog.reject()
    people.origin.with_name(f"{people.origin.name}.away").rename(people.origin)
    hook.unlink()
    said: list[str] = []
    session.notice.connect(said.append)
    again = next(each for each in journey.desk.window.findChildren(LookingAgain))
    assert again.timer.isActive(), "it looks by itself"
    again.timer.timeout.emit()
    journey.later()
    assert any("did go out when the connection was lost: it is live." in each for each in said)
