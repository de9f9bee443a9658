"""What stands below the matrix: the current cell in words, and what can be done with the cells chosen."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from soh_author.desktop.matrix.grid import MatrixGrid
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.flow import Flow

BUTTONS = (
    ("matrix.compare", "Compare"),
    ("matrix.open", "Open"),
    ("matrix.update", "Update from shared"),
    ("matrix.export", "Export…"),
)
MOST_LETTERS = 150


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
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        line.addWidget(self.told, 3)
        line.addWidget(held, 2)

    def tell(self, grid: MatrixGrid, reason_against: Callable[[str], str]) -> None:
        """Say what is selected, or what the current cell holds."""
        said = _said(grid)
        self.told.setText(said if len(said) <= MOST_LETTERS else f"{said[:MOST_LETTERS]}…")
        self.told.setToolTip(said)
        self.told.setAccessibleName(said)
        for name, button in self.buttons.items():
            reason = reason_against(name)
            button.setEnabled(not reason)
            button.setToolTip(reason)


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
