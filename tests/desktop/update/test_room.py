"""The update room: three texts, a proposal, choices, answers, and one undo each."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from soh_author.desktop.error_dialog import ErrorDialog
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.update.cards import ConflictCard
from soh_author.desktop.update.room import NO_DRAFT, UpdateRoom
from soh_author.domain.comparing.merge import Choice, Piece, PieceKind
from soh_author.domain.ids import ForceId, Language, SectionId
from soh_author.domain.layers import Layer
from soh_author.workflow.drafting import save_private
from soh_author.workflow.overrides.rebase_answers import AnswerKind
from tests.desktop.behind import DRAFT, PAGE, fall_behind
from tests.desktop.conftest import Desk

KENT = Layer.of_force(ForceId("kent"))
KENT_PATH = f"forces/kent/pages/{PAGE}.en.md"
BTP_PATH = f"forces/btp/pages/{PAGE}.en.md"
CLASH = "Call 101 only in the daytime."


def _enter(desk: Desk, draft: str = DRAFT) -> UpdateRoom:
    desk.session.go(Location(room=RoomId.UPDATE, page=PAGE, layer=KENT, force=ForceId("kent"), draft=draft))
    desk.settle()
    found = desk.window.rooms[RoomId.UPDATE]
    assert isinstance(found, UpdateRoom)
    return found


@pytest.fixture
def room(desk: Desk) -> UpdateRoom:
    """Two forces added words where the shared text was changed too."""
    fall_behind(desk.workspace, CLASH)
    return _enter(desk)


def _text(desk: Desk, path: str) -> str:
    return desk.workspace.snapshot(DRAFT).text(path) or ""


def test_the_three_texts_stand_side_by_side(room: UpdateRoom) -> None:
    said = room.view.texts.toPlainText()
    assert "The text above said then" in said
    assert "It says now" in said
    assert "kent says" in said
    assert "only in the daytime" in said


def test_words_that_look_like_html_are_shown_as_they_are_where_one_chooses(qtbot: QtBot) -> None:
    """A label that took them for HTML would hide some of what is chosen."""
    words = "Pay <span style='font-size:0'>twice</span>."
    piece = Piece(PieceKind.CONFLICT, words, words, f"{words} Mine.", f"{words} Theirs.")
    card = ConflictCard(1, ("lead", "body", 0), piece)
    qtbot.addWidget(card)
    shown = [label for label in card.findChildren(QLabel) if "span" in label.text()]
    assert len(shown) == 3
    assert {label.textFormat() for label in shown} == {Qt.TextFormat.PlainText}


def test_places_left_to_choose_are_counted_and_hold_the_acceptance_back(room: UpdateRoom) -> None:
    assert room.view.open_count == 1
    assert room.view.left.text() == "1 place left to choose."
    assert room.view.reason_against(AnswerKind.ACCEPT) == "Choose at each marked place first."
    assert not room.view.buttons[AnswerKind.ACCEPT].isEnabled()


def test_a_choice_is_accepted_for_one_force_and_undone(desk: Desk, room: UpdateRoom) -> None:
    room.view.also.setChecked(False)
    before = _text(desk, KENT_PATH)
    room.view.cards[0].buttons[Choice.THEIRS].click()
    assert "only in the daytime" in room.view.proposal.toPlainText()
    card = room.view.cards[0]
    card.buttons[None].click()
    card.box.setPlainText("Call 101 at any time, day or night.")
    desk.do("update.accept")
    assert "day or night" in _text(desk, KENT_PATH)
    assert "day or night" not in _text(desk, BTP_PATH)
    desk.do("update.undo")
    assert _text(desk, KENT_PATH) == before


def test_one_answer_serves_every_force_with_the_same_texts(desk: Desk, room: UpdateRoom) -> None:
    assert room.view.also.text() == "Also for the other one with the same three texts"
    room.view.cards[0].buttons[Choice.MINE].click()
    desk.do("update.accept")
    assert room.plan is not None
    assert room.plan.items == ()
    assert room.told.text() == "Everything is in step with the text above it."
    desk.do("update.undo")
    assert len(room.plan.items) == 2


def test_still_right_asks_why_and_keeps_the_words(desk: Desk, room: UpdateRoom) -> None:
    room.view.also.setChecked(False)
    desk.do("update.still_right")
    box = desk.type_into_dialog("We answer at night")
    QTest.keyClick(box, Qt.Key.Key_Return)
    desk.settle()
    assert ": We answer at night" in _text(desk, KENT_PATH)
    assert "at any time" in _text(desk, KENT_PATH)


def test_giving_back_takes_the_words_away(desk: Desk, room: UpdateRoom) -> None:
    room.view.also.setChecked(False)
    desk.do("update.give_back")
    assert "at any time" not in _text(desk, KENT_PATH)


def test_without_a_draft_nothing_can_be_answered(room: UpdateRoom) -> None:
    item = room.item
    assert item is not None
    room.view.show_item(item, 0, NO_DRAFT)
    assert room.view.reason_against(AnswerKind.GIVE_BACK) == NO_DRAFT
    assert not room.view.buttons[AnswerKind.GIVE_BACK].isEnabled()


def test_all_pages_can_be_looked_at(desk: Desk, room: UpdateRoom) -> None:
    room.scope.setCurrentIndex(1)
    desk.settle()
    assert room.plan is not None
    assert {item.page for item in room.plan.items} == {PAGE}


def test_f8_goes_from_text_to_text(desk: Desk, room: UpdateRoom) -> None:
    assert room.item is not None
    first = room.item.layer_label
    desk.do("update.next")
    assert room.item is not None
    assert room.item.layer_label != first


def test_own_words_are_written_with_the_three_texts_in_sight(desk: Desk, room: UpdateRoom) -> None:
    room.view.also.setChecked(False)
    before = _text(desk, KENT_PATH)
    desk.do("update.write")
    writing = room.view.writing
    assert writing.isVisible()
    assert room.view.texts.isVisible()
    assert "Call 101 at any time." in writing.box.toPlainText()
    assert writing.box.hasFocus()
    writing.box.setPlainText("Ring us when you can.")
    writing.go.click()
    desk.settle()
    assert "Ring us when you can." in _text(desk, KENT_PATH)
    assert "Ring us" not in _text(desk, BTP_PATH)
    assert not writing.isVisible()
    desk.do("update.undo")
    assert _text(desk, KENT_PATH) == before


def test_words_not_kept_yet_come_back_with_their_text(desk: Desk, room: UpdateRoom) -> None:
    desk.do("update.write")
    room.view.writing.box.setPlainText("Half a sentence")
    assert room.unsaved() == ("When to call, kent",)
    desk.do("update.next")
    assert not room.view.writing.isVisible()
    assert room.unsaved() == ()
    desk.do("update.previous")
    desk.do("update.write")
    assert room.view.writing.box.toPlainText() == "Half a sentence"
    QTest.keyClick(room.view.writing.box, Qt.Key.Key_Escape)
    assert not room.view.writing.isVisible()
    assert room.view.buttons[AnswerKind.STILL_RIGHT].isVisible()


def test_welsh_stands_beside_the_english_it_renders_and_is_written_in_place(desk: Desk) -> None:
    fall_behind(desk.workspace, CLASH)
    snapshot = desk.workspace.snapshot("published")
    old = snapshot.effective_of_layers(PAGE, (), Language.EN).section(SectionId("when"))
    assert old is not None
    path = f"shared/pages/{PAGE}.cy.md"
    welsh = f"---\ntitle: Trosedd casineb\nsummary: Beth\nurl: /cy/\ntranslates: {{when: {old.pin}}}\n---\n"
    save_private(desk.workspace, DRAFT, path, f"{welsh}## Pryd i ffonio {{#when}}\nFfoniwch 101.\n").run()
    room = _enter(desk)
    assert room.plan is not None
    row = next(number for number, item in enumerate(room.plan.items) if item.welsh_pin is not None)
    room.list.setCurrentIndex(room.model.index(row))
    said = room.view.texts.toPlainText()
    assert "The English says now" in said
    assert "Our Welsh" in said
    assert not room.view.buttons[AnswerKind.GIVE_BACK].isVisible()
    desk.do("update.write")
    assert room.view.writing.heading.text() == "Pryd i ffonio"
    room.view.writing.box.setPlainText("Ffoniwch 101 yn ystod y dydd yn unig.")
    room.view.writing.go.click()
    desk.settle()
    assert "yn ystod y dydd" in _text(desk, path)
    assert all(item.welsh_pin is None for item in room.plan.items)


def test_by_keyboard_alone_one_is_answered_written_and_undone(desk: Desk, room: UpdateRoom) -> None:
    before = _text(desk, KENT_PATH)
    room.view.also.setChecked(False)
    QTest.keyClick(room.list, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    box = room.view.writing.box
    assert box.hasFocus()
    QTest.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(box, "Ring us.")
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert room.view.writing.go.hasFocus()
    QTest.keyClick(room.view.writing.go, Qt.Key.Key_Space)
    desk.settle()
    assert "Ring us." in _text(desk, KENT_PATH)
    room.list.setFocus()
    QTest.keyClick(room.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert _text(desk, KENT_PATH) == before


def test_words_stay_in_the_box_when_the_text_moved_meanwhile(desk: Desk, room: UpdateRoom) -> None:
    room.view.also.setChecked(False)
    desk.do("update.write")
    room.view.writing.box.setPlainText("Ring us.")
    elsewhere = _text(desk, KENT_PATH).replace("at any time", "by day")
    save_private(desk.workspace, DRAFT, KENT_PATH, elsewhere).run()
    room.view.writing.go.click()
    desk.settle()
    said = desk.dialog()
    assert isinstance(said, ErrorDialog)
    said.close()
    assert _text(desk, KENT_PATH) == elsewhere
    assert room.view.writing.isVisible()
    assert room.view.writing.box.toPlainText() == "Ring us."
