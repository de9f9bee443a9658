"""The narrow rail at the left edge: one button a room, with its name in words."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.room import Room
from soh_author.desktop.session import Session


class RoomRail(QFrame):
    """Switches rooms."""

    def __init__(self, session: Session, rooms: Sequence[Room]) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self.setAccessibleName("Rooms")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._session = session
        self._rooms = rooms
        self._group = QButtonGroup(self)
        self.buttons: dict[RoomId, QToolButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 8, 6, 8)
        layout.setSpacing(4)
        for room in rooms:
            layout.addWidget(self._button(room))
        layout.addStretch(1)
        session.location_changed.connect(self._show_place)
        session.workspace_changed.connect(lambda _workspace: self._allow())
        session.theme.changed.connect(self._paint)
        self._paint()
        self._allow()
        self._show_place(session.location)

    def _button(self, room: Room) -> QToolButton:
        button = QToolButton()
        button.setText(room.title)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setAccessibleName(room.title)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda _checked, room_id=room.room_id: self._session.enter(room_id))
        self._group.addButton(button)
        self.buttons[room.room_id] = button
        return button

    def _show_place(self, location: Location) -> None:
        if location.room in self.buttons:
            self.buttons[location.room].setChecked(True)

    def _allow(self) -> None:
        is_open = self._session.workspace is not None
        for room_id, button in self.buttons.items():
            button.setEnabled(is_open or room_id is RoomId.WELCOME)
            button.setToolTip("" if button.isEnabled() else "Open a workspace first.")

    def _paint(self) -> None:
        theme = self._session.theme
        for room in self._rooms:
            button = self.buttons[room.room_id]
            button.setIcon(theme.icon(room.icon))
            button.setIconSize(QSize(theme.px(24), theme.px(24)))
