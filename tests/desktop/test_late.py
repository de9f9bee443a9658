"""Rooms and verbs that are made when they are first needed."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from soh_author.desktop.drafts.verbs import Drafts
from soh_author.desktop.editor.room import EditorRoom
from soh_author.desktop.furnishing import Home
from soh_author.desktop.late_verbs import LateVerbs
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.preferences import Preferences
from soh_author.desktop.rooms import DOORS
from soh_author.domain.ids import PageId
from soh_author.domain.layers import SHARED, Layer
from tests.desktop.conftest import LONGEST, Desk

SEIZED = PageId("advice/seized-vehicles")
KENT = Layer.of_force("kent")
OF_OTHERS = {RoomId.EDITOR: {"comment.add", "pane.comments"}}
"""What can only be done in a room, but isn't done by the room itself."""


def test_every_room_carries_out_what_its_door_says(desk: Desk) -> None:
    for room_id, door in DOORS.items():
        own = set(desk.window.rooms[room_id].handlers())
        assert set(door.actions) == own | OF_OTHERS.get(room_id, set()), room_id


def test_verbs_made_late_carry_out_what_was_said_of_them(desk: Desk, home: Home) -> None:
    drafts = Drafts(desk.session, desk.window)
    late = LateVerbs(
        desk.session,
        Preferences(home.personal),
        desk.window,
        drafts,
        home.personal.parent,
        editor=lambda: desk.window.rooms[RoomId.EDITOR],
    )
    for verbs, names in late.carried_out:
        assert set(verbs().handlers()) == set(names)
    desk.settle()


def test_a_window_opens_with_the_editor_and_nothing_else(
    open_window: Callable[[RoomId], Desk], workspace_folder: Path
) -> None:
    desk = open_window(RoomId.EDITOR)
    desk.opening.open_folder(workspace_folder)
    desk.settle()
    assert [room.room_id for room in desk.window.rooms.made] == [RoomId.EDITOR]
    offered = {action.id for action in desk.window.board.shown()}
    assert {"review.approve", "panel.audit", "matrix.export"} <= offered
    desk.window.activateWindow()
    desk.bot.waitUntil(desk.side.pages.filter.hasFocus, timeout=LONGEST)


def test_a_room_entered_for_the_first_time_shows_the_place_the_person_is_at(desk: Desk) -> None:
    desk.session.go(Location(RoomId.EDITOR, SEIZED))
    desk.settle()
    assert desk.window.rooms.if_made(RoomId.HISTORY) is None
    desk.do("room.history")
    shown = desk.window.rooms.if_made(RoomId.HISTORY)
    assert shown is not None
    assert desk.window.stack.currentWidget() is shown.widget
    assert shown.versions  # type: ignore[attr-defined]  # the room of versions has them


def test_a_panel_is_reached_from_another_room_before_anybody_was_there(desk: Desk) -> None:
    desk.do("panel.audit")
    assert desk.session.location.room is RoomId.PUBLISH


def test_a_folder_that_cannot_be_opened_leads_to_the_welcome(
    open_window: Callable[[RoomId], Desk], tmp_path: Path
) -> None:
    desk = open_window(RoomId.EDITOR)
    desk.opening.open_folder(tmp_path / "nowhere")
    desk.settle()
    desk.dialog().close()
    assert desk.session.location.room is RoomId.WELCOME


def test_texts_and_carets_are_found_again_tomorrow(
    open_window: Callable[[RoomId], Desk], workspace_folder: Path
) -> None:
    today = open_window(RoomId.EDITOR)
    today.opening.open_folder(workspace_folder)
    today.settle()
    for layer in (SHARED, KENT):
        today.session.go(Location(RoomId.EDITOR, SEIZED, layer))
        today.settle()
    today.close()
    for first in (RoomId.EDITOR, RoomId.WELCOME):
        tomorrow = open_window(first)
        tomorrow.opening.open_last()
        tomorrow.settle()
        room = tomorrow.window.rooms[RoomId.EDITOR]
        assert isinstance(room, EditorRoom)
        tomorrow.bot.waitUntil(lambda room=room: len(room.area.tabs) == 2, timeout=LONGEST)  # type: ignore[misc]  # the loop's value
        assert {tab.key.layer for tab in room.area.tabs} == {SHARED, KENT}
        tomorrow.close()


def test_starting_the_window_reads_no_room_but_those_it_shows() -> None:
    script = "import sys, soh_author.desktop.furnishing; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    read = [name for name in found.stdout.split() if name.startswith("soh_author.desktop.")]
    assert [name for name in read if name.endswith(".room")] == ["soh_author.desktop.room"]
