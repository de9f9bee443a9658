"""Asks before one answer is given to many cells: what it concerns and leaves out, why, until when."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.theme.theme import Theme
from soh_author.workflow.overrides.many_cells import ManyPlan
from soh_author.workflow.overrides.rebase_answers import AnswerKind

TITLES = {AnswerKind.STILL_RIGHT: "Still right", AnswerKind.GIVE_BACK: "Give back"}
VERBS = {AnswerKind.STILL_RIGHT: "Keep these words", AnswerKind.GIVE_BACK: "Give these back"}
TOLD = {
    AnswerKind.STILL_RIGHT: "Nothing in these texts changes. Your name, today’s date and your reason are kept"
    " with each.",
    AnswerKind.GIVE_BACK: "These forces read the text above again. Your reason is kept with the version."
    " One undo brings all of it back.",
}


class ManyDialog(QDialog):
    """A list of what is concerned, and a reason for all of it."""

    agreed = Signal(str, object)
    """The reason, and the day to look again (None: as it was)."""

    def __init__(self, theme: Theme, plan: ManyPlan, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLES[plan.kind])
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = QLabel(f"{TITLES[plan.kind]}: {plan.sentence}")
        heading.setFont(theme.heading_font())
        told = QLabel(TOLD[plan.kind])
        left = QLabel("\n".join(plan.left_words))
        left.setProperty("role", "quiet")
        left.setVisible(bool(plan.left_words))
        self.list = QListWidget()
        self.list.setAccessibleName("What it concerns")
        self.list.addItems(plan.lines)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setCurrentRow(0)
        self.why = QLineEdit(placeholderText="For example: same rule here, checked with the front office")
        self.why.setAccessibleName("Why")
        self.has_day = QCheckBox("Look again by")
        self.day = QDateEdit(QDate(today.year + 1, today.month, min(today.day, 28)))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("d MMMM yyyy")
        self.day.setAccessibleName("Look again by")
        self.day.setEnabled(False)
        self.has_day.toggled.connect(self.day.setEnabled)
        form = QFormLayout()
        form.setVerticalSpacing(theme.px(8))
        form.addRow("Why", self.why)
        if plan.kind is AnswerKind.STILL_RIGHT:
            form.addRow(self.has_day, self.day)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(24)] * 4)
        layout.setSpacing(theme.px(10))
        for label in (heading, told):
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addWidget(self.list, 1)
        left.setWordWrap(True)
        layout.addWidget(left)
        layout.addLayout(form)
        layout.addWidget(self._buttons(plan))
        self.why.textChanged.connect(lambda _text: self._look())
        self.resize(theme.px(620), min(theme.px(460), parent.window().height() - 40))
        self._look()

    def _buttons(self, plan: ManyPlan) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = QPushButton(VERBS[plan.kind])
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._agree)
        buttons.rejected.connect(self.reject)
        return buttons

    def _look(self) -> None:
        fault = "" if self.why.text().strip() else "Say why in a few words."
        self.go.setEnabled(not fault)
        self.go.setToolTip(fault)

    def _agree(self) -> None:
        shown = self.day.date()
        day = date(shown.year(), shown.month(), shown.day()) if self.has_day.isChecked() else None
        why = self.why.text().strip()
        self.accept()
        self.agreed.emit(why, day)
