"""Heading lines as people write them: whatever is typed, the name in braces stays behind the words."""

import re

from PySide6.QtGui import QTextCursor

from soh_author.desktop.editor.exact_text import index_at, units
from soh_author.desktop.editor.formatting import replace_line
from soh_author.desktop.editor.headings import ATTRIBUTES, headings, new_id, read_heading
from soh_author.desktop.editor.highlighter import HEADING

_KEEP = QTextCursor.MoveMode.KeepAnchor
_NAME = re.compile(r"\s*\{#[\w-]+\}\s*$")


def set_heading(cursor: QTextCursor, level: int) -> QTextCursor:
    """Make the line a heading of a level (plain text when it is that already); a new section gets an id.

    The caret stays in the words, so that whoever writes on lengthens the heading.
    """
    block = cursor.block()
    text = block.text()
    match = HEADING.match(text)
    title = match[2] if match else text.strip()
    words_before = match.start(2) if match else len(text) - len(text.lstrip())
    within = max(0, index_at(text, cursor.positionInBlock()) - words_before)
    if match and len(match[1]) == level:
        replace_line(cursor, _NAME.sub("", title))
        return cursor
    line = f"{'#' * level} {title}"
    heading = read_heading(block)
    if level == 2 and title and not (heading and heading.id) and not title.endswith("}"):
        line += name_for(cursor, title)
    replace_line(cursor, line)
    start = level + 1
    caret = max(start, min(start + within, _words_end(line)))
    cursor.setPosition(cursor.block().position() + units(line[:caret]))
    return cursor


def name_for(cursor: QTextCursor, title: str) -> str:
    """A name for a section of the caret's text, as it is written behind the heading."""
    taken = [found.id for found in headings(cursor.document())]
    return f" {{#{new_id(title, taken)}}}"


def break_heading(cursor: QTextCursor) -> bool:
    """On Enter in the words of a heading: the words behind the caret begin a line, the name stays.

    At the end of a section's heading that has no name yet, it gets one. False: it is another place.
    """
    block = cursor.block()
    heading, text = read_heading(block), block.text()
    if cursor.hasSelection() or heading is None or not heading.title:
        return False
    match, end = HEADING.match(text), _words_end(text)
    at = index_at(text, cursor.positionInBlock())
    if match is None or not match.start(2) < at <= end:
        return False
    rest = text[end:].strip()
    is_nameless = heading.is_section and at == end and not rest
    if not (rest or is_nameless):
        return False
    words = text[at:end]
    cursor.beginEditBlock()
    cursor.setPosition(block.position() + units(text[:end]), _KEEP)
    cursor.removeSelectedText()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    cursor.insertText(name_for(cursor, heading.title).rstrip() if is_nameless else "")
    cursor.insertBlock()
    cursor.insertText(words.lstrip())
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
    cursor.endEditBlock()
    return True


def into_words(cursor: QTextCursor) -> bool:
    """From behind the name of a heading go to the end of its words: there is where letters belong."""
    text = cursor.block().text()
    if cursor.hasSelection() or not text.startswith("#") or not cursor.atBlockEnd():
        return False
    end = _words_end(text)
    if read_heading(cursor.block()) is None or end == len(text.rstrip()):
        return False
    cursor.setPosition(cursor.block().position() + units(text[:end]))
    return True


def _words_end(line: str) -> int:
    """Where the words of a heading line end: before its name in braces."""
    attributes = ATTRIBUTES.search(line)
    return attributes.start() if attributes else len(line.rstrip(" \t"))
