"""What the formatting keys do to a text: each is one step of undo, and touches nothing else."""

import re

from PySide6.QtGui import QTextBlock, QTextCursor

from soh_author.desktop.editor.exact_text import units
from soh_author.desktop.editor.highlighter import LineKind

_LIST = re.compile(r"(\s*(?:>\s*)*)(?:([-*+])|(\d{1,9})([.)]))(\s+)(\[[ xX]\]\s+)?")
_QUOTE = re.compile(r"(\s*>\s?)")
_KEEP = QTextCursor.MoveMode.KeepAnchor
_CARET = "$"
"""Stands in a text to insert where the caret goes."""


def toggle_mark(cursor: QTextCursor, mark: str) -> QTextCursor:
    """Put a mark (``**``, ``_``) round the selection, or the word at the caret, or take it away again."""
    if not cursor.hasSelection():
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
    inner = cursor.selectedText()
    core = inner.strip()
    start = cursor.selectionStart() + units(inner[: len(inner) - len(inner.lstrip())])
    end, width = start + units(core), len(mark)
    cursor.beginEditBlock()
    if core.startswith(mark) and core.endswith(mark) and len(core) > 2 * width:
        core = core[width:-width]
        _put(cursor, start, end, core)
        start -= width
    elif core and _said(cursor, start - width, start) == mark == _said(cursor, end, end + width):
        _put(cursor, start - width, end + width, core)
        start -= 2 * width
    else:
        _put(cursor, start, end, f"{mark}{core}{mark}")
    cursor.endEditBlock()
    cursor.setPosition(start + width)
    cursor.setPosition(start + width + units(core), _KEEP)
    return cursor


def continue_list(cursor: QTextCursor) -> bool:
    """On Enter: begin the next item of a list or quotation, or end it on an empty one. False: neither."""
    block = cursor.block()
    if cursor.hasSelection() or block.userState() != LineKind.TEXT:
        return False
    text = block.text()
    item = _LIST.match(text)
    quote = None if item else _QUOTE.match(text)
    mark = item or quote
    if mark is None or cursor.positionInBlock() < units(text[: mark.end()]):
        return False
    cursor.beginEditBlock()
    if not text[mark.end() :].strip():
        replace_line(cursor, "")
    else:
        cursor.insertText("\n" + (_next_item(item) if item else mark[1]))
    cursor.endEditBlock()
    return True


def toggle_lines(cursor: QTextCursor, kind: str) -> QTextCursor:
    """Turn the selected lines into ``bullets``, ``numbers`` or a ``quote``, or back when all are that."""
    lines = _selected_blocks(cursor)
    written = [block for block in lines if block.text().strip()] or lines
    old = [block.text() for block in written]
    is_on = all(_is_kind(text, kind) for text in old)
    cursor.beginEditBlock()
    for number, block in enumerate(written, 1):
        bare = _bare(block.text(), kind)
        replace_line(QTextCursor(block), bare if is_on else _lead_in(kind, number) + bare)
    cursor.endEditBlock()
    return cursor


def insert_block(cursor: QTextCursor, text: str) -> QTextCursor:
    """Put a piece of its own lines behind the caret's paragraph line; the caret goes where ``$`` stands."""
    block = cursor.block()
    before = "" if not block.text().strip() else "\n\n"
    after = "\n" if block.next().isValid() and block.next().text().strip() else ""
    plain = text.replace(_CARET, "", 1)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    start = cursor.position()
    cursor.beginEditBlock()
    cursor.insertText(before + plain + after)
    cursor.endEditBlock()
    caret = text.find(_CARET)
    cursor.setPosition(start + units(before + (text[:caret] if caret >= 0 else plain)))
    return cursor


def insert_link(cursor: QTextCursor, label: str, target: str) -> QTextCursor:
    """Put a link in place of the selection."""
    cursor.insertText(f"[{label}]({target})")
    return cursor


def _next_item(item: re.Match[str]) -> str:
    indent, bullet, number, closing, gap, box = item.groups()
    sign = bullet or f"{int(number) + 1}{closing}"
    return f"{indent}{sign}{gap}{'[ ] ' if box else ''}"


def _lead_in(kind: str, number: int) -> str:
    return {"bullets": "- ", "numbers": f"{number}. ", "quote": "> "}[kind]


def _is_kind(text: str, kind: str) -> bool:
    if kind == "quote":
        return bool(_QUOTE.match(text))
    item = _LIST.match(text)
    return bool(item and (item[2] if kind == "bullets" else item[3]))


def _bare(text: str, kind: str) -> str:
    mark = _QUOTE.match(text) if kind == "quote" else _LIST.match(text)
    return text[mark.end() :] if mark else text.lstrip()


def _selected_blocks(cursor: QTextCursor) -> list[QTextBlock]:
    document = cursor.document()
    block, end = document.findBlock(cursor.selectionStart()), cursor.selectionEnd()
    found = [block]
    while block.next().isValid() and block.next().position() < max(end, 1):
        block = block.next()
        found.append(block)
    return found


def replace_line(cursor: QTextCursor, text: str) -> None:
    """Put a text in place of the caret's line; the caret ends behind it."""
    start = cursor.block().position()
    _put(cursor, start, start + cursor.block().length() - 1, text)


def _put(cursor: QTextCursor, start: int, end: int, text: str) -> None:
    cursor.setPosition(start)
    cursor.setPosition(end, _KEEP)
    cursor.insertText(text)


def _said(cursor: QTextCursor, start: int, end: int) -> str:
    if start < 0 or end >= cursor.document().characterCount():
        return ""
    reader = QTextCursor(cursor.document())
    reader.setPosition(start)
    reader.setPosition(end, _KEEP)
    return reader.selectedText()


def indent_lines(cursor: QTextCursor, *, outwards: bool = False) -> None:
    """Move the selected lines by two spaces; without a selection outside a list, put in two spaces."""
    text = cursor.block().text()
    cursor.beginEditBlock()
    if not outwards and not cursor.hasSelection() and not _LIST.match(text):
        cursor.insertText("  ")
    else:
        for block in _selected_blocks(cursor):
            start = QTextCursor(block)
            if not outwards:
                start.insertText("  ")
            elif block.text().startswith(" "):
                spaces = len(block.text()) - len(block.text().lstrip(" "))
                _put(start, block.position(), block.position() + min(2, spaces), "")
    cursor.endEditBlock()
