"""Two versions of a page as the public read them, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from soh_author.desktop.preview.pictures import Pictures
from soh_author.desktop.preview.web_view import PreviewView
from soh_author.desktop.theme.theme import Theme
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.render.renderer import Renderer
from soh_author.workflow.previewing import PreviewRequest, preview
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

COMFORTABLE = 820
"""Width in points at which a page needs not be made smaller."""
NOTHING = """<!doctype html>
<html lang="en"><title>No page</title><body><p>There was no such page then.</p></body></html>
"""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: a force's public in a language on a day (no force: the first there is)."""

    force: ForceId | None
    language: Language
    on: date


@dataclass(frozen=True, slots=True)
class Pages:
    """Two pages as HTML, their pictures, and the name of the force that they are read as."""

    left: str
    right: str
    pictures: Mapping[str, bytes]
    force: str


class RenderedPair(QWidget):
    """Two previews that scroll alone; the page before at the left."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._pictures = Pictures()
        self._number = 0
        self.titles = (QLabel(), QLabel())
        self.views = (PreviewView(self._pictures.find), PreviewView(self._pictures.find))
        self._theme = theme
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.setHorizontalSpacing(1)
        for column, (title, view) in enumerate(zip(self.titles, self.views, strict=True)):
            title.setContentsMargins(16, 8, 16, 8)
            title.setWordWrap(True)
            grid.addWidget(title, 0, column)
            grid.addWidget(view, 1, column)
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(1, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: a page in a narrow room is shown smaller, so that its lines stay as long as the public's."""
        super().resizeEvent(event)
        for view in self.views:
            view.setZoomFactor(max(0.5, min(1.0, event.size().width() / 2 / COMFORTABLE)))

    def show_pages(self, pages: Pages, titles: tuple[str, str]) -> None:
        """Show two pages."""
        self._number += 1
        self._pictures.show(pages.pictures)
        for view, html in zip(self.views, (pages.left, pages.right), strict=True):
            view.show_html(self._number, html, str(self._number))
        for label, view, title in zip(self.titles, self.views, titles, strict=True):
            label.setText(f"{title}, as {pages.force} reads it")
            view.setAccessibleName(label.text())


def render_both(
    workspace: Workspace, page: PageId, sources: tuple[str | None, str], reader: Reader, theme: str
) -> Task[Pages]:
    """A page at two versions (the first None: there was none) as one public reads it."""

    def work(progress: Progress) -> Outcome[Pages]:
        renderer = Renderer()
        latest = workspace.snapshot(sources[1])
        force = reader.force or next(iter(latest.registry.forces))
        request = PreviewRequest(page, force, reader.language, reader.on, theme=theme, annotate=False)
        htmls, pictures = [], {}
        for source in sources:
            progress.check()
            html = NOTHING
            if source is not None:
                snapshot = workspace.snapshot(source)
                html = _rendered(snapshot, request, renderer)
                pictures.update(Pictures().read(html, snapshot))
            htmls.append(html)
        return Outcome(Pages(htmls[0], htmls[1], pictures, latest.force(force).name()))

    return Task("Rendering two versions", work)


def _rendered(snapshot: Snapshot, request: PreviewRequest, renderer: Renderer) -> str:
    try:
        return preview(snapshot, request, renderer).html
    except NotFoundError:
        return NOTHING
