"""The list of changes past their review date."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListView, QVBoxLayout

from soh_author.desktop.matrix.looking import Looked
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.as_written import as_written
from soh_author.desktop.widgets.chooser import Choice, ChoiceDelegate, ChoiceModel
from soh_author.domain.days import short_day
from soh_author.workflow.overrides.matrix import ExpiredChange


class ExpiredList(QFrame):
    """What should have been looked at again by now, the longest overdue first."""

    taken = Signal(object)
    """ExpiredChange: the person wants to see it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.setAccessibleName("Past their review date")
        self.found: list[ExpiredChange] = []
        self.heading = QLabel()
        self.heading.setWordWrap(True)
        as_written(self.heading)
        self.heading.setProperty("role", "heading")
        self.heading.setContentsMargins(12, 12, 12, 8)
        self.model = ChoiceModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceDelegate(theme, self.list))
        self.list.setAccessibleName("Changes past their review date")
        self.list.setUniformItemSizes(True)
        self.list.setProperty("place", "side")
        self.list.activated.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.heading)
        layout.addWidget(self.list, 1)

    def show_matrix(self, looked: Looked) -> None:
        """Show what is past its review date on the matrix's day."""
        on = looked.question.on
        self.found = sorted(looked.whole.expired, key=lambda each: each.change.review_by or on)
        titles = {row.page: row.title for row in looked.whole.rows}
        self.model.show_choices(
            [_line(each, titles.get(each.page, str(each.page)), looked) for each in self.found]
        )
        count = len(self.found)
        self.heading.setText(
            "Nothing is past its review date."
            if not count
            else f"{count} change{'s are' if count > 1 else ' is'} past the review date. Enter compares."
        )

    def _take(self, index: QModelIndex) -> None:
        self.taken.emit(self.found[index.row()])


def _line(expired: ExpiredChange, title: str, looked: Looked) -> Choice:
    change = expired.change
    forces = [looked.names.get(force, force) for force in expired.forces]
    who = forces[0] if len(forces) == 1 else f"{len(forces)} forces"
    due = change.review_by
    aside = short_day(due) if due else ""
    return Choice(
        str(expired.page), f"{title}: {change.title}", f"{who} · {change.owner or 'no owner'}", aside
    )
