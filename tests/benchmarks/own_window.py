"""Our window as a process to be measured: ``python -m tests.benchmarks.own_window FOLDER [type]``.

It says so once the pages of the workspace are in the list and painted; with ``type`` it then types into the
long page, and writes the seconds from each key to the text painted.
"""

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from soh_author.desktop.app import application
from soh_author.desktop.editor.room import EditorRoom
from soh_author.desktop.editor.text_edit import MarkdownEdit
from soh_author.desktop.furnishing import Home, furnished_window
from soh_author.desktop.location import RoomId
from soh_author.desktop.main_window import MainWindow
from soh_author.desktop.pace import keep_pace, settle_down
from soh_author.desktop.side_panel import SidePanel
from tests.benchmarks.painted import READY, Painted, say, wait
from tests.benchmarks.worlds import DRAFT, LONG_PAGE, ON

_WORDS = "and a few words more, "
_BETWEEN_MS = 60
"""A fast typist's time between two keys."""


def main() -> None:
    """Do it, and wait to be ended."""
    app, window = open_window(Path(sys.argv[1]))
    say(READY)
    if sys.argv[2:] == ["type"]:
        say(json.dumps(_typed(_long_text(window))))
    app.exec()


def open_window(folder: Path) -> tuple[QApplication, MainWindow]:
    """Open our window on a workspace as the program does; answers once its pages are in the list."""
    keep_pace()
    app = application()
    own = folder / "own"
    home = Home(
        own / "settings.toml", own / "window.json", own / "sample", lambda: datetime.now(UTC), lambda: ON
    )
    window, opening = furnished_window(home, RoomId.EDITOR)
    window.resize(1366, 768)
    window.show()
    opening.open_folder(folder)
    wait_for_pages(window)
    return app, window


def wait_for_pages(window: MainWindow) -> None:
    """Wait until the pages are in the list and painted."""
    side = window.side
    assert isinstance(side, SidePanel), "the window has its side panel"
    painted = Painted(side.pages.tree.viewport())
    wait(lambda: bool(side.pages.shown) and window.session.location.room is RoomId.EDITOR)
    before = painted.times
    side.pages.tree.viewport().update()
    wait(lambda: painted.times > before)


def _long_text(window: MainWindow) -> MarkdownEdit:
    """The long page of the draft, open in the editor, its preview beside it, and all at rest."""
    session, editor = window.session, window.rooms[RoomId.EDITOR]
    assert isinstance(editor, EditorRoom), "the editor is a room of its own"
    session.go(replace(session.location, page=LONG_PAGE, draft=DRAFT))
    wait(lambda: editor.area.current is not None and editor.area.current.has_text)
    tab = editor.area.current
    assert tab is not None, "it was waited for"
    wait(lambda: not session.runner.jobs)
    cursor = tab.edit.textCursor()
    cursor.setPosition(tab.edit.document().characterCount() // 2)
    tab.edit.setTextCursor(cursor)
    tab.edit.setFocus()
    QTest.qWait(2_000)
    settle_down()
    return tab.edit


def _typed(edit: MarkdownEdit) -> list[float]:
    painted = Painted(edit.viewport())
    times = []
    for key in _WORDS * 8:
        before, started = painted.times, perf_counter()
        QTest.keyClicks(edit, key)
        wait(lambda before=before: painted.times > before)  # type: ignore[misc]  # a default binds the loop value
        times.append(perf_counter() - started)
        QTest.qWait(_BETWEEN_MS)
    assert _WORDS in edit.toPlainText(), "the keys arrived"
    return times


if __name__ == "__main__":
    main()
