"""The table itself: frozen names of pages and forces; every cell one can get to with the arrow keys."""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from soh_author.desktop.matrix.looking import Looked
from soh_author.desktop.matrix.model import Index, MatrixModel
from soh_author.desktop.matrix.painting import CellPainting, ForceHeader
from soh_author.desktop.theme.theme import Theme
from soh_author.domain.ids import ForceId, PageId
from soh_author.workflow.overrides.matrix_rows import Cell, PageRow

PAGE_WIDTH = 250


class MatrixGrid(QTableView):
    """Pages down, forces across. Arrow keys move, Shift selects, Enter compares."""

    taken = Signal(object, object)
    """PageRow, Cell: a cell was clicked twice, or Enter was pressed on it."""
    chosen = Signal()
    """Other cells are selected."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.cells = MatrixModel(self)
        self.setModel(self.cells)
        self._painting = CellPainting(theme, self.cells, self)
        self.setHorizontalHeader(ForceHeader(theme, self.cells, self))
        self.setAccessibleName("Matrix of pages and forces")
        self.setAccessibleDescription("Arrow keys move from cell to cell; Enter compares.")
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        pages = self.verticalHeader()
        pages.setAccessibleName("Pages")
        pages.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        pages.setHighlightSections(True)
        pages.setTextElideMode(Qt.TextElideMode.ElideRight)
        for header in (pages, self.horizontalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(12)
        self.setCornerButtonEnabled(False)
        self.doubleClicked.connect(self._take)
        self.selectionModel().selectionChanged.connect(lambda _new, _old: self.chosen.emit())
        theme.changed.connect(self._dress)
        self._dress()

    def show_matrix(self, looked: Looked | None) -> None:
        """Show a matrix; the cell one was on stays the current one where it is still shown."""
        here = self.here
        self.cells.show(looked)
        self._dress()
        if here is not None:
            self.go_to(here[0].page, here[1].force)
        if looked is not None and looked.rows and looked.forces:
            self._go_to_one_that_fits(looked)

    def go_to(self, page: PageId, force: ForceId) -> None:
        """Make a cell the current one, if it is shown."""
        looked = self.cells.looked
        row = self.cells.row_of(page)
        if looked is not None and row >= 0 and force in looked.forces:
            index = self.cells.index(row, looked.forces.index(force))
            self._set_current(index)
            self.scrollTo(index)

    @property
    def here(self) -> tuple[PageRow, Cell] | None:
        """The current cell."""
        index = self.currentIndex()
        return self.cells.cell_at(index.row(), index.column()) if index.isValid() else None

    def selected_cells(self) -> list[tuple[PageRow, Cell]]:
        """The cells that are selected, row by row."""
        places = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        return [self.cells.cell_at(*place) for place in places]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter compares; Home and End go to the row's ends."""
        if _is_plain_enter(event):
            self._take(self.currentIndex())
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Qt: Enter is ours, whatever action has it as a shortcut."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if is_key and isinstance(event, QKeyEvent) and _is_plain_enter(event):
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint all cells that are seen."""
        painter = QPainter(self.viewport())
        self._painting.paint(painter, event.rect())
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another size; names of pages and forces take their share, and the cell one sees stays seen."""
        here = self.currentIndex()
        was_seen = QRect(QPoint(), event.oldSize()).intersects(self.visualRect(here))
        super().resizeEvent(event)
        self._share_out()
        if was_seen:
            self.scrollTo(here)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt: another cell; the names of its page and force are shown as the current ones."""
        super().currentChanged(current, previous)
        self.horizontalHeader().viewport().update()

    def _go_to_one_that_fits(self, looked: Looked) -> None:
        """Stay where one is if that is wanted; else go to the first cell that is."""
        here = self.here
        if here is not None and looked.is_wanted(here[1]):
            return
        wanted = (
            (row.page, force)
            for row in looked.rows
            for force in looked.forces
            if looked.is_wanted(row.cell(force, looked.question.language))
        )
        self.go_to(*next(wanted, (looked.rows[0].page, looked.forces[0])))

    def _set_current(self, index: QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            self.taken.emit(*self.cells.cell_at(index.row(), index.column()))

    def _dress(self) -> None:
        px, ground = self._theme.px, self._theme.colours.ground
        corners = "QTableCornerButton::section, QAbstractScrollArea::corner"
        self.setStyleSheet(f"{corners} {{ background: {ground}; border: none; }}")
        self.verticalHeader().setDefaultSectionSize(px(26))
        self._share_out()

    def _share_out(self) -> None:
        header, px = self.horizontalHeader(), self._theme.px
        pages = min(px(PAGE_WIDTH), max(self.width() // 4, px(100)))
        self.verticalHeader().setFixedWidth(pages)
        header.setFixedHeight(header.sizeHint().height())
        columns = self.cells.columnCount()
        fitting = (self.width() - pages - px(20)) // columns if columns else 0
        header.setDefaultSectionSize(max(px(28), min(fitting, px(40))))


def _is_plain_enter(event: QKeyEvent) -> bool:
    plain = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
    return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() in plain
