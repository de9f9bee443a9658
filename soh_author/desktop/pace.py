"""How Python works while a window is open: what it does unasked must not be felt under the fingers."""

import gc
import sys

_OBJECTS_BETWEEN_LOOKS = 50_000
_SWITCH_SECONDS = 0.000_5
SETTLED_MS = 10_000
"""So long after the start everything is there that stays."""


def keep_pace() -> None:
    """Let the window have its turn soon while a task works on a thread, and look for cycles less often.

    A thread that computes hands over after this many seconds; with Python's own 5 ms a window that asks for
    its turn fifty times while it paints would wait for a quarter of a second.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS, 20, 50)


def settle_down() -> None:
    """Leave what is there for good, as modules and the window are, out of every later look for cycles."""
    gc.freeze()
