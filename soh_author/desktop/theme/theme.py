"""The look in force: colours, sizes, icons. Widgets read it and look again when it changes."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QAccessibilityHints,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPalette,
    QPixmap,
    QStyleHints,
)
from PySide6.QtWidgets import QApplication

from soh_author.desktop.theme.colours import DARK, LIGHT, PALETTES, Colours, Look
from soh_author.desktop.theme.icons import drawn, icon, write_svg
from soh_author.desktop.theme.paint import colours_from, palette_of, style_sheet
from soh_author.domain.layers import Layer, LayerKind

ZOOM_STEPS = (75, 90, 100, 110, 125, 150, 175, 200)
BODY_POINTS = 10.5
HEADING_FACTOR = 1.5
DRESSED = "soh-author-dressed"


class Theme(QObject):
    """One look for the whole window, in per cent of the normal size."""

    changed = Signal()

    def __init__(self, look: Look = Look.SYSTEM, zoom: int = 100, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.zoom = zoom
        _hints()[0].colorSchemeChanged.connect(self._system_changed)

    @property
    def colours(self) -> Colours:
        """The colours in force."""
        if self._leaves_alone:
            return colours_from(QGuiApplication.palette())
        return PALETTES.get(self.look) or (DARK if _system_is_dark() else LIGHT)

    @property
    def _leaves_alone(self) -> bool:
        """Whether the system shows high contrast of its own, which a person chose for good reasons."""
        wanted = _hints()[1].contrastPreference()
        return self.look is Look.SYSTEM and wanted is Qt.ContrastPreference.HighContrast

    def set_look(self, look: Look) -> None:
        """Change the colours."""
        self.look = look
        self.apply()

    def set_zoom(self, zoom: int) -> None:
        """Change the size of everything, in per cent; the nearest step that exists is taken."""
        self.set_look_and_zoom(self.look, zoom)

    def set_look_and_zoom(self, look: Look, zoom: int) -> None:
        """Change colours and size in one go: every widget there is is dressed anew, which takes a moment."""
        self.look, self.zoom = look, min(ZOOM_STEPS, key=lambda step: abs(step - zoom))
        self.apply()

    def stepped(self, steps: int) -> int:
        """The size some steps larger or smaller, in per cent."""
        here = ZOOM_STEPS.index(self.zoom) + steps
        return ZOOM_STEPS[max(0, min(here, len(ZOOM_STEPS) - 1))]

    def apply(self) -> None:
        """Dress the application; every window follows."""
        app = QApplication.instance()
        assert isinstance(app, QApplication), "the theme dresses an application that shows windows"
        if app.property(DRESSED) is None:  # setting it anew costs as much as all the rest
            app.setStyle("fusion")
            app.setProperty(DRESSED, True)
        app.setStyleSheet("")  # a sheet that follows none costs half of one that follows another
        app.setPalette(QPalette() if self._leaves_alone else palette_of(self.colours))
        app.setFont(self.font())
        app.setStyleSheet(style_sheet(self.colours, self.px, self._arrows()))
        self.changed.emit()

    def font(self, factor: float = 1.0, *, bold: bool = False) -> QFont:
        """The font of the system at a size."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        font.setPointSizeF(BODY_POINTS * factor * self.zoom / 100)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def heading_font(self) -> QFont:
        """The larger of the two sizes."""
        return self.font(HEADING_FACTOR, bold=True)

    def mono_font(self) -> QFont:
        """The system's font with letters of one width."""
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(BODY_POINTS * self.zoom / 100)
        return font

    def px(self, points: float) -> int:
        """A length at the present size."""
        return round(points * self.zoom / 100)

    def icon(self, name: str) -> QIcon:
        """An icon in the colours in force."""
        colours = self.colours
        return icon(name, colours.text, colours.on_accent_soft, colours.edge)

    def picture(self, name: str, colour: str, size: int = 16) -> QPixmap:
        """An icon as a picture in one colour, at the present size."""
        return drawn(name, colour, self.px(size))

    def layer_colour(self, layer: Layer | LayerKind) -> str:
        """Colour of a layer; show its name in words beside it."""
        return self.colours.layer(layer.kind if isinstance(layer, Layer) else layer)

    def _arrows(self) -> dict[str, str]:
        """Arrows as files, by the name the style sheet has for them."""
        folder = _drawings()
        names = {
            "down": "chevron-down",
            "left": "chevron-left",
            "right": "chevron-right",
            "open": "fold-open",
            "closed": "fold-closed",
        }
        made = {name: write_svg(icon, self.colours.text, folder) for name, icon in names.items()}
        made["tick"] = write_svg("check", self.colours.on_accent, folder)
        return {name: file.as_posix() for name, file in made.items()}

    def _system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self.look is Look.SYSTEM:
            self.apply()


@cache
def _hints() -> tuple[QStyleHints, QAccessibilityHints]:
    """What the system says of itself.

    WORKAROUND: kept for good, because PySide6 6.11 takes the accessibility hints for deleted once nobody
    holds the style hints any more. Look again with PySide6 6.12.
    """
    hints = QGuiApplication.styleHints()
    return hints, hints.accessibility()


def _system_is_dark() -> bool:
    return _hints()[0].colorScheme() is Qt.ColorScheme.Dark


@cache
def _drawings() -> Path:
    """Folder of the drawings that the style sheet names.

    It goes when the program ends, not with a theme: the application wears the style sheet for longer.
    """
    folder = Path(tempfile.mkdtemp(prefix="soh-author-look-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
