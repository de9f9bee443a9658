"""The frame: rail, side panel, room, menus, status line. It has no behaviour of its own."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QWidget,
)

from soh_author.desktop.action_board import ActionBoard
from soh_author.desktop.closing import Closing
from soh_author.desktop.error_dialog import ErrorDialog
from soh_author.desktop.location import Location
from soh_author.desktop.room import Handlers, Room
from soh_author.desktop.room_rail import RoomRail
from soh_author.desktop.room_stack import RoomStack
from soh_author.desktop.rooms import DOORS, Rooms
from soh_author.desktop.session import Session
from soh_author.desktop.status_line import StatusLine
from soh_author.desktop.widgets.focus import focus_in
from soh_author.desktop.window_state import WindowState, kept_place, place_from
from soh_author.domain.errors import NotFoundError
from soh_author.workflow.effects import Effects
from soh_author.workflow.workspace import Workspace

SIDE_WIDTH = 290
NARROW = 860
"""In a window narrower than this (in points of the normal size) pages and drafts fold away beside a page."""


class MainWindow(QMainWindow):
    """Shows the room the session says, beside the side panel, and says what went wrong."""

    def __init__(self, session: Session, state: WindowState) -> None:
        super().__init__()
        self.session = session
        self.state = state
        self.rooms = Rooms({})
        self.side = QWidget()
        self.stack = RoomStack()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.board = ActionBoard(session, self)
        self.status = StatusLine(session, self)
        self.rail: RoomRail | None = None
        self.side_button = QToolButton()
        self._is_side_wanted = False
        self._closing = Closing(self, session, lambda: self.rooms.made)
        self._is_entered = False
        self._folder: Path | None = None
        self._last_place = session.location
        self._zoom = session.theme.zoom
        self.setWindowTitle("SOH Author")
        session.location_changed.connect(self._show_place)
        session.effects_happened.connect(self._pass_on)
        session.failed.connect(self.show_error)
        session.action_wanted.connect(self.board.do)

    def furnish(self, rooms: Rooms, side: QWidget, handlers: Handlers) -> None:
        """Put in the side panel and the room the person is in, and bind the actions."""
        self.rooms = rooms
        rooms.furnished = self._take_in
        self.side = side
        self.rail = RoomRail(self.session)
        self.splitter.addWidget(side)
        self.splitter.addWidget(self.stack)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setCollapsible(1, False)
        self.splitter.setHandleWidth(1)
        self._furnish_side_button()
        self.setCentralWidget(_side_by_side(self.rail, self.side_button, self.splitter))
        self.setStatusBar(self.status)
        self.board.fill(self.menuBar())
        self.board.bind(handlers, rooms)
        self.menuBar().setAccessibleName("Menus")
        self.splitter.setSizes([self.session.theme.px(SIDE_WIDTH), 10_000])
        self.state.restore_window(self, self.splitter)
        self._zoom = self.session.theme.zoom
        self.session.theme.changed.connect(self._resize_side)
        self.session.workspace_changed.connect(self._come_back)
        self._show_place(self.session.location)

    @property
    def room(self) -> Room:
        """The room that is shown."""
        return self.rooms[self.session.location.room]

    def panes(self) -> list[QWidget]:
        """The parts of the window F6 steps through, in reading order."""
        side = [self.side] if self.side.isVisible() else []
        assert self.rail is not None, "the window is furnished before anybody can press a key"
        way = [self.side_button] if self.side_button.isVisible() else []
        return [self.rail, *way, *side, *self.room.panes(), self.status.work]

    def show_side(self) -> None:
        """Show pages and drafts where they are folded away, until another page or room is chosen."""
        self._is_side_wanted = True
        self._place_side()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another width; pages and drafts fold away or come back."""
        super().resizeEvent(event)
        if self.rail is not None:
            self._place_side()

    def show_error(self, error: Exception) -> None:
        """Say what went wrong."""
        ErrorDialog(self.session.theme, error, self).open()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: the window appears; the focus is where a person begins."""
        super().showEvent(event)
        if self.rail is not None and not event.spontaneous():
            self._enter(self.room, self.session.location)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: a key that nobody took. A shortcut of what can't be done now says why."""
        reason = self.board.reason_against_keys(QKeySequence(event.keyCombination()))
        if reason:
            self.session.notice.emit(reason)
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: ask about unsaved text, finish what is being saved, remember how the window stood."""
        if not self._closing.may_close():
            event.ignore()
            return
        self.state.keep_window(self, self.splitter)
        self._keep_place()
        self.state.write()
        self.session.close()
        event.accept()

    def _come_back(self, workspace: Workspace | None) -> None:
        """Find everything in this workspace as it was left, after keeping how the last one is left."""
        self._keep_place()
        self._folder = workspace.folder if workspace else None
        self._is_entered = False
        if self._folder is not None:
            for room in self.rooms.made:
                self._restore(room)
            saved = self.state.part_of(self._folder, "place")
            place = place_from(saved, self.session.location.room)
            self.session.location = place if _has_draft(workspace, place.draft) else place.in_draft("")

    def _keep_place(self) -> None:
        if self._folder is not None:
            self.state.keep_part_of(self._folder, "place", kept_place(self._last_place))
            for room in self.rooms.made:
                self.state.keep_part_of(self._folder, room.room_id.value, room.save_state())

    def _take_in(self, room: Room) -> None:
        """A room is entered for the first time: give it its place, and what it kept."""
        self.stack.addWidget(room.widget)
        self._restore(room)

    def _restore(self, room: Room) -> None:
        if self._folder is not None:
            room.restore_state(self.state.part_of(self._folder, room.room_id.value))

    def _place_side(self) -> None:
        """Show pages and drafts where the room has them and there is width; else the button for them."""
        has_side = DOORS[self.session.location.room].has_side_panel and self.session.workspace is not None
        is_wide = self.width() >= self.session.theme.px(NARROW)
        is_shown = is_wide or self._is_side_wanted or self.session.location.page is None
        self.side.setVisible(has_side and is_shown)
        self.side_button.setVisible(has_side and not is_shown)

    def _furnish_side_button(self) -> None:
        button, theme = self.side_button, self.session.theme
        button.setAccessibleName("Show pages and drafts")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        button.clicked.connect(lambda _checked: self.session.action_wanted.emit("pane.pages"))
        theme.changed.connect(self._paint_side_button)
        self.session.shortcuts.changed.connect(self._paint_side_button)
        self._paint_side_button()
        button.hide()

    def _paint_side_button(self) -> None:
        theme = self.session.theme
        self.side_button.setToolTip(self.session.shortcuts.tip("Pages and drafts", "pane.pages"))
        self.side_button.setIcon(theme.icon("pages"))
        self.side_button.setIconSize(QSize(theme.px(16), theme.px(16)))

    def _resize_side(self) -> None:
        """Let the side panel grow with its letters, but not beyond a quarter of the window."""
        if self._zoom != self.session.theme.zoom:
            self._zoom = self.session.theme.zoom
            wanted = min(self.session.theme.px(SIDE_WIDTH), self.width() // 4)
            self.splitter.setSizes([wanted, 10_000])
        self._place_side()

    def _show_place(self, location: Location) -> None:
        before, self._last_place = self._last_place, location
        if self.rail is None:
            return
        room = self.rooms[location.room]
        if (before.page, before.room) != (location.page, location.room):
            self._is_side_wanted = False
        is_new = self.stack.currentWidget() is not room.widget or not self._is_entered
        self.stack.setCurrentWidget(room.widget)
        self._place_side()
        self.board.tick(f"room.{location.room}")
        room.show_location(location)
        self.setWindowTitle(self._title(location))
        if is_new and self.isVisible():
            self._enter(room, location)

    def _enter(self, room: Room, location: Location) -> None:
        """Put the focus where the person goes on: in the list until there is a page, then in the room."""
        self._is_entered = self.session.workspace is not None
        is_in_list = location.page is None and self.side.isVisible()
        if not focus_in(self.side if is_in_list else room.panes()[0]) and self.rail is not None:
            focus_in(self.rail)

    def _title(self, location: Location) -> str:
        workspace = self.session.workspace
        place = workspace.folder.name if workspace else ""
        reading = f"Reading the draft {location.reading}" if location.reading else ""
        source = f"Draft {location.draft}" if location.draft else reading
        return " – ".join(part for part in (location.page or "", source, place, "SOH Author") if part)

    def _pass_on(self, effects: Effects) -> None:
        for room in self.rooms.made:
            room.apply_effects(effects)


def _has_draft(workspace: Workspace | None, name: str) -> bool:
    """Whether the draft a person was in last is still there."""
    try:
        return workspace is not None and (not name or bool(workspace.revision_of(name)))
    except NotFoundError:
        return False


def _side_by_side(*widgets: QWidget) -> QWidget:
    whole = QWidget()
    layout = QHBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget)
    return whole
