"""The lists of drafts beside the pages: one's own, and those of other people."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QListView, QPushButton, QVBoxLayout, QWidget

from soh_author.desktop.drafts.verbs import PUBLISHED, Drafts
from soh_author.desktop.location import Location
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.chooser import Choice, ChoiceDelegate, ChoiceModel
from soh_author.desktop.widgets.eliding import ElidingButton
from soh_author.domain.days import short_day


class DraftsPanel(QWidget):
    """Drafts, the newest first; Enter or a click works on one of one's own, or reads somebody else's."""

    def __init__(self, session: Session, drafts: Drafts) -> None:
        super().__init__()
        self._session = session
        self._drafts = drafts
        self.model, self.others_model = ChoiceModel(self), ChoiceModel(self)
        self.list = self._list(self.model, "Drafts")
        self.others = self._list(self.others_model, "Drafts of other people")
        self.heading = QLabel("Other people’s drafts")
        self.heading.setProperty("role", "quiet")
        self.heading.setContentsMargins(10, 6, 0, 0)
        self.heading.setBuddy(self.others)
        self.take_over = QPushButton("Take it over…")
        self.take_over.clicked.connect(lambda _checked: session.action_wanted.emit("draft.take_over"))
        self.told = QLabel("A draft holds your changes until they are published. Start one to write.")
        self.told.setWordWrap(True)
        self.told.setProperty("role", "quiet")
        buttons = QVBoxLayout()
        for text, role, verb in (
            ("New draft…", "", drafts.ask_new),
            ("Recently discarded…", "quiet", drafts.back.ask),
        ):
            button = QPushButton(text)
            button.setProperty("role", role)
            button.clicked.connect(lambda _checked, do=verb: do())
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self.told)
        layout.addWidget(self.list, 3)
        layout.addWidget(self.heading)
        layout.addWidget(self.others, 2)
        layout.addWidget(self.take_over)
        layout.addLayout(buttons)
        for one, take in ((self.list, self._take), (self.others, self._read)):
            one.activated.connect(lambda index, do=take: do(index.row()))
            one.clicked.connect(lambda index, do=take: do(index.row()))
        drafts.changed.connect(self.show_drafts)
        session.location_changed.connect(self._follow)
        session.theme.changed.connect(self.list.doItemsLayout)
        session.theme.changed.connect(self.others.doItemsLayout)
        self.show_drafts()

    def _list(self, model: ChoiceModel, name: str) -> QListView:
        made = QListView()
        made.setModel(model)
        made.setItemDelegate(ChoiceDelegate(self._session.theme, made))
        made.setAccessibleName(name)
        made.setProperty("place", "side")
        made.setUniformItemSizes(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return made

    def show_drafts(self) -> None:
        """Show the drafts known now."""
        lines = [Choice(PUBLISHED, "What is published", "Read only: start a draft to change it")]
        lines += [
            Choice(draft.name, draft.name, self._drafts.told_of(draft), short_day(draft.when))
            for draft in self._drafts.known
        ]
        self.model.show_choices(lines)
        self.told.setVisible(not self._drafts.known)
        others = self._drafts.others if self._session.workspace is not None else ()
        self.others_model.show_choices([self._drafts.line_of(each) for each in others])
        for widget in (self.heading, self.others):
            widget.setVisible(bool(self._drafts.others))
        self._follow(self._session.location)

    def _follow(self, location: Location) -> None:
        for row, choice in enumerate(self.model.choices):
            if choice.key == location.draft:
                self.list.setCurrentIndex(self.model.index(row))
        self.take_over.setVisible(bool(location.reading) and not location.draft)
        self.others.clearSelection()
        for row, choice in enumerate(self.others_model.choices):
            if choice.key == location.reading and not location.draft:
                self.list.clearSelection()
                self.others.setCurrentIndex(self.others_model.index(row))

    def _read(self, row: int) -> None:
        if 0 <= row < len(self.others_model.choices):
            self._drafts.read(self.others_model.choices[row].key)

    def _take(self, row: int) -> None:
        if 0 <= row < len(self.model.choices):
            self._drafts.work_on(self.model.choices[row].key)


def draft_button(session: Session, drafts: Drafts) -> ElidingButton:
    """The button above the pages that says what one is working on, and changes it."""
    button = ElidingButton()
    button.setProperty("role", "row")
    button.clicked.connect(lambda _checked: drafts.ask_which())

    def show_place(location: Location) -> None:
        other = drafts.other(location.reading)
        whose = f" of {other.author}" if other else ""
        reading = f"Reading “{location.reading}”{whose}" if location.reading else "Reading what is published"
        text = f"Draft: {location.draft}" if location.draft else reading
        button.say(text)
        button.setAccessibleName(f"{text}. Work on another draft")
        button.setToolTip(session.shortcuts.tip(f"{text}. Work on another draft", "draft.switch"))
        button.setIconSize(QSize(session.theme.px(16), session.theme.px(16)))
        button.setIcon(session.theme.icon("draft" if location.draft else "eye"))

    session.location_changed.connect(show_place)
    session.theme.changed.connect(lambda: show_place(session.location))
    session.shortcuts.changed.connect(lambda: show_place(session.location))
    show_place(session.location)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
