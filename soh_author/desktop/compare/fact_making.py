"""A value forces write differently becomes a fact: named, shown with its proof, and only then written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.theme.theme import Theme
from soh_author.domain.ids import FactName, ForceId
from soh_author.workflow.overrides.reading_proofs import ReadingProof, Verdict
from soh_author.workflow.wording.fact_editing import suggested_name
from soh_author.workflow.wording.fact_making import DifferingValue, NewFact
from soh_author.workflow.wording.restructuring import MovePlan

MOST_NAMES = 6
SHOW, WRITE = "Show me what changes", "Write it into the draft"


@dataclass(slots=True)
class _Fields:
    """The fields for one place where values differ."""

    label: QLineEdit
    name: QLineEdit
    source: QLineEdit
    is_named_by_hand: bool = False


class FactMaking(QDialog):
    """One card for each differing value; the proof appears below before anything can be accepted."""

    proof_wanted = Signal(object)
    """tuple[NewFact, ...]: show what these would change."""
    agreed = Signal(object)
    """MovePlan: write this, which was shown with its proof."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        values: Sequence[DifferingValue],
        names: Mapping[ForceId, str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Make the value a fact")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        self._names = names
        self._plan: MovePlan | None = None
        self.fields = [_Fields(QLineEdit(), QLineEdit(), QLineEdit()) for _ in values]
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setAccessibleName("What changes")
        heading = QLabel(f"{title}: one text for all, a value for each")
        heading.setFont(theme.heading_font())
        heading.setWordWrap(True)
        inside = QWidget()
        cards = QVBoxLayout(inside)
        cards.setContentsMargins(0, 0, 0, 0)
        for value, fields in zip(values, self.fields, strict=True):
            cards.addWidget(self._card(value, fields))
        cards.addWidget(self.told)
        cards.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(24)] * 4)
        layout.setSpacing(theme.px(12))
        for widget in (heading, scroll, self._buttons()):
            layout.addWidget(widget)
        height = theme.px(250) + theme.px(190) * min(len(values), 2)
        self.resize(theme.px(620), min(height, parent.window().height() - 40))
        self._look()

    def show_plan(self, plan: MovePlan) -> None:
        """Show what would change, with the proof; only what is proved can be written."""
        self._plan = plan if plan.is_proved else None
        self.told.setText(proof_in_words(plan, self._names))
        self.go.setText(WRITE if plan.is_proved else SHOW)
        self.go.setEnabled(plan.is_proved)
        self.told.setProperty("role", "" if plan.is_proved else "error")

    def say(self, fault: str) -> None:
        """Say why it can't be done so; what was typed stays."""
        self._plan = None
        self.told.setText(fault)
        self.go.setEnabled(True)

    @property
    def facts(self) -> tuple[NewFact, ...]:
        """The facts as they are named now."""
        return tuple(
            NewFact(FactName(each.name.text().strip()), each.label.text().strip(), each.source.text().strip())
            for each in self.fields
        )

    def _card(self, value: DifferingValue, fields: _Fields) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        said = QLabel(values_in_words(value, self._names))
        said.setWordWrap(True)
        form = QFormLayout()
        form.setVerticalSpacing(self._theme.px(6))
        number = f" {value.number + 1}" if len(self.fields) > 1 else ""
        rows = {
            "What it is": (fields.label, "For example: Fee for releasing a vehicle"),
            "Name in texts": (fields.name, ""),
            "Source": (fields.source, "The law, order or page it was taken from"),
        }
        for words, (field, hint) in rows.items():
            field.setAccessibleName(f"{words}{number}")
            field.setPlaceholderText(hint)
            form.addRow(words, field)
        layout = QVBoxLayout(card)
        layout.addWidget(said)
        layout.addLayout(form)
        fields.label.textChanged.connect(lambda text: self._name_it(fields, text))
        fields.name.textEdited.connect(lambda _text: self._named_by_hand(fields))
        fields.source.textChanged.connect(lambda _text: self._look())
        return card

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = QPushButton(SHOW)
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._agree)
        buttons.rejected.connect(self.reject)
        return buttons

    def _name_it(self, fields: _Fields, label: str) -> None:
        if not fields.is_named_by_hand:
            fields.name.setText(suggested_name(label))
        self._look()

    def _named_by_hand(self, fields: _Fields) -> None:
        fields.is_named_by_hand = True
        self._look()

    def _look(self) -> None:
        """Anything typed makes the proof that was shown a proof of something else."""
        self._plan = None
        fault = self._fault()
        self.told.setText(fault or "Before anything is written you see what changes, with the proof.")
        self.go.setText(SHOW)
        self.go.setEnabled(not fault)
        self.go.setToolTip(fault)

    def _fault(self) -> str:
        names = [each.name.text().strip() for each in self.fields]
        if not all(each.label.text().strip() for each in self.fields):
            return "Say what it is first."
        if not all(FactName.is_valid(name) for name in names):
            return FactName.rule
        return "Two facts can’t have one name." if len(set(names)) < len(names) else ""

    def _agree(self) -> None:
        if self._plan is not None:
            self.go.setEnabled(False)
            self.agreed.emit(self._plan)
        else:
            self.go.setEnabled(False)
            self.told.setText("Reading every page before and after…")
            self.proof_wanted.emit(self.facts)


def values_in_words(value: DifferingValue, names: Mapping[ForceId, str]) -> str:
    """Who writes what: ``The shared text says “£26”. Kent: “£30”.``"""
    by_text: dict[str, list[str]] = {}
    for force, own in value.values.items():
        by_text.setdefault(own.text, []).append(names.get(force, force))
    others = " ".join(f"{_listed(forces)}: “{text}”." for text, forces in by_text.items())
    return f"The shared text says “{value.shared.text}”. {others}"


def proof_in_words(plan: MovePlan, names: Mapping[ForceId, str]) -> str:
    """What a plan does and what is proved, with everything listed that doesn't stay as it is."""
    lines = [plan.sentence]
    if plan.given_back:
        lines.append(f"Their own text is no longer needed: {_all(plan.given_back, names)}.")
    if plan.gaining:
        lines.append(f"These forces will read something else: {_all(plan.gaining, names)}.")
    for verdict, words in (
        (Verdict.READS_THE_SAME, "Reads the same, made otherwise"),
        (Verdict.CHANGES, "Reads something else"),
    ):
        if found := _exceptions(plan.proof, verdict, names):
            lines.append(f"{words}: {', '.join(found)}.")
    if not plan.is_proved:
        lines.append("This can’t be written: somebody would read something else without meaning to.")
    return "\n\n".join(lines)


def _exceptions(proof: ReadingProof, verdict: Verdict, names: Mapping[ForceId, str]) -> list[str]:
    outputs = [each.output for each in proof.exceptions if each.verdict is verdict]
    return [
        names.get(each.force, each.force) + (f" ({each.language.label})" if each.language != "en" else "")
        for each in outputs
    ]


def _all(forces: Sequence[ForceId], names: Mapping[ForceId, str]) -> str:
    return ", ".join(names.get(force, force) for force in forces)


def _listed(forces: Sequence[str]) -> str:
    more = f" and {len(forces) - MOST_NAMES} more" if len(forces) > MOST_NAMES else ""
    return f"{', '.join(forces[:MOST_NAMES])}{more}"
