"""The rooms, one above the other."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class RoomStack(QStackedWidget):
    """Asks for as much room as the room that is shown needs; Qt would ask for the largest of all rooms.

    At 200 % the window would else be larger than a small screen because of a room nobody is in.
    """

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _index: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """Qt: the least size."""
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()
