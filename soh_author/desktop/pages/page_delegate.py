"""Paints a row of the page tree: title, and what there is to tell about it at the right."""

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from soh_author.desktop.pages.tree_model import BADGE_ROLE, COUNT_ROLE, Badges, Index
from soh_author.desktop.theme.theme import Theme

NARROW = 16
"""Letters: in a row with room for fewer, only what has to be mended or saved stands beside the title."""


class PageDelegate(QStyledItemDelegate):
    """Figures say what the colours say: G2 two groups, F5 five forces, a sign and a count for problems."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: one line and some air."""
        del index
        return QSize(self._theme.px(120), option.fontMetrics.height() + self._theme.px(10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: paint one row."""
        row = QStyleOptionViewItem(option)
        self.initStyleOption(row, index)
        title, row.text = row.text, ""
        row.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, row, painter, row.widget)
        painter.save()
        chosen = bool(row.state & QStyle.StateFlag.State_Selected)
        air = self._theme.px(4)
        box = row.rect.adjusted(air, 0, -self._theme.px(8), 0)
        badges = index.data(BADGE_ROLE)
        if isinstance(badges, Badges):
            end = self._paint_badges(painter, box, badges, chosen)
        else:
            end = self._paint_count(painter, box, index.data(COUNT_ROLE), chosen)
        painter.setFont(self._title_font(isinstance(badges, Badges)))
        painter.setPen(QColor(self._ink(chosen, self._theme.colours.text)))
        room = QRect(box.left(), box.top(), end - box.left() - air, box.height())
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()

    def _paint_badges(self, painter: QPainter, box: QRect, badges: Badges, chosen: bool) -> int:
        colours = self._theme.colours
        end = box.right()
        if badges.is_unsaved:
            end = self._paint_sign(painter, box, end, "unsaved", self._ink(chosen, colours.accent))
        if badges.problems:
            ink = self._ink(chosen, colours.warning)
            end = self._paint_word(painter, box, end, str(badges.problems), ink)
            end = self._paint_sign(painter, box, end, "problem", ink)
        if box.width() < NARROW * painter.fontMetrics().averageCharWidth():
            return end  # the title counts for more; the tip still tells who has own words
        if badges.forces:
            end = self._paint_word(painter, box, end, f"F{badges.forces}", self._ink(chosen, colours.force))
        if badges.groups:
            end = self._paint_word(painter, box, end, f"G{badges.groups}", self._ink(chosen, colours.group))
        return end

    def _paint_count(self, painter: QPainter, box: QRect, count: int, chosen: bool) -> int:
        return self._paint_word(
            painter, box, box.right(), str(count), self._ink(chosen, self._theme.colours.quiet)
        )

    def _paint_word(self, painter: QPainter, box: QRect, end: int, word: str, ink: str) -> int:
        font = self._theme.font(0.85, bold=True)
        wide = QFontMetrics(font).horizontalAdvance(word)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(
            QRect(end - wide, box.top(), wide + 1, box.height()), Qt.AlignmentFlag.AlignVCenter, word
        )
        return end - wide - self._theme.px(6)

    def _paint_sign(self, painter: QPainter, box: QRect, end: int, name: str, ink: str) -> int:
        size = self._theme.px(14)
        top = box.top() + (box.height() - size) // 2
        painter.drawPixmap(QRect(end - size, top, size, size), self._theme.picture(name, ink, 14))
        return end - size - self._theme.px(3)

    def _title_font(self, is_page: bool) -> QFont:
        return self._theme.font(1.0, bold=not is_page)

    def _ink(self, chosen: bool, colour: str) -> str:
        return self._theme.colours.on_accent_soft if chosen else colour
