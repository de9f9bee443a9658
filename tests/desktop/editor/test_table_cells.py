"""Tab in a table, as in a word processor; ‹ and › stand for the ends of the selection."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from soh_author.desktop.editor.text_edit import MarkdownEdit

TOP = "| Fee | Cost 🚗 |\n|---|--:|\n"


def load(edit: MarkdownEdit, marked: str) -> None:
    """Load a text with the caret where ‹ stands."""
    text = marked.replace("‹", "").replace("›", "")
    edit.load(text, folded=False)
    cursor = edit.textCursor()
    place = marked.index("‹")
    cursor.setPosition(place + sum(letter > "\uffff" for letter in marked[:place]))
    edit.setTextCursor(cursor)


def shown(edit: MarkdownEdit) -> str:
    """The text with its selection marked."""
    raw = edit.text().encode("utf-16-le")
    cursor = edit.textCursor()
    parts = [raw[: 2 * cursor.selectionStart()], raw[2 * cursor.selectionStart() : 2 * cursor.selectionEnd()]]
    parts.append(raw[2 * cursor.selectionEnd() :])
    first, chosen, last = (part.decode("utf-16-le") for part in parts)
    return f"{first}‹{chosen}›{last}"


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        ("| F‹›ee | Cost 🚗 |\n|---|---|\n", Qt.Key.Key_Tab, "| Fee | ‹Cost 🚗› |\n|---|---|\n"),
        (TOP.replace("🚗 |", "🚗‹› |") + "| a | b |\n", Qt.Key.Key_Tab, TOP + "| ‹a› | b |\n"),
        (TOP + "| a | b‹› |\n", Qt.Key.Key_Tab, TOP + "| a | b |\n| ‹› |  |\n"),
        (TOP + "| a \\| c‹› | b |\n", Qt.Key.Key_Tab, TOP + "| a \\| c | ‹b› |\n"),
        (TOP + "| a | b‹›\nText.\n", Qt.Key.Key_Tab, TOP + "| a | b\n| ‹› |  |\nText.\n"),
        (TOP + "| ‹›a | b |\n", Qt.Key.Key_Backtab, TOP.replace("Cost 🚗", "‹Cost 🚗›") + "| a | b |\n"),
        (TOP + "| a | ‹› |\n", Qt.Key.Key_Backtab, TOP + "| ‹a› |  |\n"),
    ],
)
def test_tab_goes_from_cell_to_cell_and_begins_a_row_behind_the_last(
    edit: MarkdownEdit, before: str, key: Qt.Key, after: str
) -> None:
    load(edit, before)
    QTest.keyClick(edit, key)
    assert shown(edit) == after
    edit.undo()
    assert edit.text() == before.replace("‹›", ""), "it is one step of undo, or none"


@pytest.mark.parametrize(
    "text",
    [
        TOP + "| a | b |\n|  | ‹› |\n",
        "Words.‹›\n",
        "| no | table‹› |\n",
        "```\n" + TOP + "| a ‹›| b |\n```\n",
    ],
)
def test_from_an_empty_last_row_and_outside_a_table_tab_leaves_the_text(qtbot: QtBot, text: str) -> None:
    frame, edit, beside = QWidget(), MarkdownEdit(), QLineEdit()
    layout = QVBoxLayout(frame)
    layout.addWidget(edit)
    layout.addWidget(beside)
    qtbot.addWidget(frame)
    frame.show()
    load(edit, text)
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert beside.hasFocus()
    assert edit.text() == text.replace("‹›", "")


def test_in_a_text_that_can_only_be_read_tab_changes_nothing(edit: MarkdownEdit) -> None:
    load(edit, TOP + "| a | b‹› |\n")
    edit.setReadOnly(True)
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.text() == TOP + "| a | b |\n"
