"""Buttons that give way: what doesn't fit ends in an ellipsis, the whole is in the tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy


class ElidedButton(QPushButton):
    """A quiet button with words at its left."""

    def __init__(self, words: str, tip: str) -> None:
        super().__init__()
        self._words = words
        self.setProperty("role", "quiet")
        self.setStyleSheet("QPushButton { text-align: left; padding: 0; min-height: 0; }")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setToolTip(f"{tip}: {words}")
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        """Qt: one line."""
        return QSize(self.fontMetrics().horizontalAdvance(self._words), self.fontMetrics().height() + 6)

    def minimumSizeHint(self) -> QSize:
        """Qt: one line, however narrow."""
        return QSize(0, self.fontMetrics().height() + 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: write as much as fits."""
        room = self.width() - 8
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room))
        super().resizeEvent(event)
