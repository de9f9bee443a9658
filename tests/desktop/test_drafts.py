"""Drafts in the window: start, choose, save a version, discard, bring back."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from soh_author.desktop.drafts.verbs import Drafts, as_name
from soh_author.desktop.error_dialog import ErrorDialog
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.widgets.asking import Question
from soh_author.desktop.window_state import place_from
from soh_author.domain.ids import PageId
from soh_author.workflow.drafting import list_drafts, save_private
from soh_author.workflow.history import history
from tests.desktop.conftest import LONGEST, Desk

PATH = "shared/pages/advice/seized-vehicles.en.md"


def start_draft(desk: Desk, name: str) -> None:
    """Start a draft as a person would."""
    desk.window.board.do("draft.new")
    box = desk.type_into_dialog(name)
    QTest.keyClick(box, Qt.Key.Key_Return)
    desk.settle()


def names(desk: Desk) -> list[str]:
    """Names of the drafts there are."""
    return sorted(draft.name for draft in list_drafts(desk.workspace).run().value)


def test_a_new_draft_is_worked_on_at_once(desk: Desk) -> None:
    start_draft(desk, "April fees")
    assert names(desk) == ["april-fees"]
    assert desk.session.location.draft == "april-fees"
    assert "april-fees" in desk.window.windowTitle()


def test_a_name_no_draft_may_have_is_refused_while_it_is_typed(desk: Desk) -> None:
    desk.window.board.do("draft.new")
    dialog = desk.dialog()
    assert isinstance(dialog, Question)
    desk.type_into_dialog("april/fees")
    assert not dialog.go.isEnabled()
    assert "hyphens" in dialog.fault.text()
    dialog.close()
    assert names(desk) == []


def test_a_name_there_is_already_is_refused(desk: Desk) -> None:
    start_draft(desk, "fees")
    desk.window.board.do("draft.new")
    dialog = desk.dialog()
    assert isinstance(dialog, Question)
    desk.type_into_dialog("fees")
    assert dialog.fault.text() == "There is a draft “fees” already."
    dialog.close()


def test_what_is_saved_becomes_a_version_with_a_note(desk: Desk) -> None:
    start_draft(desk, "fees")
    text = desk.workspace.snapshot("fees").text(PATH)
    assert text is not None
    desk.session.run(save_private(desk.workspace, "fees", PATH, text + "\nMore.\n"))
    desk.settle()
    assert "1 saved, in no version yet" in desk.side.drafts.model.choices[1].detail
    desk.window.board.do("version.save")
    box = desk.type_into_dialog("New fees from April")
    QTest.keyClick(box, Qt.Key.Key_Return)
    desk.settle()
    newest = history(desk.workspace, "fees").run().value[0]
    assert newest.note == "New fees from April"
    assert desk.workspace.snapshot("fees").text(PATH) == text + "\nMore.\n"


def test_a_discarded_draft_is_asked_about_kept_and_can_be_brought_back(desk: Desk) -> None:
    start_draft(desk, "fees")
    desk.window.board.do("draft.discard")
    box = desk.dialog()
    assert isinstance(box, QMessageBox)
    assert "30 days" in box.informativeText()
    next(button for button in box.buttons() if button.text() == "Discard").click()
    desk.settle()
    assert names(desk) == []
    assert desk.session.location.draft == ""
    desk.do("draft.restore")
    dialog = desk.dialog()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    typed = desk.type_into_dialog("")
    QTest.keyClick(typed, Qt.Key.Key_Return)
    desk.settle()
    assert names(desk) == ["fees"]
    assert desk.session.location.draft == "fees"


def test_cancel_keeps_the_draft(desk: Desk) -> None:
    start_draft(desk, "fees")
    desk.window.board.do("draft.discard")
    QTest.keyClick(desk.dialog(), Qt.Key.Key_Escape)
    desk.settle()
    assert names(desk) == ["fees"]


def test_the_list_of_drafts_says_which_one_is_worked_on(desk: Desk) -> None:
    start_draft(desk, "fees")
    desk.do("pane.drafts")
    shown = desk.side.drafts
    assert [choice.title for choice in shown.model.choices] == ["What is published", "fees"]
    assert shown.list.currentIndex().row() == 1
    QTest.keyClick(shown.list, Qt.Key.Key_Up)
    QTest.keyClick(shown.list, Qt.Key.Key_Return)
    desk.settle()
    assert desk.session.location.draft == ""


def test_a_draft_that_is_gone_tomorrow_shows_what_is_published(
    open_window: Callable[[], Desk], desk: Desk
) -> None:
    start_draft(desk, "fees")
    desk.workspace.store.discard_branch("drafts/fees", desk.workspace.clock())
    desk.close()
    tomorrow = open_window()
    tomorrow.opening.open_last()
    tomorrow.settle()
    tomorrow.bot.waitUntil(lambda: bool(tomorrow.side.pages.shown), timeout=LONGEST)
    assert tomorrow.session.location.draft == ""
    assert QApplication.activeModalWidget() is None


def test_a_page_that_another_draft_does_not_have_is_left_calmly(desk: Desk) -> None:
    start_draft(desk, "fees")
    page = PageId("advice/drones")
    text = "---\ntitle: Drones\ntype: advice\nurl: /drones/\n---\nCall us.\n"
    save_private(desk.workspace, "fees", "shared/pages/advice/drones.en.md", text).run()
    desk.session.go(replace(desk.session.location, room=RoomId.EDITOR, page=page))
    desk.settle()
    said: list[str] = []
    desk.session.notice.connect(said.append)
    drafts = desk.window.findChildren(Drafts)[0]
    drafts.work_on("")
    desk.settle()
    assert (desk.session.location.draft, desk.session.location.page) == ("", None)
    assert "The page that was open is not in what is published." in said
    assert not desk.window.findChildren(ErrorDialog)
    drafts.work_on("fees")
    assert desk.session.location.draft == "fees"


def test_gaps_and_capitals_of_a_name_are_put_right() -> None:
    assert as_name("  April  Fees ") == "april-fees"


def test_a_place_that_cannot_be_read_is_the_start() -> None:
    assert place_from({"page": "../etc", "draft": 7}, RoomId.EDITOR) == Location(room=RoomId.EDITOR)
    assert place_from({"layer": "nonsense"}, RoomId.EDITOR) == Location(room=RoomId.EDITOR)
