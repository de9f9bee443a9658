"""The queue at the left of the review room: what waits, how far it is, who asks whom, and since when."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import QItemSelectionModel, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from soh_author.desktop.review.layout import LOWEST
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.chooser import CHOICE_ROLE, Choice, ChoiceModel, Index
from soh_author.workflow.release.reviewing_queue import Queued, QueueState
from soh_author.workflow.together.syncing_others import age_words

_SEVERAL = (
    "Enter or a double click opens one in the editor. Ctrl+click, or Shift+arrow, chooses several: they are "
    "looked at together."
)
_SENT_AGAIN = frozenset({QueueState.CHANGED, QueueState.CHANGES_ASKED})
"""How far a draft is when whoever wrote it has to send it once more."""


class QueueList(QListView):
    """Lists drafts; one that was sent together with others brings them along."""

    drafts_chosen = Signal()
    """Other drafts are to be looked at."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.waiting: Sequence[Queued] = ()
        self.drafts: tuple[str, ...] = ()
        """What is to be looked at, in the order of the queue."""
        self.choices = ChoiceModel(self)
        self.setModel(self.choices)
        self.setItemDelegate(_ThreeLines(theme, self))
        self.setAccessibleName("Drafts that wait for review")
        self.setAccessibleDescription(_SEVERAL)
        self.setToolTip(_SEVERAL)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMinimumHeight(LOWEST)
        self.selectionModel().selectionChanged.connect(lambda _now, _before: self._look())

    def show_queue(self, waiting: Sequence[Queued], now: datetime | None, wanted: Iterable[str]) -> None:
        """Show another queue, with the first of some drafts chosen that waits, or else the first there is."""
        self.waiting = waiting
        self.drafts = ()
        self.choices.show_choices([_line(each, now) for each in waiting])
        if waiting and not any(self.choose(draft) for draft in wanted):
            self.choose(waiting[0].draft)

    @property
    def is_to_send(self) -> bool:
        """Whether what is chosen waits to be sent: several together, or one once more."""
        states = [each.state for each in self.waiting if each.draft in self.drafts]
        return len(self.drafts) > 1 or any(state in _SENT_AGAIN for state in states)

    def choose(self, draft: str) -> bool:
        """Choose one draft, if it waits."""
        row = next((row for row, each in enumerate(self.waiting) if each.draft == draft), -1)
        if row >= 0:
            self.setCurrentIndex(self.choices.index(row))
        return row >= 0

    def choose_several(self, drafts: Iterable[str]) -> None:
        """Choose some drafts, to be looked at together."""
        wanted = frozenset(drafts)
        for row, each in enumerate(self.waiting):
            flag = QItemSelectionModel.SelectionFlag
            how = flag.Select if each.draft in wanted else flag.Deselect
            self.selectionModel().select(self.choices.index(row), how)

    def _look(self) -> None:
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        chosen = tuple(dict.fromkeys(draft for row in rows for draft in self.waiting[row].drafts))
        if chosen != self.drafts:
            self.drafts = chosen
            self.drafts_chosen.emit()


class _ThreeLines(QStyledItemDelegate):
    """Paints a draft's name, how far it is since when, and who asks whom; what is too long ends in …"""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt: three lines of text and some air."""
        del index
        return QSize(self._theme.px(120), option.fontMetrics.lineSpacing() * 3 + self._theme.px(16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: paint one draft."""
        choice, colours = index.data(CHOICE_ROLE), self._theme.colours
        panel = QStyle.PrimitiveElement.PE_PanelItemViewItem
        option.widget.style().drawPrimitive(panel, QStyleOptionViewItem(option), painter, option.widget)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        strong, weak = (colours.on_accent_soft,) * 2 if is_chosen else (colours.text, colours.quiet)
        who, _, state = choice.detail.partition(" · ")
        air, step = self._theme.px(10), option.fontMetrics.lineSpacing()
        box = QRect(option.rect).adjusted(air, self._theme.px(8), -air, 0)
        box.setHeight(step)
        for text, colour in ((choice.title, strong), (f"{state} · {choice.aside}", weak), (who, weak)):
            painter.setPen(QColor(colour))
            shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            box.translate(0, step)


def _line(each: Queued, now: datetime | None) -> Choice:
    asked = f"{each.author} asks {each.reviewer}" if each.reviewer else each.author
    others = " and ".join(f"“{other}”" for other in each.together)
    state = f"{each.state.value}, together with {others}" if others else each.state.value
    return Choice(each.draft, each.draft, f"{asked} · {state}", age_words(each.sent, now or each.sent))
