"""Two sides of a comparison as the public reads them, scrolling in step, the sections that differ marked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWebEngineCore import QWebEngineScript
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from soh_author.desktop.preview.pictures import Pictures
from soh_author.desktop.preview.web_view import PreviewView
from soh_author.desktop.theme.colours import DARK, LIGHT
from soh_author.domain.ids import ForceId
from soh_author.render.renderer import Renderer
from soh_author.workflow.overrides.comparing import PageComparison, RowKind
from soh_author.workflow.previewing import PreviewRequest, preview_of_view
from soh_author.workflow.task import Outcome, Progress, Task

COMFORTABLE = 820
"""Width in points at which a page needs not be made smaller."""
NOTHING = """<!doctype html>
<html lang="en"><title>No page</title><body><p>There is no such page here.</p></body></html>
"""
_WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
_MARK = """{where} {{
  outline: 2px solid {colour}; outline-offset: 6px; background: color-mix(in srgb, {ground} 40%, transparent);
}}
[data-layer-kind]::before {{ display: none; }}"""


@dataclass(frozen=True, slots=True)
class Sides:
    """Both pages as HTML, their pictures, as which force each is read, and the sections to mark on each."""

    htmls: tuple[str, str]
    pictures: Mapping[str, bytes]
    forces: tuple[str, str]
    marked: tuple[tuple[str, ...], tuple[str, ...]]


def render_sides(found: PageComparison, force: ForceId | None, theme: str) -> Task[Sides]:
    """Render both sides of a comparison; layers above the forces as one force's public would read them."""

    def work(progress: Progress) -> Outcome[Sides]:
        renderer = Renderer()
        htmls, names, pictures = [], [], {}
        views = (found.left, found.right)
        known = next((view.force for view in reversed(views) if view.force), force)
        for view in views:
            progress.check()
            reader = view.force or known or next(iter(view.snapshot.registry.forces))
            request = PreviewRequest(view.page, reader, view.language, view.on, theme=theme)
            shown = preview_of_view(view, request, renderer)
            htmls.append(shown.html if shown else NOTHING)
            names.append(view.snapshot.force(reader).name(form="short_name"))
            pictures.update(Pictures().read(htmls[-1], view.snapshot))
        return Outcome(Sides((htmls[0], htmls[1]), pictures, (names[0], names[1]), _marked(found)))

    return Task("Rendering both sides", work)


def _marked(found: PageComparison) -> tuple[tuple[str, ...], tuple[str, ...]]:
    rows = [row for row in found.differences if row.kind is RowKind.SECTION]
    return (
        tuple(row.name for row in rows if row.left is not None),
        tuple(row.name for row in rows if row.right is not None),
    )


class RenderedSides(QWidget):
    """Two previews. Scrolling one scrolls the other as far through its page."""

    def __init__(self) -> None:
        super().__init__()
        self._pictures = Pictures()
        self._number = 0
        self.titles = (QLabel(), QLabel())
        self.views = (PreviewView(self._pictures.find), PreviewView(self._pictures.find))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.setHorizontalSpacing(1)
        for column, (title, view) in enumerate(zip(self.titles, self.views, strict=True)):
            title.setContentsMargins(16, 8, 16, 8)
            title.setWordWrap(True)
            title.setProperty("role", "heading")
            grid.addWidget(title, 0, column)
            grid.addWidget(view, 1, column)
            grid.setColumnStretch(column, 1)
            other = self.views[1 - column]
            view.page().scrollPositionChanged.connect(
                lambda _place, view=view, other=other: self._follow(view, other)
            )
        grid.setRowStretch(1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: a page in a narrow room is shown smaller, so that its lines stay as long as the public's."""
        super().resizeEvent(event)
        for view in self.views:
            view.setZoomFactor(max(0.5, min(1.0, event.size().width() / 2 / COMFORTABLE)))

    def show_sides(self, sides: Sides, titles: tuple[str, str], *, is_dark: bool) -> None:
        """Show both pages."""
        self._number += 1
        self._pictures.show(sides.pictures)
        colours = DARK if is_dark else LIGHT
        inks = ((colours.error, colours.removed), (colours.good, colours.added))
        for side, view in enumerate(self.views):
            self.titles[side].setText(f"{titles[side]}, as read in {sides.forces[side]}")
            view.setAccessibleName(self.titles[side].text())
            view.dress(_marks(sides.marked[side], *inks[side]))
            view.show_html(self._number, sides.htmls[side], str(self._number))

    def show_section(self, section: str) -> None:
        """Bring a section to the top on both sides."""
        for view in self.views:
            view.show_section(section)

    def _follow(self, view: PreviewView, other: PreviewView) -> None:
        """Scroll the other page as far, unless it is the one that leads."""
        if not view.underMouse() and not view.hasFocus() and other.underMouse():
            return
        whole = view.page().contentsSize().height() - view.height()
        share = view.page().scrollPosition().y() / whole if whole > 0 else 0.0
        other_whole = other.page().contentsSize().height() - other.height()
        if other_whole > 0 and abs(other.page().scrollPosition().y() / other_whole - share) > 0.01:
            script = f"scrollTo(0, {share:.4f} * (document.documentElement.scrollHeight - innerHeight))"
            other.page().runJavaScript(script, _WORLD)


def _marks(sections: Iterable[str], colour: str, ground: str) -> str:
    where = ", ".join(f'[data-section="{section}"]' for section in sections) or "#no-section-differs"
    return _MARK.format(where=where, colour=colour, ground=ground)
