"""Find and replace."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from soh_author.desktop.editor.find_bar import FindBar
from soh_author.desktop.editor.text_edit import MarkdownEdit
from soh_author.domain.finding import Search, count_words, find_all, nearest

TEXT = "---\ntitle: fee\n---\nThe fee 😀 is a Fee. Feeding is no fee\u00a0paid.\n"


@pytest.fixture
def bar(edit: MarkdownEdit, qtbot: QtBot) -> FindBar:
    """The bar below a text."""
    made = FindBar(edit)
    qtbot.addWidget(made)
    edit.load(TEXT)
    edit.activateWindow()
    return made


def chosen(bar: FindBar) -> str:
    """The words the text has selected."""
    return bar._edit.textCursor().selectedText()


@pytest.mark.parametrize(
    ("search", "found"),
    [
        (Search("fee"), 4),
        (Search("fee", is_case_kept=True), 2),
        (Search("fee", is_whole_word=True), 3),
        (Search("fee paid"), 1),
        (Search("."), 2),
        (Search(""), 0),
        (Search("nothing"), 0),
    ],
)
def test_words_are_found(search: Search, found: int) -> None:
    assert len(find_all(TEXT.partition("---\n")[2].partition("---\n")[2], search)) == found


def test_the_nearest_find_is_behind_the_caret_or_the_first() -> None:
    assert nearest([(3, 5), (9, 11)], 4) == 1
    assert nearest([(3, 5), (9, 11)], 40) == 0
    assert nearest([], 4) == -1


def test_the_bar_counts_in_words() -> None:
    assert count_words(2, 12) == "3 of 12"
    assert count_words(-1, 0) == "Not found"
    assert count_words(0, 5000) == "1 of 5000+"


def test_typing_finds_and_enter_goes_round(bar: FindBar) -> None:
    bar.open_to_find(with_replace=False)
    QTest.keyClicks(bar.words, "fee")
    assert bar.count.text() == "1 of 4"
    assert chosen(bar) == "fee"
    QTest.keyClick(bar.words, Qt.Key.Key_Return)
    assert (bar.count.text(), chosen(bar)) == ("2 of 4", "Fee")
    QTest.keyClick(bar.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(bar.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count.text() == "4 of 4"


def test_the_folded_head_is_not_searched(bar: FindBar) -> None:
    bar.open_to_find(with_replace=False)
    QTest.keyClicks(bar.words, "title")
    assert bar.count.text() == "Not found"


def test_esc_returns_the_caret_to_where_it_was(bar: FindBar, edit: MarkdownEdit) -> None:
    cursor = edit.textCursor()
    cursor.setPosition(30)
    edit.setTextCursor(cursor)
    bar.open_to_find(with_replace=False)
    QTest.keyClicks(bar.words, "paid")
    assert edit.textCursor().position() != 30
    QTest.keyClick(bar.words, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert edit.textCursor().position() == 30


def test_one_is_replaced_then_the_next_is_shown(bar: FindBar, edit: MarkdownEdit) -> None:
    bar.open_to_find(with_replace=True)
    QTest.keyClicks(bar.words, "fee")
    QTest.keyClicks(bar.new_words, "charge")
    QTest.keyClick(bar.new_words, Qt.Key.Key_Return)
    assert "The charge 😀 is a Fee." in edit.text()
    assert (bar.count.text(), chosen(bar)) == ("1 of 3", "Fee")


def test_all_are_replaced_in_one_step_of_undo(bar: FindBar, edit: MarkdownEdit, qtbot: QtBot) -> None:
    bar.open_to_find(with_replace=True)
    QTest.keyClicks(bar.words, "fee")
    bar.whole.setChecked(True)
    bar.new_words.setText("😀")
    with qtbot.waitSignal(bar.told) as told:
        bar.replace_all()
    assert told.args is not None
    assert told.args[0].startswith("3 replaced")
    assert edit.text().endswith("The 😀 😀 is a 😀. Feeding is no 😀\u00a0paid.\n")
    edit.undo()
    assert edit.text() == TEXT


def test_what_may_not_be_changed_is_not_replaced(bar: FindBar, edit: MarkdownEdit) -> None:
    bar.open_to_find(with_replace=True)
    bar.words.setText("fee")
    edit.setReadOnly(True)
    bar.replace_all()
    bar.replace_here()
    assert edit.text() == TEXT


def test_the_bar_fits_a_narrow_room_with_large_letters(qtbot: QtBot, edit: MarkdownEdit) -> None:
    bar = FindBar(edit)
    qtbot.addWidget(bar)
    bar.setStyleSheet("* { font-size: 28px }")
    bar.resize(520, 300)
    bar.open_to_find(with_replace=True)
    qtbot.waitUntil(
        lambda: all(
            control.width() >= control.minimumSizeHint().width()
            for control in (*bar.buttons.values(), bar.case, bar.whole, bar.count)
        ),
        timeout=5_000,
    )
