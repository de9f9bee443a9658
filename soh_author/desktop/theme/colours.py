"""The palettes as values, and the arithmetic of contrast (WCAG 2.2, 1.4.3)."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from soh_author.domain.layers import LayerKind


class Look(StrEnum):
    """What a person can choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one look, as #rrggbb.

    ``ground`` is the window, ``surface`` paper to read and write on, ``side`` panels beside it, ``hover`` a
    row under the mouse, ``line`` edges that only part things, ``edge`` edges of controls (3:1 at least).
    ``quiet`` is for what is read second; it too has 4.5:1 on every ground.
    """

    ground: str
    surface: str
    side: str
    hover: str
    line: str
    edge: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    accent_soft: str
    on_accent_soft: str
    shared: str
    group: str
    force: str
    error: str
    warning: str
    good: str
    added: str
    removed: str
    is_dark: bool = False

    @property
    def off(self) -> str:
        """Words of what can't be used now, another colour than what can, also where edges are like words."""
        if self.edge != self.text:
            return self.edge
        return "#a8a8a8" if self.is_dark else "#5c5c5c"

    def layer(self, kind: LayerKind) -> str:
        """Colour of a layer; always shown together with its name in words."""
        return {LayerKind.SHARED: self.shared, LayerKind.GROUP: self.group, LayerKind.FORCE: self.force}[kind]


LIGHT = Colours(
    ground="#f4f3ef",
    surface="#ffffff",
    side="#ecebe6",
    hover="#e3e1da",
    line="#d9d6cd",
    edge="#85827a",
    text="#1f2328",
    quiet="#54575c",
    accent="#1c5a96",
    on_accent="#ffffff",
    accent_soft="#d6e5f4",
    on_accent_soft="#123c66",
    shared="#2f5d94",
    group="#0f766e",
    force="#a8480c",
    error="#a8201a",
    warning="#7a5000",
    good="#1b6638",
    added="#d9f0df",
    removed="#fbdedb",
)

DARK = Colours(
    ground="#1e2023",
    surface="#25282c",
    side="#1a1c1f",
    hover="#32363b",
    line="#3a3e44",
    edge="#858b93",
    text="#e8e6e1",
    quiet="#b3b6ba",
    accent="#85b8ec",
    on_accent="#0d2238",
    accent_soft="#2a4159",
    on_accent_soft="#dcebfa",
    shared="#8fb4e3",
    group="#5ec7ba",
    force="#f0a06a",
    error="#ff9d94",
    warning="#efc56d",
    good="#86d3a1",
    added="#1f3d2a",
    removed="#4c2724",
    is_dark=True,
)

CONTRAST = Colours(
    ground="#000000",
    surface="#000000",
    side="#000000",
    hover="#333333",
    line="#ffffff",
    edge="#ffffff",
    text="#ffffff",
    quiet="#ffffff",
    accent="#ffe14d",
    on_accent="#000000",
    accent_soft="#ffe14d",
    on_accent_soft="#000000",
    shared="#a9d1ff",
    group="#7af0df",
    force="#ffbe8c",
    error="#ffa39b",
    warning="#ffe14d",
    good="#8df0ae",
    added="#004d1f",
    removed="#660f08",
    is_dark=True,
)

PALETTES = MappingProxyType({Look.LIGHT: LIGHT, Look.DARK: DARK, Look.CONTRAST: CONTRAST})


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, from 1 (equal) to 21 (black on white)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
