"""Drafts travel in the window: the latest, sending, what both wrote, and no connection said calmly."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton

from soh_author.desktop.drafts.elsewhere import ElsewhereNote
from soh_author.desktop.editor.room import EditorRoom
from soh_author.desktop.error_dialog import ErrorDialog
from soh_author.desktop.location import RoomId
from soh_author.desktop.sync.cards_dialog import CardsDialog
from soh_author.desktop.sync.send_dialog import SendDialog
from soh_author.desktop.widgets.asking import Question
from soh_author.desktop.widgets.chooser import Chooser
from soh_author.domain.comparing.merge import Choice
from soh_author.domain.ids import PageId
from soh_author.gitstore.origin import set_origin
from soh_author.workflow.drafting import recently_discarded
from soh_author.workflow.together.sending import discard_sent, send_draft
from soh_author.workflow.together.syncing import get_latest
from tests.desktop.conftest import LONGEST, Desk
from tests.workflow.two_desks import PATH, Desks, changed, make_desks, read, write

PAGE = PageId("advice/seized-vehicles")
INSURED = ("not insured", "not taxed")
NOTICE = ("Bring the notice.", "Bring the notice and a passport.")
PHOTO = ("Bring the notice.", "Bring the notice and a photo.")


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """Alice, Bob and the origin; Bob's workspace is the one in the window."""
    made = make_desks(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(open_window: Callable[[], Desk], desks: Desks) -> Desk:
    """The window with Bob's workspace, on his draft “april”."""
    write(desks.bob, "april", PATH, changed(NOTICE))
    made = open_window()
    made.opening.open_folder(desks.bob.folder)
    made.settle()
    made.session.go(made.session.location.at_page(PAGE))
    _work_on(made, "april")
    return made


def _work_on(desk: Desk, draft: str) -> None:
    location = desk.session.location
    desk.session.go(type(location)(RoomId.EDITOR, location.page, draft=draft))
    desk.settle()


def _notices(desk: Desk) -> list[str]:
    said: list[str] = []
    desk.session.notice.connect(said.append)
    return said


def test_the_latest_comes_in_and_nobody_is_asked_about_other_sections(desk: Desk, desks: Desks) -> None:
    desks.publish({PATH: changed(INSURED)})
    desk.do("latest.get")
    assert read(desk.workspace, "april") == changed(INSURED, NOTICE)
    assert desk.window.findChildren(CardsDialog) == []


def test_what_is_being_typed_is_saved_first_and_the_open_text_shows_what_came(
    desk: Desk, desks: Desks
) -> None:
    room = desk.window.rooms[RoomId.EDITOR]
    assert isinstance(room, EditorRoom)
    tab = room.area.current
    assert tab is not None
    tab.edit.moveCursor(QTextCursor.MoveOperation.End)
    tab.edit.insertPlainText("Typed now.\n")
    desks.publish({PATH: changed(INSURED)})
    desk.do("latest.get")
    desk.bot.waitUntil(lambda: tab.text() == changed(INSURED, NOTICE) + "Typed now.\n", timeout=LONGEST)
    assert read(desk.workspace, "april") == changed(INSURED, NOTICE) + "Typed now.\n"


def test_the_same_section_is_a_card_and_the_choice_is_written(desk: Desk, desks: Desks) -> None:
    desks.publish({PATH: changed(PHOTO)})
    desk.do("latest.get")
    cards = desk.dialog()
    assert isinstance(cards, CardsDialog)
    assert cards.place.text() == "The section “What to bring”"
    assert "The shared text of “Seized vehicles”. You and" in cards.told.text()
    assert read(desk.workspace, "april") == changed(NOTICE)
    cards.choices[Choice.THEIRS].click()
    desk.settle()
    assert read(desk.workspace, "april") == changed(PHOTO)


def test_own_words_are_written(desk: Desk, desks: Desks) -> None:
    desks.publish({PATH: changed(PHOTO)})
    desk.do("latest.get")
    cards = desk.dialog()
    assert isinstance(cards, CardsDialog)
    cards.own.setPlainText("Bring everything.")
    cards.write.click()
    desk.settle()
    assert read(desk.workspace, "april") == changed(("Bring the notice.", "Bring everything."))


def test_deciding_later_writes_nothing_and_asks_again(desk: Desk, desks: Desks) -> None:
    desks.publish({PATH: changed(PHOTO)})
    desk.do("latest.get")
    desk.dialog().reject()
    desk.settle()
    assert read(desk.workspace, "april") == changed(NOTICE)
    desk.do("latest.get")
    assert isinstance(desk.dialog(), CardsDialog)
    desk.dialog().reject()


def test_several_cards_are_asked_one_by_one_and_one_can_go_back(desk: Desk, desks: Desks) -> None:
    write(desks.bob, "april", PATH, changed(NOTICE, ("not insured", "not licensed")))
    desks.publish({PATH: changed(PHOTO, INSURED)})
    desk.do("latest.get")
    cards = desk.dialog()
    assert isinstance(cards, CardsDialog)
    assert "1 of 2" in cards.told.text()
    cards.choices[Choice.MINE].click()
    assert "2 of 2" in cards.told.text()
    cards.back.click()
    cards.choices[Choice.THEIRS].click()
    cards.choices[Choice.MINE].click()
    desk.settle()
    assert read(desk.workspace, "april") == changed(NOTICE, INSURED)


def test_own_words_are_still_there_when_it_was_put_off(desk: Desk, desks: Desks) -> None:
    desks.publish({PATH: changed(PHOTO)})
    desk.do("latest.get")
    cards = desk.dialog()
    assert isinstance(cards, CardsDialog)
    assert cards.before.text() == "Before: Bring the notice."
    cards.own.selectAll()
    cards.own.insertPlainText("A\u00a0thought\nin two lines")
    cards.reject()
    desk.settle()
    desk.do("latest.get")
    again = desk.dialog()
    assert isinstance(again, CardsDialog)
    assert again is not cards
    again.write.click()
    desk.settle()
    assert "A\u00a0thought\nin two lines" in (read(desk.workspace, "april") or "")


def test_every_control_of_the_cards_has_a_name(desk: Desk, desks: Desks) -> None:
    desks.publish({PATH: changed(PHOTO)})
    desk.do("latest.get")
    cards = desk.dialog()
    assert isinstance(cards, CardsDialog)
    assert all(button.text() for button in cards.findChildren(QPushButton))
    assert all(text.accessibleName() for text in (cards.own, *cards.compared.texts))
    cards.reject()


def test_a_draft_is_sent_with_reviewer_and_note(desk: Desk, desks: Desks) -> None:
    said = _notices(desk)
    desk.do("draft.send")
    dialog = desk.dialog()
    assert isinstance(dialog, SendDialog)
    dialog.reviewer.setText("Alice Reed")
    dialog.note.setPlainText("By Friday")
    dialog.go.click()
    desk.settle()
    (other,) = get_latest(desks.alice).run().value.others
    assert other.request is not None
    assert (other.request.reviewer, other.request.note) == ("Alice Reed", "By Friday")
    assert any("Alice Reed is asked" in sentence for sentence in said)


def test_a_folder_is_trusted_once_before_something_is_sent_there(desk: Desk, desks: Desks) -> None:
    (desks.bob.folder / "private/trusted-origin").unlink()
    desk.do("draft.send")
    dialog = desk.dialog()
    assert isinstance(dialog, SendDialog)
    dialog.go.click()
    box = desk.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert not desks.origin_has("drafts/april")
    next(button for button in box.buttons() if button.text() == "Trust it and send").click()
    desk.settle()
    assert desks.origin_has("drafts/april")


def test_without_a_connection_it_is_said_calmly_and_the_draft_waits(desk: Desk, desks: Desks) -> None:
    set_origin(desks.bob.store, "https://127.0.0.1:9/content.git")
    said = _notices(desk)
    desk.do("latest.get")
    desk.do("draft.send")
    dialog = desk.dialog()
    assert isinstance(dialog, SendDialog)
    dialog.go.click()
    desk.settle()
    assert desk.window.findChildren(ErrorDialog) == []
    assert any(sentence.startswith("You are offline.") for sentence in said)
    assert desk.window.status.slots["online"].text() == "Offline"
    assert desk.window.status.slots["outgoing"].text() == "1 draft to send"
    set_origin(desks.bob.store, str(desks.origin))
    desk.do("latest.send")
    box = desk.window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "“april” was sent for review without a connection." in box.informativeText()
    next(button for button in box.buttons() if button.text() == "Send now").click()
    desk.settle()
    assert desks.origin_has("drafts/april")
    assert desk.window.status.slots["outgoing"].text() == ""


def test_somebody_elses_draft_of_the_page_is_told_when_it_is_opened(desk: Desk, desks: Desks) -> None:
    write(desks.alice, "june", PATH, changed(INSURED))
    send_draft(desks.alice, "june").run()
    desk.do("latest.get")
    said = _notices(desk)
    desk.session.go(desk.session.location.at_page(PageId("advice/fees")))
    desk.settle()
    desk.session.go(desk.session.location.at_page(PAGE))
    desk.settle()
    told = "“Seized vehicles” is also being changed by Alice Reed in the draft “june”"
    assert any(told in sentence for sentence in said)


def test_a_draft_is_taken_over_and_worked_on(desk: Desk, desks: Desks) -> None:
    write(desks.alice, "june", PATH, changed(INSURED))
    send_draft(desks.alice, "june").run()
    desk.do("latest.get")
    desk.do("draft.take_over")
    chooser = desk.dialog()
    assert isinstance(chooser, Chooser)
    QTest.keyClick(chooser.box, Qt.Key.Key_Return)
    asked = desk.dialog()
    assert isinstance(asked, Question)
    assert asked.windowTitle() == "Take “june” over from Alice Reed?"
    QTest.keyClicks(asked.box, "Back on Friday")
    asked.go.click()
    desk.settle()
    own = desk.session.location.draft
    assert own.startswith("june-")
    assert read(desk.workspace, own) == changed(INSURED)
    assert desks.origin_has(f"drafts/{own}")
    assert "They say: “Back on Friday”" in get_latest(desks.alice).run().notice


def test_others_drafts_are_listed_with_owner_and_age_and_opened_to_read(desk: Desk, desks: Desks) -> None:
    write(desks.alice, "june", PATH, changed(INSURED))
    send_draft(desks.alice, "june", "Bob Hughes").run()
    desk.do("latest.get")
    panel = desk.side.drafts
    desk.do("pane.drafts")
    (line,) = panel.others_model.choices
    assert (line.title, line.detail) == ("june", "Alice Reed · just now · for review by Bob Hughes")
    assert panel.others.isVisible()
    assert not panel.take_over.isVisible()
    panel.others.setFocus()
    panel.others.setCurrentIndex(panel.others_model.index(0))
    QTest.keyClick(panel.others, Qt.Key.Key_Return)
    desk.settle()
    assert (desk.session.location.draft, desk.session.location.source) == ("", "origin/drafts/june")
    room = desk.window.rooms[RoomId.EDITOR]
    assert isinstance(room, EditorRoom)
    tab = room.area.current
    assert tab is not None
    assert (tab.text(), tab.edit.isReadOnly()) == (changed(INSURED), True)
    assert "somebody else's draft" in tab.banner.words.text()
    assert "Reading the draft june" in desk.window.windowTitle()
    assert panel.take_over.isVisible()
    tab.banner.button.click()
    asked = desk.dialog()
    assert isinstance(asked, Question)
    asked.reject()
    desk.settle()
    panel.list.setCurrentIndex(panel.model.index(1))
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    desk.settle()
    assert desk.session.location.draft == "april"
    assert read(desk.workspace, "april") == changed(NOTICE)


def test_a_note_above_the_pages_leads_to_the_draft_of_whoever_else_changes_the_page(
    desk: Desk, desks: Desks
) -> None:
    note = desk.window.findChild(ElsewhereNote)
    assert isinstance(note, ElsewhereNote)
    assert not note.isVisible()
    write(desks.alice, "june", PATH, changed(INSURED))
    send_draft(desks.alice, "june").run()
    desk.do("latest.get")
    assert note.words.text() == "This page is also being changed by Alice Reed, in “june”, just now."
    note.read.click()
    desk.settle()
    assert desk.session.location.reading == "june"
    assert not note.isVisible()
    _work_on(desk, "april")
    desk.session.go(desk.session.location.at_page(PageId("advice/fees")))
    assert not note.isVisible()


def test_a_draft_that_is_gone_while_it_is_read_shows_what_is_published(desk: Desk, desks: Desks) -> None:
    write(desks.alice, "june", PATH, changed(INSURED))
    send_draft(desks.alice, "june").run()
    desk.do("latest.get")
    desk.session.go(desk.session.location.reads("june"))
    desk.settle()
    discard_sent(desks.alice, "june").run()
    desk.do("latest.get")
    assert (desk.session.location.reading, desk.session.location.source) == ("", "published")
    assert desk.window.findChildren(ErrorDialog) == []


def test_ones_own_draft_that_somebody_discarded_for_everybody_is_left_with_a_copy_kept(
    desk: Desk, desks: Desks
) -> None:
    send_draft(desks.bob, "april").run()
    get_latest(desks.alice).run()
    discard_sent(desks.alice, "april").run()
    desk.do("latest.get")
    assert (desk.session.location.draft, desk.session.location.source) == ("", "published")
    assert desk.window.findChildren(ErrorDialog) == []
    assert [kept.name for kept in recently_discarded(desks.bob)] == ["april"]


def test_what_was_sent_offline_goes_with_the_next_latest(desk: Desk, desks: Desks) -> None:
    set_origin(desks.bob.store, "https://127.0.0.1:9/content.git")
    desk.do("draft.send")
    dialog = desk.dialog()
    assert isinstance(dialog, SendDialog)
    dialog.go.click()
    desk.settle()
    set_origin(desks.bob.store, str(desks.origin))
    desk.do("latest.get")
    assert desks.origin_has("drafts/april")
    assert desk.window.status.slots["outgoing"].text() == ""
