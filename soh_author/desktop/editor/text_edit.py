"""The text itself: one file's Markdown, calm to read, exact to the byte."""

from PySide6.QtCore import QMimeData, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from soh_author.desktop.editor.colours import colours_for
from soh_author.desktop.editor.exact_text import ExactText
from soh_author.desktop.editor.folding import FrontMatterFold
from soh_author.desktop.editor.highlighter import MarkdownHighlighter
from soh_author.desktop.editor.kept_font import KeptFont
from soh_author.desktop.editor.line_height import font_with_room
from soh_author.desktop.editor.pasting import paste
from soh_author.desktop.editor.section_notes import SectionMargin, SectionNotes, paint_words
from soh_author.desktop.editor.table_cells import step_cell
from soh_author.desktop.editor.undo_names import StepKeys, UndoNames
from soh_author.desktop.editor.writing_keys import answer_key

MEASURE = 76
"""Longest line, in letters of average width: longer ones are hard to follow back."""
BY_MACHINE = "change"
"""What a step that the program made is called when it has no name of its own."""
_LEAST_MARGIN = 34
_LEAST_HEIGHT = 48
"""So much is left of the text where bars need the room: large letters on a small screen."""
_TOP_MARGIN = 14


class MarkdownEdit(QPlainTextEdit):
    """Edits one Markdown text.

    Tab leaves it unless :attr:`tab_indents`; in a table it goes from cell to cell.
    Shift+Enter is an ordinary new line (Qt would put in a U+2028).
    """

    text_edited = Signal()
    """The words changed (not their colours)."""
    caret_moved = Signal(int)
    """The line the caret stands in, from 1."""
    top_line_changed = Signal(int)
    """The first line that is seen, from 1."""
    tab_key_changed = Signal(bool)
    """Whether Tab indents from now on."""
    menu_opening = Signal(object)
    """QMenu of the text, to be added to."""
    pasted = Signal(str)
    """What to tell of what was pasted."""
    keys_pressed = Signal(QKeyEvent)
    """A key, before the text has seen it; who accepts the event keeps it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setCenterOnScroll(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.colours = colours_for(self.palette())
        self.exact = ExactText(self.document())
        self.fold = FrontMatterFold(self.document())
        self.steps = UndoNames(self.document())
        self.installEventFilter(StepKeys(self))
        self.notes = SectionNotes(self.document())
        self.highlighter = MarkdownHighlighter(self.document(), self.colours, self.font())
        self.margin = SectionMargin(self, self.notes)
        self._font = KeptFont(self)
        self._letters, self._is_loading = "", False
        self.edits = self._last_line = self._top_line = 0
        self.set_text_size(16)
        self.document().contentsChanged.connect(self._tell_edits)
        self.cursorPositionChanged.connect(self._follow_caret)
        self.updateRequest.connect(self._follow_scroll)

    @property
    def tab_indents(self) -> bool:
        """Whether the Tab key indents instead of leaving the text."""
        return not self.tabChangesFocus()

    def set_tab_indents(self, wanted: bool) -> None:
        """Choose what the Tab key does."""
        self.setTabChangesFocus(not wanted)
        self.tab_key_changed.emit(wanted)

    def set_text_size(self, pixels: int, family: str = "") -> None:
        """Set the size of the body text, and its family if one is named."""
        font = QFont(self.font())
        if family:
            font.setFamilies([family])
        font.setFamilies([name for name in font.families() if not name.startswith("SOH Author Lines")])
        font.setPixelSize(pixels)
        self._font.choose(font_with_room(font))
        self.restyle()
        self._lay_out_column()

    def restyle(self) -> None:
        """Take the colours that fit the palette."""
        self.colours = colours_for(self.palette())
        self.highlighter.restyle(self.colours, self.font())
        self.margin.set_colours(self.colours)

    def refresh_notes(self) -> None:
        """Paint notes and marks anew."""
        self.margin.update()
        self.viewport().update()

    def load(self, text: str, *, folded: bool = True) -> None:
        """Show a file's text; what could be undone before is forgotten."""
        self.fold.is_folded = False
        self._is_loading = True
        self.exact.load(text)
        self._is_loading = False
        self._letters = self.document().toRawText()
        self.set_folded(folded)
        self._put_caret(self.fold.start())

    def text(self) -> str:
        """The file's text, character for character."""
        return self.exact.text()

    def replace_text(self, text: str, name: str = "") -> bool:
        """Change the text by machine, as one named step of undo; the caret stays with its words if it can."""
        changed = self.exact.replace(text)
        if changed:
            self.steps.name(name or BY_MACHINE)
            self.set_folded(self.fold.is_folded)
        return changed

    def set_folded(self, wanted: bool) -> None:
        """Hide the front matter, or show it as text."""
        self.fold.set_folded(wanted)
        self._follow_caret()
        self.viewport().update()

    def line(self) -> int:
        """The line of the caret, from 1."""
        return self.textCursor().blockNumber() + 1

    def go_to_line(self, line: int) -> None:
        """Put the caret at the start of a line and show it in the upper part; a folded line unfolds."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        if not block.isValid():
            block = self.document().lastBlock()
        if not block.isVisible():
            self.set_folded(False)
        self._put_caret(block.position())
        self.show_line_on_top(max(1, block.blockNumber() + 1 - 3))
        self.ensureCursorVisible()

    def show_line_on_top(self, line: int) -> None:
        """Scroll so that a line is the first that is seen."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        while block.isValid() and not block.isVisible():
            block = block.next()
        if block.isValid():
            self.verticalScrollBar().setValue(block.firstLineNumber())

    def top_line(self) -> int:
        """The first line that is seen, from 1."""
        return self.firstVisibleBlock().blockNumber() + 1

    def select_all_text(self) -> None:
        """Select everything that is seen."""
        cursor = self.textCursor()
        cursor.setPosition(self.fold.start())
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's menu, and what others add to it for the place that was clicked."""
        if not self.textCursor().hasSelection():
            self.setTextCursor(self.cursorForPosition(event.pos()))
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_opening.emit(menu)
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the completion look first, then lists and the fold, then Qt."""
        event.ignore()
        self.keys_pressed.emit(event)
        if event.isAccepted() or self._handled(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, onwards: bool) -> bool:
        """Qt: Tab. It goes from cell to cell of a table; elsewhere it leaves the text or indents."""
        cursor = self.textCursor()
        if self.isReadOnly() or not step_cell(cursor, 1 if onwards else -1):
            return super().focusNextPrevChild(onwards)
        self._go_to(cursor)
        return True

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the exact letters: Qt's own copying turns no-break spaces into spaces."""
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\u2029", "\n"))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Only text may come in."""
        return source.hasText() or source.hasHtml()

    def insertFromMimeData(self, source: QMimeData, *, keeps_form: bool = True) -> None:
        """Paste as one step of undo; what comes from Word or the web keeps its form."""
        cursor = self.textCursor()
        told = paste(cursor, source, keeps_form=keeps_form)
        self.steps.name("paste")
        self._go_to(cursor)
        if told:
            self.pasted.emit(told)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, then the word of each section's layer at the end of its heading."""
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            paint_words(painter, self, self.notes, self.colours, event.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column of text in the middle and no wider than is good to read."""
        self._lay_out_column()
        super().resizeEvent(event)
        self.margin.place()

    def _handled(self, event: QKeyEvent) -> bool:
        cursor = self.textCursor()
        if self.isReadOnly():
            return False
        if event.key() == Qt.Key.Key_Backspace and not cursor.hasSelection():
            return self.fold.is_folded and cursor.position() <= self.fold.start()
        is_done = answer_key(cursor, event, tab_indents=self.tab_indents)
        if is_done or cursor != self.textCursor():
            self._go_to(cursor)
        return is_done

    def _go_to(self, cursor: QTextCursor) -> None:
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _put_caret(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)

    def _tell_edits(self) -> None:
        # Qt tells of new colours and folded lines in the same way; only other letters are an edit.
        if self._is_loading:
            return
        letters = self.document().toRawText()
        if letters != self._letters:
            self._letters = letters
            self.edits += 1
            self.text_edited.emit()

    def _follow_caret(self) -> None:
        moved = self.fold.kept_out(self.textCursor())
        if moved is not None:
            self.setTextCursor(moved)
            return
        if self.line() != self._last_line:
            self._last_line = self.line()
            self.caret_moved.emit(self._last_line)

    def _follow_scroll(self, rect: QRect, dy: int) -> None:
        self.margin.follow(rect, dy)
        if self.top_line() != self._top_line:
            self._top_line = self.top_line()
            self.top_line_changed.emit(self._top_line)

    def _lay_out_column(self) -> None:
        room = self.contentsRect().width() - self.verticalScrollBar().sizeHint().width()
        side = max(_LEAST_MARGIN, int((room - MEASURE * QFontMetricsF(self.font()).averageCharWidth()) / 2))
        self.setViewportMargins(side, _TOP_MARGIN, max(side - 8, 12), 0)
        self.margin.place()
