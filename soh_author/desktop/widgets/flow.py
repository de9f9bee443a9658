"""Lays widgets out in lines, as words are: each as wide as it likes, the next line where there is no room."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """A layout that wraps."""

    def __init__(self, parent: QWidget, gap: int = 4) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt: one more."""
        self._items.append(item)
        self._heights.clear()

    def count(self) -> int:
        """Qt: how many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Qt: one of them; None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Qt: take one out; None beyond the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """Qt: a narrow flow is a high one."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt: how high it is at a width."""
        known = self._heights.get(width)
        if known is None:
            known = self._heights[width] = self._place(QRect(0, 0, width, 0), is_moving=False)
        return known

    def invalidate(self) -> None:
        """Qt: something in it changed its size; a window asks for heights hundreds of times in between."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Qt: place everything."""
        super().setGeometry(rect)
        self._place(rect, is_moving=True)

    def expandingDirections(self) -> Qt.Orientation:
        """Qt: it takes no more room than it needs."""
        return Qt.Orientation(0)

    def sizeHint(self) -> QSize:
        """Qt: as small as it may be; what it needs depends on the width."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Qt: room for the largest of them; what it stands in may never be narrower than it says itself."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        whole = self.parentWidget()
        least = whole.minimumWidth() if whole is not None else 0
        return size.grownBy(self.contentsMargins()).expandedTo(QSize(least, 0))

    def _place(self, rect: QRect, *, is_moving: bool) -> int:
        margins = self.contentsMargins()
        rect = rect.marginsRemoved(margins)
        y = rect.y()
        for line in self._lines(rect.width()):
            height = max(item.sizeHint().height() for item in line)
            x = rect.x()
            for item in line:
                size = item.sizeHint().boundedTo(QSize(rect.width(), height))
                if is_moving:
                    item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + self._gap
            y += height + self._gap
        return max(y - rect.y() - self._gap, 0) + margins.top() + margins.bottom()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wide = item.sizeHint().width()
            if not lines or wide > left:
                lines.append([])
                left = width
            lines[-1].append(item)
            left -= wide + self._gap
        return lines
