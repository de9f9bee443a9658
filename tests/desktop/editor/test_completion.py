"""What is offered at the caret."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from soh_author.desktop.editor.completion import (
    COMPONENTS,
    Candidate,
    Completion,
    Context,
    Kind,
    context_before,
    fitting,
)
from soh_author.desktop.editor.text_edit import MarkdownEdit

FACTS = (Candidate("fact.reclaim_days", "Days to reclaim"), Candidate("fact.storage_fee", "Storage a day"))


def offer(context: Context) -> tuple[Candidate, ...]:
    """A few of each kind."""
    pages = (Candidate("advice/fees", "Fees"), Candidate("advice/seized-vehicles", "Seized vehicles"))
    sections = (Candidate("amounts", "Amounts"),)
    return {Kind.FACT: FACTS, Kind.COMPONENT: COMPONENTS, Kind.PAGE: pages, Kind.SECTION: sections}[
        context.kind
    ]


@pytest.fixture
def completion(edit: MarkdownEdit, qtbot: QtBot) -> Completion:
    """A list that opens below the caret."""
    made = Completion(edit, offer)
    edit.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    return made


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Pay {{ fa", Context(Kind.FACT, "fa")),
        ("Pay {{", Context(Kind.FACT, "")),
        ("Pay \\{{ fa", None),
        ("Pay {{ fact.fee }} no", None),
        ("::: wa", Context(Kind.COMPONENT, "wa")),
        (":::", Context(Kind.COMPONENT, "")),
        ("text :::", None),
        ("[x](page:adv", Context(Kind.PAGE, "adv")),
        ("[x](page:advice/fees#am", Context(Kind.SECTION, "am", "advice/fees")),
        ("[x](#re", Context(Kind.SECTION, "re")),
        ("nothing", None),
    ],
)
def test_the_words_before_the_caret_say_what_is_wanted(before: str, expected: Context | None) -> None:
    assert context_before(before) == expected


def test_what_begins_so_comes_first_and_labels_count_too() -> None:
    assert [one.text for one in fitting(FACTS, "storage")] == ["fact.storage_fee"]
    assert [one.text for one in fitting(FACTS, "days")] == ["fact.reclaim_days"]
    assert fitting(FACTS, "zzz") == []


def test_a_fact_is_offered_and_taken_with_its_braces(edit: MarkdownEdit, completion: Completion) -> None:
    edit.insertPlainText("😀 ")
    QTest.keyClicks(edit, "Pay {{ stor")
    assert completion.is_open
    QTest.keyPress(completion.popup, Qt.Key.Key_Return)
    assert edit.text() == "😀 Pay {{ fact.storage_fee }}"
    assert not completion.is_open


def test_esc_closes_the_list_and_keeps_what_was_typed(edit: MarkdownEdit, completion: Completion) -> None:
    QTest.keyClicks(edit, "{{ stor")
    QTest.keyPress(completion.popup, Qt.Key.Key_Escape)
    assert not completion.is_open
    assert edit.text() == "{{ stor"


def test_tab_takes_the_line_that_is_chosen(edit: MarkdownEdit, completion: Completion) -> None:
    QTest.keyClicks(edit, "::: ")
    QTest.keyPress(completion.popup, Qt.Key.Key_Down)
    QTest.keyPress(completion.popup, Qt.Key.Key_Tab)
    assert edit.text() == f"::: {sorted(one.text for one in COMPONENTS)[1]}"


def test_a_link_to_a_page_and_its_section_is_completed(edit: MarkdownEdit, completion: Completion) -> None:
    QTest.keyClicks(edit, "[fees](page:fee")
    QTest.keyPress(completion.popup, Qt.Key.Key_Return)
    assert edit.text() == "[fees](page:advice/fees)"
    edit.moveCursor(edit.textCursor().MoveOperation.Left)
    QTest.keyClicks(edit, "#am")
    QTest.keyPress(completion.popup, Qt.Key.Key_Return)
    assert edit.text() == "[fees](page:advice/fees#amounts)"


def test_nothing_is_offered_when_it_stands_there_already(edit: MarkdownEdit, completion: Completion) -> None:
    QTest.keyClicks(edit, "{{ fact.storage_fee")
    assert not completion.is_open
