"""Places in a document that have a name."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextBrowser


def go_to_anchor(text: QTextBrowser, name: str) -> None:
    """Bring a named place to the top, with the caret in it for whoever listens."""
    block = text.document().begin()
    while block.isValid():
        for part in block.textFormats():
            if name in part.format.anchorNames():
                text.setTextCursor(QTextCursor(block))
        block = block.next()
    text.scrollToAnchor(name)
