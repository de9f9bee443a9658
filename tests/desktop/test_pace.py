"""How Python works while a window is open."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from soh_author.desktop.pace import CycleLook

_MORE_THAN_A_LOOK = 50_000


class _Knot:
    """Holds itself."""

    def __init__(self) -> None:
        self.own = self


def test_cycles_end_on_the_windows_thread_alone(qtbot: QtBot) -> None:
    ended: list[str] = []
    knot = _Knot()
    weakref.finalize(knot, lambda: ended.append(threading.current_thread().name))
    owner = QObject()
    CycleLook(owner)
    del knot

    def work() -> None:
        kept = [[number] for number in range(_MORE_THAN_A_LOOK)]
        assert len(kept) == _MORE_THAN_A_LOOK

    reader = threading.Thread(target=work, name="a reader")
    reader.start()
    reader.join()
    assert ended == [], "it makes objects enough for ten looks, but looks at none"
    kept = [[number] for number in range(_MORE_THAN_A_LOOK)]
    qtbot.waitUntil(lambda: bool(ended))
    assert len(kept) == _MORE_THAN_A_LOOK
    assert ended == [threading.main_thread().name]
    assert not gc.isenabled()
