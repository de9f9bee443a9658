"""The row above the preview: whom it reads as, in which language, how wide, and more."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from soh_author.desktop.shortcuts import Shortcuts
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.eliding import ElidingButton
from soh_author.domain.ids import Language

WIDTHS = {"phone": 375, "tablet": 768, "desktop": 0}
"""Widths of pages in CSS pixels; 0 takes all there is."""
ZOOMS = (50, 75, 100, 125, 150, 200)
_NARROW = 320
_WIDTH_WORDS = {"phone": "Phone width", "tablet": "Tablet width", "desktop": "Full width"}


class PreviewBar(QFrame):
    """Buttons and menus; it only tells what was wished for."""

    force_wanted = Signal()
    language_wanted = Signal(object)
    width_wanted = Signal(str)
    zoom_wanted = Signal(int)
    theme_wanted = Signal(str)
    date_wanted = Signal()
    today_wanted = Signal()
    sections_wanted = Signal()
    browser_wanted = Signal()

    def __init__(self, theme: Theme, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._theme = theme
        self._shortcuts = shortcuts
        self._name = ""
        self.force = ElidingButton()
        self.force.say("Choose a force")
        self.force.setProperty("role", "quiet")
        self.force.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.force.setStyleSheet("text-align: left")
        self.force.clicked.connect(self.force_wanted)
        self.day = QPushButton()
        self.day.setProperty("role", "quiet")
        self.day.setToolTip("Back to today")
        self.day.clicked.connect(self.today_wanted)
        self.day.hide()
        self.languages = {language: self._language_button(language) for language in Language}
        self.widths = {name: self._width_button(name) for name in WIDTHS}
        self.sections = self._button("list", "Sections of this page")
        self.sections.clicked.connect(self.sections_wanted)
        self.more = self._button("", "More about the preview")
        self.more.setText("⋯")
        self.more.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self._more_menu())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(4))
        layout.setSpacing(theme.px(2))
        layout.addWidget(self.force, 1)
        buttons = [self.day, *self.languages.values(), *self.widths.values(), self.sections, self.more]
        for button in buttons:
            layout.addWidget(button)
        theme.changed.connect(self._paint_icons)
        shortcuts.changed.connect(self._tell_keys)
        self._paint_icons()

    def show_force(self, name: str) -> None:
        """Say whom the page is shown as."""
        self.force.say(f"{name}  ▾")
        self.force.setAccessibleName(f"Reads as {name}. Choose another force")
        self._name = name
        self._tell_keys()

    def _tell_keys(self) -> None:
        """Say what to press; a person may have chosen other keys."""
        if self._name:
            told = self._shortcuts.tip(
                f"The page as {self._name} has it. Choose another force", "preview.force"
            )
            self.force.setToolTip(f"{told}; next: {self._shortcuts.words('preview.force_next')}")

    def show_language(self, language: Language, offered: tuple[Language, ...]) -> None:
        """Say which language is shown, and which the force has."""
        for known, button in self.languages.items():
            button.setChecked(known is language)
            button.setVisible(len(offered) > 1)

    def show_width(self, width: str) -> None:
        """Say how wide the page is."""
        for name, button in self.widths.items():
            button.setChecked(name == width)

    def show_day(self, words: str) -> None:
        """Say as on which day the page is shown; empty for today."""
        self.day.setText(f"{words}  ✕" if words else "")
        self.day.setAccessibleName(f"{words}. Back to today" if words else "")
        self.day.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the widths are in the menu alone (called by Qt)."""
        super().resizeEvent(event)
        for button in self.widths.values():
            button.setVisible(self.width() >= self._theme.px(_NARROW))

    def _button(self, icon: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("icon_name", icon)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _language_button(self, language: Language) -> QToolButton:
        button = self._button("", f"Read in {language.label}")
        button.setText(language.value.upper())
        button.setCheckable(True)
        button.clicked.connect(lambda: self.language_wanted.emit(language))
        return button

    def _width_button(self, name: str) -> QToolButton:
        button = self._button(name, _WIDTH_WORDS[name])
        button.setCheckable(True)
        button.clicked.connect(lambda: self.width_wanted.emit(name))
        return button

    def _more_menu(self) -> QMenu:
        menu = QMenu("More about the preview", self)
        zooms = menu.addMenu("Size")
        group = QActionGroup(zooms)
        for percent in ZOOMS:
            action = _choice(zooms, group, f"{percent} %")
            action.setChecked(percent == 100)
            action.triggered.connect(lambda _on=False, percent=percent: self.zoom_wanted.emit(percent))
        widths = menu.addMenu("Width")
        for name, words in _WIDTH_WORDS.items():
            widths.addAction(words).triggered.connect(
                lambda _on=False, name=name: self.width_wanted.emit(name)
            )
        looks = menu.addMenu("Colours of the page")
        group = QActionGroup(looks)
        for theme, words in (("", "As this window"), ("light", "Light"), ("dark", "Dark")):
            action = _choice(looks, group, words)
            action.setChecked(theme == "")
            action.triggered.connect(lambda _on=False, theme=theme: self.theme_wanted.emit(theme))
        menu.addAction("As on another day…").triggered.connect(lambda _on=False: self.date_wanted.emit())
        menu.addSeparator()
        menu.addAction("Open in my browser").triggered.connect(lambda _on=False: self.browser_wanted.emit())
        return menu

    def _paint_icons(self) -> None:
        side = self._theme.px(18)
        for button in (*self.widths.values(), self.sections):
            button.setIcon(self._theme.icon(button.property("icon_name")))
            button.setIconSize(QSize(side, side))


def _choice(menu: QMenu, group: QActionGroup, words: str) -> QAction:
    action = menu.addAction(words)
    action.setCheckable(True)
    group.addAction(action)
    return action
