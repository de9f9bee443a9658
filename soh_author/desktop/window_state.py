"""How the window was left: size, panes, open pages; found again tomorrow, on a smaller screen too."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow, QSplitter

from soh_author.desktop.location import Location, RoomId
from soh_author.domain.errors import OutputError
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.layers import Layer
from soh_author.settings.state_file import read_json, write_json

START_SIZE = (1280, 800)
TITLE_BAR = 40


class WindowState:
    """Reads and writes one file; what can't be read is passed over, never an error at the start of a day."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.saved: dict[str, Any] = read_json(path)

    def restore_window(self, window: QMainWindow, splitter: QSplitter) -> None:
        """Give the window the size and panes it had; without any, a size that fits the screen."""
        shape = self.saved.get("window")
        if not isinstance(shape, str) or not window.restoreGeometry(_decoded(shape)):
            room = window.screen().availableSize()
            highest = room.height() - TITLE_BAR  # the system's own bar is not part of a window's size
            window.resize(min(START_SIZE[0], room.width()), min(START_SIZE[1], highest))
        panes = self.saved.get("panes")
        if isinstance(panes, str):
            splitter.restoreState(_decoded(panes))

    def part(self, name: str) -> dict[str, object]:
        """What was saved under a name."""
        value = self.saved.get(name)
        return value if isinstance(value, dict) else {}

    def keep_window(self, window: QMainWindow, splitter: QSplitter) -> None:
        """Remember the window's size and panes."""
        self.saved["window"] = _encoded(window.saveGeometry())
        self.saved["panes"] = _encoded(splitter.saveState())

    def part_of(self, folder: Path, name: str) -> dict[str, object]:
        """What was saved under a name for one workspace."""
        value = self.part(f"in {folder}").get(name)
        return value if isinstance(value, dict) else {}

    def keep_part_of(self, folder: Path, name: str, value: dict[str, object]) -> None:
        """Remember something for one workspace."""
        self.saved[f"in {folder}"] = {**self.part(f"in {folder}"), name: value}

    def write(self) -> None:
        """Save everything; how the window stood is never worth a message when it can't be saved."""
        try:
            write_json(self._path, self.saved)
        except OutputError:
            return


def kept_place(location: Location) -> dict[str, object]:
    """A place as it is saved."""
    return {
        "page": location.page or "",
        "layer": str(location.layer),
        "force": location.force or "",
        "language": location.language.value,
        "draft": location.draft,
    }


def place_from(saved: dict[str, object], room: RoomId) -> Location:
    """The place that was saved; the start where it can't be read, for names may have changed since."""
    text = {name: value for name, value in saved.items() if isinstance(value, str)}
    try:
        return Location(
            room=room,
            page=PageId(text["page"]) if text.get("page") else None,
            layer=Layer.parse(text.get("layer", "shared")),
            force=ForceId(text["force"]) if text.get("force") else None,
            language=Language(text.get("language", "en")),
            draft=text.get("draft", ""),
        )
    except ValueError:
        return Location(room=room)


def _encoded(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode("ascii")


def _decoded(text: str) -> QByteArray:
    return QByteArray.fromBase64(QByteArray(text.encode("ascii", "ignore")))
