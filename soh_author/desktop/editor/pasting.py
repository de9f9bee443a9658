"""Puts what was copied elsewhere into the text: words from Word and the web keep their form, as Markdown."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextBlock, QTextCursor

from soh_author.desktop.editor.exact_text import LINE_END
from soh_author.desktop.editor.highlighter import LineKind
from soh_author.markup.pasted import Pasted, markdown_of

KEPT = "Pasted with its headings, lists and links. “Paste as text” (Ctrl+Shift+V) takes the words alone."
_LEFT_OUT = ("One picture was left out. ", "{} pictures were left out. ")


def paste(cursor: QTextCursor, source: QMimeData, *, keeps_form: bool) -> str:
    """Put in what was copied, as one step of undo, in place of what is selected.

    Args:
        cursor: where to.
        source: what was copied.
        keeps_form: whether headings, lists, links, tables, bold and italics are kept.

    Returns:
        What to tell the person: that there was a form, and what was left out. Else an empty text.
    """
    can_keep = keeps_form and source.hasHtml() and _is_text(cursor.block())
    found = markdown_of(source.html()) if can_keep else None
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    cursor.insertText(LINE_END.sub("\n", source.text() if found is None else _fitted(cursor, found)))
    cursor.endEditBlock()
    if found is None:
        return ""
    count = found.left_out
    return (_LEFT_OUT[count > 1].format(count) if count else "") + KEPT


def _is_text(block: QTextBlock) -> bool:
    """Not in the fields of the page, nor in code."""
    kinds = {LineKind.FRONT_MATTER, LineKind.CODE}
    return block.userState() not in kinds and block.previous().userState() not in kinds


def _fitted(cursor: QTextCursor, found: Pasted) -> str:
    """Blocks stand between blank lines."""
    if found.is_inline:
        return found.text
    block, at = cursor.block(), cursor.positionInBlock()
    before, after = block.text()[:at].strip(), block.text()[at:].strip()
    lead = "\n\n" if before else "\n" if _has_words(block.previous()) else ""
    tail = "\n\n" if after else "\n" if _has_words(block.next()) else ""
    return f"{lead}{found.text}{tail}"


def _has_words(block: QTextBlock) -> bool:
    """Whether a line needs a blank one beside it; the one that ends the fields doesn't."""
    return bool(block.text().strip()) and block.previous().userState() != LineKind.FRONT_MATTER
