"""How Python works while a window is open: what it does unasked must not be felt under the fingers."""

import gc
import sys

_LOOK_AFTER = (5_000, 5, 1_000)
_SWITCH_SECONDS = 0.000_5
SETTLED_MS = 10_000
"""So long after the start everything is there that stays."""


def keep_pace() -> None:
    """Let the window have its turn soon while a task works on a thread, and look for cycles in small bites.

    A thread that computes hands over after this many seconds; with Python's own 5 ms a window that asks for
    its turn fifty times while it paints would wait for a quarter of a second. A look for cycles stops all
    threads, for about a millisecond per thousand objects: few at a time, and through everything hardly ever.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)
    gc.set_threshold(*_LOOK_AFTER)
    gc.freeze()


def settle_down() -> None:
    """Leave what is there for good, as the window and the list of pages are, out of every later look."""
    gc.freeze()
