"""A font that stays as large as it was chosen."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget


class KeptFont(QObject):
    """Keeps the size of a widget's own font.

    WORKAROUND: where a style sheet is in force, Qt 6.11 gives a widget its *first* font back when it comes
    into a window, so that the text stayed small while everything around it grew. Look again with Qt 6.12.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._font: QFont | None = None
        widget.installEventFilter(self)

    def choose(self, font: QFont) -> None:
        """Set the widget's font, from now on."""
        self._font = font
        self._widget.setFont(font)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: an event of the widget."""
        font = self._font
        is_changed = event.type() is QEvent.Type.FontChange and font is not None
        if is_changed and font is not None and self._widget.font().pixelSize() != font.pixelSize():
            self._widget.setFont(font)
        return super().eventFilter(watched, event)
