"""No word is lost between the keyboard and the disk: long work, a full disk, version after version."""

import threading

import pytest

from soh_author.domain.errors import OutputError, OvertakenError
from soh_author.workflow.drafting import new_draft, save_version
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Person, Workspace
from tests.desktop.editor.conftest import DRAFT, LONGEST, SHARED_PATH, Editor
from tests.support.disks import full_disk

pytestmark = pytest.mark.browser

LONG = "Kept. " * 8_000


def _failures(editor: Editor) -> list[Exception]:
    heard: list[Exception] = []
    editor.session.failed.connect(heard.append)
    return heard


def _paste(editor: Editor, text: str) -> None:
    editor.tab.go_to_line(10)
    editor.tab.edit.textCursor().insertText(text)


def _save_a_version(editor: Editor, note: str) -> None:
    editor.do("text.save")
    editor.session.run(save_version(editor.workspace, DRAFT, note))
    editor.settle()


def test_version_after_version_is_saved_from_one_open_text(editor: Editor) -> None:
    failed = _failures(editor)
    editor.go()
    for number in range(3):
        editor.type(f"Version {number}. ", line=10)
        _save_a_version(editor, f"Version {number}")
    assert failed == []
    assert editor.workspace.saved_texts(DRAFT) == {}
    assert "Version 2. " in (editor.stored(SHARED_PATH) or "")


def test_words_typed_after_a_save_stand_on_the_version_that_was_made_of_it(editor: Editor) -> None:
    failed = _failures(editor)
    editor.go()
    editor.type("Saved. ", line=10)
    editor.do("text.save")
    editor.type("And more. ", line=10)
    editor.session.run(save_version(editor.workspace, DRAFT, "What was saved"))
    editor.settle()
    assert editor.tab.is_changed
    _save_a_version(editor, "And more")
    assert failed == []


def test_what_another_window_made_a_version_of_is_not_overwritten(editor: Editor) -> None:
    failed = _failures(editor)
    editor.go()
    editor.type("Ours. ", line=10)
    other = Workspace.open(
        editor.workspace.folder, person=Person("Sam", "sam@example.police.uk"), clock=editor.workspace.clock
    )
    with other:
        text = other.snapshot(DRAFT).text(SHARED_PATH)
        assert text is not None
        other.keep_saved(DRAFT, SHARED_PATH, text + "Theirs.\n")
        save_version(other, DRAFT, "Theirs").run()
    editor.room.texts.news.refresh_current()
    editor.settle()
    _save_a_version(editor, "Ours")
    assert [type(error) for error in failed] == [OvertakenError]
    assert "Ours. " in editor.tab.text()


def test_what_is_typed_is_kept_while_something_else_is_written_for_long(editor: Editor) -> None:
    editor.go()
    may_end = threading.Event()

    def work(_progress: Progress) -> Outcome[None]:
        may_end.wait(LONGEST / 1000)
        return Outcome(None)

    editor.session.run(Task("Getting the latest", work, writes=True))
    try:
        editor.type("Typed meanwhile. ", line=10)
        editor.bot.waitUntil(
            lambda: (
                (entry := editor.workspace.journal.entry(DRAFT, SHARED_PATH)) is not None
                and "Typed meanwhile. " in entry.text
            ),
            timeout=5_000,
        )
    finally:
        may_end.set()
    editor.settle()


def test_a_closed_text_that_could_not_be_saved_comes_back(editor: Editor) -> None:
    failed = _failures(editor)
    editor.go()
    _paste(editor, LONG)
    with full_disk(editor.workspace):
        editor.do("tab.close")
        editor.settle()
    assert [type(error) for error in failed] == [OutputError]
    assert LONG in editor.tab.text()
    assert editor.tab.is_changed
    editor.do("tab.close")
    assert LONG in (editor.stored(SHARED_PATH) or "")


def test_a_text_that_could_not_be_saved_leads_back_into_its_draft(editor: Editor) -> None:
    new_draft(editor.workspace, "another").run()
    editor.go()
    _paste(editor, LONG)
    with full_disk(editor.workspace):
        editor.session.go(editor.session.location.in_draft("another"))
        editor.settle()
    assert editor.session.location.draft == DRAFT
    assert LONG in editor.tab.text()


def test_the_foot_of_the_window_says_the_reading_age_of_english(editor: Editor) -> None:
    said: dict[str, str] = {}
    editor.session.status_changed.connect(said.__setitem__)
    editor.go()
    _paste(editor, "You can get it back. Call us on the phone. Tell us who you are. " * 5)
    editor.bot.waitUntil(lambda: said.get("reading_age", "").startswith("Reading age "), timeout=LONGEST)
