"""The table of actions as Qt's actions: in menus, with shortcuts, and disabled with a reason."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from soh_author.desktop.actions import ACTIONS, BY_ID, Action, Circumstances
from soh_author.desktop.location import RoomId
from soh_author.desktop.room import Handlers
from soh_author.desktop.rooms import DOORS, Rooms
from soh_author.desktop.session import Session

_NAMED_ANEW = frozenset({"undo", "tab"})
"""Groups of actions whose names change with what they would do."""
_ROLES = {"app.quit": QAction.MenuRole.QuitRole, "app.preferences": QAction.MenuRole.PreferencesRole}


class ActionBoard(QObject):
    """Every action of the table, bound to whoever carries it out.

    What nobody carries out is not shown: a menu never holds an empty promise.
    """

    refreshed = Signal()

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._handlers: dict[str, Callable[[], None]] = {}
        self._rooms = Rooms({})
        self._groups: dict[str, QActionGroup] = {}
        self._menus: dict[str, QMenu] = {}
        self._shown: dict[str, tuple[bool, str]] = {}
        self.qt_actions = {action.id: self._make(action) for action in ACTIONS}
        window.addActions(list(self.qt_actions.values()))
        session.actions_changed.connect(self.refresh)
        session.theme.changed.connect(self._paint_icons)
        session.shortcuts.changed.connect(self._take_keys)

    def bind(self, handlers: Handlers, rooms: Rooms) -> None:
        """Say who carries out what: the window's own verbs, and those of the rooms."""
        self._rooms = rooms
        of_rooms = {
            name: partial(self._do_in, door.room_id, name) for door in DOORS.values() for name in door.actions
        }
        self._handlers = {**of_rooms, **handlers}
        unknown = set(self._handlers) - set(BY_ID)
        assert not unknown, f"these actions are not in the table: {sorted(unknown)}"
        self._paint_icons()
        self.refresh()

    def shown(self) -> list[Action]:
        """The actions somebody carries out, in the order of the table."""
        return [action for action in ACTIONS if action.id in self._handlers]

    def reason_against(self, action: Action) -> str:
        """Why an action can't be done now; empty when it can."""
        return self._reason_against(action, self._now())

    def reason_against_keys(self, keys: QKeySequence) -> str:
        """Why nothing happens on a shortcut, with the action it stands for; empty where something does, or
        where the keys stand for nothing.
        """
        room = self._session.location.room
        those = [action for action in self.shown() if keys in self.qt_actions[action.id].shortcuts()]
        those.sort(key=lambda action: action.room not in {None, room})
        reasons = [self.reason_against(action) for action in those]
        return f"{those[0].text.rstrip('…')}: {reasons[0]}" if reasons and all(reasons) else ""

    def do(self, action_id: str) -> None:
        """Do what an action says, if it can be done now."""
        if action_id in self._handlers and not self.reason_against(BY_ID[action_id]):
            self._handlers[action_id]()

    def tick(self, action_id: str) -> None:
        """Tick one action of a choice."""
        self.qt_actions[action_id].setChecked(True)

    def refresh(self) -> None:
        """Look again at what can be done."""
        now, is_other = self._now(), False
        for action in ACTIONS:
            state = (action.id in self._handlers, self._reason_against(action, now))
            # Telling Qt costs more than looking, and is mostly nothing new.
            before = self._shown.get(action.id)
            if before != state:
                is_other = is_other or before is None or before[0] != state[0]
                self._shown[action.id] = state
                self._show(action, *state)
        if is_other:
            for menu in self._menus.values():
                menu.menuAction().setVisible(any(entry.isVisible() for entry in menu.actions()))
        self.refreshed.emit()

    def _now(self) -> Circumstances:
        session = self._session
        return Circumstances(session.location, session.workspace is not None)

    def _reason_against(self, action: Action, now: Circumstances) -> str:
        return action.reason_against(now) or self._reason_of_room(action)

    def _show(self, action: Action, is_carried_out: bool, reason: str) -> None:
        shown = self.qt_actions[action.id]
        shown.setVisible(is_carried_out)
        shown.setEnabled(not reason)
        shown.setToolTip(reason or self._session.shortcuts.tip(action.tip, action.id))
        shown.setStatusTip(reason or action.tip)

    def fill(self, bar: QMenuBar) -> None:
        """Put every action into its menu."""
        group_before: dict[str, str] = {}
        for action in ACTIONS:
            menu = self._menu(bar, action.menu)
            if group_before.get(action.menu, action.group) != action.group:
                menu.addSeparator()
            group_before[action.menu] = action.group
            menu.addAction(self.qt_actions[action.id])

    def menu_of(self, path: str) -> QMenu:
        """The menu with this path, as the table writes it."""
        return self._menus[path]

    def _menu(self, bar: QMenuBar, path: str) -> QMenu:
        if path not in self._menus:
            above, _, name = path.rpartition(" > ")
            holder = self._menu(bar, above) if above else bar
            beside = [menu.title() for menu in self._menus.values()]
            self._menus[path] = holder.addMenu(name if above else _with_key(name, beside))
            self._menus[path].setToolTipsVisible(True)
            self._menus[path].aboutToShow.connect(self._rename)
            self._menus[path].setAccessibleName(name)
        return self._menus[path]

    def _make(self, action: Action) -> QAction:
        made = QAction(action.text, self)
        made.setObjectName(action.id)
        made.setShortcuts([QKeySequence(keys) for keys in self._session.shortcuts.keys(action)])
        made.triggered.connect(lambda _checked=False, name=action.id: self.do(name))
        made.setMenuRole(_ROLES.get(action.id, QAction.MenuRole.NoRole))
        if action.choice:
            made.setCheckable(True)
            self._groups.setdefault(action.choice, QActionGroup(self)).addAction(made)
        return made

    def _take_keys(self) -> None:
        """A person chose other keys."""
        for action in ACTIONS:
            keys = [QKeySequence(each) for each in self._session.shortcuts.keys(action)]
            if self.qt_actions[action.id].shortcuts() != keys:
                self.qt_actions[action.id].setShortcuts(keys)
                self._shown.pop(action.id, None)
        self.refresh()

    def _rename(self) -> None:
        """A menu opens: what is called by its circumstances gets its name of now."""
        for action in ACTIONS:
            room = self._rooms.if_made(action.room) if action.room and action.group in _NAMED_ANEW else None
            if room is not None:
                self.qt_actions[action.id].setText(room.name_of(action.id) or action.text)

    def _reason_of_room(self, action: Action) -> str:
        room = self._rooms.if_made(action.room) if action.room is not None else None
        return room.reason_against(action.id) if room is not None else ""

    def _do_in(self, room_id: RoomId, action_id: str) -> None:
        self._rooms[room_id].handlers()[action_id]()

    def _paint_icons(self) -> None:
        for action in self.shown():
            if action.icon and not action.choice:
                self.qt_actions[action.id].setIcon(self._session.theme.icon(action.icon))


def _with_key(name: str, beside: Iterable[str]) -> str:
    """A menu's name, its first letter that opens no other menu with Alt marked."""
    taken = {title[title.index("&") + 1].lower() for title in beside if "&" in title}
    at = next((number for number, letter in enumerate(name) if letter.lower() not in taken), 0)
    return f"{name[:at]}&{name[at:]}"
