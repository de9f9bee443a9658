"""How Python works while a window is open: what it does unasked must not be felt under the fingers."""

import gc
import sys

from PySide6.QtCore import QObject, QTimer

_LOOK_AFTER = (5_000, 5, 1_000)
"""As Python counts: new objects, looks through these, looks through those that stayed."""
_LOOK_MS = 50
_SWITCH_SECONDS = 0.000_5
SETTLED_MS = 10_000
"""So long after the start everything is there that stays."""


def keep_pace() -> None:
    """Let the window have its turn soon while a task works on a thread.

    A thread that computes hands over after this many seconds; with Python's own 5 ms a window that asks for
    its turn fifty times while it paints would wait for a quarter of a second.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)
    gc.freeze()


class CycleLook(QObject):
    """Looks for cycles of objects nobody needs any more, on the window's thread alone.

    Python looks in whatever thread makes the next object. A thread that reads would end widgets and text
    cursors that way while the window uses them, which ends the process. So Python is told not to look, and
    this does: a look stops all threads, for about a millisecond per thousand objects, so there are few at a
    time, and through everything hardly ever.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(look_for_cycles)
        self._timer.start()


def look_for_cycles() -> None:
    """Look, when there is enough to look through."""
    due = [age for age, most in enumerate(_LOOK_AFTER) if gc.get_count()[age] >= most]
    if 0 in due:
        gc.collect(max(due))


def settle_down() -> None:
    """Leave what is there for good, as the window and the list of pages are, out of every later look."""
    gc.freeze()
