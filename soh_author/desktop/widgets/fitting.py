"""How large a dialog may be: as large as wished, but no larger than the window it belongs to."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from soh_author.desktop.theme.theme import Theme

_EDGE = 40


def fitting(theme: Theme, parent: QWidget, width: int, height: int) -> QSize:
    """A size at the present zoom that leaves some of the window to be seen around it."""
    window = parent.window().size()
    wished = QSize(theme.px(width), theme.px(height))
    return wished.boundedTo(QSize(window.width() - _EDGE, window.height() - _EDGE))
