"""Begin a page, or the Welsh of one."""

from PySide6.QtWidgets import QWidget

from soh_author.desktop.editor.file_reading import FileKey, open_new_file
from soh_author.desktop.editor.file_tab import FileTab
from soh_author.desktop.editor.open_texts import OpenTexts
from soh_author.desktop.editor.page_dialog import PageDialog
from soh_author.desktop.preview.forces import Forces
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.domain.ids import Language, PageId
from soh_author.domain.layers import Layer
from soh_author.domain.page import PageType
from soh_author.workflow.editing import TextChange, start_page
from soh_author.workflow.editing_welsh import start_own_welsh
from soh_author.workflow.task import Outcome, Progress, Task


class PageVerbs:
    """What is begun stands in a tab, unsaved, until the person saves it."""

    def __init__(self, session: Session, texts: OpenTexts, forces: Forces, parent: QWidget) -> None:
        self._session = session
        self._texts = texts
        self._forces = forces
        self._parent = parent

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        return {"page.new": self.ask_new}

    def ask_new(self) -> None:
        """Ask what the new page is to be."""
        here = self._session.location
        area = str(here.page).rpartition("/")[0] if here.page else ""
        force = self._forces.registry.forces.get(here.force) if here.force else None
        layer = force.layer if force else None
        dialog = PageDialog(self._session.theme, area, layer, force.name() if force else "", self._parent)
        dialog.agreed.connect(self.start)
        dialog.open()

    def start(self, page: PageId, title: str, kind: PageType, layer: Layer) -> None:
        """Begin a page; one that is there already is opened instead."""
        workspace = self._session.workspace
        assert workspace is not None, "pages are only begun in a workspace"
        change = start_page(layer, page, title, kind)
        key = FileKey(page, layer)
        task = open_new_file(workspace, self._session.location, key, self._texts.news.day, change.text or "")
        self._session.run(task, lambda found: self._texts.show_new(found, change.line))

    def start_welsh(self, tab: FileTab) -> None:
        """Begin the Welsh of a page with the headings of its English."""
        workspace, source = self._session.workspace, self._session.location.source
        assert workspace is not None, "texts are only begun in a workspace"
        key, day, texts = tab.key, self._texts.news.day, self._texts.keeper.texts()

        def work(_progress: Progress) -> Outcome[TextChange]:
            snapshot = workspace.snapshot(source, unsaved=texts)
            return Outcome(start_own_welsh(snapshot, key.page, key.layer, day))

        welsh = FileKey(key.page, key.layer, Language.CY)
        self._session.run(
            Task("Starting the Welsh text", work),
            lambda change: self._texts.begin(welsh, change.text or "", change.line),
        )
