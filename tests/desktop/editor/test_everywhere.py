"""Find in all pages, and what is made ready for it behind."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from soh_author.desktop.editor.everywhere import WordsChooser
from soh_author.desktop.facts.room import FactsRoom
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.quiet_work import QuietWork
from soh_author.domain.ids import PageId
from soh_author.domain.layers import Layer
from soh_author.workflow.drafting import new_draft, save_private
from tests.desktop.conftest import LONGEST, Desk

KENT_FACTS = "forces/kent/facts.yml"


def test_words_are_found_in_a_force_s_text_and_opened_at_their_line(desk: Desk) -> None:
    desk.session.enter(RoomId.WELCOME)
    desk.window.board.do("find.everywhere")
    box = desk.type_into_dialog("Front des")
    chooser = desk.dialog()
    assert isinstance(chooser, WordsChooser)
    desk.bot.waitUntil(lambda: len(chooser.model.choices) == 2, timeout=LONGEST)
    assert chooser.count.text() == "2 places in 2 texts."
    assert "front desk" in chooser.model.choices[1].spoken
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert chooser.count.text() == "2 of 2"
    QTest.keyClick(box, Qt.Key.Key_Return)
    desk.settle()
    here = desk.session.location
    assert (here.room, here.page, here.layer) == (
        RoomId.EDITOR,
        PageId("advice/seized-vehicles"),
        Layer.of_force("kent"),
    )
    area = desk.window.rooms[RoomId.EDITOR].area  # type: ignore[attr-defined]  # the editor has one
    assert area.current.edit.textCursor().block().text() == "You can also ask at the front desk."


def test_words_of_a_fact_lead_to_that_fact_and_on_to_others(desk: Desk) -> None:
    fact = "  type: count\n  label: Counters open\n  source: none\n  values: [{value: '3'}]\n"
    new_draft(desk.workspace, "facts").run()
    for path in ("shared/facts.yml", KENT_FACTS):
        save_private(desk.workspace, "facts", path, f"desks:\n{fact}counters:\n{fact}").run()
    desk.session.go(Location(RoomId.EDITOR, draft="facts"))
    desk.window.board.do("find.everywhere")
    desk.type_into_dialog("Counters open")
    chooser = desk.dialog()
    assert isinstance(chooser, WordsChooser)
    desk.bot.waitUntil(lambda: len(chooser.model.choices) == 4, timeout=LONGEST)
    assert chooser.model.choices[3].detail == "Facts · kent"
    chooser.list.setCurrentIndex(chooser.model.index(3))
    QTest.keyClick(chooser.box, Qt.Key.Key_Return)
    desk.settle()
    room = desk.window.rooms[RoomId.FACTS]
    assert isinstance(room, FactsRoom)
    assert desk.session.location.room is RoomId.FACTS
    assert room.known is not None
    assert room.known.key == (Layer.of_force("kent"), "counters")
    room.list.setCurrentIndex(room.model.index(0))
    other = room.known.key
    desk.session.go(desk.session.location)
    desk.settle()
    assert room.known.key == other != (Layer.of_force("kent"), "counters")


def test_words_nobody_wrote_are_told_so_and_no_letters_find_nothing(desk: Desk) -> None:
    desk.window.board.do("find.everywhere")
    box = desk.type_into_dialog("qqq")
    chooser = desk.dialog()
    assert isinstance(chooser, WordsChooser)
    desk.bot.waitUntil(lambda: chooser.count.text() == "Nothing was found.", timeout=LONGEST)
    box.clear()
    desk.bot.waitUntil(lambda: chooser.count.text().startswith("All texts"), timeout=LONGEST)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    desk.settle()
    assert desk.session.location.page is None


def test_a_quiet_moment_makes_search_ready_and_the_window_closes_in_its_midst(desk: Desk) -> None:
    quiet = desk.session.findChild(QuietWork)
    assert quiet is not None
    assert desk.workspace.words.count() == 0
    quiet.begin()
    desk.settle()
    assert desk.workspace.words.count() == 6
    desk.workspace.words.forget_all()
    quiet.begin()
    desk.close()
    assert not desk.window.isVisible()
