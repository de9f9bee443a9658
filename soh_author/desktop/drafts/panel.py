"""The list of drafts beside the pages."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from soh_author.desktop.drafts.verbs import PUBLISHED, Drafts
from soh_author.desktop.location import Location
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.chooser import Choice, ChoiceDelegate, ChoiceModel
from soh_author.desktop.widgets.eliding import ElidingButton


class DraftsPanel(QWidget):
    """Drafts, the newest first; Enter or a click works on one."""

    def __init__(self, session: Session, drafts: Drafts) -> None:
        super().__init__()
        self._session = session
        self._drafts = drafts
        self.model = ChoiceModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceDelegate(session.theme, self.list))
        self.list.setAccessibleName("Drafts")
        self.list.setProperty("place", "side")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.told = QLabel("A draft holds your changes until they are published. Start one to write.")
        self.told.setWordWrap(True)
        self.told.setProperty("role", "quiet")
        buttons = QVBoxLayout()
        for text, role, verb in (
            ("New draft…", "", drafts.ask_new),
            ("Recently discarded…", "quiet", drafts.ask_restore),
        ):
            button = QPushButton(text)
            button.setProperty("role", role)
            button.clicked.connect(lambda _checked, do=verb: do())
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self.told)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        self.list.activated.connect(lambda index: self._take(index.row()))
        self.list.clicked.connect(lambda index: self._take(index.row()))
        drafts.changed.connect(self.show_drafts)
        session.location_changed.connect(self._follow)
        session.theme.changed.connect(self.list.doItemsLayout)
        self.show_drafts()

    def show_drafts(self) -> None:
        """Show the drafts known now."""
        lines = [Choice(PUBLISHED, "What is published", "Read only: start a draft to change it")]
        for draft in self._drafts.known:
            private = f"{draft.private_files} saved, in no version yet" if draft.private_files else ""
            own = "" if draft.revision == self._drafts.published else f"{draft.note} – {draft.author}"
            told = private or own or "Nothing saved yet"
            lines.append(Choice(draft.name, draft.name, told, f"{draft.when:%d %b}"))
        self.model.show_choices(lines)
        self.told.setVisible(not self._drafts.known)
        self._follow(self._session.location)

    def _follow(self, location: Location) -> None:
        for row, choice in enumerate(self.model.choices):
            if choice.key == location.draft:
                self.list.setCurrentIndex(self.model.index(row))

    def _take(self, row: int) -> None:
        if 0 <= row < len(self.model.choices):
            self._drafts.work_on(self.model.choices[row].key)


def draft_button(session: Session, drafts: Drafts) -> ElidingButton:
    """The button above the pages that says what one is working on, and changes it."""
    button = ElidingButton()
    button.setProperty("role", "row")
    button.clicked.connect(lambda _checked: drafts.ask_which())

    def show_place(location: Location) -> None:
        text = f"Draft: {location.draft}" if location.draft else "Reading what is published"
        button.say(text)
        button.setAccessibleName(f"{text}. Work on another draft")
        button.setToolTip(f"{text}. Work on another draft (Ctrl+Shift+D)")
        button.setIconSize(QSize(session.theme.px(16), session.theme.px(16)))
        button.setIcon(session.theme.icon("draft" if location.draft else "eye"))

    session.location_changed.connect(show_place)
    session.theme.changed.connect(lambda: show_place(session.location))
    show_place(session.location)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
