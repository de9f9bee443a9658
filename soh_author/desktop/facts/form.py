"""The form of one fact: its values with their days, and a line to add one."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.facts.looking import KnownFact
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.as_written import as_written
from soh_author.desktop.widgets.flow import Flow
from soh_author.domain.days import day_in_words
from soh_author.domain.facts import DatedValue, FactType
from soh_author.domain.ids import Language
from soh_author.schema.registry import IN_WELSH_TOO
from soh_author.workflow.overrides.fact_words import value_in_words
from soh_author.workflow.wording.fact_editing import FactEntry

DAY_ROLE = Qt.ItemDataRole.UserRole


class FactForm(QFrame):
    """Shows a fact and asks for a new value."""

    save_wanted = Signal(object, str)
    """FactEntry and the source."""
    removal_wanted = Signal(object)
    """The first day of the value to take out (None: it holds from the beginning)."""

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("The fact")
        self.title, self.told = QLabel(), QLabel()
        self.told.setProperty("role", "quiet")
        as_written(self.title, self.told)
        for label in (self.title, self.told):
            label.setWordWrap(True)
        self.values = QListWidget()
        self.values.setAccessibleName("Values and their days")
        self.value, self.welsh, self.source = QLineEdit(), QLineEdit(), QLineEdit()
        self.always = QCheckBox("from the beginning")
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("d MMM yyyy")
        self.save = QPushButton("Save this value")
        self.save.setProperty("role", "primary")
        self.remove = QPushButton("Take the chosen value out")
        self._lay_out()
        self.always.toggled.connect(self.day.setDisabled)
        self.save.clicked.connect(lambda _checked: self._wish())
        self.value.returnPressed.connect(self._wish)
        self.remove.clicked.connect(lambda _checked: self._wish_removal())
        theme.changed.connect(self._dress)
        self._dress()

    def show_fact(self, known: KnownFact, reason: str, on: date | None = None) -> None:
        """Show a fact as on a day (None: today); ``reason`` says why it can't be changed now, or nothing."""
        fact = known.fact
        self.title.setText(fact.label)
        when = f"on {day_in_words(on)}" if on else "today"
        self.told.setText(f"{known.whose} · {fact.type.value} · {fact.name} · {when} {known.today}")
        self.values.clear()
        for dated in reversed(fact.values):
            item = QListWidgetItem(_said(fact.type, dated))
            item.setData(DAY_ROLE, dated.start)
            self.values.addItem(item)
        self.values.setCurrentRow(0)
        self.values.setFixedHeight(min(len(fact.values), 5) * self._theme.px(28) + self._theme.px(8))
        self.source.setText(fact.source)
        self.source.setCursorPosition(0)
        self.value.clear()
        self.welsh.clear()
        for field in (self.welsh, self._welsh_label):
            field.setVisible(fact.type in IN_WELSH_TOO)
        for button in (self.save, self.remove):
            button.setEnabled(not reason)
            button.setToolTip(reason)
            button.setAccessibleDescription(reason)

    def _wish(self) -> None:
        text = self.value.text().strip()
        if text and self.save.isEnabled():
            shown = self.day.date()
            start = None if self.always.isChecked() else date(shown.year(), shown.month(), shown.day())
            self.save_wanted.emit(FactEntry(text, start, self.welsh.text().strip()), self.source.text())
        else:
            self.value.setFocus()

    def _wish_removal(self) -> None:
        item: QListWidgetItem | None = self.values.currentItem()
        if item is not None:
            self.removal_wanted.emit(item.data(DAY_ROLE))

    def _dress(self) -> None:
        self.title.setFont(self._theme.font(1.15, bold=True))

    def _lay_out(self) -> None:
        for field, name in (
            (self.value, "New value"),
            (self.welsh, "In Welsh"),
            (self.source, "Where it comes from"),
            (self.day, "From this day"),
        ):
            field.setAccessibleName(name)
        self._welsh_label = QLabel("In Welsh")
        from_day = QWidget()
        flow = Flow(from_day, 8)
        flow.addWidget(self.day)
        flow.addWidget(self.always)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow("New value", self.value)
        form.addRow(self._welsh_label, self.welsh)
        form.addRow("From", from_day)
        form.addRow("Source", self.source)
        buttons = QWidget()
        row = Flow(buttons, 8)
        row.addWidget(self.save)
        row.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        for widget in (self.title, self.told, self.values):
            layout.addWidget(widget)
        layout.addLayout(form)
        layout.addWidget(buttons)
        layout.addStretch(1)


def _said(kind: FactType, dated: DatedValue) -> str:
    value = value_in_words(kind, dated.value, Language.EN)
    since = f"from {day_in_words(dated.start)}" if dated.start else "from the beginning"
    return f"{value} {since}" + (f" (Welsh: {dated.welsh})" if dated.welsh else "")
