"""Asks, calmly, why a section is said differently, who looks after it, and when to look again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.as_written import as_written
from soh_author.desktop.widgets.scrolled import ScrolledPage
from soh_author.domain.layers import Layer
from soh_author.domain.override import OpKind
from soh_author.workflow.editing import Reason

CHOICES = (
    (OpKind.REPLACE, "Say it in our own words", "It starts from the text as it stands."),
    (OpKind.APPEND, "Add something at the end", "The text above stays, and stays up to date by itself."),
    (
        OpKind.PREPEND,
        "Add something at the beginning",
        "The text below stays, and stays up to date by itself.",
    ),
    (
        OpKind.INSERT_AFTER,
        "Add a section of our own after it",
        "It keeps its place when the shared text moves on.",
    ),
    (OpKind.HIDE, "Don’t show it", "Where the section doesn’t apply here at all."),
)
"""What can be done with a section; the first is chosen."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who may say the section differently: a force, or a group with all that are in it."""

    layer: Layer
    name: str
    owner: str = ""


class ReasonFields(QWidget):
    """Why, who, until when: each may be left for later."""

    def __init__(self, theme: Theme, reason: Reason, today: date) -> None:
        super().__init__()
        self.why = _field("Why it differs here", "For example: station named on the notice", reason.why)
        self.owner = _field("Who looks after it", "A person or a team", reason.owner)
        self.has_date = QCheckBox("Look again by")
        self.has_date.setChecked(reason.review_by is not None)
        day = reason.review_by or date(today.year + 1, today.month, min(today.day, 28))
        self.review_by = QDateEdit(QDate(day.year, day.month, day.day))
        self.review_by.setCalendarPopup(True)
        self.review_by.setDisplayFormat("d MMMM yyyy")
        self.review_by.setAccessibleName("Look again by")
        self.review_by.setEnabled(self.has_date.isChecked())
        self.has_date.toggled.connect(self.review_by.setEnabled)
        form = QFormLayout(self)
        form.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        form.setVerticalSpacing(theme.px(8))
        form.addRow("Why it differs here", self.why)
        form.addRow("Who looks after it", self.owner)
        form.addRow(self.has_date, self.review_by)

    @property
    def reason(self) -> Reason:
        """The reason, owner and review date as entered."""
        day = self.review_by.date()
        review_by = date(day.year(), day.month(), day.day()) if self.has_date.isChecked() else None
        return Reason(self.why.text().strip(), self.owner.text().strip(), review_by)


