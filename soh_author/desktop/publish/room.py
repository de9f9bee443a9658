"""The room of publishers: a panel for each thing they do, and who signs it above."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QLabel, QSizePolicy, QTabWidget, QVBoxLayout, QWidget

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.publish.audit_panel import AuditPanel
from soh_author.desktop.publish.freezes_panel import FreezesPanel
from soh_author.desktop.publish.panel import Panel
from soh_author.desktop.publish.people_panel import PeoplePanel
from soh_author.desktop.publish.release_panel import ReleasePanel
from soh_author.desktop.publish.schedule_panel import SchedulePanel
from soh_author.desktop.publish.take_down_panel import TakeDownPanel
from soh_author.desktop.publish.urgent_panel import UrgentPanel
from soh_author.desktop.review.signing import SignerBox, Signing
from soh_author.desktop.room import Handlers, Room
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.flow import Flow
from soh_author.workflow.effects import Effects


class PublishRoom(Room):
    """Shows one panel at a time; an action of another panel goes there first."""

    room_id = RoomId.PUBLISH

    def __init__(self, session: Session, signing: Signing) -> None:
        super().__init__(QWidget())
        self._session = session
        self.signing = signing
        self.heading = QLabel("Publish")
        self.signer_box = SignerBox(signing)
        self.release = ReleasePanel(session, signing)
        self.schedule = SchedulePanel(session, signing)
        self.urgent = UrgentPanel(session, signing)
        self.take_down = TakeDownPanel(session, signing)
        self.freezes = FreezesPanel(session, signing)
        self.audit = AuditPanel(session, signing)
        self.people = PeoplePanel(session, signing)
        self.panels: tuple[Panel, ...] = (
            self.release,
            self.schedule,
            self.urgent,
            self.take_down,
            self.freezes,
            self.audit,
            self.people,
        )
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName("What publishers do")
        for panel in self.panels:
            self.tabs.addTab(_place(), panel.name)
        self._lay_out()
        self.tabs.currentChanged.connect(lambda _index: self._look())
        session.theme.changed.connect(self._dress)
        self._dress()

    @property
    def panel(self) -> Panel:
        """The panel that is shown."""
        return self.panels[self.tabs.currentIndex()]

    def show_location(self, location: Location) -> None:
        """Look what may go out."""
        del location
        self._look()

    def apply_effects(self, effects: Effects) -> None:
        """Look again when drafts or what is live changed."""
        if effects.everything or effects.drafts or effects.pages or effects.registry:
            for panel in self.panels:
                panel.forget()
            if self._session.location.room is self.room_id:
                self._look()

    def handlers(self) -> Handlers:
        """What the panels carry out, each in its own panel, and the ways to them."""
        to_panels: Handlers = {panel.action: partial(self.go_to, panel) for panel in self.panels}
        return {
            **to_panels,
            **{
                name: partial(self._do, panel, do)
                for panel in self.panels
                for name, do in panel.handlers().items()
            },
        }

    def reason_against(self, action_id: str) -> str:
        """Why something can't be done now."""
        for panel in self.panels:
            if action_id in panel.handlers():
                return panel.reason_against(action_id)
        return ""

    def panes(self) -> Sequence[QWidget]:
        """The widgets F6 steps through."""
        return (self.tabs.tabBar(), *self.panel.panes(), self.signer_box.box)

    def go_to(self, panel: Panel) -> None:
        """Show a panel, in this room."""
        self._session.enter(self.room_id)
        self.tabs.setCurrentIndex(self.panels.index(panel))

    def _do(self, panel: Panel, do: Callable[[], None]) -> None:
        self.tabs.setCurrentIndex(self.panels.index(panel))
        do()

    def _look(self) -> None:
        self._put_in()
        self.panel.show_panel()
        self.panel.allow()

    def _put_in(self) -> None:
        """Put in the panel that is looked at; all of them would be felt when the room is entered."""
        place = self.tabs.currentWidget()
        layout = place.layout()
        if layout is not None and not layout.count():
            layout.addWidget(self.panel)

    def _dress(self) -> None:
        self.heading.setFont(self._session.theme.heading_font())

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        top = QWidget()
        above = Flow(top, 16)
        above.setContentsMargins(16, 12, 16, 8)
        above.addWidget(self.heading)
        above.addWidget(self.signer_box)
        top.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        layout.addWidget(top)
        layout.addWidget(self.tabs, 1)


def _place() -> QWidget:
    """A place for a panel."""
    place = QWidget()
    layout = QVBoxLayout(place)
    layout.setContentsMargins(0, 0, 0, 0)
    return place
