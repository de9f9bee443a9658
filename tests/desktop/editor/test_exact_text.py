"""A file that is opened and saved is the same file, byte for byte."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from soh_author.desktop.editor.exact_text import ExactText, index_at, units

pytestmark = pytest.mark.qt

HARD = {
    "no-break space": "Call\u00a0101 now\n",
    "line separator": "one\u2028still the same line\n",
    "paragraph separator": "one\u2029two\n",
    "windows line ends": "one\r\ntwo\r\n",
    "mixed line ends": "one\r\ntwo\nthree\rfour\r\n",
    "emoji": "Bore da 😀👮🏽‍♀️ ŵ ŷ\n",
    "no last line end": "one\ntwo",
    "blank": "",
    "only line ends": "\n\r\n\n",
    "byte order mark": "\ufeff---\ntitle: x\n---\n",
    "tabs and trailing spaces": "\tone  \n  \n",
    "control characters": "a\x00b\x0b\x0c\x1fc\x85d\n",
    "frame marks of Qt": "a\ufdd0b\ufdd1c\ufffcd\n",
}


def opened(text: str) -> tuple[QTextDocument, ExactText]:
    document = QTextDocument()
    exact = ExactText(document)
    exact.load(text)
    return document, exact


@pytest.mark.parametrize("text", HARD.values(), ids=HARD.keys())
def test_open_and_save_gives_the_same_text(qtbot: QtBot, text: str) -> None:
    del qtbot
    _, exact = opened(text)
    assert exact.text() == text


@settings(max_examples=300, deadline=None)
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_survives(qapp: object, text: str) -> None:
    del qapp
    _, exact = opened(text)
    assert exact.text() == text


@settings(max_examples=300, deadline=None)
@given(
    old=st.text(alphabet="ab \n😀\u00a0\u2028", max_size=30),
    new=st.text(alphabet="ab \n😀\u00a0\u2028", max_size=30),
)
def test_a_machine_edit_says_the_new_text_and_one_undo_the_old(qapp: object, old: str, new: str) -> None:
    del qapp
    document, exact = opened(old)
    changed = exact.replace(new)
    assert exact.text() == new
    assert changed == (old != new)
    if changed:
        assert document.availableUndoSteps() >= 1
        document.undo()
        assert exact.text() == old
        assert not document.isUndoAvailable()


def test_a_line_typed_into_a_windows_file_ends_as_its_neighbours(qtbot: QtBot) -> None:
    del qtbot
    document, exact = opened("one\r\ntwo\r\n")
    cursor = QTextCursor(document)
    cursor.setPosition(3)
    cursor.insertBlock()
    cursor.insertText("new")
    assert exact.text() == "one\r\nnew\r\ntwo\r\n"


def test_an_edit_elsewhere_keeps_the_odd_line_end(qtbot: QtBot) -> None:
    del qtbot
    document, exact = opened("one\ntwo\r\nthree\nfour\n")
    QTextCursor(document).insertText("x")
    assert exact.text() == "xone\ntwo\r\nthree\nfour\n"
    document.undo()
    assert exact.text() == "one\ntwo\r\nthree\nfour\n"


@given(text=st.text(max_size=20))
def test_units_and_index_are_inverse(text: str) -> None:
    for index in range(len(text) + 1):
        assert index_at(text, units(text[:index])) == index
