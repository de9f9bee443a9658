"""How it looks, who I am, and how a day begins."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from soh_author.desktop.actions import BY_ID
from soh_author.desktop.preferences import Preferences
from soh_author.desktop.session import Session
from soh_author.desktop.theme.theme import ZOOM_STEPS
from soh_author.desktop.welcome.identity import IdentityForm
from soh_author.desktop.widgets.scrolled import ScrolledPage
from soh_author.settings.model import SETTINGS, Settings, Theme

WIDEST = 620


class GeneralPage(ScrolledPage):
    """Says what is set now, also when a menu or the Welcome room sets it while this is open."""

    key_wanted = Signal()
    """The person asked for their key."""

    def __init__(self, session: Session, preferences: Preferences) -> None:
        column = QWidget()
        super().__init__(column, session.theme.px(WIDEST))
        self._preferences = preferences
        self.look, self.text_size, self.reopen = QComboBox(), QComboBox(), QCheckBox()
        self.identity = IdentityForm(preferences)
        self.identity.key.clicked.connect(lambda _checked: self.key_wanted.emit())
        for theme in Theme:
            self.look.addItem(BY_ID[f"theme.{theme}"].text, theme.value)
        for step in ZOOM_STEPS:
            self.text_size.addItem(f"{step} %", step)
        about = SETTINGS["reopen_last"].about
        self.reopen.setText(about.label)
        self.reopen.setAccessibleDescription(about.help)
        layout = QVBoxLayout(column)
        layout.setSpacing(session.theme.px(8))
        looks = QFormLayout()
        for name, box in (("theme", self.look), ("text_size", self.text_size)):
            label = QLabel(SETTINGS[name].about.label)
            label.setBuddy(box)
            box.setAccessibleName(SETTINGS[name].about.label)
            box.setAccessibleDescription(SETTINGS[name].about.help)
            looks.addRow(label, box)
        layout.addWidget(_heading("Look"))
        layout.addLayout(looks)
        layout.addSpacing(session.theme.px(12))
        layout.addWidget(_heading("Who I am"))
        layout.addWidget(self.identity)
        layout.addSpacing(session.theme.px(12))
        layout.addWidget(_heading("When you start"))
        layout.addWidget(self.reopen)
        layout.addWidget(_quiet(about.help))
        layout.addStretch(1)
        self.setFocusProxy(self.look)
        self._show(preferences.value)
        self.look.activated.connect(lambda _row: preferences.change(theme=Theme(self.look.currentData())))
        self.text_size.activated.connect(
            lambda _row: preferences.change(text_size=self.text_size.currentData())
        )
        self.reopen.toggled.connect(lambda wanted: preferences.change(reopen_last=wanted))
        preferences.changed.connect(self._show)

    def save(self) -> None:
        """Save a name that is still being typed."""
        self.identity.save()

    def _show(self, chosen: Settings) -> None:
        self.look.setCurrentIndex(self.look.findData(chosen.theme.value))
        nearest = min(ZOOM_STEPS, key=lambda step: abs(step - chosen.text_size))
        self.text_size.setCurrentIndex(self.text_size.findData(nearest))
        self.reopen.setChecked(chosen.reopen_last)


def _heading(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "heading")
    return label


def _quiet(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "quiet")
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
