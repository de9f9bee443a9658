"""A change marked as safety that a force's own text keeps from being read is told first."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from soh_author.desktop.editor.room import EditorRoom
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.reach.room import ReachRoom
from soh_author.desktop.widgets.chooser import Chooser
from soh_author.domain.ids import ForceId, SectionId
from soh_author.domain.layers import Layer
from soh_author.workflow.drafting import new_draft, save_private
from soh_author.workflow.opening import init_workspace
from soh_author.workflow.workspace import LIVE
from tests.desktop.behind import OWN, PAGE, SHARED_PATH
from tests.desktop.conftest import NOW, SOMEBODY, Desk
from tests.desktop.content import write_content


@pytest.fixture
def workspace_folder(tmp_path: Path) -> Path:
    """Kent says in its own words when to call; the shared words about it are marked as safety."""
    content = write_content(tmp_path / "content")
    shared = content / SHARED_PATH
    text = shared.read_text(encoding="utf-8")
    marked = text.replace("owner: national-content", "importance: {when: safety}\nowner: national-content")
    shared.write_text(marked, encoding="utf-8")
    own = OWN.format(
        pin="sha256:" + "0" * 64, at="0" * 40, force="kent", by="2027-01-01", more=" at any time"
    )
    path = content / f"forces/kent/pages/{PAGE}.en.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(own, encoding="utf-8")
    folder = tmp_path / "work"
    init_workspace(folder, content, SOMEBODY, lambda: NOW).run().value.close()
    return folder


def test_an_alarm_stands_first_and_leads_to_the_text_that_hides_the_change(desk: Desk) -> None:
    new_draft(desk.workspace, "urgent").run()
    text = desk.workspace.snapshot(LIVE).text(SHARED_PATH)
    assert text is not None
    save_private(desk.workspace, "urgent", SHARED_PATH, text.replace("Call 101.", "Call 999 at once.")).run()
    desk.session.go(Location(room=RoomId.REACH, draft="urgent"))
    desk.settle()
    room = desk.window.rooms[RoomId.REACH]
    assert isinstance(room, ReachRoom)
    head = room.model.index(0, 0)
    assert head.data() == "1 alarm: safety or law that doesn’t reach everybody"
    alarm = room.model.index(0, 0, head)
    assert alarm.data() == (
        "kent won't see a change marked as safety: own text stands instead of “When to call”."
    )
    spot = room.model.spot(alarm)
    assert spot is not None
    assert (spot.force, spot.layer, spot.section) == ("kent", Layer.of_force(ForceId("kent")), "when")


def test_a_section_is_marked_in_the_window_and_the_mark_taken_away(desk: Desk) -> None:
    new_draft(desk.workspace, "marks").run()
    desk.session.go(Location(room=RoomId.EDITOR, page=PAGE, draft="marks", section=SectionId("next")))
    desk.settle()
    room = desk.window.rooms[RoomId.EDITOR]
    assert isinstance(room, EditorRoom)
    for wanted, importance in (("law", "{when: safety, next: law}"), ("neither", "{when: safety}")):
        desk.do("section.mark")
        chooser = desk.dialog()
        assert isinstance(chooser, Chooser)
        chooser.box.setText(wanted)
        QTest.keyClick(chooser.box, Qt.Key.Key_Return)
        desk.settle()
        tab = room.area.current
        assert tab is not None
        assert f"importance: {importance}" in tab.text()
