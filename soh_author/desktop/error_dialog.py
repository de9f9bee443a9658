"""Shows what went wrong: what happened, what is safe, what to do, and the details for whoever can help."""

import platform
import traceback
from dataclasses import dataclass
from html import escape

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

import soh_author
from soh_author.desktop.theme.theme import Theme
from soh_author.domain.errors import (
    CertificateError,
    ContentError,
    NetworkError,
    NotFoundError,
    OfflineError,
    OutputError,
    RefusedError,
    SignInError,
    SohAuthorError,
    UnsureError,
    WorkspaceError,
    WorldMovedError,
)

_TITLES: tuple[tuple[type[SohAuthorError], str], ...] = (
    (SignInError, "The other computer does not know you"),
    (CertificateError, "The other computer could not prove who it is"),
    (RefusedError, "The other computer refused it"),
    (UnsureError, "It isn’t known whether it arrived"),
    (OfflineError, "You are offline"),
    (NetworkError, "The address could not be reached"),
    (WorldMovedError, "Somebody else was faster"),
    (WorkspaceError, "This workspace can't be used"),
    (ContentError, "The text needs mending first"),
    (OutputError, "The file can't be written"),
    (NotFoundError, "It is not here"),
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a person is told."""

    title: str
    what: str
    safe: str
    todo: str
    details: str

    @property
    def said(self) -> str:
        """The three sentences."""
        return " ".join(part for part in (self.what, self.safe, self.todo) if part)


def trouble_of(error: BaseException) -> Trouble:
    """What to tell about an error; one we did not foresee is said to be ours."""
    versions = (
        f"SOH Author {soh_author.__version__}, Python {platform.python_version()}, "
        f"Qt for Python {PySide6.__version__}, {platform.system()} {platform.release()}"
    )
    details = versions + "\n" + "".join(traceback.format_exception(error))
    if isinstance(error, SohAuthorError):
        title = next((title for kind, title in _TITLES if isinstance(error, kind)), "That did not work")
        return Trouble(title, error.what, error.safe, error.todo, details)
    return Trouble(
        "Something unexpected happened",
        "The program met a fault of its own and could not finish this.",
        "Your texts are safe: what you typed is kept on this computer.",
        "Try again. If it happens again, copy the details and send them to whoever looks after this program.",
        details,
    )


class ErrorDialog(QDialog):
    """One error, said in three sentences."""

    def __init__(self, theme: Theme, error: BaseException, parent: QWidget) -> None:
        super().__init__(parent)
        self.trouble = trouble_of(error)
        self.setWindowTitle(self.trouble.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(480))
        picture = QLabel(pixmap=theme.picture("error", theme.colours.error, 32))
        picture.setAccessibleName("Error")
        text = QVBoxLayout()
        text.setSpacing(theme.px(12))
        title = QLabel(self.trouble.title)
        title.setFont(theme.heading_font())
        for label in (title, *self._sentences()):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.addWidget(label)
        text.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(theme.px(16))
        top.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(text, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.px(20),) * 4)
        layout.setSpacing(theme.px(20))
        layout.addLayout(top)
        layout.addWidget(self._buttons())
        self.resize(self.minimumWidth(), layout.heightForWidth(self.minimumWidth()))
        self.setAccessibleDescription(self.trouble.said)

    def _sentences(self) -> list[QLabel]:
        said = (("", self.trouble.what), ("Safe", self.trouble.safe), ("What to do", self.trouble.todo))
        return [
            QLabel(f"<b>{name}</b><br>{escape(text)}" if name else escape(text))
            for name, text in said
            if text
        ]

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton("Copy details")
        copy.clicked.connect(self.copy_details)
        box.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        box.rejected.connect(self.reject)
        close = box.button(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        close.setFocus()
        return box

    def copy_details(self) -> None:
        """Put everything somebody needs to help onto the clipboard."""
        QGuiApplication.clipboard().setText(f"{self.trouble.said}\n\n{self.trouble.details}")
