"""Tells when a widget becomes low, measured in the letters of the window: what can fold away then does."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from soh_author.desktop.theme.theme import Theme


class LowWatch(QObject):
    """Watches the height of a widget.

    Args:
        height: below so many points of the normal size it is low; larger letters need more.
    """

    changed = Signal(bool)
    """Whether it is low now."""

    def __init__(self, theme: Theme, widget: QWidget, height: int) -> None:
        super().__init__(widget)
        self._theme = theme
        self._widget = widget
        self._height = height
        self.is_low = False
        widget.installEventFilter(self)
        theme.changed.connect(self._look)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: another height, perhaps."""
        del watched
        if event.type() == QEvent.Type.Resize:
            self._look()
        return False

    def _look(self) -> None:
        is_low = self._widget.height() < self._theme.px(self._height)
        if is_low != self.is_low:
            self.is_low = is_low
            self.changed.emit(is_low)
