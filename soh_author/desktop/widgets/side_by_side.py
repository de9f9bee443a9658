"""Shows two texts side by side, level line by line, scrolling as one, with the words that differ marked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QResizeEvent, QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QGridLayout, QLabel, QTextEdit, QWidget

from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.as_written import as_written
from soh_author.desktop.widgets.difference import Row, Spans, changes

_SOON_MS = 40


class SideBySide(QWidget):
    """Two read-only texts. What differs is marked by colour, and by a line below (left: struck through)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: Sequence[Row] = ()
        self._at = -1
        self.titles = (QLabel(), QLabel())
        as_written(*self.titles)
        self.texts = (_pane("Text before"), _pane("Text after"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        for column, (title, text) in enumerate(zip(self.titles, self.texts, strict=True)):
            title.setContentsMargins(16, 8, 16, 8)
            title.setWordWrap(True)
            grid.addWidget(title, 0, column)
            grid.addWidget(text, 1, column)
            grid.setColumnStretch(column, 1)
        left, right = (text.verticalScrollBar() for text in self.texts)
        self.texts[0].setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left.valueChanged.connect(right.setValue)
        right.valueChanged.connect(left.setValue)
        theme.changed.connect(self._paint)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._lay_out_again)

    def show_rows(self, rows: Sequence[Row], left_title: str, right_title: str) -> None:
        """Show two texts laid beside each other."""
        self._rows = rows
        self._at = -1
        for title, text, said in zip(self.titles, self.texts, (left_title, right_title), strict=True):
            title.setText(said)
            text.setAccessibleName(said)
        self._paint()

    @property
    def count(self) -> int:
        """How many runs of lines differ."""
        return len(changes(self._rows))

    def step(self, step: int) -> int:
        """Go to the next difference, or the one before; gives its number from 1, or 0 for none."""
        starts = changes(self._rows)
        if not starts:
            return 0
        self._at = (self._at + step) % len(starts) if self._at >= 0 else (0 if step > 0 else len(starts) - 1)
        self._show_at(starts[self._at])
        return self._at + 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: there is another width, so lines are wrapped elsewhere: they are made level again."""
        super().resizeEvent(event)
        self._soon.start()

    def _lay_out_again(self) -> None:
        starts = changes(self._rows)
        self._paint()
        if 0 <= self._at < len(starts):
            self._show_at(starts[self._at])

    def _show_at(self, row: int) -> None:
        """Bring a row into sight, with what stands before it."""
        for text in self.texts:
            cursor = QTextCursor(text.document().findBlockByNumber(row))
            text.setTextCursor(cursor)
            text.ensureCursorVisible()
            bar = text.verticalScrollBar()
            bar.setValue(bar.value() + text.cursorRect().top() - text.viewport().height() // 3)

    def _paint(self) -> None:
        colours = self._theme.colours
        for text in self.texts:
            text.setFont(self._theme.mono_font())
        left = QTextCharFormat()
        left.setBackground(QColor(colours.removed))
        left.setFontStrikeOut(True)
        right = QTextCharFormat()
        right.setBackground(QColor(colours.added))
        right.setFontUnderline(True)
        _write(self.texts[0], [(row.left, row.left_marks) for row in self._rows], left, colours.hover)
        _write(self.texts[1], [(row.right, row.right_marks) for row in self._rows], right, colours.hover)
        self._level()

    def _level(self) -> None:
        """Give two lines of one row the same height, also when one of them is wrapped."""
        for number, _row in enumerate(self._rows):
            blocks = [text.document().findBlockByNumber(number) for text in self.texts]
            pairs = zip(self.texts, blocks, strict=True)
            heights = [_height(text, block) for text, block in pairs]
            missing = max(heights) - min(heights)
            if missing > 0.5:
                short = heights.index(min(heights))
                cursor = QTextCursor(blocks[short])
                shape = QTextBlockFormat(blocks[short].blockFormat())
                shape.setBottomMargin(shape.bottomMargin() + missing)
                cursor.setBlockFormat(shape)


def _height(text: QTextEdit, block: QTextBlock) -> float:
    return text.document().documentLayout().blockBoundingRect(block).height()


def _write(
    pane: QTextEdit, lines: Sequence[tuple[str | None, Spans]], marked: QTextCharFormat, gap: str
) -> None:
    pane.clear()
    cursor = pane.textCursor()
    cursor.beginEditBlock()
    plain = QTextCharFormat()
    for number, (line, spans) in enumerate(lines):
        shape = QTextBlockFormat()
        if line is None:
            shape.setBackground(QColor(gap))
        if number:
            cursor.insertBlock(shape, plain)
        else:
            cursor.setBlockFormat(shape)
        done = 0
        for start, end in spans:
            cursor.insertText((line or "")[done:start], plain)
            cursor.insertText((line or "")[start:end], marked)
            done = end
        cursor.insertText((line or "")[done:], plain)
    cursor.endEditBlock()
    pane.moveCursor(QTextCursor.MoveOperation.Start)


def _pane(name: str) -> QTextEdit:
    pane = QTextEdit()
    pane.setReadOnly(True)
    pane.setAccessibleName(name)
    pane.setFrameShape(QTextEdit.Shape.NoFrame)
    pane.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
    )
    pane.document().setDocumentMargin(16)
    pane.setTabChangesFocus(True)
    return pane
