"""The first minutes, and coming back after a crash."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from soh_author.desktop.error_dialog import ErrorDialog
from soh_author.desktop.furnishing import Home
from soh_author.desktop.location import RoomId
from soh_author.desktop.welcome.address_dialog import AddressDialog
from soh_author.desktop.welcome.room import WelcomeRoom
from soh_author.domain.ids import PageId
from soh_author.settings.file import load
from soh_author.workflow.drafting import list_drafts, new_draft, recovered, save_private
from soh_author.workflow.opening import init_workspace, open_address
from soh_author.workflow.workspace import CONTENT, LIVE
from tests.desktop.conftest import LONGEST, NOW, SOMEBODY, Desk
from tests.desktop.content import write_content

PATH = "shared/pages/advice/seized-vehicles.en.md"


def welcome(desk: Desk) -> WelcomeRoom:
    """The welcome room of a window."""
    room = desk.window.rooms[RoomId.WELCOME]
    assert isinstance(room, WelcomeRoom)
    return room


def test_a_new_person_sees_the_ways_in_and_can_skip_every_question(open_window: Callable[[], Desk]) -> None:
    desk = open_window()
    desk.opening.open_last()
    desk.settle()
    assert desk.session.location.room is RoomId.WELCOME
    titles = [way.accessibleName() for way in welcome(desk).ways]
    assert titles == [
        "Try the sample",
        "Open a workspace",
        "Get one from an address",
        "Make one from a folder",
    ]
    assert all(way.accessibleDescription() for way in welcome(desk).ways)


@pytest.mark.slow
def test_the_sample_opens_at_one_press_and_again_another_day(
    open_window: Callable[[], Desk], home: Home
) -> None:
    first = open_window()
    welcome(first).ways[0].click()
    first.settle()
    assert first.session.location.room is RoomId.EDITOR
    assert first.workspace.folder == home.sample / "workspace"
    assert first.workspace.person.name == "Nia Morgan", "who has not said their name is one of its people"
    first.close()
    second = open_window()
    second.opening.open_sample()
    second.settle()
    second.bot.waitUntil(lambda: len(second.side.pages.shown) >= 40, timeout=LONGEST)


def test_a_workspace_is_made_from_a_folder(open_window: Callable[[], Desk], tmp_path: Path) -> None:
    desk = open_window()
    desk.opening.create(write_content(tmp_path / "files"), tmp_path / "new")
    desk.settle()
    assert desk.workspace.folder == tmp_path / "new"
    assert str(tmp_path / "new") in load(Path(desk.opening._preferences._path)).settings.recent_workspaces


def test_a_workspace_is_got_from_an_address(
    open_window: Callable[[], Desk], workspace_folder: Path, tmp_path: Path
) -> None:
    desk = open_window()
    desk.opening.get(str(workspace_folder / "content.git"), tmp_path / "copy")
    desk.settle()
    assert desk.workspace.folder == tmp_path / "copy"


def test_an_address_is_asked_for_until_it_can_be_one(open_window: Callable[[], Desk]) -> None:
    desk = open_window()
    desk.window.board.do("workspace.get")
    dialog = desk.dialog()
    assert isinstance(dialog, AddressDialog)
    dialog.folder.setText("/somewhere/new")
    dialog.address.setText("seized vehicles")
    assert not dialog.go.isEnabled()
    assert "https://" in dialog.go.toolTip()
    dialog.address.setText("https://content.example.org/soh.git")
    assert dialog.go.isEnabled()
    dialog.close()


def test_a_folder_that_is_no_workspace_is_explained(open_window: Callable[[], Desk], tmp_path: Path) -> None:
    desk = open_window()
    desk.opening.open_folder(tmp_path)
    desk.settle()
    dialog = desk.dialog()
    assert isinstance(dialog, ErrorDialog)
    assert "is not a workspace" in dialog.trouble.what
    assert dialog.trouble.safe
    dialog.close()
    assert desk.session.workspace is None


def test_who_i_am_is_saved_as_it_is_typed_and_written_in_versions(desk: Desk, home: Home) -> None:
    desk.do("app.identity")
    form = welcome(desk).identity
    form.name.setText("Sam <Okafor>")
    form.email.setText("sam@example.police.uk")
    form.name.editingFinished.emit()
    assert (load(home.personal).settings.author_name, load(home.personal).settings.author_email) == (
        "Sam Okafor",
        "sam@example.police.uk",
    )
    assert desk.workspace.person.name == "Sam Okafor"


_DYING = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from soh_author.workflow.drafting import new_draft, note_unsaved
from soh_author.workflow.workspace import Person, Workspace

now = lambda: datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
workspace = Workspace.open(Path(sys.argv[1]), person=Person("Nia Morgan", ""), clock=now)
new_draft(workspace, "fees").run()
text = workspace.snapshot("fees").text(sys.argv[2])
note_unsaved(workspace, "fees", sys.argv[2], text.replace("five days", "six days"))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def after_a_crash(open_window: Callable[[], Desk], workspace_folder: Path) -> Desk:
    """The window opened again after it was killed while somebody typed."""
    subprocess.run([sys.executable, "-c", _DYING, str(workspace_folder), PATH], check=False, timeout=60)
    desk = open_window()
    desk.opening.open_folder(workspace_folder)
    desk.settle()
    desk.bot.waitUntil(welcome(desk).found.isVisible, timeout=LONGEST)
    return desk


def unsaved_text(desk: Desk) -> str:
    """What this window has of the page in no version yet; empty when there is nothing."""
    entry = desk.workspace.journal.entry("fees", PATH)
    return entry.text if entry else ""


@pytest.mark.skipif(sys.platform == "win32", reason="the kill is a signal")
def test_text_typed_before_a_crash_is_offered_with_its_difference(after_a_crash: Desk) -> None:
    card = welcome(after_a_crash).found
    assert "“Seized vehicles · the shared text” in the draft fees" in card.told.text()
    assert "five days" in card.compared.texts[0].toPlainText()
    assert "six days" in card.compared.texts[1].toPlainText()
    assert card.compared.count == 1
    assert card.restore.hasFocus()


@pytest.mark.skipif(sys.platform == "win32", reason="the kill is a signal")
def test_restore_goes_on_with_the_text_as_it_was_typed(after_a_crash: Desk) -> None:
    welcome(after_a_crash).found.restore.click()
    after_a_crash.settle()
    assert "six days" in unsaved_text(after_a_crash)
    assert recovered(after_a_crash.workspace) == []
    here = after_a_crash.session.location
    assert (here.room, here.draft, here.page) == (RoomId.EDITOR, "fees", PageId("advice/seized-vehicles"))


@pytest.mark.skipif(sys.platform == "win32", reason="the kill is a signal")
def test_enter_presses_the_answer_that_has_the_focus(after_a_crash: Desk) -> None:
    QTest.keyClick(welcome(after_a_crash).found.restore, Qt.Key.Key_Return)
    after_a_crash.settle()
    assert "six days" in unsaved_text(after_a_crash)


@pytest.mark.skipif(sys.platform == "win32", reason="the kill is a signal")
def test_keep_saved_leaves_the_saved_text_and_keeps_a_copy(after_a_crash: Desk) -> None:
    welcome(after_a_crash).found.keep_saved.click()
    after_a_crash.settle()
    assert unsaved_text(after_a_crash) == ""
    assert recovered(after_a_crash.workspace) == []
    kept = after_a_crash.workspace.journal.recently_discarded()
    assert ["six days" in text.text for text in kept] == [True]


@pytest.mark.skipif(sys.platform == "win32", reason="the kill is a signal")
def test_keep_both_puts_the_other_text_into_a_draft_of_its_own(after_a_crash: Desk) -> None:
    welcome(after_a_crash).found.keep_both.click()
    after_a_crash.settle()
    desk = after_a_crash
    assert sorted(draft.name for draft in list_drafts(desk.workspace).run().value) == [
        "fees",
        "fees-recovered",
    ]
    assert "six days" in (desk.workspace.snapshot("fees-recovered").text(PATH) or "")
    assert "five days" in (desk.workspace.snapshot("fees").text(PATH) or "")


@pytest.mark.skipif(sys.platform == "win32", reason="the kill is a signal")
@pytest.mark.parametrize("answer", ["restore", "keep_both"])
def test_a_text_comes_back_though_its_draft_was_discarded_meanwhile(after_a_crash: Desk, answer: str) -> None:
    desk = after_a_crash
    desk.workspace.store.discard_branch("drafts/fees", desk.workspace.clock())
    getattr(welcome(desk).found, answer).click()
    desk.settle()
    name = "fees" if answer == "restore" else "fees-recovered"
    assert [draft.name for draft in list_drafts(desk.workspace).run().value] == [name]
    entry = desk.workspace.journal.entry(name, PATH)
    assert entry is not None
    assert "six days" in entry.text


def test_recent_workspaces_that_are_gone_are_left_out(desk: Desk) -> None:
    folder = desk.workspace.folder
    desk.opening._preferences.change(recent_workspaces=(str(folder), str(folder / "gone")))
    desk.do("room.welcome")
    shown = welcome(desk).recent
    widgets = [item.widget() for number in range(shown.count()) if (item := shown.itemAt(number)) is not None]
    assert [widget.accessibleName() for widget in widgets if widget is not None] == [f"Open {folder}"]


def test_a_damaged_workspace_is_repaired_at_one_press_and_opens(
    open_window: Callable[[], Desk], tmp_path: Path
) -> None:
    """With all that was saved in it, and with words that say what came of it."""
    content = write_content(tmp_path / "content")
    with init_workspace(tmp_path / "first", content, SOMEBODY, lambda: NOW).run().value as first:
        live = first.revision_of(LIVE)
    origin = tmp_path / "first" / CONTENT
    with open_address(str(origin), tmp_path / "mine", SOMEBODY, lambda: NOW).run().value as mine:
        new_draft(mine, "fees").run()
        save_private(mine, "fees", PATH, "Words of mine.\n").run()
    for pack in (tmp_path / "mine" / CONTENT / "objects" / "pack").glob("*.pack"):
        pack.unlink()
    desk = open_window()
    desk.opening.open_folder(tmp_path / "mine")
    desk.settle()
    question = desk.dialog()
    assert isinstance(question, QMessageBox)
    assert "damaged" in question.informativeText()
    (repair,) = (button for button in question.buttons() if button.text() == "Repair it")
    repair.click()
    desk.settle()
    told = desk.dialog()
    assert isinstance(told, QMessageBox)
    assert "whole again" in told.informativeText()
    told.close()
    assert desk.workspace.revision_of(LIVE) == live
    assert desk.workspace.snapshot("fees").text(PATH) == "Words of mine.\n"
