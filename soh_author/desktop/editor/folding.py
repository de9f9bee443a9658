"""Folds the front matter away: its lines stay in the document, but the caret never enters them."""

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from soh_author.desktop.editor.highlighter import LineKind


class FrontMatterFold:
    """Whether the front matter of one document is seen, and where the text behind it begins."""

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self.is_folded = False

    def last_block(self) -> QTextBlock:
        """The closing ``---``; an invalid block when the file has no front matter, or an unclosed one."""
        block = self._document.begin()
        if block.text().rstrip() != "---":
            return QTextBlock()
        block = block.next()
        while block.isValid() and block.userState() == LineKind.FRONT_MATTER:
            block = block.next()
        return block

    def set_folded(self, wanted: bool) -> None:
        """Hide the front matter or show it; nothing is hidden where no text follows it."""
        last = self.last_block()
        wanted = wanted and last.isValid() and last.next().isValid()
        if wanted == self.is_folded and not wanted:
            return
        self.is_folded = wanted
        if not last.isValid():
            return
        block = self._document.begin()
        while block.isValid() and block.blockNumber() <= last.blockNumber():
            block.setVisible(not wanted)
            # The scroll bar counts lines; a hidden block has none.
            block.setLineCount(0 if wanted else max(1, block.layout().lineCount()))
            block = block.next()
        self._document.markContentsDirty(0, last.position() + last.length())

    def start(self) -> int:
        """First position a caret may stand at."""
        if not self.is_folded:
            return 0
        last = self.last_block()
        return last.next().position() if last.isValid() and last.next().isValid() else 0

    def end_of_head(self) -> int:
        """Position behind the front matter, whether it is seen or not."""
        last = self.last_block()
        return last.position() + last.length() if last.isValid() else 0

    def kept_out(self, cursor: QTextCursor) -> QTextCursor | None:
        """The cursor moved out of the folded lines, or None when it isn't in them."""
        start = self.start()
        if min(cursor.position(), cursor.anchor()) >= start:
            return None
        moved = QTextCursor(cursor)
        moved.setPosition(max(cursor.anchor(), start))
        moved.setPosition(max(cursor.position(), start), QTextCursor.MoveMode.KeepAnchor)
        return moved
