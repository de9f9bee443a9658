"""Asks for an address and a new folder."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.theme.theme import Theme

SCHEMES = ("https://", "ssh://", "file://", "/")


class AddressDialog(QDialog):
    """Address and folder of a workspace to get."""

    agreed = Signal(str, Path)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Get a workspace from an address")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(520))
        self.address = QLineEdit(placeholderText="https://…")
        self.address.setAccessibleName("Address")
        self.folder = QLineEdit(placeholderText="A new folder on this computer")
        self.folder.setAccessibleName("Folder")
        choose = QPushButton("Choose…")
        choose.setAccessibleName("Choose the folder")
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(choose)
        form = QFormLayout()
        form.addRow("&Address", self.address)
        label = QLabel("&Folder")
        label.setBuddy(self.folder)
        form.addRow(label, row)
        told = QLabel("Whoever looks after your content knows the address. The copy works without a network.")
        told.setProperty("role", "quiet")
        told.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = self.buttons.addButton("Get it", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(16))
        layout.addWidget(told)
        layout.addLayout(form)
        layout.addWidget(self.buttons)
        self.buttons.accepted.connect(self._agree)
        self.buttons.rejected.connect(self.reject)
        self.address.textChanged.connect(self._look)
        self.folder.textChanged.connect(self._look)
        self._look()

    def _look(self) -> None:
        address = self.address.text().strip()
        is_address = address.startswith(SCHEMES) or ("@" in address and ":" in address)
        self.go.setEnabled(is_address and bool(self.folder.text().strip()))
        self.go.setToolTip(
            "" if self.go.isEnabled() else "Give an address (https://… or ssh://…) and a folder."
        )

    def _choose(self) -> None:
        dialog = QFileDialog(self, "A new, empty folder for the workspace")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()

    def _agree(self) -> None:
        self.accept()
        self.agreed.emit(self.address.text().strip(), Path(self.folder.text().strip()).expanduser())
