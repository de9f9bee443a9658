"""*Propose a freeze*: whose pages, from when to when, why, and what is still permitted."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.theme.theme import Theme
from soh_author.domain.ids import ForceId
from soh_author.domain.judging.policy import Freeze
from soh_author.workflow.release.freezing import PERMITTED

USUAL = ("fact", "emergency")


class FreezeDialog(QDialog):
    """Asks for everything a freeze says.

    Args:
        forces: the names of the forces by their ids.
    """

    def __init__(self, theme: Theme, forces: Mapping[str, str], today: date, parent: QWidget) -> None:
        super().__init__(parent.window())
        self._taken: Callable[[Freeze], object] = _ignore
        self.setWindowTitle("Propose a freeze")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(460))
        self.force, self.why = QComboBox(), QLineEdit()
        for force, name in forces.items():
            self.force.addItem(name, force)
        self.start, self.end = QDateEdit(), QDateEdit()
        for box, days in ((self.start, 0), (self.end, 28)):
            box.setCalendarPopup(True)
            box.setDisplayFormat("d MMMM yyyy")
            box.setDate(QDate(today.year, today.month, today.day).addDays(days))
            box.dateChanged.connect(lambda _day: self._judge())
        self.permitted = {kind: QCheckBox(words) for kind, words in PERMITTED.items()}
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        self.fault.setProperty("role", "quiet")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton("Propose it", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        buttons.accepted.connect(self._agree)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        rows: tuple[tuple[str, QWidget], ...] = (
            ("Force", self.force),
            ("From", self.start),
            ("Until", self.end),
            ("Why", self.why),
        )
        for name, field in rows:
            field.setAccessibleName(name)
            form.addRow(name, field)
        for number, (kind, tick) in enumerate(self.permitted.items()):
            tick.setChecked(kind in USUAL)
            form.addRow("" if number else "Still permitted", tick)
        self.why.setPlaceholderText("Local elections on 6 May")
        self.why.textChanged.connect(lambda _text: self._judge())
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(buttons)
        self._judge()

    def ask(self, taken: Callable[[Freeze], object]) -> None:
        """Open the question."""
        self._taken = taken
        self.open()
        self.force.setFocus()

    def _judge(self) -> None:
        fault = ""
        if self.end.date() < self.start.date():
            fault = "It ends before it begins."
        elif not self.why.text().strip():
            fault = "Say why; whoever is stopped by it will read that."
        self.fault.setText(fault)
        self.go.setEnabled(not fault)
        self.go.setToolTip(fault)

    def _agree(self) -> None:
        days = [date(day.year(), day.month(), day.day()) for day in (self.start.date(), self.end.date())]
        freeze = Freeze(
            ForceId(self.force.currentData()),
            days[0],
            days[1],
            self.why.text().strip(),
            tuple(kind for kind, box in self.permitted.items() if box.isChecked()),
        )
        self.accept()
        self._taken(freeze)


def _ignore(_freeze: Freeze) -> None:
    """What happens to an answer nobody waits for."""
