"""When a widget is painted, and how to wait for it in a process that is measured."""

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

_LONGEST = 300.0
READY = "ready"
"""The line a window's process writes once a person could begin."""


class Painted(QObject):
    """Notices that a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: something happens to the widget."""
        del watched
        if event.type() == QEvent.Type.Paint:
            self.times += 1
        return False


def wait(is_so: Callable[[], bool]) -> None:
    """Let Qt work until something is so; between events it sleeps, as it does for people.

    Raises:
        TimeoutError: when it never is.
    """
    end = time.monotonic() + _LONGEST
    tick = QTimer(interval=1)
    tick.start()
    while not is_so():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > end:
            raise TimeoutError("The window was not ready in time.")


def say(line: str) -> None:
    """Tell the process that measures."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
