"""The legend of the matrix, which is also its filter by state and its chart of how much is shared."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from soh_author.desktop.matrix.painting import Signs
from soh_author.desktop.matrix.signs import LOOKS, ink
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.flow import Flow
from soh_author.domain.resolving.cells import CellKind, CellState
from soh_author.domain.sentence import first_upper
from soh_author.workflow.overrides.matrix import Summary
from soh_author.workflow.overrides.matrix_rows import state_name

SHOWN = tuple(kind for kind in LOOKS if kind not in {CellKind.INHERITS, CellKind.ABSENT})
"""States one can filter by; to inherit is what is left."""


class ShareBar(QWidget):
    """How many cells are shared, and how many stand in each other state, as one bar."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts: Mapping[CellKind, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(80))

    def show_summary(self, summary: Summary) -> None:
        """Show the matrix in numbers."""
        self._counts = summary.by_kind
        self.setAccessibleName(f"How much of the site is shared: {summary.share:.0%}")
        self.setToolTip(summary.sentence)
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: a low bar."""
        return QSize(self._theme.px(240), self._theme.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: paint the bar, the shared part first."""
        del event
        painter = QPainter(self)
        colours = self._theme.colours
        whole = sum(self._counts.values()) or 1
        painter.fillRect(self.rect(), QColor(colours.line))
        left = 0.0
        for kind in reversed(LOOKS):
            wide = self.width() * self._counts.get(kind, 0) / whole
            colour = colours.shared if kind is CellKind.INHERITS else ink(colours, kind)
            painter.fillRect(QRectF(left, 0, max(wide - 1, 0), self.height()), QColor(colour))
            left += wide


class Legend(QFrame):
    """Signs with their words and counts. Pressing one shows only cells in that state."""

    changed = Signal()

    def __init__(self, theme: Theme, signs: Signs) -> None:
        super().__init__()
        self._theme = theme
        self._signs = signs
        self.setAccessibleName("States")
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("role", "quiet")
        self.bar = ShareBar(theme)
        self.chips = {kind: self._chip(kind) for kind in SHOWN}
        chips = QWidget()
        flow = Flow(chips)
        for chip in self.chips.values():
            flow.addWidget(chip)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.sentence, 3)
        head.addWidget(self.bar, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 8)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(chips)
        theme.changed.connect(self._dress)
        self._dress()

    def show_summary(self, summary: Summary) -> None:
        """Show the matrix in numbers."""
        self.sentence.setText(summary.sentence)
        self.bar.show_summary(summary)
        for kind, chip in self.chips.items():
            count = summary.by_kind.get(kind, 0)
            chip.setText(f"{first_upper(kind.value)} {count:,}")
            chip.setAccessibleName(f"{first_upper(kind.value)}: {count:,}")
            chip.setEnabled(count > 0 or chip.isChecked())

    @property
    def states(self) -> tuple[str, ...]:
        """The states that are chosen, as the matrix names them; none chosen means all."""
        return tuple(state_name(kind) for kind, chip in self.chips.items() if chip.isChecked())

    def choose(self, states: tuple[str, ...]) -> None:
        """Choose states without telling that they were chosen."""
        for kind, chip in self.chips.items():
            chip.setChecked(state_name(kind) in states)

    def _chip(self, kind: CellKind) -> QToolButton:
        chip = QToolButton()
        chip.setCheckable(True)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setText(first_upper(kind.value))
        chip.setAccessibleName(first_upper(kind.value))
        told = f"{first_upper(LOOKS[kind].told)}. Press to see only these."
        chip.setToolTip(told)
        chip.setAccessibleDescription(told)
        chip.clicked.connect(lambda _checked: self.changed.emit())
        return chip

    def _dress(self) -> None:
        side = self._theme.px(20)
        for kind, chip in self.chips.items():
            chip.setIcon(QIcon(self._signs.picture(CellState(kind, 1, frozenset({kind})))))
            chip.setIconSize(QSize(side, side))
        self.bar.updateGeometry()
