"""The welcome room."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.preferences import Preferences
from soh_author.desktop.room import Handlers, Room
from soh_author.desktop.session import Session
from soh_author.desktop.welcome.alarm import AlarmCard
from soh_author.desktop.welcome.identity import IdentityForm
from soh_author.desktop.welcome.opening import Opening
from soh_author.desktop.welcome.recovery import RecoveryCard
from soh_author.desktop.widgets.card_button import CardButton
from soh_author.desktop.widgets.columns import Columns
from soh_author.desktop.widgets.scrolled import ScrolledPage
from soh_author.domain.ids import ForceId
from soh_author.domain.layers import LayerKind
from soh_author.workflow.effects import Effects

WIDEST = 860
COLUMN = 380
MOST_RECENT = 4


class WelcomeRoom(Room):
    """Where a day, or the first day, begins."""

    room_id = RoomId.WELCOME

    def __init__(self, session: Session, preferences: Preferences, opening: Opening) -> None:
        self._session = session
        self._preferences = preferences
        self._opening = opening
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setSpacing(20)
        self._column.setContentsMargins(24, 40, 24, 24)
        self._page = ScrolledPage(inner, WIDEST)
        super().__init__(self._page)
        self._heading = QLabel("SOH Author")
        told = QLabel(
            "Write the pages that 44 police websites share, and see each one as its public reads it. "
            "Everything here works without a network."
        )
        told.setWordWrap(True)
        told.setProperty("role", "quiet")
        self.found = RecoveryCard(session)
        self.alarm = AlarmCard(session)
        self.recent = QVBoxLayout()
        self.recent.setSpacing(2)
        self.identity = IdentityForm(preferences)
        self.identity.key.clicked.connect(lambda _checked: session.action_wanted.emit("app.key"))
        recent = self._card("Recent workspaces", self.recent)
        who = self._card("Who I am", self.identity)
        self.ways = self._ways_in()
        self.columns = (Columns(self.ways, COLUMN), Columns((recent, who), COLUMN))
        for part in (self._heading, told, self.alarm, self.found, *self.columns):
            self._column.addWidget(part)
        opening.recovered.connect(self.found.offer)
        self.found.settled.connect(self._go_on)
        self._column.addStretch(1)
        preferences.changed.connect(lambda _value: self._show_recent())
        session.theme.changed.connect(self._dress)
        self._show_recent()
        self._dress()
        self._page.setFocusProxy(self.ways[0])

    def show_location(self, location: Location) -> None:
        """Show the room; it is the same at every place."""
        del location
        self._show_recent()

    def apply_effects(self, effects: Effects) -> None:
        """Look again whether an emergency waits."""
        self.alarm.touched(effects)

    def handlers(self) -> Handlers:
        """What this room carries out."""
        return {"app.identity": self._ask_identity}

    def _go_on(self) -> None:
        """Back to work: to the text that was restored, if one was."""
        restored = self.found.restored
        place = restored.place if restored else None
        if restored is None or place is None:
            self._opening.start_work()
            return
        here = replace(self._session.location.in_draft(restored.draft), language=place.language)
        if place.layer.kind is LayerKind.FORCE:
            here = replace(here, force=ForceId(place.layer.name))
        self._session.go(here.at_page(place.page, place.layer))
        self._session.text_returned.emit(restored.path)

    def _ask_identity(self) -> None:
        self._session.enter(self.room_id)
        self.identity.name.setFocus()
        self._page.ensureWidgetVisible(self.identity)

    def _ways_in(self) -> list[CardButton]:
        ways: tuple[tuple[str, str, str, Callable[[], None]], ...] = (
            (
                "flask",
                "Try the sample",
                "Practise on made-up pages. Nothing can go wrong.",
                self._opening.open_sample,
            ),
            ("folder", "Open a workspace", "A folder you worked in before.", self._opening.ask_folder),
            (
                "download",
                "Get one from an address",
                "Copy your team’s content here.",
                self._opening.ask_address,
            ),
            (
                "folder-plus",
                "Make one from a folder",
                "Start from content files you have.",
                self._opening.ask_content,
            ),
        )
        cards = []
        for icon, title, sentence, way in ways:
            card = CardButton(self._session.theme, icon, title, sentence)
            card.clicked.connect(lambda _checked, do=way: do())
            cards.append(card)
        return cards

    def _card(self, title: str, inside: QVBoxLayout | QWidget) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(16, 14, 16, 16)
        layout.setSpacing(8)
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        layout.addWidget(heading)
        if isinstance(inside, QVBoxLayout):
            layout.addLayout(inside)
        else:
            layout.addWidget(inside)
        layout.addStretch(1)
        return card

    def _show_recent(self) -> None:
        while (item := self.recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        known = [Path(folder) for folder in self._preferences.value.recent_workspaces]
        there = [folder for folder in known if folder.is_dir()][:MOST_RECENT]
        for folder in there:
            self.recent.addWidget(self._recent_button(folder))
        if not there:
            empty = QLabel("None yet. The sample is a good place to begin.")
            empty.setWordWrap(True)
            empty.setProperty("role", "quiet")
            self.recent.addWidget(empty)

    def _recent_button(self, folder: Path) -> CardButton:
        button = CardButton(self._session.theme, "folder", folder.name, _breakable(folder))
        button.setAccessibleName(f"Open {folder}")
        button.setProperty("role", "row")
        button.clicked.connect(lambda _checked: self._opening.open_folder(folder))
        return button

    def _dress(self) -> None:
        theme = self._session.theme
        self._heading.setFont(theme.heading_font())
        self._page.set_widest(theme.px(WIDEST))
        for columns in self.columns:
            columns.set_least_width(theme.px(COLUMN))


def _breakable(folder: Path) -> str:
    """Where a folder lies; a line may be broken behind every slash."""
    where = folder.parent
    short = Path("~") / where.relative_to(Path.home()) if where.is_relative_to(Path.home()) else where
    return str(short).replace("/", "/\u200b")
