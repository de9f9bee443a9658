"""Asks for new keys by having them pressed, and says at once whether they can be had."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from soh_author.desktop.actions import Action
from soh_author.desktop.keymap import Keymap, holders, refusal
from soh_author.desktop.theme.theme import Theme

_HELD = frozenset(
    {
        Qt.Key.Key_Control,
        Qt.Key.Key_Shift,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_unknown,
    }
)
_LEAVE = frozenset(
    {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}
)
_DIGIT_ROW = range(10, 20)
"""Scan codes of the keys 1 to 9 and 0 where X11 or Wayland numbers them."""
_WINDOWS_DIGITS = range(0x30, 0x3A)


class KeyBox(QLineEdit):
    """Shows the keys that are pressed in it. Tab, Enter and Esc alone do what they always do."""

    pressed = Signal(str)
    """Keys, as Qt writes them in files."""

    def __init__(self) -> None:
        super().__init__(placeholderText="Press the keys")
        self.setAccessibleName("New keys")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def event(self, event: QEvent) -> bool:
        """Qt: no action of the window gets a key that is pressed here."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and not _leaves(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: a key; nothing is ever typed here."""
        if _leaves(event):
            super().keyPressEvent(event)
        elif event.key() not in _HELD:
            self.take(keys_of(event))

    def take(self, keys: str) -> None:
        """Show keys as if they had been pressed."""
        self.setText(keys)
        self.pressed.emit(keys)


class KeysDialog(QDialog):
    """One action's new keys: free, taken by another action, or not to be had."""

    def __init__(self, theme: Theme, action: Action, keymap: Keymap, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Keys for “{action.text.rstrip('…')}”")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(440))
        self._action, self._keymap = action, keymap
        self._keys = ""
        self._taken: Callable[[str], None] = lambda _keys: None
        told = QLabel("Press the keys you want, all at once. Esc leaves everything as it was.")
        told.setWordWrap(True)
        self.box, self.told = KeyBox(), QLabel()
        self.box.setAccessibleDescription(told.text())
        self.told.setWordWrap(True)
        self.told.setMinimumHeight(3 * self.told.fontMetrics().lineSpacing())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton("Use these keys", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        self.go.setEnabled(False)
        buttons.accepted.connect(self._agree)
        buttons.rejected.connect(self.reject)
        self.box.pressed.connect(self._judge)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        for widget in (told, self.box, self.told, buttons):
            layout.addWidget(widget)

    def ask(self, taken: Callable[[str], None]) -> None:
        """Open it; ``taken`` gets the keys agreed to."""
        self._taken = taken
        self.open()
        self.box.setFocus()

    def _judge(self, keys: str) -> None:
        self._keys = keys
        refused = refusal(self._action, keys)
        others = " and ".join(f"“{other.text}”" for other in holders(self._keymap, self._action, keys))
        moves = f"{keys} is {others} now. Moved here, it does that no more."
        self.told.setText(refused or (moves if others else f"{keys} is free."))
        self.go.setText("Move it here" if others and not refused else "Use these keys")
        self.go.setEnabled(not refused)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.told.text()))

    def _agree(self) -> None:
        keys = self._keys
        self.accept()
        self._taken(keys)


def keys_of(event: QKeyEvent) -> str:
    """The keys of an event, as Qt writes them in files; with Shift the digit, not the sign above it."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    key = Qt.Key(event.key())
    if held & Qt.KeyboardModifier.ShiftModifier and (digit := _digit(event)):
        key = Qt.Key(Qt.Key.Key_0 + digit % 10)
    return QKeySequence(QKeyCombination(held, key)).toString(QKeySequence.SequenceFormat.PortableText)


def _digit(event: QKeyEvent) -> int:
    """Which key of the row of digits was pressed, 0 being 10; 0 for none."""
    platform = QGuiApplication.platformName()
    if platform in {"xcb", "wayland"} and event.nativeScanCode() in _DIGIT_ROW:
        return _DIGIT_ROW.index(event.nativeScanCode()) + 1
    if platform == "windows" and event.nativeVirtualKey() in _WINDOWS_DIGITS:
        return _WINDOWS_DIGITS.index(event.nativeVirtualKey()) or 10
    return 0


def _leaves(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return event.key() in _LEAVE and held == Qt.KeyboardModifier.NoModifier
