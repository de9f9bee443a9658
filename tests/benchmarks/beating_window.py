"""Our window with a beating heart: ``python -m tests.benchmarks.beating_window FOLDER``.

A timer beats in the event loop; where it is late the window answered nobody. It writes a list of what was
done, with the longest wait for an answer and the longest work of the window's own thread, in seconds.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from soh_author.desktop.location import RoomId
from soh_author.desktop.main_window import MainWindow
from soh_author.desktop.pace import settle_down
from soh_author.render.renderer import Renderer
from soh_author.workflow.checking import check
from soh_author.workflow.overrides.matrix import matrix
from soh_author.workflow.searching import search
from soh_author.workflow.site.building import build
from tests.benchmarks.own_window import open_window
from tests.benchmarks.painted import say, wait
from tests.benchmarks.worlds import DRAFT, LONG_PAGE, ON

_BEAT_MS = 5
_AFTER_MS = 300
"""A room goes on painting for a moment when nothing is under way any more."""


class Heart:
    """Notes the longest pause between two beats, and the longest work between them."""

    def __init__(self) -> None:
        self._timer = QTimer(interval=_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self.begin()

    def begin(self) -> None:
        """Begin anew."""
        self._last = (time.perf_counter(), time.thread_time())
        self.longest = 0.0
        self.work = 0.0

    def _beat(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        self.longest = max(self.longest, now[0] - self._last[0] - _BEAT_MS / 1000)
        self.work = max(self.work, now[1] - self._last[1])
        self._last = now


def main() -> None:
    """Do it, and wait to be ended."""
    folder = Path(sys.argv[1])
    app, window = open_window(folder)
    _rest(window)
    settle_down()
    heart = Heart()
    said = []
    for what, do in _deeds(window, folder):
        heart.begin()
        do()
        _rest(window)
        said.append((what, heart.longest, heart.work))
    say(json.dumps(said))
    app.exec()


def _rest(window: MainWindow) -> None:
    """Wait until nothing is under way."""
    wait(lambda: not window.session.runner.jobs)
    QTest.qWait(_AFTER_MS)


def _deeds(window: MainWindow, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    session = window.session
    workspace = session.workspace
    assert workspace is not None, "it was opened"
    here = replace(session.location, page=LONG_PAGE, draft=DRAFT)
    yield "the long page is opened", lambda: session.go(here)
    for room in RoomId:
        if room is not RoomId.EDITOR:
            yield f"the {room.label} is entered", lambda room=room: session.enter(room)  # type: ignore[misc]  # the loop's value
    session.enter(RoomId.EDITOR)
    snapshot, renderer, site = workspace.snapshot(), Renderer(), folder / "site"
    yield "all is searched", lambda: session.run(search(workspace, snapshot, "report cr"))
    yield "the matrix is made", lambda: session.run(matrix(workspace.snapshot(), ON))
    yield "all is checked", lambda: session.run(check(workspace.snapshot(), renderer, ON))
    yield "all is built", lambda: session.run(build(workspace, site, on=ON))


if __name__ == "__main__":
    main()
