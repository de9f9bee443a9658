"""Lays widgets out in as many equal columns as there is room for."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget


class Columns(QWidget):
    """Side by side where it is wide, one below the other where it is narrow or everything is large."""

    def __init__(self, widgets: Sequence[QWidget], least_width: int, most: int = 2) -> None:
        super().__init__()
        self._widgets = widgets
        self._least = least_width
        self._most = most
        self._shown = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._lay_out(most)

    def set_least_width(self, width: int) -> None:
        """Say how narrow a column may be."""
        self._least = width
        self._lay_out(self._fitting(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another width, perhaps another number of columns."""
        super().resizeEvent(event)
        self._lay_out(self._fitting(event.size().width()))

    def _fitting(self, width: int) -> int:
        return max(1, min(self._most, width // self._least))

    def _lay_out(self, columns: int) -> None:
        if columns == self._shown:
            return
        self._shown = columns
        for widget in self._widgets:
            self._grid.removeWidget(widget)
        for number, widget in enumerate(self._widgets):
            self._grid.addWidget(widget, number // columns, number % columns)
        for column in range(self._most):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
