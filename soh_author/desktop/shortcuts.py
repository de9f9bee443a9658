"""The keys in force, for everything that names them; tells when they change."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from soh_author.desktop.actions import BY_ID, Action
from soh_author.desktop.keymap import Keymap, read_lines


class Shortcuts(QObject):
    """Menus, tips, palette and help look here for what to press."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keymap = Keymap()

    def take(self, lines: Iterable[str]) -> tuple[str, ...]:
        """Use the choices as they were saved; a sentence for each that can't be used."""
        keymap, told = read_lines(lines)
        self.use(keymap)
        return told

    def use(self, keymap: Keymap) -> None:
        """Use other keys from now on."""
        if keymap != self.keymap:
            self.keymap = keymap
            self.changed.emit()

    def keys(self, action: Action) -> tuple[str, ...]:
        """The keys of an action; the first is the one shown."""
        return self.keymap.keys(action)

    def shown(self, action: Action) -> str:
        """The keys that are shown for an action; empty for none."""
        return next(iter(self.keys(action)), "")

    def words(self, action_id: str) -> str:
        """What to press, for a sentence; without keys where the menu has it."""
        action = BY_ID[action_id]
        return (
            self.shown(action)
            or f"“{action.text.rstrip('…')}” in the menu {action.menu.replace(' > ', ', ')}"
        )

    def tip(self, told: str, action_id: str) -> str:
        """A tip with the keys behind it, if there are any."""
        keys = self.shown(BY_ID[action_id])
        return f"{told} ({keys})" if keys else told