class OverrideDialog(QDialog):
    """One question on a page of its own. Everything but the choice may be left for later."""

    def __init__(
        self, theme: Theme, subject: str, *, voices: Sequence[Voice], today: date, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._voices = voices
        self.setWindowTitle("Override this section")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        head = QLabel(subject)
        as_written(head)
        head.setFont(theme.heading_font())
        head.setWordWrap(True)
        self.kinds = {kind: QRadioButton(words) for kind, words, _tip in CHOICES}
        self.kinds[OpKind.REPLACE].setChecked(True)
        next_year = date(today.year + 1, today.month, min(today.day, 28))
        self.fields = ReasonFields(theme, Reason("", voices[0].owner, next_year), today)
        self.whose = QComboBox()
        self.whose.setAccessibleName("Who says it")
        self.whose.addItems([voice.name for voice in voices])
        self.whose.currentIndexChanged.connect(self._choose_voice)
        self.heading = _field("Heading of the new section", "For example: Trailers and caravans", "")
        self.heading.hide()
        later = QLabel("You can leave these for later; the list of problems will remind you.")
        later.setProperty("role", "quiet")
        later.setWordWrap(True)
        self._lay_out(theme, head, later, is_choice=len(voices) > 1)
        self._highest = parent.window().height() - theme.px(48)
        self.setMinimumWidth(theme.px(500))
        self.kinds[OpKind.INSERT_AFTER].toggled.connect(self._ask_for_heading)
        self.heading.textChanged.connect(lambda _text: self._look())

    def _lay_out(self, theme: Theme, head: QLabel, later: QLabel, *, is_choice: bool) -> None:
        """The question scrolls where it is higher than the window; its buttons never do."""
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), 0)
        layout.setSpacing(theme.px(4))
        layout.addWidget(head)
        layout.addSpacing(theme.px(8))
        if is_choice:
            who = QFormLayout()
            who.addRow("Who says it", self.whose)
            layout.addLayout(who)
            layout.addSpacing(theme.px(8))
        for kind, _words, tip in CHOICES:
            told = QLabel(tip)
            told.setProperty("role", "quiet")
            told.setContentsMargins(theme.px(24), 0, 0, theme.px(4))
            self.kinds[kind].setAccessibleDescription(tip)
            layout.addWidget(self.kinds[kind])
            layout.addWidget(told)
            if kind is OpKind.INSERT_AFTER:
                layout.addWidget(self.heading)
        layout.addWidget(self.fields)
        layout.addWidget(later)
        buttons = _buttons(self, "Go on", "Leave it as it is")
        buttons.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(24))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(ScrolledPage(column, 10_000), 1)
        whole.addWidget(buttons)
        self._column, self._below = layout, buttons
        self.go = buttons.buttons()[0]

    def _choose_voice(self, number: int) -> None:
        """Another voice has another owner; one that was typed stays."""
        if self.fields.owner.text() in {voice.owner for voice in self._voices}:
            self.fields.owner.setText(self._voices[number].owner)

    def _ask_for_heading(self, is_wanted: bool) -> None:
        self.heading.setVisible(is_wanted)
        if is_wanted:
            self.heading.setFocus()
        self._look()
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt: it appears, as high as its words need."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Grow to what the wrapped words need, but not beyond the window; then the words scroll."""
        width = max(self.width(), self.minimumWidth())
        words = max(self._column.totalHeightForWidth(width), self._column.totalSizeHint().height())
        self.resize(width, min(words + self._below.sizeHint().height(), self._highest))

    def _look(self) -> None:
        is_new = self.kinds[OpKind.INSERT_AFTER].isChecked()
        fault = "Give the new section a heading." if is_new and not self.heading.text().strip() else ""
        self.go.setEnabled(not fault)
        self.go.setToolTip(fault)

    @property
    def layer(self) -> Layer:
        """The layer that was chosen: a force's or a group's."""
        return self._voices[max(0, self.whose.currentIndex())].layer

    @property
    def kind(self) -> OpKind:
        """The kind of op that was chosen."""
        return next(kind for kind, button in self.kinds.items() if button.isChecked())

    @property
    def reason(self) -> Reason:
        """The reason, owner and review date as entered."""
        return self.fields.reason


class ReasonDialog(QDialog):
    """Changes why an override is there."""

    def __init__(self, theme: Theme, reason: Reason, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Why it differs here")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fields = ReasonFields(theme, reason, today)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(24)] * 4)
        layout.addWidget(self.fields)
        layout.addWidget(_buttons(self, "Change it", "Leave it as it is"))
        self.setMinimumWidth(theme.px(460))

    @property
    def reason(self) -> Reason:
        """The reason, owner and review date as entered."""
        return self.fields.reason


def _buttons(dialog: QDialog, go: str, stay: str) -> QDialogButtonBox:
    box = QDialogButtonBox()
    agree = QPushButton(go)
    agree.setProperty("role", "primary")
    agree.setDefault(True)
    box.addButton(agree, QDialogButtonBox.ButtonRole.AcceptRole)
    box.addButton(stay, QDialogButtonBox.ButtonRole.RejectRole)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box


def _field(name: str, hint: str, text: str) -> QLineEdit:
    line = QLineEdit(text, placeholderText=hint)
    line.setAccessibleName(name)
    return line
