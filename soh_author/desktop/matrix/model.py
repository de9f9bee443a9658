"""The matrix as Qt's table: rows are pages, columns are forces. Nothing is made before it is looked at."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from soh_author.desktop.matrix.looking import Looked, spoken, tip
from soh_author.domain.ids import PageId
from soh_author.workflow.overrides.matrix_rows import Cell, PageRow

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole


class MatrixModel(QAbstractTableModel):
    """Shows what was looked up."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.looked: Looked | None = None

    def show(self, looked: Looked | None) -> None:
        """Show another matrix."""
        self.beginResetModel()
        self.looked = looked
        self.endResetModel()

    def cell_at(self, row: int, column: int) -> tuple[PageRow, Cell]:
        """The page and the cell at a place of the table."""
        assert self.looked is not None, "an empty table has no cells"
        page = self.looked.rows[row]
        return page, page.cell(self.looked.forces[column], self.looked.question.language)

    def row_of(self, page: PageId) -> int:
        """Where a page stands; -1 when it is not shown."""
        rows = self.looked.rows if self.looked else ()
        return next((number for number, row in enumerate(rows) if row.page == page), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Qt: how many pages."""
        return (
            0 if self.looked is None or (parent is not None and parent.isValid()) else len(self.looked.rows)
        )

    def columnCount(self, parent: Index | None = None) -> int:
        """Qt: how many forces."""
        return (
            0 if self.looked is None or (parent is not None and parent.isValid()) else len(self.looked.forces)
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: one cell in a role."""
        assert self.looked is not None, "an empty table has no cells"
        row, cell = self.cell_at(index.row(), index.column())
        if role == CELL_ROLE:
            return cell
        force = self.looked.names[cell.force]
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole}:
            return spoken(row, cell, force)
        return tip(row, cell, force) if role == Qt.ItemDataRole.ToolTipRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Qt: name of a page or a force."""
        if self.looked is None or section < 0:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self._page_head(self.looked.rows[section], role)
        force = self.looked.forces[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            share = self.looked.whole.summary.shared_of_force[force]
            return f"{self.looked.names[force]}: {share:.0%} of its pages are the shared text"
        shown = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        return self.looked.names[force] if shown else None

    def _page_head(self, row: PageRow, role: int) -> object:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return row.title
        return f"{row.title}\n{row.page}\n{row.owner}" if role == Qt.ItemDataRole.ToolTipRole else None
