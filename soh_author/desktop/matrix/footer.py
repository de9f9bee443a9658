"""What stands below the matrix: the current cell in words, and what can be done with the cells chosen."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from soh_author.desktop.matrix.grid import MatrixGrid
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.flow import Flow

BUTTONS = (
    ("matrix.compare", "Compare"),
    ("matrix.open", "Open"),
    ("matrix.update", "Update from shared"),
    ("matrix.still_right", "Still right…"),
    ("matrix.give_back", "Give back…"),
)
MORE = (
    ("matrix.copies", "Copies of shared sections…"),
    ("matrix.export", "Export…"),
    ("matrix.undo", "Undo the last answer"),
)
FOLDED = ("matrix.open", "matrix.update", "matrix.still_right", "matrix.give_back")
"""Buttons that move into the menu where there is little height."""
MOST_LETTERS = 150
FEW_LETTERS = 40


class MatrixFooter(QFrame):
    """Says what is chosen; its buttons do what the actions of the same name do."""

    action_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("What is chosen")
        self.told = QLabel()
        self.told.setProperty("role", "quiet")
        self.told.setWordWrap(True)
        self.told.setMinimumWidth(theme.px(120))
        self.buttons = {name: QPushButton(text) for name, text in BUTTONS}
        held = QWidget()
        flow = Flow(held, 8)
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked, name=name: self.action_wanted.emit(name))
            flow.addWidget(button)
        self.more = QToolButton()
        self.more.setText("⋯")
        self.more.setAccessibleName("More to do with the cells")
        self.more.setToolTip("More to do with the cells")
        self.more.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu("More to do with the cells", self)
        menu.setToolTipsVisible(True)
        self.entries = {name: menu.addAction(text) for name, text in (*BUTTONS, *MORE)}
        for name, entry in self.entries.items():
            entry.triggered.connect(lambda _on=False, name=name: self.action_wanted.emit(name))
        self.more.setMenu(menu)
        flow.addWidget(self.more)
        self._most = MOST_LETTERS
        self.fold(is_low=False)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 4, 16, 4)
        line.addWidget(self.told, 2)
        line.addWidget(held, 3)

    def fold(self, is_low: bool) -> None:
        """Take little height: fewer words, and most buttons in the menu."""
        self._most = FEW_LETTERS if is_low else MOST_LETTERS
        for name, button in self.buttons.items():
            button.setVisible(not (is_low and name in FOLDED))
            self.entries[name].setVisible(is_low and name in FOLDED)

    def tell(self, grid: MatrixGrid, reason_against: Callable[[str], str]) -> None:
        """Say what is selected, or what the current cell holds."""
        said = _said(grid)
        self.told.setText(said if len(said) <= self._most else f"{said[: self._most]}…")
        self.told.setToolTip(said)
        self.told.setAccessibleName(said)
        for name, button in self.buttons.items():
            reason = reason_against(name)
            button.setEnabled(not reason)
            button.setToolTip(reason)
        for name, entry in self.entries.items():
            reason = reason_against(name)
            entry.setEnabled(not reason)
            entry.setToolTip(reason)


def _said(grid: MatrixGrid) -> str:
    cells, looked, here = grid.selected_cells(), grid.cells.looked, grid.here
    if looked is None:
        return ""
    if len(cells) > 1:
        return f"{len(cells):,} cells selected."
    if here is None:
        return "Nothing fits. Choose fewer states, or other words."
    row, cell = here
    return f"{row.title}, {looked.names[cell.force]}: {cell.sentence}"
