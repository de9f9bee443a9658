"""What Enter, Tab and letters do where a plain new line or letter would do harm: lists, headings, indents."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from soh_author.desktop.editor.formatting import continue_list, indent_lines
from soh_author.desktop.editor.heading_lines import break_heading, into_words

_SHIFT = Qt.KeyboardModifier.ShiftModifier


def answer_key(cursor: QTextCursor, event: QKeyEvent, *, tab_indents: bool) -> bool:
    """Change the text as a key says, or only move the cursor to where its letter belongs.

    Returns:
        Whether the key is done with; else Qt goes on with it.
    """
    key, held = event.key(), event.modifiers()
    if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        if held & ~(_SHIFT | Qt.KeyboardModifier.KeypadModifier):
            return False
        if held & _SHIFT or not (continue_list(cursor) or break_heading(cursor)):
            cursor.insertBlock()
        return True
    if tab_indents and key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
        indent_lines(cursor, outwards=key == Qt.Key.Key_Backtab)
        return True
    if event.text() and event.text().isprintable():
        into_words(cursor)
    return False
