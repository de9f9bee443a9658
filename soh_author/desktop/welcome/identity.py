"""Who am I: the name and e-mail address written in every version."""

from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPushButton, QWidget

from soh_author.desktop.preferences import Preferences
from soh_author.settings.model import Settings

FORBIDDEN = frozenset("<>\n\r\0")


class IdentityForm(QWidget):
    """Two boxes that save themselves, and the way to one's key; all may stay empty."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self.name = QLineEdit(preferences.value.author_name, placeholderText="As your colleagues know you")
        self.email = QLineEdit(preferences.value.author_email, placeholderText="name@example.police.uk")
        self.told = QLabel("Written in every version you save, so that others know whom to ask.")
        self.told.setProperty("role", "quiet")
        self.told.setWordWrap(True)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(self.told)
        form.addRow("&Name", self.name)
        form.addRow("&E-mail", self.email)
        self.key = QPushButton("My key…")
        self.key.setToolTip("The key you sign with: make it, or copy the line that others need.")
        form.addRow(self.key)
        self.name.setAccessibleName("Name")
        self.email.setAccessibleName("E-mail")
        self.name.editingFinished.connect(self.save)
        self.email.editingFinished.connect(self.save)
        preferences.changed.connect(self._show)

    def save(self) -> None:
        """Save what was typed; signs that can't stand in a version are left out."""
        name, email = _cleaned(self.name.text()), _cleaned(self.email.text())
        self._preferences.change(author_name=name, author_email=email)

    def _show(self, chosen: Settings) -> None:
        """The same is asked in two places: what is said in one stands in the other."""
        for box, value in ((self.name, chosen.author_name), (self.email, chosen.author_email)):
            if not box.hasFocus() and box.text() != value:
                box.setText(value)


def _cleaned(text: str) -> str:
    return "".join(sign for sign in text if sign not in FORBIDDEN).strip()
