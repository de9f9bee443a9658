"""Asks for the passphrase of a key; it is kept until the program is closed, and written down nowhere."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from soh_author.desktop.session import Session
from soh_author.domain.errors import SohAuthorError
from soh_author.trust.signers import Signer
from soh_author.workflow.release.keys import unlock


class PassphraseDialog(QDialog):
    """Asks until the passphrase opens the key, or the person gives up."""

    def __init__(self, session: Session, key: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._key = key
        self._then: Callable[[Signer], object] = _ignore
        self.setWindowTitle("Open your key")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(session.theme.px(440))
        told = QLabel(
            f"The key “{key.name}” is locked. Its passphrase is kept until you close the program, and is "
            "written down nowhere."
        )
        told.setWordWrap(True)
        self.box = QLineEdit()
        self.box.setEchoMode(QLineEdit.EchoMode.Password)
        self.box.setAccessibleName("Passphrase of your key")
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton("Open the key", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        self.go.setEnabled(False)
        buttons.accepted.connect(self._try)
        buttons.rejected.connect(self.reject)
        self.box.textChanged.connect(lambda text: self.go.setEnabled(bool(text)))
        layout = QVBoxLayout(self)
        layout.setSpacing(session.theme.px(10))
        for widget in (told, self.box, self.fault, buttons):
            layout.addWidget(widget)

    def ask(self, then: Callable[[Signer], object]) -> None:
        """Open the question; ``then`` is called with the opened key."""
        self._then = then
        self.open()
        self.box.setFocus()

    def _try(self) -> None:
        self.go.setEnabled(False)
        self._session.run(unlock(self._key, self.box.text()), self._opened, self._refused, topic="unlock")

    def _opened(self, signer: Signer) -> None:
        self.accept()
        self._then(signer)

    def _refused(self, error: Exception) -> None:
        what = error.what if isinstance(error, SohAuthorError) else str(error)
        self.fault.setText(f"✗ {what}")
        self.box.setAccessibleDescription(what)
        self.box.selectAll()
        self.box.setFocus()
        self.go.setEnabled(True)


def _ignore(_signer: Signer) -> None:
    """What happens to a key nobody waits for."""
