"""*My key*: made once on this computer; its line goes to the people who look after the policy."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.preferences import Preferences
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.domain.errors import NotFoundError, SohAuthorError
from soh_author.trust.keys import KeyPair
from soh_author.workflow.release.keys import make_key, show_key
from soh_author.workflow.release.standing import standing_of

_NO_KEY = (
    "You have no key yet. With it you sign what you send, approve and publish, so that nobody can do so in "
    "your name. It is made here and never leaves this computer."
)
_OPTIONAL = (
    "A passphrase locks it, so that a copied file is of no use to others. It can’t be found out again."
)
_DIFFERENT = "The two passphrases are not the same."


class KeyDialog(QDialog):
    """Makes the key, or shows its line. ``changed`` tells that there is a new one."""

    changed = Signal()

    def __init__(self, session: Session, folder: Path, comment: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._folder = folder
        self._comment = comment
        self.setWindowTitle("My key")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(session.theme.px(560))
        self.told, self.standing, self.fault = QLabel(), QLabel(), QLabel()
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        self.line, self.fingerprint = QLineEdit(), QLineEdit()
        self.make = QPushButton("Make my key")
        self.copy = QPushButton("Copy the line")
        self.making, self.showing = QWidget(), QWidget()
        self._furnish()
        session.run(show_key(folder), self._found, self._missing, topic="my key")

    def _furnish(self) -> None:
        theme = self._session.theme
        for label in (self.told, self.standing, self.fault):
            label.setWordWrap(True)
        self.standing.setProperty("role", "quiet")
        making = QFormLayout(self.making)
        making.setContentsMargins(0, 0, 0, 0)
        optional = QLabel(_OPTIONAL)
        optional.setWordWrap(True)
        optional.setProperty("role", "quiet")
        making.addRow(optional)
        boxes = ((self.passphrase, "Passphrase"), (self.again, "The same again"))
        for box, name in boxes:
            box.setEchoMode(QLineEdit.EchoMode.Password)
            box.setPlaceholderText("May stay empty")
            box.setAccessibleName(name)
            box.textChanged.connect(self._judge)
            making.addRow(name, box)
        making.addRow(self.make)
        showing = QFormLayout(self.showing)
        showing.setContentsMargins(0, 0, 0, 0)
        shown = ((self.line, "The line"), (self.fingerprint, "In short"))
        for box, name in shown:
            box.setReadOnly(True)
            box.setAccessibleName(name)
            showing.addRow(name, box)
        showing.addRow(self.copy)
        self.make.setProperty("role", "primary")
        self.make.clicked.connect(self._make)
        self.copy.clicked.connect(self._copy)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        for widget in (self.told, self.making, self.showing, self.standing, self.fault, close):
            layout.addWidget(widget)
        self.making.hide()
        self.showing.hide()
        self.fault.hide()

    def _found(self, pair: KeyPair) -> None:
        self.told.setText(
            "Send this line to the people who look after the policy. It is no secret: with it others can see "
            "that a signature is yours, and nobody can sign with it."
        )
        self.line.setText(pair.line)
        self.line.setCursorPosition(0)
        self.fingerprint.setText(pair.fingerprint)
        self.fingerprint.setToolTip("Read it to one another to be sure that the right line has arrived.")
        self.making.hide()
        self.showing.show()
        self.fault.hide()
        self.adjustSize()
        self.copy.setFocus()
        if self._session.workspace is not None:
            task = standing_of(self._session.workspace, pair.line)
            self._session.run(task, self._stands, lambda _error: None, topic="standing of my key")

    def _missing(self, error: Exception) -> None:
        if not isinstance(error, NotFoundError):
            self._refused(error)
            return
        self.told.setText(_NO_KEY)
        self.making.show()
        self.adjustSize()
        self.passphrase.setFocus()

    def _stands(self, sentence: str) -> None:
        self.standing.setText(sentence)
        self.adjustSize()

    def _judge(self) -> None:
        is_same = self.passphrase.text() == self.again.text()
        self.make.setEnabled(is_same)
        self.make.setToolTip("" if is_same else _DIFFERENT)
        self.make.setAccessibleDescription(self.make.toolTip())
        self._tell("" if is_same or not self.again.text() else _DIFFERENT)

    def _make(self) -> None:
        self.make.setEnabled(False)
        task = make_key(self._folder, self._comment, self.passphrase.text())
        self._session.run(task, self._made, self._refused)

    def _made(self, pair: KeyPair) -> None:
        self._found(pair)
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        told = f"{error.what} {error.todo}" if isinstance(error, SohAuthorError) else str(error)
        self._judge()
        self._tell(told)

    def _tell(self, fault: str) -> None:
        self.fault.setText(f"✗ {fault}")
        self.fault.setVisible(bool(fault))
        self.adjustSize()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.line.text())
        self._session.notice.emit("The line of your key is copied.")


class Keys(QObject):
    """Opens *My key* from wherever it is asked for.

    Args:
        folder: of the person's own key.
        changed: what to do when a key was made.
    """

    def __init__(
        self,
        session: Session,
        preferences: Preferences,
        window: QWidget,
        folder: Path,
        changed: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._session = session
        self._preferences = preferences
        self._window = window
        self._folder = folder
        self._changed = changed

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        return {"app.key": self.show}

    def show(self) -> None:
        """Show the key, or the way to one."""
        chosen = self._preferences.value
        comment = f"{chosen.author_name} {chosen.author_email}".strip()
        dialog = KeyDialog(self._session, self._folder, comment, self._window)
        dialog.changed.connect(self._changed)
        dialog.open()
