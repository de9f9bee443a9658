"""Fact checks by somebody without this program: a pack to send, and the answers brought in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from soh_author.desktop.review.signing import Signing
from soh_author.desktop.session import Session
from soh_author.domain.errors import NotFoundError, OutputError
from soh_author.trust.signers import Signer
from soh_author.workflow.comments.answers import LARGEST
from soh_author.workflow.comments.importing import import_answers
from soh_author.workflow.comments.packs import MadePack, make_pack


class FactChecks(QObject):
    """Asks for files, and does it.

    Args:
        draft: tells which draft is shown; empty for none.
    """

    def __init__(self, session: Session, signing: Signing, draft: Callable[[], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._signing = signing
        self._draft = draft
        self._parent = parent

    def ask_pack(self) -> None:
        """Ask where the pack goes."""
        dialog = self._dialog("Fact-check pack", "Web page (*.html)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("html")
        dialog.selectFile(f"fact-check-{self._draft()}.html")
        dialog.fileSelected.connect(lambda name: self.write_pack(Path(name)))
        dialog.open()

    def ask_answers(self) -> None:
        """Ask for the answers that came back."""
        dialog = self._dialog("Bring answers in", "Answers (*.txt);;All files (*)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.bring_in(Path(name)))
        dialog.open()

    def write_pack(self, path: Path) -> None:
        """Make the pack of the draft that is shown."""
        workspace = self._session.workspace
        if workspace is None or not self._draft():
            return

        def made(pack: MadePack) -> None:
            try:
                path.write_bytes(pack.html.encode())
            except OSError as error:
                self._session.failed.emit(
                    OutputError(
                        f"“{path}” can't be written ({error.strerror}).",
                        safe="The draft is unchanged.",
                        todo="Choose another place, or make room.",
                    )
                )

        self._session.run(make_pack(workspace, self._draft()), made)

    def bring_in(self, path: Path) -> None:
        """Bring answers in, signed."""
        workspace, draft = self._session.workspace, self._draft()
        if workspace is None or not draft:
            return
        try:
            with path.open("rb") as file:
                data = file.read(LARGEST + 1)  # one byte more shows that it is too large
        except OSError as error:
            told = f"“{path}” can't be read ({error.strerror})."
            failure = NotFoundError(told, safe="Nothing was changed.", todo="Choose another file.")
            self._session.failed.emit(failure)
            return

        def sign(signer: Signer) -> None:
            self._session.run(import_answers(workspace, draft, data, signer))

        self._signing.sign(sign)

    def _dialog(self, title: str, kinds: str) -> QFileDialog:
        dialog = QFileDialog(self._parent.window(), title, "", kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog
