"""How the rooms of review and publishing are laid out: who signs above, buttons below, parts between."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.flow import Flow

LOWEST = 44
"""A text scrolls; with large letters on a small screen the room must still fit."""


NARROWEST = 540
"""Points of the normal size a room takes at least: where it is narrower, its buttons need too many lines."""
NARROW = 860
"""Points of the normal size below which three parts beside one another are too many."""


class NarrowParts(QObject):
    """Where there is no room for three parts, the first and the last take turns; ``switch`` changes them."""

    changed = Signal()
    """There is room again, or no more."""

    def __init__(self, theme: Theme, parts: QWidget, first: QWidget, last: QWidget) -> None:
        super().__init__(parts)
        self._theme = theme
        self._parts, self._first, self._last = parts, first, last
        self.switch = QPushButton("Comments")
        self.switch.setCheckable(True)
        self.switch.setToolTip("The comments in the place of the queue.")
        self.switch.toggled.connect(lambda _on: self._look())
        self.is_narrow = False
        parts.installEventFilter(self)
        theme.changed.connect(self._look)
        self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: another width, perhaps."""
        del watched
        if event.type() == QEvent.Type.Resize:
            self._look()
        return False

    def _look(self) -> None:
        is_narrow = self._parts.window().width() < self._theme.px(NARROW)
        if is_narrow is not self.is_narrow:
            self.is_narrow = is_narrow
            self.changed.emit()
        self.switch.setVisible(is_narrow)
        self._first.setVisible(not is_narrow or not self.switch.isChecked())
        self._last.setVisible(not is_narrow or self.switch.isChecked())


class MoreButton(QPushButton):
    """Stands for buttons there is no room for: a menu of them, each pressed as itself."""

    def __init__(self, buttons: Sequence[QPushButton], narrow: NarrowParts) -> None:
        super().__init__("More…")
        self.setStyleSheet("QPushButton::menu-indicator { width: 0px; }")
        self._buttons = buttons
        self._narrow = narrow
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self._fill()
        narrow.changed.connect(self._stand_in)
        self._stand_in()

    def _stand_in(self) -> None:
        self.setVisible(self._narrow.is_narrow)
        for button in self._buttons:
            button.setVisible(not self._narrow.is_narrow)

    def _fill(self) -> None:
        self._menu.clear()
        for button in self._buttons:
            action = self._menu.addAction(button.text())
            action.setEnabled(button.isEnabled())
            action.setToolTip(button.toolTip())
            action.triggered.connect(button.click)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the parts of a room: its name, who signs, and a sentence."""

    heading: QLabel
    signer: QWidget
    told: QLabel


def paper(name: str) -> QTextBrowser:
    """A text to read, by its accessible name."""
    made = QTextBrowser()
    made.setMinimumHeight(LOWEST)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setOpenLinks(False)
    made.setTabChangesFocus(True)
    made.setTextInteractionFlags(
        made.textInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.setProperty("role", "paper")
    made.setAccessibleName(name)
    made.document().setDocumentMargin(16)
    return made


def box_of_words(name: str, hint: str) -> QPlainTextEdit:
    """A box to write in, by its accessible name; a hint stands in it while it is empty."""
    made = QPlainTextEdit()
    made.setMinimumHeight(LOWEST)
    made.setProperty("role", "field")
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    made.setTabChangesFocus(True)
    return made


def stacked(text: QWidget, field: QWidget, why: QLabel) -> QWidget:
    """A text with a box to write in below it, and why something can't be done."""
    whole = QWidget()
    layout = QVBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(text, 1)
    inside = QVBoxLayout()
    inside.setContentsMargins(16, 0, 16, 6)
    why.setWordWrap(True)
    why.setProperty("role", "quiet")
    for widget in (field, why):
        inside.addWidget(widget)
    layout.addLayout(inside)
    return whole


def lay_out_room(
    room: QWidget, head: Head, parts: QWidget, buttons: Sequence[QPushButton]
) -> tuple[QWidget, QWidget]:
    """Put everything into a room, from top to bottom.

    Returns:
        The bars above and below the parts.
    """
    layout = QVBoxLayout(room)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    top, below = QWidget(), QWidget()
    above = Flow(top, 16)
    above.setContentsMargins(16, 12, 16, 8)
    above.addWidget(head.heading)
    above.addWidget(head.signer)
    row = Flow(below, 8)
    row.setContentsMargins(16, 8, 16, 8)
    for button in buttons:
        row.addWidget(button)
    for held in (top, below):
        held.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    head.told.setWordWrap(True)
    head.told.setProperty("role", "quiet")
    head.told.setContentsMargins(16, 4, 16, 8)
    layout.addWidget(top)
    layout.addWidget(head.told)
    layout.addWidget(parts, 1)
    layout.addWidget(below)
    layout.addStretch(0)
    return top, below
