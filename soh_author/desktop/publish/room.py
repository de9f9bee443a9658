"""The room of publishers: a panel for each thing they do, and who signs it above."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial

from PySide6.QtCore import QTimer
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

_PANELS: Mapping[str, type[Panel]] = {
    "release": ReleasePanel,
    "schedule": SchedulePanel,
    "urgent": UrgentPanel,
    "take_down": TakeDownPanel,
    "freezes": FreezesPanel,
    "audit": AuditPanel,
    "people": PeoplePanel,
}
"""The panels in the order of their tabs, by the attributes of the room that hold them."""


class PublishRoom(Room):
    """Shows one panel at a time; an action of another panel goes there first.

    A panel is made when it is first looked at or asked for; those nobody asked for follow one by one once
    the room is entered. All at once they would be felt.
    """

    room_id = RoomId.PUBLISH

    def __init__(self, session: Session, signing: Signing) -> None:
        super().__init__(QWidget())
        self._session = session
        self.signing = signing
        self.heading = QLabel("Publish")
        self.signer_box = SignerBox(signing)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName("What publishers do")
        for panel in _PANELS.values():
            self.tabs.addTab(_place(), panel.name)
        self._next = QTimer(self.widget, singleShot=True, interval=0)
        self._next.timeout.connect(self._make_next)
        self._lay_out()
        self.tabs.currentChanged.connect(lambda _index: self._look())
        session.theme.changed.connect(self._dress)
        self._dress()

    @cached_property
    def release(self) -> ReleasePanel:
        """What goes out, and when."""
        return ReleasePanel(self._session, self.signing)

    @cached_property
    def schedule(self) -> SchedulePanel:
        """What waits for its day."""
        return SchedulePanel(self._session, self.signing)

    @cached_property
    def urgent(self) -> UrgentPanel:
        """What can't wait for two people."""
        return UrgentPanel(self._session, self.signing)

    @cached_property
    def take_down(self) -> TakeDownPanel:
        """What is taken back."""
        return TakeDownPanel(self._session, self.signing)

    @cached_property
    def freezes(self) -> FreezesPanel:
        """Times in which nothing goes out."""
        return FreezesPanel(self._session, self.signing)

    @cached_property
    def audit(self) -> AuditPanel:
        """Who did what."""
        return AuditPanel(self._session, self.signing)

    @cached_property
    def people(self) -> PeoplePanel:
        """Who may do what."""
        return PeoplePanel(self._session, self.signing)

    @property
    def panels(self) -> tuple[Panel, ...]:
        """All panels in the order of their tabs; asking makes those that are not there yet."""
        return tuple(getattr(self, name) for name in _PANELS)

    @property
    def made(self) -> tuple[Panel, ...]:
        """The panels that are there already."""
        return tuple(self.__dict__[name] for name in _PANELS if name in self.__dict__)

    @property
    def panel(self) -> Panel:
        """The panel that is shown."""
        shown: Panel = getattr(self, list(_PANELS)[self.tabs.currentIndex()])
        return shown

    def show_location(self, location: Location) -> None:
        """Look what may go out."""
        del location
        self._look()

    def apply_effects(self, effects: Effects) -> None:
        """Look again when drafts or what is live changed."""
        if effects.everything or effects.drafts or effects.pages or effects.registry:
            for panel in self.made:
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
        """Why something can't be done now; a panel that isn't there yet has nothing against it."""
        for panel in self.made:
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
        self._next.start()

    def _make_next(self) -> None:
        missing = next((name for name in _PANELS if name not in self.__dict__), "")
        if missing:
            getattr(self, missing)
            self._next.start()
            if len(self.made) == len(_PANELS):
                self._session.actions_changed.emit()

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
