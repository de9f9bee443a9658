"""Asks for a file and writes it, with its twins beside it."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from soh_author.desktop.session import Session
from soh_author.domain.errors import OutputError


def ask_file(
    session: Session, parent: QWidget, title: str, name: str, contents: Mapping[str, bytes]
) -> QFileDialog:
    """Ask where a file goes; write it there.

    Args:
        name: offered for the file.
        contents: by ending; each becomes a file of the chosen name with this ending.
    """
    dialog = QFileDialog(parent.window(), title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda path: _write(session, Path(path), contents))
    dialog.finished.connect(lambda _result: dialog.deleteLater())
    dialog.open()
    return dialog


def _write(session: Session, chosen: Path, contents: Mapping[str, bytes]) -> None:
    stem = chosen.with_suffix("") if chosen.suffix in contents else chosen
    written = [(stem.with_name(stem.name + ending), data) for ending, data in contents.items()]
    try:
        for path, data in written:
            path.write_bytes(data)
    except OSError as error:
        failure = OutputError(
            f"It can't be written there ({error.strerror}).",
            safe="Nothing else was changed.",
            todo="Choose another folder, or make room.",
        )
        session.failed.emit(failure)
        return
    session.notice.emit(f"Saved as {' and '.join(str(path) for path, _data in written)}.")
