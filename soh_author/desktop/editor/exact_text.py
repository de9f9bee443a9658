"""Text in and out of a Qt document without losing a character.

Qt's own way in and out is lossy: ``toPlainText()`` turns no-break spaces into spaces and U+2028 into new
lines, and ``setPlainText()`` makes every kind of line end the same. Here the kind of line end most lines have
is remembered for the file, and every line that ends differently carries its own as a property of its block,
which undo and redo keep.
"""

import re
from collections import Counter

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextFormat

LINE_END = re.compile("\r\n|[\n\r\u2029\ufdd0\ufdd1]")
"""Whatever Qt makes a new block of; U+2028 and the other line breaks of Unicode stay letters in a block."""

_OWN_END = QTextFormat.Property.UserProperty.value + 1
_RAW_END = "\u2029"
_ORDER_MARKS = "\ufeff\ufffe"
# Qt takes these for a statement about byte order where a text begins, and drops them.


def units(text: str) -> int:
    """Length as Qt counts it: in UTF-16 units, so that an emoji is two."""
    return len(text) + sum(letter > "\uffff" for letter in text) if not text.isascii() else len(text)


def index_at(text: str, position: int) -> int:
    """Index in a Python text of a place that Qt counted; a place inside a letter is moved behind it."""
    if text.isascii():
        return min(position, len(text))
    for index, letter in enumerate(text):
        if position <= 0:
            return index
        position -= 2 if letter > "\uffff" else 1
    return len(text)


class ExactText:
    """The text of one document as its file has it."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._mark = ""
        self._end = "\n"
        self._has_odd_ends = False

    def load(self, text: str) -> None:
        """Fill the document; what could be undone before is forgotten."""
        self._mark, text = _without_mark(text)
        ends = LINE_END.findall(text)
        self._end = Counter(ends).most_common(1)[0][0] if ends else "\n"
        odd = [(number, end) for number, end in enumerate(ends) if end != self._end]
        self._has_odd_ends = bool(odd)
        self._document.setUndoRedoEnabled(False)
        self._document.setPlainText(LINE_END.sub("\n", text) if set(ends) - {"\n"} else text)
        for number, end in odd:
            self._give_end(self._document.findBlockByNumber(number), end)
        self._document.setUndoRedoEnabled(True)
        self._document.setModified(False)

    def text(self) -> str:
        """The text of the file, character for character."""
        raw = self._document.toRawText()
        if not self._has_odd_ends:
            return self._mark + raw.replace(_RAW_END, self._end)
        lines = raw.split(_RAW_END)
        block, parts = self._document.begin(), []
        for line in lines[:-1]:
            parts += [line, self._end_of(block)]
            block = block.next()
        return "".join([self._mark, *parts, lines[-1]])

    def replace(self, text: str) -> bool:
        """Change the document to say ``text``, touching only what differs, as one step of undo.

        Returns whether anything had to be changed. New lines get the line end most lines of the file have.
        """
        old, new = self._document.toRawText(), LINE_END.sub(_RAW_END, _without_mark(text)[1])
        start, old_end, new_end = _difference(old, new)
        if start == old_end and start == new_end:
            return False
        cursor = QTextCursor(self._document)
        cursor.setPosition(units(old[:start]))
        cursor.setPosition(units(old[:old_end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.beginEditBlock()
        cursor.insertText(new[start:new_end])
        cursor.endEditBlock()
        return True

    def _end_of(self, block: QTextBlock) -> str:
        return str(block.blockFormat().property(_OWN_END) or self._end)

    def _give_end(self, block: QTextBlock, end: str) -> None:
        form = block.blockFormat()
        form.setProperty(_OWN_END, end)
        QTextCursor(block).setBlockFormat(form)


def _without_mark(text: str) -> tuple[str, str]:
    body = text.lstrip(_ORDER_MARKS)
    return text[: len(text) - len(body)], body


def _difference(old: str, new: str) -> tuple[int, int, int]:
    """Where two texts begin to differ, and where the rest that is equal begins in each."""
    shortest = min(len(old), len(new))
    start = _equal_run(old, new, shortest)
    tail = _equal_run(old[::-1], new[::-1], shortest - start)
    return start, len(old) - tail, len(new) - tail


def _equal_run(first: str, second: str, longest: int) -> int:
    """How many letters two texts have in common at the start, by halving: as fast as C."""
    low, high = 0, longest
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
