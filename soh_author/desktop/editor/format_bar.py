"""The row below the text: what the menu Format does, by mouse."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from soh_author.desktop.actions import BY_ID
from soh_author.desktop.shortcuts import Shortcuts
from soh_author.desktop.theme.theme import Theme

BUTTONS = (
    *("format.bold", "format.italic", "format.link", "format.section"),
    *("format.bullets", "format.numbers", "format.quote", "insert.table", "insert.fact"),
)
_ICONS = {"format.quote": "quote"}


class FormatBar(QFrame):
    """Its buttons take no focus: by keyboard the shortcuts and the menu are nearer."""

    action_wanted = Signal(str)

    def __init__(self, theme: Theme, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shortcuts = shortcuts
        self.setAccessibleName("Formatting")
        self.buttons = {name: self._button(name) for name in BUTTONS}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(12), theme.px(2), theme.px(12), theme.px(2))
        layout.setSpacing(theme.px(2))
        for button in self.buttons.values():
            layout.addWidget(button)
        layout.addStretch(1)
        theme.changed.connect(self._paint_icons)
        shortcuts.changed.connect(self._tell_keys)
        self._paint_icons()
        self._tell_keys()

    def _button(self, name: str) -> QToolButton:
        action = BY_ID[name]
        button = QToolButton()
        button.setAccessibleName(action.text.rstrip("…"))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.action_wanted.emit(name))
        return button

    def _tell_keys(self) -> None:
        for name, button in self.buttons.items():
            action = BY_ID[name]
            told = self._shortcuts.tip(action.text.rstrip("…"), name)
            button.setToolTip(f"{told}: {action.tip}")

    def _paint_icons(self) -> None:
        side = self._theme.px(17)
        for name, button in self.buttons.items():
            button.setIcon(self._theme.icon(_ICONS.get(name) or BY_ID[name].icon))
            button.setIconSize(QSize(side, side))
