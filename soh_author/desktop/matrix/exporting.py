"""Writes cells of the matrix as a table for spreadsheets."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from soh_author.desktop.matrix.grid import MatrixGrid
from soh_author.desktop.matrix.looking import table_rows
from soh_author.desktop.session import Session
from soh_author.domain.errors import OutputError
from soh_author.workflow.spreadsheets import as_csv


class Exporting(QObject):
    """Asks for a file, and writes the selected cells to it; all that are shown when it is just one."""

    def __init__(self, session: Session, grid: MatrixGrid, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._grid = grid
        self._window = window

    def ask_where(self) -> None:
        """Ask for a file."""
        dialog = QFileDialog(self._window, "Export the matrix", "matrix.csv", "Table (*.csv)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(lambda name: self.export(Path(name)))
        dialog.open()

    def export(self, file: Path) -> None:
        """Write cells as a table for spreadsheets."""
        looked = self._grid.cells.looked
        if looked is None:
            return
        cells = self._grid.selected_cells()
        if len(cells) < 2:
            cells = [
                (row, cell) for row in looked.rows for cell in row.cells.values() if looked.is_wanted(cell)
            ]
        try:
            file.write_text(as_csv(table_rows(looked, cells)), encoding="utf-8-sig", newline="")
        except OSError as error:
            wrong = OutputError(f"“{file}” can't be written.", todo="Choose another folder.")
            wrong.__cause__ = error
            self._session.failed.emit(wrong)
            return
        self._session.notice.emit(f"{len(cells):,} cells written to {file.name}.")
