"""Where the page stands: as wide as a phone, a tablet, or all there is, in the middle of its ground."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from soh_author.desktop.preview.bar import WIDTHS
from soh_author.desktop.preview.web_view import PreviewView
from soh_author.desktop.widgets.focus_ring import FocusRing


class Stage(QFrame):
    """Holds the web view, or a sentence where there is no page to show."""

    def __init__(self, view: PreviewView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self._width = "desktop"
        self._zoom = 100
        view.setParent(self)
        self.ring = FocusRing(view, self)
        self.message = QLabel(self)
        self.message.setWordWrap(True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.message.setProperty("role", "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addWidget(self.message)
        self.say("")

    def set_width(self, width: str) -> None:
        """Make the page as wide as a ``phone``, a ``tablet`` or the room (``desktop``)."""
        self._width = width
        self._place()

    def set_zoom(self, percent: int) -> None:
        """Show the page larger or smaller."""
        self._zoom = percent
        self._place()

    @property
    def width_name(self) -> str:
        """``phone``, ``tablet`` or ``desktop``."""
        return self._width

    @property
    def scale(self) -> float:
        """How large the page is shown; a wide page in a narrow room is made to fit."""
        wanted = WIDTHS[self._width] * self._zoom / 100
        return self._zoom / 100 * min(1.0, self.width() / wanted if wanted else 1.0)

    def say(self, sentence: str) -> None:
        """Show a sentence instead of a page; an empty one shows the page again."""
        self.message.setText(sentence)
        self.message.setAccessibleName(sentence)
        self.message.setVisible(bool(sentence))
        self.view.setVisible(not sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page in the middle (called by Qt)."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        scale = self.scale
        css_width = WIDTHS[self._width]
        wide = min(self.width(), round(css_width * scale)) if css_width else self.width()
        self.view.setGeometry((self.width() - wide) // 2, 0, wide, self.height())
        if abs(self.view.zoomFactor() - scale) > 0.001:
            self.view.setZoomFactor(scale)
        self.ring.fit()
