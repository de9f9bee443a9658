"""The matrix room."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.matrix.acting import KINDS, ActingOnMany
from soh_author.desktop.matrix.bar import MatrixBar
from soh_author.desktop.matrix.copies import Copies
from soh_author.desktop.matrix.expired import ExpiredList
from soh_author.desktop.matrix.exporting import Exporting
from soh_author.desktop.matrix.footer import MatrixFooter
from soh_author.desktop.matrix.grid import MatrixGrid
from soh_author.desktop.matrix.legend import Legend
from soh_author.desktop.matrix.looking import Looked, look
from soh_author.desktop.matrix.painting import Signs
from soh_author.desktop.matrix.trend import MONTHS, TrendPanel
from soh_author.desktop.room import Handlers, Room
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.low import LowWatch
from soh_author.domain.ids import ForceId, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer
from soh_author.workflow.effects import Effects
from soh_author.workflow.overrides.changes import Change
from soh_author.workflow.overrides.matrix import ExpiredChange
from soh_author.workflow.overrides.matrix_rows import Cell, PageRow
from soh_author.workflow.overrides.sharing_trend import evenly, sharing_trend
from soh_author.workflow.workspace import LIVE

TOPIC = "matrix"
_LOW = 470
"""A room lower than this (in points of the normal size) folds its filters away by itself."""


class MatrixRoom(Room):
    """Filters and legend above, the grid below, what is overdue at the right."""

    room_id = RoomId.MATRIX

    def __init__(self, session: Session) -> None:
        super().__init__(QWidget())
        self._session = session
        self._asked: object = None
        self.heading = QLabel("Every page across every force")
        self.bar = MatrixBar(session)
        self.grid = MatrixGrid(session.theme)
        self.legend = Legend(session.theme, Signs(session.theme))
        self.overdue = ExpiredList(session.theme)
        self.footer = MatrixFooter(session.theme)
        self.trend = TrendPanel(session.theme)
        self.acting = ActingOnMany(session, self.grid.selected_cells, self.widget)
        self.copies = Copies(session, self.widget)
        self.exporting = Exporting(session, self.grid, self.widget)
        self.filters = QPushButton("Hide filters")
        self.overdue_button = QPushButton("Past their review date")
        self.trend_button = QPushButton("Over the year")
        self.low = LowWatch(session.theme, self.widget, _LOW)
        self._furnish()
        self._connect()
        session.theme.changed.connect(self._dress)
        self._dress()
        self._tell()

    def show_location(self, location: Location) -> None:
        """Show the matrix of what is read at this place."""
        self.bar.show_draft(location.draft)
        self._ask()
        if location.page is not None and location.force is not None:
            self.grid.go_to(location.page, location.force)

    def apply_effects(self, effects: Effects) -> None:
        """Look again when any text changed."""
        if effects.pages or effects.registry or effects.everything:
            self._asked = None
            if self._session.location.room is self.room_id:
                self._ask()

    def handlers(self) -> Handlers:
        """What this room carries out."""
        return {
            "matrix.compare": partial(self._go, RoomId.COMPARE),
            "matrix.open": partial(self._go, RoomId.EDITOR),
            "matrix.update": partial(self._go, RoomId.UPDATE),
            **{name: partial(self.acting.ask, name) for name in KINDS},
            "matrix.undo": self.acting.undo,
            "matrix.export": self.exporting.ask_where,
            "matrix.find": self._find,
            "matrix.overdue": self.toggle_overdue,
            "matrix.trend": self.toggle_trend,
            "matrix.copies": self.copies.look,
            "matrix.everything": self.show_everything,
            "matrix.filters": self.filters.toggle,
        }

    def reason_against(self, action_id: str) -> str:
        """Why something can't be done here now."""
        if self.grid.cells.looked is None:
            return "The matrix is being put together."
        if action_id in KINDS or action_id == "matrix.undo":
            asked = self.bar.question(())
            return self.acting.reason_against(action_id, asked.source, asked.language)
        wants_cell = action_id in {"matrix.compare", "matrix.open", "matrix.update"}
        return "Choose a cell first." if wants_cell and self.grid.here is None else ""

    def panes(self) -> Sequence[QWidget]:
        """Qt widgets F6 steps through."""
        return (self.grid, self.bar, self.legend, self.overdue, self.trend, self.footer)

    @property
    def looked(self) -> Looked | None:
        """What is shown."""
        return self.grid.cells.looked

    def _find(self) -> None:
        self.filters.setChecked(True)
        self.bar.text.setFocus()

    def toggle_overdue(self) -> None:
        """Show or hide the list of changes past their review date."""
        self.trend.hide()
        self.overdue.setVisible(not self.overdue.isVisible())
        if self.overdue.isVisible():
            self.overdue.list.setFocus()

    def toggle_trend(self) -> None:
        """Show or hide how much was shared over the last year."""
        workspace = self._session.workspace
        self.overdue.hide()
        self.trend.setVisible(not self.trend.isVisible())
        if self.trend.isVisible() and workspace is not None:
            self.trend.list.setFocus()
            task = sharing_trend(workspace, evenly(self._session.today(), MONTHS + 1))
            self._session.run(task, self.trend.show_points, topic="trend")

    def show_everything(self) -> None:
        """Take away all filters."""
        self.legend.choose(())
        self.bar.clear()

    def _ask(self) -> None:
        workspace = self._session.workspace
        if workspace is None:
            self._asked = None
            self.grid.show_matrix(None)
            return
        question = self.bar.question(self.legend.states)
        if self._asked != (id(workspace), question):
            self._asked = (id(workspace), question)
            self._session.run(look(workspace, question), self._looked, self._failed, topic=TOPIC)

    def _failed(self, error: Exception) -> None:
        self._asked = None
        self._session.failed.emit(error)

    def _looked(self, looked: Looked) -> None:
        self.grid.show_matrix(looked)
        self.bar.show_choices(looked)
        self.legend.show_summary(looked.whole.summary)
        self.overdue.show_matrix(looked)
        count = len(self.overdue.found)
        self.overdue_button.setText(f"{count:,} past their review date" if count else "Nothing overdue")
        self.overdue_button.setEnabled(count > 0)
        here = self._session.location
        if here.page is not None and here.force is not None:
            self.grid.go_to(here.page, here.force)
        self._tell()
        self._session.actions_changed.emit()

    def _tell(self) -> None:
        self.footer.tell(self.grid, self.reason_against)

    def _go(self, room: RoomId) -> None:
        here = self.grid.here
        if here is not None:
            row, cell = here
            changes = cell.changes
            change = next(
                (each for each in changes if "outdated" in each.state), changes[0] if changes else None
            )
            self._enter(room, row.page, cell.force, change)

    def _enter(self, room: RoomId, page: PageId, force: ForceId, change: Change | None) -> None:
        question = self.bar.question(())
        layer = change.layer if change else (SHARED if room is RoomId.EDITOR else Layer.of_force(force))
        place = replace(
            self._session.location,
            room=room,
            page=page,
            layer=layer,
            force=force,
            language=question.language,
            draft="" if question.source == LIVE else question.source,
            section=SectionId(change.section) if change and change.section else None,
        )
        self._session.go(place)

    def _take(self, row: PageRow, cell: Cell) -> None:
        del row, cell  # the current cell is the one that was taken
        self._go(RoomId.COMPARE)

    def _take_overdue(self, expired: ExpiredChange) -> None:
        self._enter(RoomId.COMPARE, expired.page, expired.forces[0], expired.change)

    def _dress(self) -> None:
        self.heading.setFont(self._session.theme.heading_font())

    def _connect(self) -> None:
        self.bar.changed.connect(self._ask)
        self.legend.changed.connect(self._ask)
        self.grid.taken.connect(self._take)
        self.grid.chosen.connect(self._tell)
        self.grid.chosen.connect(self._session.actions_changed)
        self.overdue.taken.connect(self._take_overdue)
        self.trend_button.clicked.connect(lambda _checked: self.toggle_trend())
        self.overdue_button.clicked.connect(lambda _checked: self.toggle_overdue())
        self.footer.action_wanted.connect(self._session.action_wanted)
        self.filters.toggled.connect(self._show_filters)
        self.low.changed.connect(self._fold)

    def _furnish(self) -> None:
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(self.grid)
        parts.addWidget(self.overdue)
        parts.addWidget(self.trend)
        parts.setStretchFactor(0, 1)
        parts.setHandleWidth(1)
        self.overdue.hide()
        self.trend.hide()
        self.trend_button.setToolTip("How much of the site was shared, month by month.")
        self.filters.setCheckable(True)
        self.filters.setChecked(True)
        self.filters.setToolTip("Show or hide what narrows the matrix, to have more room for it.")
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 4)
        head.setSpacing(8)
        self.heading.setWordWrap(True)
        head.addWidget(self.heading, 1)
        head.addWidget(self.trend_button)
        head.addWidget(self.overdue_button)
        head.addWidget(self.filters)
        layout = QVBoxLayout(self.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        for widget in (self.bar, self.legend):
            layout.addWidget(widget)
        layout.addWidget(parts, 1)
        layout.addWidget(self.footer)

    def _fold(self, is_low: bool) -> None:
        """Where there is little height, everything but the table makes itself small."""
        self.filters.setChecked(not is_low)
        self.heading.setVisible(not is_low)
        self.footer.fold(is_low)
        self._tell()

    def _show_filters(self, is_shown: bool) -> None:
        self.filters.setText("Hide filters" if is_shown else "Show filters")
        self.bar.setVisible(is_shown)
        self.legend.setVisible(is_shown)
