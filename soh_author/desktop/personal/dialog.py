"""*Preferences*: pages of what a person can set. Everything holds at once; there is nothing to agree to."""

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QTabWidget, QVBoxLayout, QWidget

from soh_author.desktop.personal.general_page import GeneralPage
from soh_author.desktop.personal.shortcuts_page import ShortcutsPage
from soh_author.desktop.preferences import Preferences
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.fitting import fitting


class PreferencesDialog(QDialog):
    """Two pages: General, Shortcuts."""

    def __init__(self, session: Session, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._window = session.theme, parent
        self.setWindowTitle("Preferences")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.general = GeneralPage(session, preferences)
        self.shortcuts = ShortcutsPage(session, preferences)
        self.pages = QTabWidget()
        self.pages.setAccessibleName("Pages of preferences")
        self.pages.setDocumentMode(True)
        self.pages.addTab(self.general, "General")
        self.pages.addTab(self.shortcuts, "Shortcuts")
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.pages, 1)
        layout.addWidget(close)
        self.general.key_wanted.connect(self._go_to_key)
        self._key_wanted = partial(session.action_wanted.emit, "app.key")
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in a box would press one of them
        session.theme.changed.connect(self._fit)
        self._fit()
        self.general.look.setFocus()

    def done(self, result: int) -> None:
        """Qt: closed, by whatever way; a name that is still being typed is saved."""
        self.general.save()
        super().done(result)

    def _fit(self) -> None:
        """As large as its letters need, and no larger than the window."""
        self.resize(fitting(self._theme, self._window, 720, 600))

    def _go_to_key(self) -> None:
        self.accept()
        self._key_wanted()


class Personal(QObject):
    """Opens *Preferences* from wherever it is asked for."""

    def __init__(self, session: Session, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._preferences = preferences
        self._window = window

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        return {"app.preferences": self.show}

    def show(self) -> None:
        """Open *Preferences*."""
        PreferencesDialog(self._session, self._preferences, self._window).open()
