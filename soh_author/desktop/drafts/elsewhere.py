"""A note above the pages: somebody else is changing the page that is open."""

from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from soh_author.desktop.drafts.verbs import Drafts
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.as_written import as_written


class ElsewhereNote(QFrame):
    """Says who else has a draft of the page, in which draft, and since when; opens theirs to read."""

    def __init__(self, session: Session, drafts: Drafts) -> None:
        super().__init__()
        self._session = session
        self._drafts = drafts
        self._shown = ""
        self.setProperty("role", "notice")
        self.setAccessibleName("Who else changes this page")
        self.words = QLabel()
        self.words.setWordWrap(True)
        as_written(self.words)
        self.read = QPushButton("Read it")
        self.read.clicked.connect(lambda _checked: drafts.read(self._shown))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(6)
        layout.addWidget(self.words)
        layout.addWidget(self.read)
        drafts.changed.connect(self.look)
        session.location_changed.connect(lambda _location: self.look())
        self.look()

    def look(self) -> None:
        """Show what is known of the open page now."""
        here, workspace = self._session.location, self._session.workspace
        found = [
            each for each in self._drafts.others if here.page in each.pages and each.name != here.reading
        ]
        self.setVisible(bool(found) and workspace is not None)
        if not found or workspace is None:
            return
        self._shown = found[0].name
        now = workspace.clock()
        told = [f"{each.author}, in “{each.name}”, {each.age(now)}" for each in found]
        self.words.setText(f"This page is also being changed by {'; and by '.join(told)}.")
        self.read.setText(f"Read “{self._shown}”" if found[1:] else "Read it")
        self.read.setAccessibleName(f"Read the draft “{self._shown}” of {found[0].author}")
