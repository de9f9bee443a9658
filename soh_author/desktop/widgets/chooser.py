"""A box to find one thing by typing: the palette of actions, quick open, forces, drafts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.fitting import fitting

Index = QModelIndex | QPersistentModelIndex
CHOICE_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Choice:
    """One line: what it is, what stands below and at its right, and why it can't be taken."""

    key: str
    title: str
    detail: str = ""
    aside: str = ""
    reason: str = ""

    @property
    def spoken(self) -> str:
        """The line as a screen reader says it."""
        return ", ".join(part for part in (self.title, self.detail, self.aside, self.reason) if part)


Search = Callable[[str], Sequence[Choice]]


class ChoiceModel(QAbstractListModel):
    """The lines found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.choices: Sequence[Choice] = ()

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.choices = choices
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Qt: how many lines."""
        return 0 if parent is not None and parent.isValid() else len(self.choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: one line in a role."""
        choice = self.choices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return choice.spoken
        return choice if role == CHOICE_ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: lines with a reason against them are shown, but not to be taken."""
        del index
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class ChoiceDelegate(QStyledItemDelegate):
    """Paints a line: title, detail below it, aside at the right."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: two lines of text and some air."""
        del index
        return QSize(self._theme.px(120), option.fontMetrics.height() * 2 + self._theme.px(14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: paint one line."""
        choice = index.data(CHOICE_ROLE)
        empty = QStyleOptionViewItem(option)
        panel = QStyle.PrimitiveElement.PE_PanelItemViewItem
        option.widget.style().drawPrimitive(panel, empty, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        colours = self._theme.colours
        strong, weak = (colours.on_accent_soft,) * 2 if chosen else (colours.text, colours.quiet)
        air = self._theme.px(10)
        box = option.rect.adjusted(air, self._theme.px(6), -air, -self._theme.px(6))
        line = option.fontMetrics.height() + self._theme.px(2)
        aside = QRect(box)
        # The title comes first: what stands beside it takes what is left, or half where both are long.
        left = box.width() - option.fontMetrics.horizontalAdvance(choice.title) - air
        wide = min(option.fontMetrics.horizontalAdvance(choice.aside), max(left, box.width() // 2))
        aside.setLeft(box.right() - wide)
        _write(painter, aside, choice.aside, weak, Qt.AlignmentFlag.AlignTop)
        top = QRect(box.left(), box.top(), max(aside.left() - box.left() - air, 10), line)
        _write(painter, top, choice.title, weak if choice.reason else strong)
        below = QRect(box.left(), box.top() + line, box.width(), line)
        _write(painter, below, choice.reason or choice.detail, weak)


class Chooser(QDialog):
    """Type, see what fits, press Enter. Esc leaves everything as it was."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        hint: str,
        search: Search,
        parent: QWidget,
        *,
        if_empty: str = "There is nothing to choose from.",
    ) -> None:
        """``if_empty``: what is said while nothing is typed and there is nothing to choose from."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._search = search
        self._if_empty = if_empty
        self._taken: Callable[[str], None] = lambda _key: None
        self.box = QLineEdit(placeholderText=hint)
        self.box.setAccessibleName(title)
        self.box.setClearButtonEnabled(True)
        self.list = QListView()
        self.list.setAccessibleName("What fits")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.model = ChoiceModel(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceDelegate(theme, self.list))
        self.count = QLabel()
        self.count.setProperty("role", "quiet")
        layout = QVBoxLayout(self)
        for widget in (self.box, self.list, self.count):
            layout.addWidget(widget)
        self.box.textChanged.connect(self._look)
        self.box.returnPressed.connect(self._take)
        self.box.installEventFilter(self)
        self.list.clicked.connect(lambda _index: self._take())
        self.resize(fitting(theme, parent, 620, 460))
        self._look("")

    def ask(self, taken: Callable[[str], None]) -> None:
        """Open the box; ``taken`` is called with the key of the line taken, if any."""
        self._taken = taken
        self.open()
        self.box.setFocus()

    def begin_at(self, key: str) -> None:
        """Choose a line to begin with: where the person is."""
        rows = [row for row, choice in enumerate(self.model.choices) if choice.key == key]
        if rows:
            self.list.setCurrentIndex(self.model.index(rows[0]))
            self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the arrow keys move through the list while the caret stays in the box."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            step = steps.get(Qt.Key(event.key()))
            if step:
                self._move(step)
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        last = self.model.rowCount() - 1
        row = max(0, min(self.list.currentIndex().row() + step, last))
        if last >= 0:
            self.list.setCurrentIndex(self.model.index(row))
            self._tell()

    def _look(self, text: str) -> None:
        self.model.show_choices(self._search(text))
        self.list.setCurrentIndex(self.model.index(0))
        self._tell()

    def _tell(self) -> None:
        total, row = self.model.rowCount(), self.list.currentIndex().row()
        if total == 0:
            self.count.setText("Nothing fits. Try fewer letters." if self.box.text() else self._if_empty)
            self.box.setAccessibleDescription(self.count.text())
        else:
            self.count.setText(f"{row + 1} of {total}")
            # Screen readers say the description of the box that has the focus: the line Enter would take.
            self.box.setAccessibleDescription(f"{self.model.choices[row].spoken}, {self.count.text()}")

    def _take(self) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < len(self.model.choices) and not self.model.choices[row].reason:
            choice = self.model.choices[row]
            self.accept()
            self._taken(choice.key)


def _write(
    painter: QPainter,
    box: QRect,
    text: str,
    colour: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
) -> None:
    painter.setPen(QColor(colour))
    shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 1)
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | align, shown)
