"""The form of a fact that isn't there yet: whose, what it is, its first value, where it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.theme.theme import Theme
from soh_author.domain.facts import FactType
from soh_author.domain.ids import FactName
from soh_author.domain.layers import SHARED, Layer
from soh_author.schema.registry import IN_WELSH_TOO
from soh_author.workflow.wording.fact_editing import FactEntry, suggested_name

KINDS: Mapping[FactType, tuple[str, str]] = {
    FactType.MONEY: ("An amount of money", "For example: 79.50"),
    FactType.PHONE: ("A phone number", "For example: 01452 726 920"),
    FactType.COUNT: ("A number", "For example: 4"),
    FactType.DAYS: ("A number of days", "For example: 14"),
    FactType.DATE: ("A date", "For example: 2027-04-06"),
    FactType.TEXT: ("Words", "For example: the front office in Barton Street"),
    FactType.EMAIL: ("An e-mail address", "For example: firearms@example.police.uk"),
    FactType.URL: ("A web address", "For example: https://www.example.police.uk/fees"),
    FactType.ADDRESS: ("A postal address", "For example: Prism House, Davy Way, Gloucester"),
}
"""Every kind of fact in words, with an example of a value as it is typed."""


@dataclass(frozen=True, slots=True)
class FactWish:
    """A fact that is to be made: whose, its name, kind and label, its first value, its source."""

    layer: Layer
    name: FactName
    kind: FactType
    label: str
    entry: FactEntry
    source: str


class NewFactDialog(QDialog):
    """Asks for everything at once; stays open until the fact is kept, so that nothing is typed twice."""

    wanted = Signal(object)
    """FactWish: the person agreed."""

    def __init__(
        self, theme: Theme, layers: Sequence[tuple[Layer, str]], today: date, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("New fact")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._is_named_by_hand = False
        self.whose, self.kind = QComboBox(), QComboBox()
        self.whose.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for layer, name in layers:
            self.whose.addItem("Everybody: shared" if layer == SHARED else name, layer)
        for kind, (words, _example) in KINDS.items():
            self.kind.addItem(words, kind)
        self.label = QLineEdit(placeholderText="For example: Fee for releasing a vehicle")
        self.value, self.welsh = QLineEdit(), QLineEdit()
        self.source = QLineEdit(placeholderText="The law, order or page it was taken from")
        self.name = QLineEdit()
        self.always = QCheckBox("from the beginning")
        self.always.setChecked(True)
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("d MMMM yyyy")
        self.day.setEnabled(False)
        self.fault = QLabel()
        self.fault.setProperty("role", "quiet")
        self.fault.setWordWrap(True)
        self._lay_out(theme)
        self.always.toggled.connect(self.day.setDisabled)
        self.label.textChanged.connect(self._name_it)
        self.name.textEdited.connect(self._named_by_hand)
        self.value.textChanged.connect(lambda _text: self._look())
        self.kind.currentIndexChanged.connect(lambda _index: self._look())
        self._look()

    def say(self, fault: str) -> None:
        """Say what is wrong with it; the dialog stays as it is."""
        self.fault.setText(fault)
        self.go.setEnabled(True)

    @property
    def wish(self) -> FactWish:
        """What is asked for now."""
        shown = self.day.date()
        start = None if self.always.isChecked() else date(shown.year(), shown.month(), shown.day())
        kind = FactType(self.kind.currentData())
        welsh = self.welsh.text().strip() if _has_words(kind) else ""
        return FactWish(
            self.whose.currentData(),
            FactName(self.name.text().strip()),
            kind,
            self.label.text().strip(),
            FactEntry(self.value.text().strip(), start, welsh),
            self.source.text().strip(),
        )

    def _name_it(self, label: str) -> None:
        if not self._is_named_by_hand:
            self.name.setText(suggested_name(label))
        self._look()

    def _named_by_hand(self, _name: str) -> None:
        self._is_named_by_hand = True
        self._look()

    def _look(self) -> None:
        kind = FactType(self.kind.currentData())
        self.value.setPlaceholderText(KINDS[kind][1])
        self.form.setRowVisible(self.welsh, _has_words(kind))
        fault = ""
        if not self.label.text().strip():
            fault = "Say what it is first."
        elif not FactName.is_valid(self.name.text().strip()):
            fault = FactName.rule
        elif not self.value.text().strip():
            fault = "Give it a value."
        name = self.name.text().strip()
        self.fault.setText(fault or f"In text it is written {{{{ fact.{name} }}}}.")
        self.go.setEnabled(not fault)
        self.go.setToolTip(fault)

    def _agree(self) -> None:
        self.go.setEnabled(False)
        self.fault.setText("Keeping it…")
        self.wanted.emit(self.wish)

    def _lay_out(self, theme: Theme) -> None:
        from_day = QHBoxLayout()
        from_day.addWidget(self.day)
        from_day.addWidget(self.always)
        from_day.addStretch(1)
        self.form = QFormLayout()
        self.form.setVerticalSpacing(theme.px(8))
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows = {
            "What it is": self.label,
            "Whose": self.whose,
            "Kind": self.kind,
            "Value": self.value,
            "In Welsh": self.welsh,
        }
        for words, field in rows.items():
            field.setAccessibleName(words)
            self.form.addRow(words, field)
        self.day.setAccessibleName("From this day")
        self.form.addRow("From", from_day)
        for words, field in {"Source": self.source, "Name in texts": self.name}.items():
            field.setAccessibleName(words)
            self.form.addRow(words, field)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = QPushButton("Keep this fact")
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._agree)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(24)] * 4)
        layout.setSpacing(theme.px(12))
        layout.addLayout(self.form)
        layout.addWidget(self.fault)
        layout.addWidget(buttons)
        self.setMinimumWidth(min(theme.px(520), 900))


def _has_words(kind: FactType) -> bool:
    """Whether a value of this kind may read differently in Welsh."""
    return kind in IN_WELSH_TOO
