"""Small questions that don't hold the window up: a line of text, or a yes."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.as_written import as_written

LETTERS_WIDE = 62
"""How wide a question is, in letters."""


class Question(QDialog):
    """Asks for one line; says below the box what is wrong with it."""

    def __init__(self, theme: Theme, title: str, told: str, verb: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(460))
        self._fault: Callable[[str], str] = _empty
        self._answered: Callable[[str], None] = _ignore
        label = QLabel(told)
        label.setWordWrap(True)
        self.box = QLineEdit()
        self.box.setAccessibleName(title)
        self.box.setAccessibleDescription(told)
        self.fault = QLabel()
        self.fault.setProperty("role", "quiet")
        self.fault.setWordWrap(True)
        as_written(label, self.fault)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        buttons.accepted.connect(self._agree)
        buttons.rejected.connect(self.reject)
        self.box.textChanged.connect(self._look)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        for widget in (label, self.box, self.fault, buttons):
            layout.addWidget(widget)

    def ask(self, answered: Callable[[str], None], fault: Callable[[str], str] | None = None) -> None:
        """Open the question; ``fault`` says what is wrong with an answer, in a sentence, or nothing."""
        self._answered = answered
        self._fault = fault or _empty
        self._look()
        self.open()
        self.box.setFocus()

    def _look(self) -> None:
        text = self.box.text().strip()
        fault = self._fault(text)
        self.fault.setText(fault if text else "")
        self.go.setEnabled(not fault)
        self.go.setToolTip(fault)

    def _agree(self) -> None:
        text = self.box.text().strip()
        self.accept()
        self._answered(text)


def ask_yes(parent: QWidget, title: str, told: str, verb: str, then: Callable[[], None]) -> QMessageBox:
    """Ask before something that can't be taken back with one key; the button says what it does."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setText(title)
    box.setInformativeText(told)
    widen(box)
    yes = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    yes.clicked.connect(lambda _checked: then())
    box.open()
    return box


def widen(box: QMessageBox) -> None:
    """Let a box be as wide as a line reads well; by itself it is a thin column below a short title."""
    wide = LETTERS_WIDE * box.fontMetrics().averageCharWidth()
    parent = box.parentWidget()
    room = parent.width() * 4 // 5 if parent is not None else wide
    for name in ("qt_msgbox_label", "qt_msgbox_informativelabel"):
        label = box.findChild(QLabel, name)
        if label is not None:
            label.setWordWrap(True)
            label.setMinimumWidth(min(wide, room))


def _empty(text: str) -> str:
    return "" if text else "Write something first."


def _ignore(_text: str) -> None:
    """What happens to an answer nobody waits for."""
