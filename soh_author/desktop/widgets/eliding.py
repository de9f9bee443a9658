"""A button whose words may be cut short where there is no room; the tip has all of them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton

LEAST_LETTERS = 6


class ElidingButton(QPushButton):
    """Shows as much of its words as fit."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""

    def say(self, text: str) -> None:
        """Set the words."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another width, perhaps other words."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Qt: room for all the words."""
        hint = super().sizeHint()
        metrics = self.fontMetrics()
        missing = metrics.horizontalAdvance(self._whole) - metrics.horizontalAdvance(self.text())
        return QSize(hint.width() + missing, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Qt: room for a few letters."""
        few = self.fontMetrics().averageCharWidth() * LEAST_LETTERS + self._around()
        return QSize(few, super().minimumSizeHint().height())

    def _around(self) -> int:
        """Width of what is around the words: picture, edges, air."""
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())

    def _fit(self) -> None:
        room = self.width() - self._around()
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))
