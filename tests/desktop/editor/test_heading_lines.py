"""Headings as somebody writes them who knows a word processor: the name in braces is never in the way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from soh_author.desktop.editor.heading_lines import set_heading
from soh_author.desktop.editor.text_edit import MarkdownEdit


def at(edit: MarkdownEdit, marked: str) -> None:
    """Load a text with the caret where ‹› stands."""
    edit.load(marked.replace("‹›", ""), folded=False)
    cursor = edit.textCursor()
    cursor.setPosition(marked.index("‹›"))
    edit.setTextCursor(cursor)


def shown(edit: MarkdownEdit) -> str:
    """The text with the caret as ‹›."""
    text, place = edit.text(), edit.textCursor().position()
    return f"{text[:place]}‹›{text[place:]}"


@pytest.mark.parametrize(
    ("before", "level", "after"),
    [
        ("How to ‹›pay\n", 2, "## How to ‹›pay {#how-to-pay}\n"),
        ("How to pay‹›\n", 2, "## How to pay‹› {#how-to-pay}\n"),
        ("## How to pay {#pay}‹›\n", 3, "### How to pay‹› {#pay}\n"),
        ("#‹›# How to pay {#pay}\n", 3, "### ‹›How to pay {#pay}\n"),
        ("‹›\n", 2, "## ‹›\n"),
    ],
)
def test_after_the_heading_key_the_caret_is_in_the_words(
    edit: MarkdownEdit, before: str, level: int, after: str
) -> None:
    at(edit, before)
    edit.setTextCursor(set_heading(edit.textCursor(), level))
    assert shown(edit) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("## How to pay‹› {#pay}\n", "## How to pay {#pay}\n‹›\n"),
        ("## How‹› to pay {#pay}\n", "## How {#pay}\n‹›to pay\n"),
        ("## How to pay {#pay}‹›\n", "## How to pay {#pay}\n‹›\n"),
        ("## Where to go‹›\n", "## Where to go {#where-to-go}\n‹›\n"),
        ("## Go‹›\n\n## Other {#go}\n", "## Go {#go-2}\n‹›\n\n## Other {#go}\n"),
        ("## Fee {{ fact.fee }}‹›\n", "## Fee {{ fact.fee }} {#fee-fact-fee}\n‹›\n"),
        ("### A part‹›\n", "### A part\n‹›\n"),
        ("## One‹› two\n", "## One\n‹› two\n"),
        ("‹›## How to pay {#pay}\n", "\n‹›## How to pay {#pay}\n"),
        ("```\n## Code‹›\n```\n", "```\n## Code\n‹›\n```\n"),
    ],
)
def test_enter_in_a_heading_leaves_its_name_with_it_and_gives_one_to_a_section_without(
    edit: MarkdownEdit, before: str, after: str
) -> None:
    at(edit, before)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert shown(edit) == after
    edit.undo()
    assert edit.text() == before.replace("‹›", ""), "it is one step of undo"


def test_what_is_typed_behind_the_name_of_a_heading_lengthens_its_words(edit: MarkdownEdit) -> None:
    at(edit, "## How to pay {#pay}‹›\n")
    QTest.keyClicks(edit, " online")
    assert shown(edit) == "## How to pay online‹› {#pay}\n"


def test_a_name_can_be_written_by_hand_and_code_is_left_alone(edit: MarkdownEdit) -> None:
    at(edit, "## How to pay‹›\n")
    QTest.keyClicks(edit, " {#pay}")
    assert shown(edit) == "## How to pay {#pay}‹›\n"
    at(edit, "```\n# set {x}‹›\n```\n")
    QTest.keyClicks(edit, "y")
    assert shown(edit) == "```\n# set {x}y‹›\n```\n"
