"""What the formatting keys do; ‹ and › stand for the ends of the selection."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QTextCursor

from soh_author.desktop.editor.formatting import (
    indent_lines,
    insert_block,
    insert_link,
    toggle_lines,
    toggle_mark,
)
from soh_author.desktop.editor.heading_lines import set_heading
from soh_author.desktop.editor.text_edit import MarkdownEdit

Change = Callable[[QTextCursor], QTextCursor | None]


def changed(edit: MarkdownEdit, marked: str, change: Change) -> str:
    """Load a text with its selection marked, change it, give the text back with the selection marked."""
    start = marked.index("‹")
    end = marked.index("›") - 1
    edit.load(marked.replace("‹", "").replace("›", ""), folded=False)
    cursor = edit.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    result = change(cursor)
    after = result if result is not None else cursor
    text = edit.text()
    first, last = after.selectionStart(), after.selectionEnd()
    shown = f"{text[:first]}‹{text[first:last]}›{text[last:]}"
    edit.undo()
    assert edit.text() == marked.replace("‹", "").replace("›", ""), "it is one step of undo"
    return shown


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a ‹word› here", "a **‹word›** here"),
        ("a **‹word›** here", "a ‹word› here"),
        ("a ‹**word**› here", "a ‹word› here"),
        ("a ‹word ›here", "a **‹word›** here"),
        ("a wo‹›rd here", "a **‹word›** here"),
    ],
)
def test_bold_goes_on_and_off(edit: MarkdownEdit, before: str, after: str) -> None:
    assert changed(edit, before, lambda cursor: toggle_mark(cursor, "**")).replace(" ** ", "** ") == after


def test_bold_without_a_word_waits_for_one(edit: MarkdownEdit) -> None:
    edit.load("")
    cursor = toggle_mark(edit.textCursor(), "**")
    cursor.insertText("now")
    assert edit.text() == "**now**"


@pytest.mark.parametrize(
    ("before", "level", "after"),
    [
        ("How to ‹›pay\n", 2, "## How to pay {#how-to-pay}"),
        ("## How to ‹›pay {#pay}\n", 2, "How to pay"),
        ("## How to ‹›pay {#pay}\n", 3, "### How to pay {#pay}"),
        ("### Sub‹›\n", 4, "#### Sub"),
        ("### Fees‹›\n\n## Other {#fees}\n", 2, "## Fees {#fees-2}"),
        ("Sut i’w ŵyl‹›\n", 2, "## Sut i’w ŵyl {#sut-iw-wyl}"),
    ],
)
def test_headings_are_made_and_a_section_gets_an_id(
    edit: MarkdownEdit, before: str, level: int, after: str
) -> None:
    shown = changed(edit, before, lambda cursor: set_heading(cursor, level))
    assert shown.replace("‹›", "").splitlines()[0] == after


@pytest.mark.parametrize(
    ("before", "kind", "after"),
    [
        ("‹one\ntwo›\n", "bullets", "- one\n- two\n"),
        ("‹- one\n- two›\n", "bullets", "one\ntwo\n"),
        ("‹one\n\ntwo›\n", "numbers", "1. one\n\n2. two\n"),
        ("‹- one\n- two›\n", "numbers", "1. one\n2. two\n"),
        ("‹one›\n", "quote", "> one\n"),
        ("‹> one›\n", "quote", "one\n"),
    ],
)
def test_lines_become_lists_and_back(edit: MarkdownEdit, before: str, kind: str, after: str) -> None:
    shown = changed(edit, before, lambda cursor: toggle_lines(cursor, kind))
    assert shown.replace("‹", "").replace("›", "") == after


def test_a_block_stands_on_lines_of_its_own(edit: MarkdownEdit) -> None:
    shown = changed(edit, "Text‹›\nmore", lambda cursor: insert_block(cursor, "::: note\n$\n:::"))
    assert shown == "Text\n\n::: note\n‹›\n:::\n\nmore"


def test_a_link_takes_the_place_of_the_words(edit: MarkdownEdit) -> None:
    shown = changed(edit, "see ‹fees› now", lambda cursor: insert_link(cursor, "fees", "page:advice/fees"))
    assert shown == "see [fees](page:advice/fees)‹› now"


@pytest.mark.parametrize(
    ("before", "outwards", "after"),
    [("- o‹›ne", False, "  - one"), ("  - o‹›ne", True, "- one"), ("‹a\nb›", False, "  a\n  b")],
)
def test_lines_move_in_and_out(edit: MarkdownEdit, before: str, outwards: bool, after: str) -> None:
    def change(cursor: QTextCursor) -> None:
        indent_lines(cursor, outwards=outwards)

    assert changed(edit, before, change).replace("‹", "").replace("›", "") == after
