"""Three columns for each override that fell behind: said then, says now, ours."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from soh_author.desktop.session import Session
from soh_author.desktop.widgets.anchors import go_to_anchor
from soh_author.desktop.widgets.three_texts import three_texts
from soh_author.domain.counting import counted
from soh_author.domain.ids import PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.workflow.overrides.rebase_items import RebaseItem
from soh_author.workflow.overrides.rebasing import RebasePlan, plan

ANCHOR = "text-"
NOTHING = "Nothing fell behind here: every own text was written against the text above as it stands."


class OutdatedTexts(QWidget):
    """One document for a page: of one layer's texts, or of all that fell behind."""

    looked = Signal(str, int)
    """How many fell behind, in words and as a number."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.items: Sequence[RebaseItem] = ()
        self.text = QTextBrowser()
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Said then, says now, ours")
        self.text.document().setDocumentMargin(16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)
        self.setFocusProxy(self.text)
        session.theme.changed.connect(self._paint)

    def look(self, page: PageId, layers: Sequence[Layer]) -> None:
        """Look what fell behind in a page, of some layers; of all where only the shared text is named."""
        workspace, here = self._session.workspace, self._session.location
        if workspace is not None:
            own = [layer for layer in layers if layer != SHARED]
            task = plan(workspace, here.source, here.on or self._session.today(), pages=(page,), layers=own)
            self._session.run(task, self._show, topic="said then, says now")

    def go_to(self, number: int) -> None:
        """Bring one of the texts to the top, with the caret in it for whoever listens."""
        go_to_anchor(self.text, f"{ANCHOR}{number}")

    def _show(self, found: RebasePlan) -> None:
        self.items = [item for item in found.items if item.change.state != "redundant"]
        self._paint()
        count = len(self.items)
        self.looked.emit(counted(count, "text fell behind.", "texts fell behind."), count)

    def _paint(self) -> None:
        colours = self._session.theme.colours
        self.text.setFont(self._session.theme.font())
        parts = [
            f'<h3><a name="{ANCHOR}{number}"></a>{escape(item.sentence)}</h3>{three_texts(item, colours)}'
            for number, item in enumerate(self.items)
        ]
        self.text.setHtml("".join(parts) or f"<p>{escape(NOTHING)}</p>")
