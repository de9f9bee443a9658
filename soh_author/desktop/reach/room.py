"""The room that tells whom the open draft reaches."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTreeView, QVBoxLayout, QWidget

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.reach.model import ReachTree
from soh_author.desktop.room import Handlers, Room
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.minor_asking import MinorAsking
from soh_author.domain.layers import SHARED
from soh_author.workflow.effects import Effects
from soh_author.workflow.overrides.reaching import ReachReport, reach

NO_DRAFT = "Choose a draft: this room tells what a draft changes for every public."


class ReachRoom(Room):
    """A sentence above, groups of forces below; Enter compares what one of them reads."""

    room_id = RoomId.REACH

    def __init__(self, session: Session) -> None:
        super().__init__(QWidget())
        self._session = session
        self._asked: tuple[object, ...] = ()
        self.report: ReachReport | None = None
        self.heading = QLabel("Whom does it reach?")
        self.told = QLabel(NO_DRAFT)
        self.told.setWordWrap(True)
        self.model = ReachTree(session.theme)
        self.tree = QTreeView()
        self.compare_button = QPushButton("Compare")
        self.minor_button = QPushButton("This change is minor…")
        self.minor = MinorAsking(session, self.widget)
        self._furnish()
        self.tree.activated.connect(self._take)
        self.tree.selectionModel().currentChanged.connect(lambda _now, _before: self._allow())
        self.compare_button.clicked.connect(lambda _checked: session.action_wanted.emit("reach.compare"))
        self.minor_button.clicked.connect(lambda _checked: session.action_wanted.emit("reach.minor"))
        session.theme.changed.connect(self._dress)
        self._dress()
        self._allow()

    def show_location(self, location: Location) -> None:
        """Tell whom the draft of this place reaches."""
        workspace = self._session.workspace
        on = location.on or self._session.today()
        asked = (id(workspace), location.draft, on)
        if asked == self._asked:
            return
        self._asked = asked
        self._show(None)
        if workspace is not None and location.draft:
            self.told.setText("Looking at what every public reads…")
            self._session.run(
                reach(workspace, location.draft, on), self._show, self._failed, topic="whom it reaches"
            )

    def apply_effects(self, effects: Effects) -> None:
        """Look again when any text changed."""
        if effects.pages or effects.registry or effects.everything or effects.drafts:
            self._asked = ()
            if self._session.location.room is self.room_id:
                self.show_location(self._session.location)

    def handlers(self) -> Handlers:
        """What this room carries out."""
        return {
            "reach.compare": lambda: self._take(self.tree.currentIndex()),
            "reach.minor": self.ask_minor,
            "reach.undo": self.minor.undo,
        }

    def reason_against(self, action_id: str) -> str:
        """Why something can't be done here now."""
        if action_id == "reach.undo":
            return "" if self.minor.can_undo else "Nothing was marked as minor yet."
        spot = self.model.spot(self.tree.currentIndex())
        if spot is None:
            return "Choose a line about some forces first."
        if action_id == "reach.minor" and spot.section is None:
            return "Choose a line in which a section changes."
        return ""

    def ask_minor(self) -> None:
        """Ask whether the change of the chosen line is minor."""
        spot = self.model.spot(self.tree.currentIndex())
        if spot is not None and spot.section is not None:
            self.minor.ask(spot.page, spot.section)

    def panes(self) -> Sequence[QWidget]:
        """Qt widgets F6 steps through."""
        return (self.tree, self.minor_button, self.compare_button)

    def _show(self, report: ReachReport | None) -> None:
        self.report = report
        self.model.show_report(report)
        self.tree.setVisible(report is not None and bool(report.pages))
        for button in (self.minor_button, self.compare_button):
            button.setVisible(self.tree.isVisibleTo(self.widget))
        self.told.setText(report.sentence if report else NO_DRAFT)
        self.tree.expandAll()
        if report is not None and report.pages:
            self.tree.setCurrentIndex(self.model.index(0, 0, self.model.index(0, 0)))
        self._allow()

    def _failed(self, error: Exception) -> None:
        self._asked = ()
        self.told.setText("It could not be found out.")
        self._session.failed.emit(error)

    def _take(self, index: QModelIndex) -> None:
        spot = self.model.spot(index)
        if spot is not None:
            place = replace(
                self._session.location,
                room=RoomId.COMPARE,
                page=spot.page,
                force=spot.force,
                layer=spot.layer or SHARED,
                language=spot.language,
                section=spot.section,
            )
            self._session.go(place)

    def _allow(self) -> None:
        buttons = {"reach.compare": self.compare_button, "reach.minor": self.minor_button}
        for action_id, button in buttons.items():
            reason = self.reason_against(action_id)
            button.setEnabled(not reason)
            button.setToolTip(reason)
        self._session.actions_changed.emit()

    def _dress(self) -> None:
        theme = self._session.theme
        self.heading.setFont(theme.heading_font())
        self.tree.setIconSize(QSize(theme.px(16), theme.px(16)))
        if self.report is not None:
            self._show(self.report)

    def _furnish(self) -> None:
        self.tree.setModel(self.model)
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName("What changes, and for whom")
        self.tree.setWordWrap(True)
        self.tree.setUniformRowHeights(False)
        self.tree.setExpandsOnDoubleClick(False)
        below = QHBoxLayout()
        below.setContentsMargins(16, 8, 16, 8)
        below.setSpacing(8)
        below.addStretch(1)
        below.addWidget(self.minor_button)
        below.addWidget(self.compare_button)
        layout = QVBoxLayout(self.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for label in (self.heading, self.told):
            label.setContentsMargins(16, 12, 16, 8)
            layout.addWidget(label)
        layout.addWidget(self.tree, 1)
        layout.addLayout(below)
        layout.addStretch(0)
