"""The questions: which forces change, how, and when."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QFormLayout, QLabel, QLineEdit, QRadioButton, QWidget

from soh_author.desktop.forces.wishes import Closing, Renaming, Wish
from soh_author.domain.ids import ForceId
from soh_author.workflow.forces.reorganising import Merger

RENAME, CLOSE, MERGE = "rename", "close", "merge"
_NEW = "A new force"
_KINDS = {
    MERGE: "Two forces become one",
    CLOSE: "A force closes",
    RENAME: "A force gets another short name",
}
_SHOWN = {
    MERGE: ("force", "other", "target", "day"),
    CLOSE: ("force", "day"),
    RENAME: ("force", "new"),
}
_DAYS = {MERGE: "One from", CLOSE: "Last day", RENAME: ""}


class ForcesQuestions(QWidget):
    """Asks only what the chosen kind of change needs."""

    changed = Signal()
    """Something was chosen or written."""

    def __init__(self, forces: Mapping[ForceId, str], today: date) -> None:
        super().__init__()
        self._forces = forces
        self.kinds = {kind: QRadioButton(words) for kind, words in _KINDS.items()}
        self.force, self.other, self.target = QComboBox(), QComboBox(), QComboBox()
        for box in (self.force, self.other):
            for force, name in forces.items():
                box.addItem(name, force)
        self.other.setCurrentIndex(min(1, len(forces) - 1))
        self.new, self.name, self.host = QLineEdit(), QLineEdit(), QLineEdit()
        self.new.setPlaceholderText("thames-estuary")
        self.name.setPlaceholderText("Thames Estuary Police")
        self.host.setPlaceholderText("www.thames-estuary.police.uk")
        self.day = QDateEdit(QDate(today.year, today.month, today.day).addDays(1))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("d MMMM yyyy")
        self._rows: dict[str, QWidget] = {
            "force": self.force,
            "other": self.other,
            "target": self.target,
            "new": self.new,
            "name": self.name,
            "host": self.host,
            "day": self.day,
        }
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._lay_out()
        self.kinds[MERGE].setChecked(True)
        self._connect()
        self._offer_targets()
        self._show_rows()

    def _lay_out(self) -> None:
        for button in self.kinds.values():
            self._form.addRow(button)
        names = ("Force", "And", "They become", "Short name", "Name", "Site", "Day")
        self.labels: dict[str, QLabel] = {}
        for (key, field), name in zip(self._rows.items(), names, strict=True):
            field.setAccessibleName(name)
            self.labels[key] = QLabel(name)
            self.labels[key].setBuddy(field)
            self._form.addRow(self.labels[key], field)

    def _connect(self) -> None:
        for button in self.kinds.values():
            button.toggled.connect(lambda _on: self._show_rows())
        for box in (self.force, self.other):
            box.currentIndexChanged.connect(lambda _at: self._offer_targets())
        self.target.currentIndexChanged.connect(lambda _at: self._show_rows())
        for line in (self.new, self.name, self.host):
            line.textChanged.connect(lambda _text: self.changed.emit())

    @property
    def kind(self) -> str:
        """What is to happen."""
        return next(kind for kind, button in self.kinds.items() if button.isChecked())

    @property
    def fault(self) -> str:
        """What is missing, in a sentence; empty when a plan can be made."""
        if self.kind == MERGE and self.force.currentData() == self.other.currentData():
            return "Choose two forces."
        if self._is_new:
            text = self.new.text().strip()
            if not ForceId.is_valid(text):
                return "Write a short name of lower-case letters, digits and hyphens."
            if text in self._forces:
                return f"There is a force “{text}” already."
        return ""

    @property
    def wish(self) -> Wish:
        """What is asked for; only when there is no fault."""
        force, day = ForceId(self.force.currentData()), self.day.date()
        on = date(day.year(), day.month(), day.day())
        if self.kind == CLOSE:
            return Closing(force, on)
        if self.kind == RENAME:
            return Renaming(force, ForceId(self.new.text().strip()))
        new = self.new.text().strip() if self._is_new else self.target.currentData()
        names = (self.name.text().strip(), self.host.text().strip()) if self._is_new else ("", "")
        return Merger((force, ForceId(self.other.currentData())), ForceId(new), on, *names)

    @property
    def _is_new(self) -> bool:
        return self.kind == RENAME or (self.kind == MERGE and not self.target.currentData())

    def _offer_targets(self) -> None:
        kept = self.target.currentIndex()
        self.target.blockSignals(True)
        self.target.clear()
        for box in (self.force, self.other):
            self.target.addItem(box.currentText(), box.currentData())
        self.target.addItem(_NEW, "")
        self.target.setCurrentIndex(max(kept, 0))
        self.target.blockSignals(False)
        self._show_rows()

    def _show_rows(self) -> None:
        shown = set(_SHOWN[self.kind])
        if self.kind == MERGE and self._is_new:
            shown |= {"new", "name", "host"}
        for key, field in self._rows.items():
            self._form.setRowVisible(field, key in shown)
        self.labels["day"].setText(_DAYS[self.kind])
        self.day.setAccessibleName(_DAYS[self.kind] or "Day")
        self.changed.emit()
