"""What was thrown away comes back, and two windows on one workspace can't harm each other."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from soh_author.desktop.drafts.two_windows import OvertakenDialog
from soh_author.desktop.editor.room import EditorRoom
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.noticing import Noticing
from soh_author.domain.ids import PageId
from soh_author.workflow.drafting import list_drafts, new_draft, save_private, save_version
from soh_author.workflow.workspace import Person, Workspace
from tests.desktop.conftest import LONGEST, Desk

PAGE = PageId("advice/seized-vehicles")
PATH = "shared/pages/advice/seized-vehicles.en.md"


@pytest.fixture
def fees(desk: Desk) -> Desk:
    """The window in a draft, at a page."""
    new_draft(desk.workspace, "fees").run()
    desk.session.go(Location(room=RoomId.EDITOR, page=PAGE, draft="fees"))
    desk.settle()
    return desk


@pytest.fixture
def other(fees: Desk) -> Iterator[Workspace]:
    """Another window of the same workspace, as another process would have it."""
    here = fees.workspace
    with Workspace.open(here.folder, person=Person("Sam", "sam@example.police.uk"), clock=here.clock) as made:
        yield made


def _editor(desk: Desk) -> EditorRoom:
    room = desk.window.rooms[RoomId.EDITOR]
    assert isinstance(room, EditorRoom)
    return room


def _text(desk: Desk) -> str:
    tab = _editor(desk).area.current
    assert tab is not None
    return tab.text()


def _type(desk: Desk, words: str) -> None:
    tab = _editor(desk).area.current
    assert tab is not None
    tab.edit.textCursor().insertText(words)


def _save_elsewhere(other: Workspace, words: str) -> None:
    text = other.snapshot("fees").text(PATH)
    assert text is not None
    save_private(other, "fees", PATH, text + words).run()
    save_version(other, "fees", "Elsewhere").run()


def _bring_back(desk: Desk, typed: str) -> None:
    desk.do("draft.restore")
    box = desk.type_into_dialog(typed)
    QTest.keyClick(box, Qt.Key.Key_Return)
    desk.settle()


def test_a_discarded_draft_comes_back_with_every_word_in_it(fees: Desk) -> None:
    _type(fees, "Saved. ")
    fees.do("text.save")
    _type(fees, "Typed. ")
    fees.side.drafts._drafts.discard("fees")
    fees.settle()
    assert fees.session.location.draft == ""
    _bring_back(fees, "fees")
    text = fees.workspace.snapshot("fees").text(PATH) or ""
    assert ("Saved. " in text, "Typed. " in text) == (True, True)
    assert "Typed. " in _text(fees)


def test_a_text_thrown_away_is_listed_by_its_page_and_comes_back(fees: Desk) -> None:
    save_private(fees.workspace, "fees", PATH, "---\ntitle: x\n---\nThrown away.\n").run()
    fees.workspace.journal.discard("fees", PATH, fees.workspace.clock())
    fees.do("draft.restore")
    box = fees.type_into_dialog("seized")
    assert box.accessibleDescription().startswith(
        "Text: Seized vehicles · the shared text, In the draft fees"
    )
    QTest.keyClick(box, Qt.Key.Key_Return)
    fees.settle()
    fees.bot.waitUntil(lambda: "Thrown away." in _text(fees), timeout=LONGEST)
    assert fees.workspace.journal.recently_discarded() == []


def test_a_text_whose_draft_is_gone_starts_it_again(fees: Desk) -> None:
    save_private(fees.workspace, "fees", PATH, "---\ntitle: x\n---\nThrown away.\n").run()
    fees.workspace.journal.discard("fees", PATH, fees.workspace.clock())
    fees.workspace.store.discard_branch("drafts/fees", fees.workspace.clock().replace(year=2026, day=1))
    fees.session.go(fees.session.location.in_draft(""))
    fees.settle()
    _bring_back(fees, "seized")
    assert fees.session.location.draft == "fees"
    fees.bot.waitUntil(lambda: "Thrown away." in _text(fees), timeout=LONGEST)


def test_a_text_gets_a_draft_of_its_own_where_newer_words_are_in_the_way(fees: Desk) -> None:
    save_private(fees.workspace, "fees", PATH, "---\ntitle: x\n---\nThrown away.\n").run()
    fees.workspace.journal.discard("fees", PATH, fees.workspace.clock())
    save_private(fees.workspace, "fees", PATH, "---\ntitle: x\n---\nNewer.\n").run()
    _bring_back(fees, "seized")
    assert fees.session.location.draft == "fees-recovered"
    fees.bot.waitUntil(lambda: "Thrown away." in _text(fees), timeout=LONGEST)
    assert "Newer." in (fees.workspace.snapshot("fees").text(PATH) or "")


@pytest.mark.parametrize(
    ("way", "stays", "kept"),
    [(0, "Mine. ", False), (1, "Theirs. ", True), (2, "Theirs. ", True)],
    ids=["mine", "the other", "both"],
)
def test_of_two_windows_texts_one_is_chosen_and_both_are_kept(
    fees: Desk, other: Workspace, way: int, stays: str, kept: bool
) -> None:
    _type(fees, "Mine. ")
    fees.do("text.save")
    _save_elsewhere(other, "Theirs. ")
    fees.side.drafts._drafts.save("From here")
    fees.settle()
    dialog = fees.dialog()
    assert isinstance(dialog, OvertakenDialog)
    dialog.ways[way].click()
    fees.settle()
    assert stays in (fees.workspace.snapshot("fees").text(PATH) or "")
    fees.bot.waitUntil(lambda: stays in _text(fees), timeout=LONGEST)
    assert fees.workspace.saved_texts("fees") == {}
    discarded = ["Mine. " in text.text for text in fees.workspace.journal.recently_discarded()]
    assert discarded == ([True] if kept else [])
    names = {draft.name for draft in list_drafts(fees.workspace).run().value}
    assert ("fees-recovered" in names) == (way == 2)


def test_another_window_in_the_same_text_is_told_when_it_is_opened(fees: Desk, other: Workspace) -> None:
    save_private(other, "fees", PATH, "---\ntitle: x\n---\nTheirs.\n").run()
    told: list[str] = []
    fees.session.notice.connect(told.append)
    fees.do("tab.close")
    fees.do("tab.reopen")
    assert any("Another window is writing in this text too" in one for one in told)


def test_what_another_window_did_is_seen_when_this_one_is_used_again(fees: Desk, other: Workspace) -> None:
    noticing = fees.window.findChild(Noticing)
    assert isinstance(noticing, Noticing)
    noticing.leave()
    fees.settle()
    _save_elsewhere(other, "Theirs. ")
    noticing.look()
    fees.bot.waitUntil(lambda: "Theirs. " in _text(fees), timeout=LONGEST)


def test_a_text_that_comes_back_goes_into_its_open_tab_as_one_step_of_undo(fees: Desk) -> None:
    before = _text(fees)
    fees.workspace.keep_unsaved("fees", PATH, before + "Came back.\n")
    fees.session.text_returned.emit(PATH)
    fees.settle()
    assert _text(fees) == before + "Came back.\n"
    fees.do("edit.undo")
    assert _text(fees) == before
