"""The facts room."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, QModelIndex, QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.facts.form import FactForm
from soh_author.desktop.facts.looking import (
    Book,
    KnownFact,
    layers_of,
    look_up_facts,
    look_up_uses,
    save_new,
    save_value,
    take_out_value,
)
from soh_author.desktop.facts.new_fact import FactWish, NewFactDialog
from soh_author.desktop.facts.places import Places, Spot
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.room import Handlers, Room
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.chooser import Choice, ChoiceDelegate, ChoiceModel
from soh_author.domain.ids import FactName
from soh_author.domain.layers import Layer
from soh_author.workflow.effects import Effects
from soh_author.workflow.overrides.change_sets import SavedChanges, undo
from soh_author.workflow.wording.fact_editing import FactEntry

NO_DRAFT = "Start or choose a draft first: what is published is never changed directly."


class FactsRoom(Room):
    """Facts at the left, the chosen one with its values and places at the right."""

    room_id = RoomId.FACTS

    def __init__(self, session: Session) -> None:
        super().__init__(QWidget())
        self._session = session
        self._asked: tuple[object, ...] = ()
        self._done: list[SavedChanges] = []
        self._chosen_key: tuple[Layer, FactName] | None = None
        self._wanted: FactName | None = None
        self.book: Book | None = None
        self.shown: list[KnownFact] = []
        self.heading = QLabel("Facts: values kept in one place")
        self.filter = QLineEdit(placeholderText="Find facts by name, value or force")
        self.filter.setAccessibleName("Find facts")
        self.filter.setClearButtonEnabled(True)
        self.new_button = QPushButton("New fact…")
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("d MMM yyyy")
        self.day.setAccessibleName("As on this day")
        self.day.setToolTip("See the values as on another day; the preview and the other rooms follow.")
        self.model = ChoiceModel()
        self.list = QListView()
        self.form = FactForm(session.theme, session.today())
        self.places = Places(session.theme)
        self._furnish()
        self.new_button.clicked.connect(lambda _checked: self._session.action_wanted.emit("facts.new"))
        self.day.dateChanged.connect(self._change_day)
        self.filter.textChanged.connect(lambda _text: self._show_list())
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.form.save_wanted.connect(self.save)
        self.form.removal_wanted.connect(self.take_out)
        self.places.taken.connect(self._go)
        session.theme.changed.connect(self._dress)
        self._dress()

    def show_location(self, location: Location) -> None:
        """Show the facts of what is read at this place."""
        workspace = self._session.workspace
        on = location.on or self._session.today()
        blocker = QSignalBlocker(self.day)
        self.day.setDate(QDate(on.year, on.month, on.day))
        del blocker
        self._want(location)
        asked = (id(workspace), location.source, on)
        if asked != self._asked:
            self._asked = asked
            if workspace is not None:
                self._session.run(look_up_facts(workspace, location.source, on), self._looked, topic="facts")

    def _want(self, location: Location) -> None:
        """Choose the fact that somebody came to see; once, so that they can go on to others."""
        if location.fact is not None and location.fact != self._wanted:
            self._chosen_key = location.layer, location.fact
            self.filter.clear()
            self._show_list()
        self._wanted = location.fact

    def apply_effects(self, effects: Effects) -> None:
        """Look again when any text changed."""
        if effects != Effects(drafts=effects.drafts):
            self._asked = ()
            if self._session.location.room is self.room_id:
                self.show_location(self._session.location)

    def handlers(self) -> Handlers:
        """What this room carries out."""
        return {"facts.find": self.filter.setFocus, "facts.new": self.ask_for_new, "facts.undo": self.undo}

    def reason_against(self, action_id: str) -> str:
        """Why something can't be done here now."""
        return "No fact was changed yet." if action_id == "facts.undo" and not self._done else ""

    def panes(self) -> Sequence[QWidget]:
        """Qt widgets F6 steps through."""
        return (self.list, self.form, self.places)

    @property
    def known(self) -> KnownFact | None:
        """The fact that is chosen."""
        row = self.list.currentIndex().row()
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def save(self, entry: FactEntry, source: str) -> None:
        """Save a value in the draft."""
        workspace, known = self._session.workspace, self.known
        if workspace is not None and known is not None:
            task = save_value(workspace, self._session.location.draft, known.fact, entry, source)
            self._session.run(task, self._done.append)

    def ask_for_new(self) -> None:
        """Ask for a fact that isn't there yet, and keep it in the draft."""
        workspace, here = self._session.workspace, self._session.location
        if workspace is None or not here.draft:
            self._session.notice.emit(NO_DRAFT)
            return
        layers = layers_of(workspace, here.source)
        dialog = NewFactDialog(self._session.theme, layers, self._session.today(), self.widget)

        def keep(wish: FactWish) -> None:
            def kept(saved: SavedChanges) -> None:
                dialog.accept()
                self._done.append(saved)
                self._chosen_key = wish.layer, wish.name

            task = save_new(workspace, here.draft, wish)
            self._session.run(task, kept, lambda error: dialog.say(str(error)))

        dialog.wanted.connect(keep)
        dialog.open()
        dialog.label.setFocus()

    def _change_day(self, day: QDate) -> None:
        """Look as on another day; today is where everybody begins."""
        chosen = date(day.year(), day.month(), day.day())
        on = None if chosen == self._session.today() else chosen
        self._session.go(replace(self._session.location, on=on))

    def take_out(self, start: date | None) -> None:
        """Take a value out of the draft."""
        workspace, known = self._session.workspace, self.known
        if workspace is not None and known is not None:
            task = take_out_value(workspace, self._session.location.draft, known.fact, start)
            self._session.run(task, self._done.append)

    def undo(self) -> None:
        """Put the facts back as they were before the last change."""
        workspace = self._session.workspace
        if self._done and workspace is not None:
            self._session.run(undo(workspace, self._done.pop()))

    @property
    def _reason(self) -> str:
        """Why nothing can be changed now; empty when it can."""
        return "" if self._session.location.draft else NO_DRAFT

    def _looked(self, book: Book) -> None:
        self.book = book
        self.new_button.setEnabled(not self._reason)
        tip = self._session.shortcuts.tip("Keep a value in one place, with its source", "facts.new")
        self.new_button.setToolTip(self._reason or tip)
        self.places.show_book(book)
        self._show_list()

    def _show_list(self) -> None:
        words = self.filter.text().casefold().split()
        wanted = self._chosen_key
        found = self.book.facts if self.book else ()
        self.shown = [known for known in found if _fits(known, words)]
        self.model.show_choices([_line(known) for known in self.shown])
        rows = [row for row, known in enumerate(self.shown) if known.key == wanted]
        self.list.setCurrentIndex(self.model.index(rows[0] if rows else 0))
        self.form.setVisible(bool(self.shown))

    def _chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        known, workspace = self.known, self._session.workspace
        if known is None or workspace is None:
            return
        self._chosen_key = known.key
        here = self._session.location
        self.form.show_fact(known, self._reason, here.on)
        task = look_up_uses(workspace, here.source, known.fact.name, here.on or self._session.today())
        self._session.run(task, self.places.show_uses, topic="where a fact is shown")

    def _go(self, spot: Spot) -> None:
        place = self._session.location.at_page(spot.page, spot.layer, spot.section)
        self._session.go(replace(place, force=spot.force or place.force))

    def _dress(self) -> None:
        self.heading.setFont(self._session.theme.heading_font())
        self.list.doItemsLayout()

    def _furnish(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceDelegate(self._session.theme, self.list))
        self.list.setAccessibleName("Facts")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        right = QSplitter(Qt.Orientation.Vertical)
        scroll = QScrollArea()
        scroll.setWidget(self.form)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right.addWidget(scroll)
        right.addWidget(self.places)
        right.setStretchFactor(1, 1)
        right.setHandleWidth(1)
        right.setSizes([self._session.theme.px(330), self._session.theme.px(300)])
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(self.list)
        parts.addWidget(right)
        parts.setStretchFactor(1, 1)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(1)
        parts.setSizes([self._session.theme.px(400), 10_000])
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(8)
        self.heading.setWordWrap(True)
        head.addWidget(self.heading, 2)
        head.addWidget(self.filter, 1)
        as_on = QLabel("as on")
        as_on.setBuddy(self.day)
        head.addWidget(as_on)
        head.addWidget(self.day)
        head.addWidget(self.new_button)
        layout = QVBoxLayout(self.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(parts, 1)


def _fits(known: KnownFact, words: Sequence[str]) -> bool:
    said = f"{known.fact.label} {known.fact.name} {known.whose} {known.today}".casefold()
    return all(word in said for word in words)


def _line(known: KnownFact) -> Choice:
    fact = known.fact
    return Choice(f"{fact.layer} {fact.name}", fact.label, f"{known.whose} · {fact.name}", known.today)
