"""The bar below the text to find and replace words in it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QShowEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

from soh_author.desktop.editor.exact_text import index_at, units
from soh_author.desktop.editor.text_edit import MarkdownEdit
from soh_author.desktop.shortcuts import Shortcuts
from soh_author.desktop.widgets.flow import Flow
from soh_author.domain.finding import Search, count_words, find_all, nearest

_MOST_PAINTED = 400


class FindBar(QFrame):
    """Esc closes it and puts the caret back where it was before."""

    told = Signal(str)
    """A sentence to be announced."""
    turned = Signal()
    """It was opened or closed."""

    def __init__(self, edit: MarkdownEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = edit
        self._found: list[tuple[int, int]] = []
        self._here = -1
        self._before: tuple[int, int] | None = None
        self.setProperty("role", "bar")
        self.setAccessibleName("Find and replace")
        self.words = _line("Find", "Find")
        self.new_words = _line("Replace with", "Replace with")
        self.count = QLabel()
        self.count.setProperty("role", "quiet")
        self.case = QCheckBox("Match case")
        self.whole = QCheckBox("Whole words")
        self.buttons = {
            name: _button(text, tip)
            for name, text, tip in (
                ("previous", "Previous", "Find previous"),
                ("next", "Next", "Find next"),
                ("replace", "Replace", "Replace this one and go to the next"),
                ("all", "Replace all", "Replace every one in this text, in one step of undo"),
                ("close", "Close", "Close (Esc)"),
            )
        }
        self._lay_out()
        self._connect()
        self.hide()

    def open_to_find(self, *, with_replace: bool) -> None:
        """Show the bar with the selected words in it."""
        if not self.isVisible():
            cursor = self._edit.textCursor()
            self._before = (cursor.anchor(), cursor.position())
        chosen = self._edit.textCursor().selectedText()
        if chosen and "\u2029" not in chosen:
            self.words.setText(chosen)
        for widget in (self.new_words, self.buttons["replace"], self.buttons["all"]):
            widget.setVisible(with_replace)
        self.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()
        self.look_again()

    def tell_keys(self, shortcuts: Shortcuts) -> None:
        """Say what to press instead of the buttons."""
        for name in ("previous", "next"):
            tip = shortcuts.tip(f"Find {name}", f"edit.find_{name}")
            self.buttons[name].setToolTip(tip)

    def restyle(self) -> None:
        """The colours changed: mark what was found in the new ones."""
        if self.isVisible():
            self._paint_found()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: opened."""
        super().showEvent(event)
        self.turned.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt: closed, or the text with it."""
        super().hideEvent(event)
        self.turned.emit()

    def close_bar(self) -> None:
        """Hide the bar; the caret returns to where it was."""
        if not self.isVisible():
            return
        self.hide()
        self._edit.setExtraSelections([])
        if self._before is not None:
            end = self._edit.document().characterCount() - 1
            cursor = self._edit.textCursor()
            cursor.setPosition(min(self._before[0], end))
            cursor.setPosition(min(self._before[1], end), QTextCursor.MoveMode.KeepAnchor)
            self._edit.setTextCursor(cursor)
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, direction: int) -> None:
        """Go to the next find (1) or the one before (-1), round the end; the caret stays there."""
        self._refresh()
        if not self._found:
            self._tell()
            return
        self._here = (self._here + direction) % len(self._found)
        self._show_here(keep=True)

    def look_again(self) -> None:
        """Find anew and show the first find behind the caret; called while the words are typed."""
        self._refresh()
        place = self._before[1] if self._before else self._edit.textCursor().position()
        self._here = nearest(self._found, index_at(self._text(), place))
        if self._here >= 0:
            self._show_here(keep=False)
        else:
            self._tell()

    def replace_here(self) -> None:
        """Replace the find that is shown and go to the next."""
        if self._here < 0 or self._edit.isReadOnly():
            return
        cursor = self._cursor_at(self._found[self._here])
        cursor.insertText(self.new_words.text())
        self._refresh()
        self._here = nearest(self._found, index_at(self._text(), cursor.position()))
        self._show_here(keep=True) if self._found else self._tell()

    def replace_all(self) -> None:
        """Replace every find, in one step of undo."""
        self._refresh()
        if not self._found or self._edit.isReadOnly():
            return
        total = len(self._found)
        cursor = QTextCursor(self._edit.document())
        cursor.beginEditBlock()
        for span in reversed(self._found):
            spot = self._cursor_at(span)
            spot.insertText(self.new_words.text())
        cursor.endEditBlock()
        self._edit.steps.name("replace all")
        self._refresh()
        self._here = -1
        self._tell()
        self.told.emit(f"{total} replaced. Undo takes all of it back.")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter finds on, Shift+Enter back, Esc closes (called by Qt)."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(watched, QLineEdit):
                self._enter(watched, back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
        return super().eventFilter(watched, event)

    def _enter(self, line: QLineEdit, *, back: bool) -> None:
        if line is self.new_words:
            self.replace_here()
        else:
            self.step(-1 if back else 1)

    def _lay_out(self) -> None:
        """Lines of text above, and what one presses in as many lines as it needs."""
        below = QWidget()
        flow = Flow(below, gap=6)
        for name in ("previous", "next", "replace", "all", "close"):
            flow.addWidget(self.buttons[name])
        for box in (self.case, self.whole):
            flow.addWidget(box)
        layout = QGridLayout(self)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.setSpacing(4)
        layout.addWidget(self.words, 0, 0)
        layout.addWidget(self.count, 0, 1)
        layout.addWidget(self.new_words, 1, 0, 1, 2)
        layout.addWidget(below, 2, 0, 1, 2)
        layout.setColumnStretch(0, 1)

    def _connect(self) -> None:
        self.words.textChanged.connect(self.look_again)
        self.case.toggled.connect(self.look_again)
        self.whole.toggled.connect(self.look_again)
        self.buttons["previous"].clicked.connect(lambda: self.step(-1))
        self.buttons["next"].clicked.connect(lambda: self.step(1))
        self.buttons["replace"].clicked.connect(self.replace_here)
        self.buttons["all"].clicked.connect(self.replace_all)
        self.buttons["close"].clicked.connect(self.close_bar)
        for widget in (self.words, self.new_words, self.case, self.whole, *self.buttons.values()):
            widget.installEventFilter(self)

    def _text(self) -> str:
        return self._edit.document().toRawText().replace("\u2029", "\n")

    def _refresh(self) -> None:
        search = Search(self.words.text(), self.case.isChecked(), self.whole.isChecked())
        text = self._text()
        self._found = find_all(text, search, index_at(text, self._edit.fold.start()))
        if self._here >= len(self._found):
            self._here = -1
        self._paint_found()

    def _show_here(self, *, keep: bool) -> None:
        cursor = self._cursor_at(self._found[self._here])
        if keep:
            self._before = (cursor.anchor(), cursor.position())
        self._edit.setTextCursor(cursor)
        self._paint_found()
        self._tell()

    def _tell(self) -> None:
        words = count_words(self._here, len(self._found)) if self.words.text() else ""
        self.count.setText(words)
        self.words.setAccessibleDescription(words)

    def _cursor_at(self, span: tuple[int, int]) -> QTextCursor:
        text = self._text()
        cursor = QTextCursor(self._edit.document())
        cursor.setPosition(units(text[: span[0]]))
        cursor.setPosition(units(text[: span[1]]), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _paint_found(self) -> None:
        marks = []
        for number, span in enumerate(self._found[:_MOST_PAINTED]):
            mark = QTextEdit.ExtraSelection()
            colours = self._edit.colours
            form = QTextCharFormat()
            form.setBackground(QColor(colours.found_now if number == self._here else colours.found))
            mark.format, mark.cursor = form, self._cursor_at(span)
            marks.append(mark)
        self._edit.setExtraSelections(marks)


def _line(name: str, hint: str) -> QLineEdit:
    line = QLineEdit(placeholderText=hint)
    line.setAccessibleName(name)
    line.setClearButtonEnabled(True)
    return line


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button
