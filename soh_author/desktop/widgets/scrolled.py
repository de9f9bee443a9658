"""A page that scrolls, as high as its wrapped words need at its width."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget


class ScrolledPage(QScrollArea):
    """Shows a widget in a column of limited width, in the middle, and scrolls when the room is too low.

    Qt's scroll area asks how high its widget is without saying how wide, so that wrapped text is cut off;
    here it is asked with the width.
    """

    def __init__(self, column: QWidget, widest: int) -> None:
        super().__init__()
        self._column = column
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(column, 1000)
        row.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.set_widest(widest)
        column.installEventFilter(self)

    def set_widest(self, widest: int) -> None:
        """Limit the column's width."""
        self._column.setMaximumWidth(widest)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the column got another width, or other words."""
        if watched is self._column and event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._column.setMinimumHeight(max(self._column.heightForWidth(self._column.width()), 0))
        return super().eventFilter(watched, event)
