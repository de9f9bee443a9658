"""Labels, buttons and choices that may be cut short where there is no room; the tip has all of it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

LEAST_LETTERS = 6


class ElidingButton(QPushButton):
    """Shows as much of its words as fit."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""

    def say(self, text: str) -> None:
        """Set the button's text, shortened where it doesn't fit."""
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


class ElidingBox(QComboBox):
    """A choice that may be narrower than what is chosen; Qt alone cuts it off in the middle of a letter."""

    @property
    def shown(self) -> str:
        """What is chosen, as far as there is room for it."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return self._fitting(option)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint it."""
        del event
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        whole = option.currentText
        option.currentText = self._fitting(option)
        self.setToolTip("" if option.currentText == whole else whole)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def _fitting(self, option: QStyleOptionComboBox) -> str:
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        return self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, field.width())


class ElidedLabel(QLabel):
    """Takes the room there is, and never asks for more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def words(self) -> str:
        """The whole text, also what there is no room to show."""
        return self._words

    def set_words(self, words: str, tip: str = "") -> None:
        """Show a text, shortened where it doesn't fit; the tip, else the whole text, is told on hovering."""
        self._words = words
        self.setToolTip(tip or words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: one line."""
        return self._with_margins(self.fontMetrics().horizontalAdvance(self._words))

    def minimumSizeHint(self) -> QSize:
        """Qt: one line, however narrow."""
        return self._with_margins(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt: write as much as fits."""
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            room = self.contentsRect()
            shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _with_margins(self, width: int) -> QSize:
        return QSize(width, self.fontMetrics().height()).grownBy(self.contentsMargins())
