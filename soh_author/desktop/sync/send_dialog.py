"""*Send for review*: who is asked, and what they are told."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.theme.theme import Theme

ONE = "Everybody who gets the latest will see this draft. What is live does not change."
ALL = "One yes is asked for to all of them at once, as they are read together. What is live does not change."


class SendDialog(QDialog):
    """Asks for a reviewer and a note; both may be left empty.

    Args:
        signer: where the person chooses as whom they sign; None where nobody signs.
    """

    def __init__(
        self,
        theme: Theme,
        drafts: Sequence[str],
        people: Sequence[str],
        parent: QWidget,
        signer: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        names = " and ".join(f"“{draft}”" for draft in drafts)
        self.setWindowTitle(f"Send {names} for review{' together' if drafts[1:] else ''}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(480))
        told = QLabel(ALL if drafts[1:] else ONE)
        told.setWordWrap(True)
        self.reviewer = QLineEdit()
        self.reviewer.setPlaceholderText("Whoever is free")
        self.reviewer.setAccessibleName("Reviewer")
        self.reviewer.setCompleter(QCompleter(list(people), self.reviewer))
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setAccessibleName("Note for the reviewer")
        self.note.setPlaceholderText("What to look at, and by when")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton("Send", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        buttons.accepted.connect(self._agree)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow("Reviewer", self.reviewer)
        form.addRow("Note", self.note)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        layout.addWidget(told)
        layout.addLayout(form)
        self.why = QLabel()
        self.why.setWordWrap(True)
        self.why.setProperty("role", "quiet")
        for widget in (*((signer,) if signer is not None else ()), self.why):
            layout.addWidget(widget)
        self.why.hide()
        layout.addWidget(buttons)
        self._answered: Callable[[str, str], None] | None = None

    def ask(self, answered: Callable[[str, str], None]) -> None:
        """Open the question; the answer is the reviewer and the note."""
        self._answered = answered
        self.open()
        self.reviewer.setFocus()

    def tell(self, verb: str, reason: str = "") -> None:
        """Say what the button will do, and why where that isn't plain."""
        self.go.setText(verb)
        self.why.setText(reason)
        self.why.setVisible(bool(reason))

    def _agree(self) -> None:
        reviewer, note = self.reviewer.text().strip(), self.note.toPlainText().strip()
        self.accept()
        if self._answered is not None:
            self._answered(reviewer, note)
