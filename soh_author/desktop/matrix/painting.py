"""Paints the matrix: cells as signs, forces as names standing on end, with how much each one shares."""

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from soh_author.desktop.matrix.model import Index, MatrixModel
from soh_author.desktop.matrix.signs import LOOKS, ink
from soh_author.desktop.theme.theme import Theme
from soh_author.domain.cells import CellKind, CellState

RATIO = 2.0
"""Signs are drawn once for screens of up to so many pixels a point."""


class CellDelegate(QStyledItemDelegate):
    """Paints one cell from pictures made once, for hundreds of cells are painted sixty times a second."""

    def __init__(self, theme: Theme, model: MatrixModel, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._pictures: dict[tuple[CellKind, str, bool], QPixmap] = {}
        theme.changed.connect(self._pictures.clear)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: paint one cell."""
        looked = self._model.looked
        if looked is None:
            return
        colours = self._theme.colours
        rect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, QColor(colours.accent_soft))
        elif index.row() % 2:
            painter.fillRect(rect, QColor(colours.side))
        _, cell = self._model.cell_at(index.row(), index.column())
        if cell.state.kind is not CellKind.ABSENT:
            picture = self.picture(cell.state, chosen=chosen, faint=not looked.is_wanted(cell))
            side = round(picture.width() / RATIO)
            painter.drawPixmap(
                rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2, picture
            )
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(colours.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

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
