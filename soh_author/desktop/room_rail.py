"""The narrow rail at the left edge: one button a room, with its name in words."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.rooms import DOORS, Door
from soh_author.desktop.session import Session

_FULL, _SHORT = Qt.ToolButtonStyle.ToolButtonTextUnderIcon, Qt.ToolButtonStyle.ToolButtonTextOnly
_PICTURE_GAP = 5


class RoomRail(QScrollArea):
    """Switches rooms.

    Where the window is too low for all buttons they first do without their pictures, never without their
    names, then the rail scrolls.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self.setAccessibleName("Rooms")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self._session = session
        self._group = QButtonGroup(self)
        self.buttons: dict[RoomId, QToolButton] = {}
        self._column = self._filled()
        self.setWidget(self._column)
        self._column.installEventFilter(self)
        session.location_changed.connect(self._show_place)
        session.workspace_changed.connect(lambda _workspace: self._allow())
        session.theme.changed.connect(self._paint)
        self._paint()
        self._allow()
        self._show_place(session.location)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: as much of every button as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: a button has other words or letters, or got the focus out of sight."""
        if isinstance(watched, QToolButton) and event.type() is QEvent.Type.FocusIn:
            self.ensureWidgetVisible(watched)
        elif not isinstance(watched, QToolButton) and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """Qt: as wide as the widest name, beside the scroll bar where there is one."""
        wanted = self._column.sizeHint()
        return QSize(wanted.width() + self._bar_width(), wanted.height())

    def minimumSizeHint(self) -> QSize:
        """Qt: never narrower, but as low as one button."""
        lowest = max((button.minimumSizeHint().height() for button in self.buttons.values()), default=0)
        return QSize(self.sizeHint().width(), lowest)

    def _filled(self) -> QWidget:
        column = QWidget()
        column.setProperty("role", "rail-column")
        layout = QVBoxLayout(column)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.setSpacing(1)
        for door in DOORS.values():
            layout.addWidget(self._button(door))
        layout.addStretch(1)
        return column

    def _button(self, door: Door) -> QToolButton:
        button = QToolButton()
        button.setText(door.title)
        button.setCheckable(True)
        button.setToolButtonStyle(_FULL)
        button.setAccessibleName(door.title)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda _checked, room_id=door.room_id: self._session.enter(room_id))
        button.installEventFilter(self)
        self._group.addButton(button)
        self.buttons[door.room_id] = button
        return button

    def _fit(self) -> None:
        style = _FULL if self._height_with_pictures() <= self.height() else _SHORT
        for button in self.buttons.values():
            if button.toolButtonStyle() is not style:
                button.setToolButtonStyle(style)
        self.updateGeometry()

    def _height_with_pictures(self) -> int:
        """How high the column is in full; while it is short a little more, so that it never flickers."""
        pictures = [_PICTURE_GAP + one.iconSize().height() for one in self.buttons.values() if _is_short(one)]
        return self._column.sizeHint().height() + sum(pictures)

    def _bar_width(self) -> int:
        is_too_low = self.height() < self._column.sizeHint().height() and _is_short(self._group.buttons()[0])
        return self.verticalScrollBar().sizeHint().width() if is_too_low else 0

    def _show_place(self, location: Location) -> None:
        if location.room in self.buttons:
            self.buttons[location.room].setChecked(True)
            self.setFocusProxy(self.buttons[location.room])
            self.ensureWidgetVisible(self.buttons[location.room])

    def _allow(self) -> None:
        is_open = self._session.workspace is not None
        for room_id, button in self.buttons.items():
            button.setEnabled(is_open or room_id is RoomId.WELCOME)
            button.setToolTip("" if button.isEnabled() else "Open a workspace first.")

    def _paint(self) -> None:
        theme = self._session.theme
        size = QSize(theme.px(22), theme.px(22))
        for door in DOORS.values():
            self.buttons[door.room_id].setIcon(theme.icon(door.icon))
            self.buttons[door.room_id].setIconSize(size)


def _is_short(button: QAbstractButton) -> bool:
    return isinstance(button, QToolButton) and button.toolButtonStyle() is _SHORT
