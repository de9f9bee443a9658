"""Paints the matrix: cells as signs, forces as names standing on end, with how much each one shares."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QHeaderView, QTableView

from soh_author.desktop.matrix.looking import Looked
from soh_author.desktop.matrix.model import Index, MatrixModel
from soh_author.desktop.matrix.signs import LOOKS, ink
from soh_author.desktop.theme.theme import Theme
from soh_author.domain.ids import Language
from soh_author.domain.resolving.cells import ABSENT, CellKind, CellState

RATIO = 2.0
"""Signs are drawn once for screens of up to so many pixels a point."""


class Signs:
    """Pictures of states, made once: hundreds of cells are painted sixty times a second."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._pictures: dict[tuple[CellKind, str, bool], QPixmap] = {}
        theme.changed.connect(self._pictures.clear)

    def picture(self, state: CellState, *, chosen: bool = False, faint: bool = False) -> QPixmap:
        """The sign of a state; a number where several sections differ."""
        many = state.kind is CellKind.OVERRIDES and state.ops > 1
        sign = str(min(state.ops, 9)) if many else LOOKS[state.kind].sign
        key = (state.kind, f"{sign}{'s' if chosen else ''}", faint)
        if key not in self._pictures:
            self._pictures[key] = self._drawn(state.kind, sign, chosen=chosen, faint=faint)
        return self._pictures[key]

    def _drawn(self, kind: CellKind, sign: str, *, chosen: bool, faint: bool) -> QPixmap:
        colours, side = self._theme.colours, self._theme.px(20)
        picture = QPixmap(round(side * RATIO), round(side * RATIO))
        picture.setDevicePixelRatio(RATIO)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.25 if faint else 1.0)
        colour = QColor(ink(colours, kind))
        box = QRect(1, 1, side - 2, side - 2)
        if LOOKS[kind].is_filled:
            painter.setBrush(colour)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(QColor(colours.surface))
        else:
            painter.setPen(QColor(colours.on_accent_soft) if chosen else colour)
            if kind not in {CellKind.INHERITS, CellKind.ADDITIVE}:
                painter.drawRoundedRect(box, 4, 4)
        painter.setFont(self._theme.font(0.95, bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)
        painter.end()
        return picture


class CellPainting:
    """Paints all cells that are seen in one go; a call from Qt for each of them would take far longer."""

    def __init__(self, theme: Theme, model: MatrixModel, view: QTableView) -> None:
        self._theme = theme
        self._model = model
        self._view = view
        self._signs = Signs(theme)

    def paint(self, painter: QPainter, seen: QRect) -> None:
        """Paint the cells in a part of the view."""
        view, looked = self._view, self._model.looked
        if looked is None or not looked.rows or not looked.forces:
            return
        rows = range(max(view.rowAt(seen.top()), 0), _last(view.rowAt(seen.bottom()), len(looked.rows)) + 1)
        first, last = view.columnAt(seen.left()), view.columnAt(seen.right())
        columns = range(max(first, 0), _last(last, len(looked.forces)) + 1)
        height, width = view.rowHeight(rows.start), view.columnWidth(columns.start)
        lefts = [(column, view.columnViewportPosition(column)) for column in columns]
        stripe = QColor(self._theme.colours.side)
        across = (view.columnViewportPosition(columns.start), width * len(columns))
        for row in rows:
            if row % 2:
                painter.fillRect(across[0], view.rowViewportPosition(row), across[1], height, stripe)
        chosen = self._paint_chosen(painter, rows, columns)
        seen_part = _Seen(lefts, QSize(width, height), chosen)
        for row in rows:
            self._paint_row(painter, looked, row, seen_part)
        self._paint_current(painter)

    def _paint_row(self, painter: QPainter, looked: Looked, row: int, seen: "_Seen") -> None:
        page, language, picture = looked.rows[row], looked.question.language, self._signs.picture
        top, side = self._view.rowViewportPosition(row), self._theme.px(20)
        shift, y = (seen.size.width() - side) // 2, top + (seen.size.height() - side) // 2
        is_everywhere = language is Language.EN
        for column, left in seen.lefts:
            force = looked.forces[column]
            cell = page.cells.get((force, language))
            if cell is not None:
                state = cell.state
            else:
                state = page.default if is_everywhere or force in page.welsh_readers else ABSENT
            if state.kind is CellKind.ABSENT:
                continue
            is_faint = looked.wanted is not None and (page.page, force, language) not in looked.wanted
            shown = picture(state, chosen=(row, column) in seen.chosen, faint=is_faint)
            painter.drawPixmap(left + shift, y, shown)

    def _paint_chosen(self, painter: QPainter, rows: range, columns: range) -> set[tuple[int, int]]:
        """Paint the ground of the selected cells that are seen, and tell which they are."""
        ground, found = QColor(self._theme.colours.accent_soft), set()
        selection = self._view.selectionModel().selection()
        for number in range(selection.count()):
            part = selection.at(number)
            for row in range(max(part.top(), rows.start), min(part.bottom() + 1, rows.stop)):
                for column in range(max(part.left(), columns.start), min(part.right() + 1, columns.stop)):
                    painter.fillRect(self._rect(self._model.index(row, column)), ground)
                    found.add((row, column))
        return found

    def _paint_current(self, painter: QPainter) -> None:
        index = self._view.currentIndex()
        if index.isValid() and self._view.hasFocus():
            rect = self._rect(index)
            painter.setPen(QColor(self._theme.colours.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _rect(self, index: Index) -> QRect:
        view, row, column = self._view, index.row(), index.column()
        place = (view.columnViewportPosition(column), view.rowViewportPosition(row))
        return QRect(*place, view.columnWidth(column), view.rowHeight(row))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is seen: columns with their left edges, the size of a cell, and the cells that are selected."""

    lefts: list[tuple[int, int]]
    size: QSize
    chosen: set[tuple[int, int]]


def _last(found: int, count: int) -> int:
    return count - 1 if found < 0 else found


class ForceHeader(QHeaderView):
    """Names of forces standing on end; the bar below each tells how much of its pages is shared."""

    def __init__(self, theme: Theme, model: MatrixModel, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._matrix = model
        self.setAccessibleName("Forces")
        self.setSectionsClickable(True)
        self.setHighlightSections(True)

    def sizeHint(self) -> QSize:
        """Qt: as high as the longest name."""
        names = self._matrix.looked.names.values() if self._matrix.looked else ()
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        return QSize(self._theme.px(28), min(longest, self._theme.px(150), self._most()) + self._theme.px(28))

    def _most(self) -> int:
        """The names may take a third of the room, however large the letters are."""
        view = self.parent()
        return max(view.height() // 3, self._theme.px(50)) if isinstance(view, QTableView) else 10_000

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Qt: paint one name."""
        looked, colours = self._matrix.looked, self._theme.colours
        if looked is None or not 0 <= section < len(looked.forces):
            return
        force, air = looked.forces[section], self._theme.px(6)
        view = self.parent()
        here = isinstance(view, QTableView) and view.currentIndex().column() == section
        painter.save()
        painter.fillRect(rect, QColor(colours.accent_soft if here else colours.ground))
        bar = QRect(rect.x() + air, rect.bottom() - air, rect.width() - 2 * air, self._theme.px(4))
        painter.fillRect(bar, QColor(colours.line))
        share = looked.whole.summary.shared_of_force[force]
        painter.fillRect(
            QRect(bar.x(), bar.y(), round(bar.width() * share), bar.height()), QColor(colours.shared)
        )
        painter.setPen(QColor(colours.on_accent_soft if here else colours.text))
        painter.translate(rect.x(), rect.bottom() - 2 * air)
        painter.rotate(-90)
        room = QRect(0, 0, rect.height() - 3 * air, rect.width())
        name = painter.fontMetrics().elidedText(
            looked.names[force], Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.restore()
