"""Replace in all pages: by ticks, in every layer, with one undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from soh_author.desktop.editor.replace_everywhere import ReplaceDialog
from soh_author.desktop.editor.room import EditorRoom
from soh_author.desktop.location import Location, RoomId
from soh_author.domain.ids import PageId
from soh_author.workflow.drafting import new_draft
from tests.desktop.conftest import LONGEST, Desk

SHARED = "shared/pages/advice/seized-vehicles.en.md"
KENT = "forces/kent/pages/advice/seized-vehicles.en.md"
OTHER = "shared/pages/advice/lost-property.en.md"


@pytest.fixture
def asking(desk: Desk) -> ReplaceDialog:
    """The box, in a draft with words in a tab that nobody saved."""
    new_draft(desk.workspace, "fees").run()
    desk.session.go(Location(room=RoomId.EDITOR, page=PageId("advice/seized-vehicles"), draft="fees"))
    desk.settle()
    room = desk.window.rooms[RoomId.EDITOR]
    assert isinstance(room, EditorRoom)
    assert room.area.current is not None
    room.area.current.edit.textCursor().insertText("Not saved: within five days. ")
    desk.window.board.do("replace.everywhere")
    box = desk.dialog()
    assert isinstance(box, ReplaceDialog)
    return box


def _find(desk: Desk, box: ReplaceDialog, words: str, new_words: str) -> None:
    QTest.keyClicks(box.words, words)
    QTest.keyClicks(box.new_words, new_words)
    desk.bot.waitUntil(lambda: "place" in box.told.text(), timeout=LONGEST)
    desk.settle()


def _text(desk: Desk, path: str) -> str:
    return desk.workspace.snapshot("fees").text(path) or ""


def test_words_are_replaced_where_a_tick_stands_and_one_undo_brings_all_back(
    desk: Desk, asking: ReplaceDialog
) -> None:
    _find(desk, asking, "five days", "7 days")
    assert asking.told.text() == "4 places in 3 texts."
    assert asking.go.text() == "Replace 4"
    heads = [asking.list.topLevelItem(number) for number in range(3)]
    titles = [head.text(0) for head in heads if head is not None]
    assert "Seized vehicles · the shared text" in titles
    lost = next(head for head in heads if head is not None and "Lost property" in head.text(0))
    line = lost.child(0)
    assert line is not None
    assert (line.text(0), line.text(1)) == (
        "… write to you within five days.",
        "… write to you within 7 days.",
    )
    lost.setCheckState(0, Qt.CheckState.Unchecked)
    assert asking.go.text() == "Replace 3"
    before = _text(desk, SHARED)
    asking.go.click()
    desk.settle()
    assert _text(desk, SHARED).count("7 days") == 2
    assert "five days" in _text(desk, OTHER)
    desk.do("replace.undo")
    assert _text(desk, SHARED) == before


def test_names_of_sections_and_heads_of_files_are_left_alone(desk: Desk, asking: ReplaceDialog) -> None:
    _find(desk, asking, "next", "then")
    places = {place.says(place.words) for place in asking.places.found}
    assert places == {"## What happens next {#next}"}
    assert all(place.before.endswith("happens ") for place in asking.places.found)


def test_the_words_of_forces_are_replaced_too(desk: Desk, asking: ReplaceDialog) -> None:
    _find(desk, asking, "front desk", "counter")
    asking.go.click()
    desk.settle()
    assert "You can also ask at the counter." in _text(desk, KENT)
    assert "ops:" in _text(desk, KENT)


def test_without_a_tick_nothing_can_be_replaced(desk: Desk, asking: ReplaceDialog) -> None:
    assert not asking.go.isEnabled()
    QTest.keyClicks(asking.words, "nobody wrote this")
    desk.bot.waitUntil(lambda: asking.told.text() == "Not found in any text.", timeout=LONGEST)
    assert not asking.go.isEnabled()
