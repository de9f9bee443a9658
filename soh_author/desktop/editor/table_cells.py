"""From cell to cell of a table: one line is a row, bars part its cells, as a Markdown table is written."""

import re
from itertools import pairwise

from PySide6.QtGui import QTextBlock, QTextCursor

from soh_author.desktop.editor.exact_text import index_at, units
from soh_author.desktop.editor.highlighter import LineKind

_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$")
_KEEP = QTextCursor.MoveMode.KeepAnchor


def step_cell(cursor: QTextCursor, step: int) -> bool:
    """Go to the next cell (``step`` 1) or the one before (-1), and choose its words.

    Behind the last cell a row begins, one step of undo; from an empty last row Tab leaves the text, so that
    nobody is kept in it. False: there is no table here, or no cell to go to.
    """
    block = cursor.block()
    if not _is_row(block) or not any(_is_rule(row) for row in _rows_of(block)):
        return False
    cells = _cells(block)
    here = next((number for number, cell in enumerate(cells) if _within(cursor, block) <= cell[1]), 0) + step
    if not 0 <= here < len(cells):
        row = _row_beside(block, step)
        if row is None:
            return step > 0 and _begin_row(cursor, block, len(cells))
        block, cells = row, _cells(row)
        here = 0 if step > 0 else len(cells) - 1
    _choose(cursor, block, cells[here])
    return True


def _is_row(block: QTextBlock) -> bool:
    is_text = block.userState() in {LineKind.TEXT, LineKind.UNSEEN}
    return block.isValid() and is_text and block.text().startswith("|") and len(_cells(block)) > 0


def _is_rule(block: QTextBlock) -> bool:
    return _RULE.match(block.text()) is not None


def _rows_of(block: QTextBlock) -> list[QTextBlock]:
    while _is_row(block.previous()):
        block = block.previous()
    rows = [block]
    while _is_row(block.next()):
        block = block.next()
        rows.append(block)
    return rows


def _row_beside(block: QTextBlock, step: int) -> QTextBlock | None:
    while _is_row(block := block.next() if step > 0 else block.previous()):
        if not _is_rule(block):
            return block
    return None


def _cells(block: QTextBlock) -> list[tuple[int, int]]:
    """Where each cell begins and ends between its bars; a row may leave out the last bar."""
    text = block.text().rstrip()
    bars = [found.start() for found in _BAR.finditer(text)]
    if bars and bars[-1] != len(text) - 1:
        bars.append(len(text))
    return [(start + 1, end) for start, end in pairwise(bars)]


def _within(cursor: QTextCursor, block: QTextBlock) -> int:
    return index_at(block.text(), cursor.position() - block.position())


def _begin_row(cursor: QTextCursor, block: QTextBlock, width: int) -> bool:
    text = block.text()
    if not any(text[start:end].strip() for start, end in _cells(block)):
        return False
    cursor.beginEditBlock()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    cursor.insertBlock()
    cursor.insertText("|" + "  |" * width)
    cursor.endEditBlock()
    _choose(cursor, cursor.block(), (1, 3))
    return True


def _choose(cursor: QTextCursor, block: QTextBlock, cell: tuple[int, int]) -> None:
    """Select the words of a cell; in an empty one put the caret behind its first space."""
    start, end = cell
    words = block.text()[start:end]
    inner = words.strip()
    first = start + (words.index(inner) if inner else min(1, len(words)))
    text = block.text()
    cursor.setPosition(block.position() + units(text[:first]))
    cursor.setPosition(block.position() + units(text[: first + len(inner)]), _KEEP)
