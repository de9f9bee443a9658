"""The text edit: keys, folding, copying, machine edits."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from soh_author.desktop.editor.section_notes import Mark, Note, visible_blocks
from soh_author.desktop.editor.text_edit import MEASURE, MarkdownEdit
from soh_author.domain.diagnostics import Severity
from soh_author.domain.layers import LayerKind

PAGE = "---\ntitle: Bore da\nowner: x\n---\nFirst line.\n\n## Part {#part}\nMore.\n"


def put_caret(edit: MarkdownEdit, text: str) -> None:
    """Put the caret behind a text."""
    cursor = edit.document().find(text)
    assert not cursor.isNull()
    cursor.setPosition(cursor.selectionEnd())
    edit.setTextCursor(cursor)


def body(edit: MarkdownEdit) -> str:
    """The text behind the front matter."""
    return edit.text().partition("---\n")[2].partition("---\n")[2]


def test_tab_leaves_the_text_until_told_otherwise(qtbot: QtBot) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    layout = QHBoxLayout(row)
    edit, after = MarkdownEdit(), QLineEdit()
    layout.addWidget(edit)
    layout.addWidget(after)
    row.show()
    edit.load("word\n")
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert edit.text() == "word\n"

    edit.setFocus()
    with qtbot.waitSignal(edit.tab_key_changed):
        edit.set_tab_indents(True)
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.hasFocus()
    assert edit.text() == "  word\n"


@pytest.mark.parametrize(
    ("before", "at", "after"),
    [
        ("- one\n", "one", "- one\n- \n"),
        ("  * one\n", "one", "  * one\n  * \n"),
        ("9. one\n", "one", "9. one\n10. \n"),
        ("> said\n", "said", "> said\n> \n"),
        ("- one\n- \n", "- one\n- ", "- one\n\n"),
        ("plain\n", "plain", "plain\n\n"),
        ("```\n- code\n```\n", "- code", "```\n- code\n\n```\n"),
    ],
)
def test_enter_goes_on_with_a_list_and_ends_it_on_an_empty_item(
    edit: MarkdownEdit, before: str, at: str, after: str
) -> None:
    edit.load(before)
    cursor = edit.textCursor()
    cursor.setPosition(before.index(at) + len(at))
    edit.setTextCursor(cursor)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == after


def test_shift_enter_is_an_ordinary_new_line(edit: MarkdownEdit) -> None:
    edit.load("- one\n")
    put_caret(edit, "one")
    QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert edit.text() == "- one\n\n"
    assert "\u2028" not in edit.text()


def test_folded_front_matter_is_hidden_and_survives_every_key_at_its_edge(edit: MarkdownEdit) -> None:
    edit.load(PAGE)
    assert not edit.document().firstBlock().isVisible()
    assert edit.line() == 5
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    QTest.keyClick(edit, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(edit, Qt.Key.Key_Up)
    QTest.keyClick(edit, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert edit.line() == 5
    assert edit.text() == PAGE


def test_select_all_and_type_replaces_only_what_is_seen(edit: MarkdownEdit) -> None:
    edit.load(PAGE)
    edit.selectAll()
    QTest.keyClicks(edit, "New")
    assert edit.text() == "---\ntitle: Bore da\nowner: x\n---\nNew"


def test_the_front_matter_can_be_seen_and_edited_as_text(edit: MarkdownEdit) -> None:
    edit.load(PAGE)
    edit.set_folded(False)
    assert edit.document().firstBlock().isVisible()
    edit.go_to_line(2)
    QTest.keyClick(edit, Qt.Key.Key_End)
    QTest.keyClicks(edit, "!")
    assert edit.text().startswith("---\ntitle: Bore da!\n")


def test_going_to_a_line_that_is_folded_unfolds_it(edit: MarkdownEdit) -> None:
    edit.load(PAGE)
    edit.go_to_line(3)
    assert edit.line() == 3
    assert edit.document().firstBlock().isVisible()


@pytest.mark.parametrize("text", ["", "---\n", "---\ntitle: x\n", "---\n---\n", "no head\n", "---\n---"])
def test_odd_heads_open_and_stay_as_they_are(edit: MarkdownEdit, text: str) -> None:
    edit.load(text)
    QTest.keyClick(edit, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(edit, "x")
    edit.undo()
    assert edit.text() == text


def test_a_machine_edit_is_one_step_of_undo_and_keeps_the_fold(edit: MarkdownEdit) -> None:
    edit.load(PAGE)
    assert edit.replace_text(PAGE.replace("owner: x", "owner: y").replace("More.", "Less.\n\nAnd more."))
    assert not edit.document().firstBlock().isVisible()
    assert "owner: y" in edit.text()
    edit.undo()
    assert edit.text() == PAGE
    assert not edit.replace_text(PAGE)


def test_copying_keeps_no_break_spaces(edit: MarkdownEdit) -> None:
    edit.load("Call\u00a0101\u2028now\nsoon")
    edit.selectAll()
    assert edit.createMimeDataFromSelection().text() == "Call\u00a0101\u2028now\nsoon"


def copied(html: str, words: str) -> QMimeData:
    """What another program put on the clipboard."""
    data = QMimeData()
    data.setHtml(html)
    data.setText(words)
    return data


@pytest.mark.parametrize(
    ("at", "after"),
    [
        ("First", "First\n\n- one\n- two\n\n line.\n\n## Part"),
        ("First line.", "First line.\n\n- one\n- two\n\n## Part"),
        ("---\nowner: x\n---\n", "- one\n- two\n\nFirst line.\n\n## Part"),
    ],
)
def test_a_list_from_word_is_pasted_as_a_list_between_blank_lines(
    edit: MarkdownEdit, qtbot: QtBot, at: str, after: str
) -> None:
    edit.load(PAGE)
    put_caret(edit, at) if at[0] == "F" else edit.go_to_line(5)
    with qtbot.waitSignal(edit.pasted) as told:
        edit.insertFromMimeData(copied("<ul><li>one<li>two</ul>", "one two"))
    assert body(edit).startswith(after)
    assert told.args is not None
    assert "Ctrl+Shift+V" in told.args[0]
    assert edit.steps.undo_word == "paste"
    edit.undo()
    assert edit.text() == PAGE


def test_a_link_from_the_web_is_pasted_into_the_line_and_takes_the_place_of_what_is_selected(
    edit: MarkdownEdit,
) -> None:
    edit.load("Ask now.\n")
    cursor = edit.document().find("now")
    edit.setTextCursor(cursor)
    edit.insertFromMimeData(copied('<a href="https://www.gov.uk/">them</a>', "them"))
    assert edit.text() == "Ask [them](https://www.gov.uk/).\n"


@pytest.mark.parametrize(("text", "at"), [("```\ncode\n```\n", "code"), ("- x", "")])
def test_words_alone_are_pasted_into_code_and_wherever_one_asks_for_them(
    edit: MarkdownEdit, text: str, at: str
) -> None:
    edit.load(text)
    if at:
        put_caret(edit, at)
    edit.insertFromMimeData(copied("<b>*a*</b>", "*a*"), keeps_form=at != "")
    assert edit.text() == text.replace(at or "- x", f"{at}*a*" if at else "*a*- x")


def test_pasting_is_one_step_of_undo_and_takes_only_the_text(edit: MarkdownEdit) -> None:
    edit.load("a\n")
    data = QMimeData()
    data.setText("one\r\ntwo\u00a0three\n")
    data.setHtml("<p>one</p>")
    edit.insertFromMimeData(data)
    assert edit.text() == "one\ntwo\u00a0three\na\n"
    edit.undo()
    assert edit.text() == "a\n"


def test_colouring_is_no_edit(edit: MarkdownEdit, qtbot: QtBot) -> None:
    edit.load(PAGE)
    with qtbot.assertNotEmitted(edit.text_edited):
        edit.restyle()
        edit.set_folded(False)
        edit.set_folded(True)
    with qtbot.waitSignal(edit.text_edited):
        QTest.keyClicks(edit, "x")


def test_lines_are_no_longer_than_is_good_to_read(edit: MarkdownEdit) -> None:
    edit.load("word " * 200)
    edit.resize(1800, 600)
    line = edit.document().firstBlock().layout().lineAt(0)
    assert line.textLength() <= MEASURE * 1.3
    assert edit.viewport().x() > 300


def test_the_caret_and_the_top_line_are_told(edit: MarkdownEdit, qtbot: QtBot) -> None:
    edit.load("\n\n".join(f"Line {number}" for number in range(200)))
    with qtbot.waitSignal(edit.caret_moved) as moved:
        edit.go_to_line(101)
    assert moved.args == [101]
    with qtbot.waitSignal(edit.top_line_changed):
        edit.verticalScrollBar().setValue(0)
    assert edit.top_line() == 1


def test_the_marked_words_move_with_their_lines(edit: MarkdownEdit) -> None:
    edit.load(PAGE)
    put_caret(edit, "First line.")
    cursor = edit.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    assert edit.fold.start() == edit.document().findBlockByNumber(4).position()
    assert body(edit).startswith("First line.")


def test_what_is_said_of_a_section_stays_beside_it_whatever_is_typed_above_or_undone(
    edit: MarkdownEdit,
) -> None:
    edit.load(PAGE)
    lead, part = Note(5, LayerKind.SHARED, "Shared"), Note(7, LayerKind.FORCE, "Gwent")
    edit.notes.set_notes([lead, part])
    edit.notes.set_marks([Mark(8, Severity.ERROR, "Mend this.")])
    edit.notes.set_comments({7: "2 comments"})
    assert edit.notes.starts() == {4: lead, 6: part}
    put_caret(edit, "First line.")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.notes.starts() == {4: lead, 8: part}
    assert edit.notes.note_of(7) is lead
    assert edit.notes.note_of(9) is part
    assert edit.notes.note_of(3) is None
    assert set(edit.notes.marks()) == {9}
    assert edit.notes.words()[8] == (LayerKind.FORCE, "2 comments · Gwent")
    while edit.document().isUndoAvailable():
        edit.undo()
    assert edit.notes.starts() == {4: lead, 6: part}
    edit.replace_text("---\ntitle: x\n---\n" + edit.text().partition("---\n")[2].partition("---\n")[2])
    assert edit.notes.starts()[5] is part
    edit.notes.set_notes([])
    assert edit.notes.starts() == {}


def test_a_blinking_caret_paints_the_words_of_its_own_line_alone(edit: MarkdownEdit, qtbot: QtBot) -> None:
    edit.load(PAGE)
    edit.resize(700, 500)
    with qtbot.waitExposed(edit):
        edit.show()
    lines = [block.blockNumber() for block, _place in visible_blocks(edit)]
    caret = edit.cursorRect()
    near = [block.blockNumber() for block, _place in visible_blocks(edit, caret)]
    assert lines == [4, 5, 6, 7, 8]
    assert near == [4]
