"""How much of the site was shared over the last year: a line, and the same in words below it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QSizePolicy, QVBoxLayout, QWidget

from soh_author.desktop.theme.theme import Theme
from soh_author.domain.days import day_in_words, short_day
from soh_author.workflow.overrides.sharing_trend import TrendPoint

MONTHS = 12
LEAST_RANGE = 0.02
"""The chart shows at least two per cent from bottom to top, so that noise doesn't look like a fall."""


class TrendChart(QWidget):
    """The line. Whoever doesn't see it reads the list below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._points: Sequence[TrendPoint] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("How much was shared, as a line")

    def show_points(self, points: Sequence[TrendPoint]) -> None:
        """Show other points."""
        self._points = points
        self.setVisible(len(points) > 1)
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: a small chart."""
        return QSize(self._theme.px(240), self._theme.px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint the line with its highest and lowest share."""
        del event
        shares = [point.share for point in self._points]
        if len(shares) < 2:
            return
        low, high = scale_of(shares)
        colours, air = self._theme.colours, self._theme.px(12)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(0.85))
        wide = painter.fontMetrics().horizontalAdvance("100.0%") + air
        box = QRectF(self.rect()).adjusted(wide, air, -air, -air)
        painter.setPen(QColor(colours.quiet))
        for share, y in ((high, box.top()), (low, box.bottom())):
            painter.drawText(
                QRectF(0, y - air, wide - air / 2, 2 * air), Qt.AlignmentFlag.AlignRight, f"{share:.1%}"
            )
        painter.setPen(QColor(colours.line))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        step = box.width() / (len(shares) - 1)
        line = [
            QPointF(box.left() + step * number, box.bottom() - box.height() * (share - low) / (high - low))
            for number, share in enumerate(shares)
        ]
        painter.setPen(QPen(QColor(colours.shared), self._theme.px(2)))
        painter.drawPolyline(QPolygonF(line))
        painter.setBrush(QColor(colours.shared))
        for point in line:
            painter.drawEllipse(point, self._theme.px(3), self._theme.px(3))
        painter.end()


class TrendPanel(QFrame):
    """Beside the matrix: a sentence, the line, and a list of its days."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.setAccessibleName("How much was shared over the last year")
        self.heading = QLabel("Looking back over the last year…")
        self.heading.setWordWrap(True)
        self.heading.setProperty("role", "heading")
        self.chart = TrendChart(theme)
        self.list = QListWidget()
        self.list.setAccessibleName("How much was shared, month by month")
        self.list.setProperty("place", "side")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 8)
        layout.addWidget(self.heading)
        layout.addWidget(self.chart)
        layout.addWidget(self.list, 1)
        self.chart.hide()

    def show_points(self, points: Sequence[TrendPoint]) -> None:
        """Show what was found, the latest day first in the list."""
        self.heading.setText(told(points))
        self.chart.show_points(points)
        self.list.clear()
        self.list.addItems(
            [
                f"{short_day(each.day)}: {each.share:.1%} shared,"
                f" {each.summary.cells - each.summary.shared:,} cells with own words"
                for each in reversed(points)
            ]
        )
        self.list.setCurrentRow(0)


def scale_of(shares: Sequence[float]) -> tuple[float, float]:
    """The lowest and the highest share of the chart, from 0 to 1."""
    low, high = min(shares), max(shares)
    if high - low < LEAST_RANGE:
        middle = (low + high) / 2
        low, high = middle - LEAST_RANGE / 2, middle + LEAST_RANGE / 2
    if high > 1:
        low, high = low - (high - 1), 1.0
    return max(low, 0.0), high


def told(points: Sequence[TrendPoint]) -> str:
    """The development in a sentence."""
    if len(points) < 2:
        return "Nothing was published long enough ago to compare with."
    first, last = points[0], points[-1]
    since = day_in_words(first.day)
    change = last.share - first.share
    if abs(change) < 0.0005:
        return f"{last.share:.1%} is shared, as on {since}."
    word = "more" if change > 0 else "less"
    return f"{last.share:.1%} is shared; that is {abs(change) * 100:.1f} points {word} than on {since}."
