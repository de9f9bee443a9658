"""What stands left of a room: what one is working on, the pages, the drafts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QTabWidget, QVBoxLayout, QWidget

from soh_author.desktop.drafts.elsewhere import ElsewhereNote
from soh_author.desktop.drafts.panel import DraftsPanel, draft_button
from soh_author.desktop.drafts.verbs import Drafts
from soh_author.desktop.pages.panel import PagesPanel
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session


class SidePanel(QFrame):
    """Pages and drafts as two tabs below the name of the draft."""

    wanted = Signal()
    """The person wants to see it, wherever it may be folded away."""

    def __init__(self, session: Session, pages: PagesPanel, drafts: Drafts) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.setAccessibleName("Pages and drafts")
        self.pages = pages
        self.drafts = DraftsPanel(session, drafts)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Pages and drafts")
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.pages, "Pages")
        self.tabs.addTab(self.drafts, "Drafts")
        self.setFocusProxy(pages.filter)
        top = QWidget()
        inside = QVBoxLayout(top)
        inside.setContentsMargins(8, 8, 8, 4)
        inside.addWidget(draft_button(session, drafts))
        inside.addWidget(ElsewhereNote(session, drafts))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addWidget(self.tabs, 1)
        session.theme.changed.connect(lambda: self.setMinimumWidth(session.theme.px(130)))
        self.setMinimumWidth(session.theme.px(130))

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        return {
            "pane.pages": self.go_to_pages,
            "pane.filter": self.go_to_filter,
            "pane.drafts": self.go_to_drafts,
        }

    def go_to_pages(self) -> None:
        """Go to the list of pages."""
        self.wanted.emit()
        self.tabs.setCurrentWidget(self.pages)
        self.pages.focus_tree()

    def go_to_filter(self) -> None:
        """Go to the box that filters the pages."""
        self.wanted.emit()
        self.tabs.setCurrentWidget(self.pages)
        self.pages.focus_filter()

    def go_to_drafts(self) -> None:
        """Go to the list of drafts."""
        self.wanted.emit()
        self.tabs.setCurrentWidget(self.drafts)
        self.drafts.list.setFocus()
