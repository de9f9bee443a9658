"""The words a person selected: whole ones, also where the mouse began or ended within one."""

from PySide6.QtGui import QTextCursor, QTextDocument

_BULLET = "• "


def selected_words(cursor: QTextCursor) -> str:
    """What is selected, as text with plain line ends and without the bullets that only the screen has."""
    wide = QTextCursor(cursor)
    if not wide.hasSelection():
        return ""
    document, start, end = wide.document(), wide.selectionStart(), wide.selectionEnd()
    while _is_within_word(document, start):
        start -= 1
    while _is_within_word(document, end):
        end += 1
    wide.setPosition(start)
    wide.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    lines = wide.selectedText().replace("\u2029", "\n").strip().split("\n")
    return "\n".join(line.removeprefix(_BULLET) for line in lines)


def _is_within_word(document: QTextDocument, place: int) -> bool:
    """Whether a place has a letter or digit on both its sides."""
    return place > 0 and document.characterAt(place - 1).isalnum() and document.characterAt(place).isalnum()
