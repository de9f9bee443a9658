"""All actions with their keys, to be found by words or by keys, and given others."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.actions import ACTIONS, BY_ID, Action
from soh_author.desktop.keymap import Keymap, holders, lines_of, with_keys
from soh_author.desktop.personal.key_press import KeysDialog
from soh_author.desktop.preferences import Preferences
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.asking import ask_yes
from soh_author.desktop.widgets.flow import Flow
from soh_author.desktop.widgets.focus import allow
from soh_author.domain.folding import folded

_ID = Qt.ItemDataRole.UserRole
COLUMNS = ("Action", "Menu", "Keys")
OWN = "your own"


class ShortcutsPage(QWidget):
    """The one table of actions; what is chosen here is saved at once, and holds at once."""

    def __init__(self, session: Session, preferences: Preferences) -> None:
        super().__init__()
        self._session = session
        self._preferences = preferences
        self.filter = QLineEdit(placeholderText="Find an action, or keys such as Ctrl+S")
        self.filter.setAccessibleName("Find an action or keys")
        self.filter.setClearButtonEnabled(True)
        self.count = QLabel()
        self.count.setProperty("role", "quiet")
        self.list = QTreeWidget()
        self._rows = [(action, QTreeWidgetItem()) for action in ACTIONS]
        self.change = QPushButton("Change…")
        self.none = QPushButton("No keys")
        self.standard = QPushButton("Back to the standard")
        self.all = QPushButton("All back…")
        self._furnish()
        self._fill()
        session.shortcuts.changed.connect(self._refresh)
        self.filter.textChanged.connect(self._look)
        self.filter.returnPressed.connect(self._ask)
        self.filter.installEventFilter(self)
        self.list.currentItemChanged.connect(lambda _now, _before: self._allow())
        self.list.itemActivated.connect(lambda _item, _column: self._ask())
        self.change.clicked.connect(lambda _checked: self._ask())
        self.none.clicked.connect(lambda _checked: self._give(()))
        self.standard.clicked.connect(lambda _checked: self._give_standard())
        self.all.clicked.connect(lambda _checked: self._ask_all())
        self.setFocusProxy(self.filter)
        self._refresh()

    @property
    def action(self) -> Action | None:
        """The action that is chosen."""
        item = self.list.currentItem()
        return None if item is None or item.isHidden() else BY_ID[str(item.data(0, _ID))]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: Down goes from the filter into the list."""
        is_press = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _furnish(self) -> None:
        theme = self._session.theme
        self.list.setAccessibleName("Actions and their keys")
        self.list.setHeaderLabels(COLUMNS)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setMinimumHeight(theme.px(60))
        header = self.list.header()
        header.setStretchLastSection(False)
        for column, mode in enumerate(("Stretch", "ResizeToContents", "ResizeToContents")):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode[mode])
        buttons = QWidget()
        flow = Flow(buttons)
        for button in (self.change, self.none, self.standard, self.all):
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(8))
        for widget in (self.filter, self.list, self.count, buttons):
            layout.addWidget(widget, 1 if widget is self.list else 0)

    def _fill(self) -> None:
        for action, item in self._rows:
            item.setText(0, action.text.rstrip("…"))
            item.setText(1, action.menu.replace(" > ", ", "))
            item.setData(0, _ID, action.id)
            item.setToolTip(0, action.tip)
            self.list.addTopLevelItem(item)

    def _refresh(self) -> None:
        """Say each action's keys anew."""
        keymap = self._session.shortcuts.keymap
        for action, item in self._rows:
            keys = " or ".join(keymap.keys(action))
            shown = f"{keys or 'none'} ({OWN})" if action.id in keymap.own else keys
            item.setText(2, shown)
            said = (item.text(0), f"menu {item.text(1)}", shown or "no keys")
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(said))
        self._look(self.filter.text())

    def _look(self, typed: str) -> None:
        words = folded(typed).split()
        for _action, item in self._rows:
            whole = folded(" ".join(item.text(column) for column in range(len(COLUMNS))))
            item.setHidden(not all(word in whole for word in words))
        seen = [item for _action, item in self._rows if not item.isHidden()]
        told = f"{len(seen)} of {len(self._rows)} actions"
        self.count.setText(told if seen else "Nothing fits. Try fewer letters.")
        if seen and self.action is None:
            self.list.setCurrentItem(seen[0])
        self._allow()

    def _allow(self) -> None:
        """Which buttons do something now; the others say why not."""
        action, keymap = self.action, self._session.shortcuts.keymap
        is_own = action is not None and action.id in keymap.own
        has_keys = action is not None and bool(keymap.keys(action))
        for button, is_there, reason in (
            (self.change, action is not None, "Choose an action first."),
            (self.none, has_keys, "It has no keys."),
            (self.standard, is_own, "It has its standard keys."),
            (self.all, keymap != Keymap(), "Every action has its standard keys."),
        ):
            allow(button, "" if is_there else reason, self.list)

    def _ask(self) -> None:
        action = self.action
        if action is not None:
            dialog = KeysDialog(self._session.theme, action, self._session.shortcuts.keymap, self)
            dialog.ask(lambda keys: self._give((keys,)))

    def _give(self, keys: tuple[str, ...]) -> None:
        action = self.action
        if action is None:
            return
        self._use(with_keys(self._session.shortcuts.keymap, action, keys))
        self._tell(f"{action.text.rstrip('…')}: {' or '.join(keys) or 'no keys'}.")

    def _give_standard(self) -> None:
        """The standard keys again; asked first where another action has them by now."""
        action, keymap = self.action, self._session.shortcuts.keymap
        if action is None:
            return
        held = [other for keys in action.shortcuts for other in holders(keymap, action, keys)]
        if not held:
            self._give(action.shortcuts)
            return
        others = " and ".join(dict.fromkeys(f"“{other.text}”" for other in held))
        told = f"{' or '.join(action.shortcuts)} is {others} now, and would not be any more."
        ask_yes(self, "Move the keys back?", told, "Move them back", lambda: self._give(action.shortcuts))

    def _ask_all(self) -> None:
        count = len(self._session.shortcuts.keymap.own)
        told = f"Keys of your own: {count}. Every action gets its standard keys again."
        ask_yes(self, "All back to the standard?", told, "All back", lambda: self._use(Keymap()))

    def _use(self, keymap: Keymap) -> None:
        self._preferences.change(shortcuts=lines_of(keymap))

    def _tell(self, sentence: str) -> None:
        self.count.setText(sentence)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))
