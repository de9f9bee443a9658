"""Colours of text in the editor, for each look of the program. Each has at least 4.5 : 1 on its paper."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

from soh_author.domain.layers import LayerKind


@dataclass(frozen=True, slots=True)
class SyntaxColours:
    """What each part of a Markdown text is painted in, as ``#rrggbb``."""

    text: str
    heading: str
    mark: str
    link: str
    fact: str
    fact_paper: str
    component: str
    code: str
    found: str
    found_now: str
    shared: str
    group: str
    force: str
    error: str
    warning: str
    info: str

    def layer(self, kind: LayerKind) -> QColor:
        """Colour of a layer's stripe and word."""
        return QColor({"shared": self.shared, "group": self.group, "force": self.force}[kind.value])


LIGHT = SyntaxColours(
    text="#22262b",
    heading="#101418",
    mark="#6b737c",
    link="#1558a8",
    fact="#6d3f9c",
    fact_paper="#f3ecfa",
    component="#8a4a00",
    code="#3c5a14",
    found="#fff0b3",
    found_now="#ffcf5c",
    shared="#2f5d94",
    group="#0f766e",
    force="#a8480c",
    error="#b3261e",
    warning="#8a5a00",
    info="#2f5d94",
)

DARK = SyntaxColours(
    text="#d7dade",
    heading="#f5f7f9",
    mark="#9098a1",
    link="#8ab8f2",
    fact="#cda8f0",
    fact_paper="#332a3f",
    component="#e3b26b",
    code="#b4d18a",
    found="#4d4319",
    found_now="#7d6410",
    shared="#8fb4e3",
    group="#5ec7ba",
    force="#f0a06a",
    error="#ff8f87",
    warning="#e9bd5c",
    info="#8fb4e3",
)

HIGH_CONTRAST_LIGHT = SyntaxColours(
    text="#000000",
    heading="#000000",
    mark="#3d3d3d",
    link="#0000c8",
    fact="#5b0090",
    fact_paper="#ffffff",
    component="#6b2f00",
    code="#1e3d00",
    found="#ffe34d",
    found_now="#ffb300",
    shared="#00308f",
    group="#004d40",
    force="#7a2e00",
    error="#a00000",
    warning="#5c3a00",
    info="#00308f",
)

HIGH_CONTRAST_DARK = SyntaxColours(
    text="#ffffff",
    heading="#ffffff",
    mark="#c8c8c8",
    link="#8fd0ff",
    fact="#e6c3ff",
    fact_paper="#000000",
    component="#ffd37a",
    code="#d2f59b",
    found="#5c5200",
    found_now="#8f7a00",
    shared="#a9d1ff",
    group="#7af0df",
    force="#ffbe8c",
    error="#ffb0aa",
    warning="#ffe08a",
    info="#a9d1ff",
)


def colours_for(palette: QPalette) -> SyntaxColours:
    """The colours that fit a palette: by its paper, and the strong ones where black stands on white."""
    paper, ink = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
    is_dark = paper.lightness() < ink.lightness()
    is_strong = {paper.name(), ink.name()} == {"#000000", "#ffffff"}
    if is_strong:
        return HIGH_CONTRAST_DARK if is_dark else HIGH_CONTRAST_LIGHT
    return DARK if is_dark else LIGHT
