"""Icons: SVG files of one line weight whose ink is replaced by a colour of the palette."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from soh_author.settings.data_files import resources_dir

INK = "#1f2328"
"""The colour the files are drawn in; it stands for *ink of the palette*."""


def icon_folder() -> Path:
    """Where the icons lie."""
    return resources_dir() / "icons"


class _Drawing(QIconEngine):
    """Draws an icon when it is shown, in the size it is shown in: most are never looked at."""

    def __init__(self, name: str, ink: str, selected_ink: str, disabled_ink: str) -> None:
        super().__init__()
        self._name = name
        self._inks = (ink, selected_ink, disabled_ink)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Qt: draw it."""
        _renderer(self._name, self._ink(mode, state)).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Qt: it as a picture of so many pixels."""
        return drawn(self._name, self._ink(mode, state), min(size.width(), size.height()), 1.0)

    def clone(self) -> "_Drawing":
        """Qt: another of the same."""
        return _Drawing(self._name, *self._inks)

    def _ink(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode is QIcon.Mode.Disabled:
            return self._inks[2]
        is_lit = mode is QIcon.Mode.Selected or (mode is QIcon.Mode.Normal and state is QIcon.State.On)
        return self._inks[1 if is_lit else 0]


@lru_cache(maxsize=512)
def icon(name: str, ink: str, selected_ink: str, disabled_ink: str) -> QIcon:
    """An icon in the colours given for its normal, its selected (or pressed in) and its disabled state."""
    return QIcon(_Drawing(name, ink, selected_ink, disabled_ink))


@lru_cache(maxsize=1024)
def drawn(name: str, ink: str, size: int, ratio: float = 2.0) -> QPixmap:
    """One icon as a picture of ``size`` points, drawn for screens of up to ``ratio`` pixels a point."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _renderer(name, ink).render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=256)
def _renderer(name: str, ink: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace(INK, ink).encode()))


def write_svg(name: str, ink: str, folder: Path) -> Path:
    """Write an icon in a colour as a file, for style sheets, which can't be given a picture."""
    path = folder / f"{name}-{ink.removeprefix('#')}.svg"
    if not path.exists():
        path.write_text(_source(name).replace(INK, ink), encoding="utf-8")
    return path


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (icon_folder() / f"{name}.svg").read_text(encoding="utf-8")
