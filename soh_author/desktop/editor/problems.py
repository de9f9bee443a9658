"""What is to be mended: a list below the text; Enter goes to the line, a button mends what can be mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.editor.section_notes import SIGNS
from soh_author.desktop.theme.theme import Theme
from soh_author.domain.diagnostics import Diagnostic, Severity

Index = QModelIndex | QPersistentModelIndex
WORDS = {Severity.ERROR: "Error", Severity.WARNING: "Please check", Severity.INFO: "Note"}
MENDABLE = {"missing-section-id": "Give it an id"}
"""Findings the program can mend when asked, and what the button says."""
LEAST_HEIGHT = 48
"""Pixels: the list may be as low as this where a small screen shows large letters."""
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding and whether it is in the file that is open."""

    finding: Diagnostic
    is_here: bool
    file: str = ""

    @property
    def where(self) -> str:
        """Line, and the file when it is another one."""
        line = f"line {self.finding.place.line}" if self.finding.place.line else ""
        return line if self.is_here else ", ".join(part for part in (self.file, line) if part)

    @property
    def spoken(self) -> str:
        """All of it, as a screen reader says it."""
        where = f" {self.where[0].upper()}{self.where[1:]}." if self.where else ""
        return f"{WORDS[self.finding.severity]}: {self.finding.message} {self.finding.hint}{where}"


def sorted_problems(
    findings: Sequence[Diagnostic], path: str, names: Mapping[str, str] | None = None
) -> list[Problem]:
    """Findings of the open file first, in order of lines, then the others, each once.

    ``names`` are names of files by path, in words.
    """
    known = names or {}
    problems = [
        Problem(finding, finding.place.path == path, known.get(finding.place.path, finding.place.path))
        for finding in dict.fromkeys(findings)
    ]
    return sorted(
        problems,
        key=lambda one: (
            not one.is_here,
            one.finding.place.line if one.is_here else _ORDER[one.finding.severity],
            one.finding.sort_key(),
        ),
    )


def headline(problems: Sequence[Problem]) -> str:
    """How many of what: ``2 errors, 1 to check``."""
    counts = {severity: sum(one.finding.severity is severity for one in problems) for severity in Severity}
    words = (
        (Severity.ERROR, "error", "errors"),
        (Severity.WARNING, "to check", "to check"),
        (Severity.INFO, "note", "notes"),
    )
    parts = [
        f"{counts[kind]} {one if counts[kind] == 1 else many}" for kind, one, many in words if counts[kind]
    ]
    return ", ".join(parts) or "Nothing to mend"


class ProblemModel(QAbstractListModel):
    """The problems as lines of a list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.problems: Sequence[Problem] = ()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show others; nothing happens when they are the same."""
        if list(problems) != list(self.problems):
            self.beginResetModel()
            self.problems = problems
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Qt: how many lines."""
        return 0 if parent is not None and parent.isValid() else len(self.problems)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: one line in a role."""
        problem = self.problems[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return problem.finding.message
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return problem.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{problem.finding.message}\n{problem.finding.hint}"
        return problem if role == Qt.ItemDataRole.UserRole else None


class ProblemDelegate(QStyledItemDelegate):
    """Paints sign and word, message, hint below, place at the right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: two lines and some air."""
        del index
        return QSize(self._theme.px(100), option.fontMetrics.height() * 2 + self._theme.px(12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: paint one line."""
        problem = index.data(Qt.ItemDataRole.UserRole)
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        colours = self._theme.colours
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        inks = {"error": colours.error, "warning": colours.warning, "info": colours.shared}
        first = colours.on_accent_soft if is_chosen else inks[problem.finding.severity.value]
        strong = colours.on_accent_soft if is_chosen else colours.text
        weak = colours.on_accent_soft if is_chosen else colours.quiet
        air, line = self._theme.px(12), option.fontMetrics.height()
        box = option.rect.adjusted(air, self._theme.px(5), -air, 0)
        wide = self._theme.px(120)
        place = option.fontMetrics.horizontalAdvance(problem.where)
        top, below = box.top(), box.top() + line + self._theme.px(2)
        middle = box.width() - wide - place - air
        kind = problem.finding.severity
        _write(painter, QRect(box.left(), top, wide, line), f"{SIGNS[kind]}  {WORDS[kind]}", first)
        _write(painter, QRect(box.left() + wide, top, middle, line), problem.finding.message, strong)
        _write(painter, QRect(box.right() - place, top, place + 2, line), problem.where, weak)
        _write(painter, QRect(box.left() + wide, below, middle, line), problem.finding.hint, weak)


class ProblemsPanel(QFrame):
    """The list, how many there are, and the button that mends the chosen one."""

    line_wanted = Signal(str, int)
    """Path and line of the problem that was chosen."""
    mend_wanted = Signal(object)
    """Diagnostic that is to be mended by the program."""
    close_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Problems")
        self.model = ProblemModel(self)
        self.list = QListView()
        self.list.setAccessibleName("Problems of this page")
        self.list.setModel(self.model)
        self.list.setItemDelegate(ProblemDelegate(theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMinimumHeight(LEAST_HEIGHT)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.headline = QLabel("Nothing to mend")
        self.headline.setProperty("role", "quiet")
        self.mend = QPushButton()
        self.mend.setProperty("role", "quiet")
        close = QPushButton("Hide")
        close.setProperty("role", "quiet")
        close.setAccessibleName("Hide the problems")
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(12), theme.px(2), theme.px(8), theme.px(2))
        row.addWidget(self.headline, 1)
        row.addWidget(self.mend)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.list)
        self.setFocusProxy(self.list)
        close.clicked.connect(self.close_wanted)
        self.mend.clicked.connect(self._mend)
        self.list.clicked.connect(self._go)
        self.list.activated.connect(self._go)
        self.list.selectionModel().currentChanged.connect(self._offer_to_mend)
        self._offer_to_mend()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show other problems; the chosen one stays chosen when it is still there."""
        chosen = self.chosen
        self.model.show_problems(problems)
        self.headline.setText(headline(problems))
        row = next((row for row, one in enumerate(problems) if one == chosen), -1)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row))
        self._offer_to_mend()

    @property
    def chosen(self) -> Problem | None:
        """The problem that is chosen."""
        row = self.list.currentIndex().row()
        return self.model.problems[row] if 0 <= row < len(self.model.problems) else None

    def step(self, direction: int) -> Problem | None:
        """Choose the next problem or the one before, and go there; None when there are none."""
        total = len(self.model.problems)
        if total == 0:
            return None
        here = self.list.currentIndex().row()
        row = (here + direction) % total if here >= 0 else (0 if direction > 0 else total - 1)
        self.list.setCurrentIndex(self.model.index(row))
        self._go()
        return self.chosen

    def _go(self) -> None:
        if self.chosen is not None:
            place = self.chosen.finding.place
            self.line_wanted.emit(place.path, place.line)

    def _offer_to_mend(self) -> None:
        words = MENDABLE.get(self.chosen.finding.code, "") if self.chosen else ""
        self.mend.setVisible(bool(words))
        self.mend.setText(words)

    def _mend(self) -> None:
        if self.chosen is not None:
            self.mend_wanted.emit(self.chosen.finding)


def _write(painter: QPainter, box: QRect, text: str, colour: str) -> None:
    painter.setPen(QColor(colour))
    shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
