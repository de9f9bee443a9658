"""Pictures of the window's rooms, taken off screen: for the demonstration, the README and the help."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from soh_author.desktop.app import application
from soh_author.desktop.furnishing import Home, furnished_window
from soh_author.desktop.journey_pictures import take_journey
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.main_window import MainWindow
from soh_author.desktop.settling import photograph, run_until, settle
from soh_author.desktop.theme.colours import Look
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.layers import SHARED, Layer

SIZE = (1366, 768)
LARGE = (1920, 1080)
LOOKS = (Look.LIGHT, Look.DARK, Look.CONTRAST)

_PAGE = PageId("advice/vehicle-recovery/seized-vehicles")
_FORCE = ForceId("gloucestershire")
_PLACES: Mapping[str, Location] = {
    "editor": Location(RoomId.EDITOR, _PAGE, Layer.of_force(_FORCE), _FORCE),
    "editor-shared": Location(RoomId.EDITOR, _PAGE, SHARED, ForceId("kent")),
    "editor-welsh": Location(RoomId.EDITOR, _PAGE, SHARED, ForceId("gwent"), Language.CY),
    "versions": Location(RoomId.HISTORY, _PAGE, SHARED, _FORCE),
    "matrix": Location(RoomId.MATRIX, _PAGE, Layer.of_force(_FORCE), _FORCE),
    "compare": Location(RoomId.COMPARE, _PAGE, Layer.of_force(_FORCE), _FORCE),
    "update": Location(RoomId.UPDATE, _PAGE, Layer.of_force(_FORCE), _FORCE),
    "reach": Location(RoomId.REACH, _PAGE, SHARED, _FORCE),
    "facts": Location(RoomId.FACTS, _PAGE, SHARED, _FORCE),
    "review": Location(RoomId.REVIEW, _PAGE, SHARED, _FORCE),
    "publish": Location(RoomId.PUBLISH, _PAGE, SHARED, _FORCE),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file, and the room it shows."""

    file: Path
    room: RoomId


def take(workspace: Path, folder: Path) -> list[Picture]:
    """Open the window on a workspace; leave a PNG of every room in a folder, in each look and at other sizes.

    Raises:
        OutputError: when a picture can't be written.
        WorkspaceError: when the folder holds no workspace.
    """
    app = QApplication.instance() or application()
    assert isinstance(app, QApplication), "pictures are taken of windows"
    with tempfile.TemporaryDirectory(prefix="soh-author-pictures-") as name:
        own = Path(name)
        home = Home(own / "settings.toml", own / "window.json", own / "sample", _now, date.today)
        window, opening = furnished_window(home)
        window.resize(*SIZE)
        window.show()
        taken = []
        try:
            for look in LOOKS:
                window.session.theme.set_look(look)
                window.session.enter(RoomId.WELCOME)
                taken.append(_picture(window, folder / f"welcome-{look}.png", RoomId.WELCOME))
            opening.open_folder(workspace)
            settle(window)
            draft = _draft_of(window)
            for look in LOOKS:
                window.session.theme.set_look(look)
                for title, place in _PLACES.items():
                    window.session.go(replace(place, draft=draft))
                    taken.append(_picture(window, folder / f"{title}-{look}.png", place.room))
            taken += _other_sizes(window, folder, draft)
            window.session.theme.set_zoom(100)
            window.session.theme.set_look(Look.LIGHT)
            taken += [
                Picture(file, RoomId.PUBLISH) for file in take_journey(window, opening, folder / "journey")
            ]
        finally:
            window.close()
            window.deleteLater()
            run_until(lambda: False, 100)
    return taken


def _other_sizes(window: MainWindow, folder: Path, draft: str) -> list[Picture]:
    """The rooms on a large screen, and with everything twice as large on a small one."""
    window.session.theme.set_look(Look.LIGHT)
    taken = []
    for size, zoom, said in ((LARGE, 100, "large-screen"), (SIZE, 200, "twice-the-size")):
        window.resize(*size)
        window.session.theme.set_zoom(zoom)
        for title, place in _PLACES.items():
            window.session.go(replace(place, draft=draft))
            taken.append(_picture(window, folder / f"{title}-{said}.png", place.room))
    return taken


def _draft_of(window: MainWindow) -> str:
    """The draft the window has open, or else one the workspace holds."""
    workspace = window.session.workspace
    if window.session.location.draft or workspace is None:
        return window.session.location.draft
    drafts = [branch.name for branch in workspace.store.branches() if branch.name.startswith("drafts/")]
    return drafts[0].removeprefix("drafts/") if drafts else ""


def _picture(window: MainWindow, file: Path, room: RoomId) -> Picture:
    photograph(window, file)
    return Picture(file, room)


def _now() -> datetime:
    return datetime.now(UTC).astimezone()
