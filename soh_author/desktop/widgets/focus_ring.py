"""A line around what paints itself and doesn't show that it has the focus."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QRegion
from PySide6.QtWidgets import QApplication, QWidget

WIDE = 2


class FocusRing(QWidget):
    """Lies over the edge of a widget while the focus is in it; takes no room and no clicks.

    Args:
        around: the widget; a sibling of this one.
    """

    def __init__(self, around: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = around
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        app = QApplication.instance()
        assert isinstance(app, QApplication), "widgets are shown by an application"
        app.focusChanged.connect(self._follow)
        self.hide()

    def fit(self) -> None:
        """Lie around the widget, which got another size or place."""
        self.setGeometry(self._around.geometry())
        inner = self.rect().adjusted(WIDE, WIDE, -WIDE, -WIDE)
        self.setMask(QRegion(self.rect()).subtracted(QRegion(inner)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the line; what is inside is masked out."""
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Accent))

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        has_focus = now is not None and (now is self._around or self._around.isAncestorOf(now))
        self.setVisible(has_focus)
        if has_focus and now is not None:
            self.raise_()
            if not now.accessibleName():  # Chromium's inner widget, which comes and goes, has none
                now.setAccessibleName(self._around.accessibleName())
