"""Lists of things to tick: a click on the words does what a click on the box does."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem


class TickByClick(QObject):
    """Ticks an entry of a list wherever it is clicked."""

    def __init__(self, ticked: QListWidget) -> None:
        super().__init__(ticked)
        self._before = Qt.CheckState.Unchecked
        ticked.itemPressed.connect(self._pressed)
        ticked.itemClicked.connect(self._clicked)

    def _pressed(self, item: QListWidgetItem) -> None:
        self._before = item.checkState()

    def _clicked(self, item: QListWidgetItem) -> None:
        """Qt has changed the tick by now where the box was clicked."""
        if item.flags() & Qt.ItemFlag.ItemIsUserCheckable and item.checkState() is self._before:
            is_on = self._before is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)
