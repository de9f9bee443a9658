"""Saying something of a section: which one, which words of it, and what; or which other words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.theme.theme import Theme
from soh_author.workflow.comments.sayable import Sayable
from soh_author.workflow.comments.spots import Spot


@dataclass(frozen=True, slots=True)
class SaidOf:
    """What a person wants to say: of what, the text, and other words (None: none are suggested)."""

    spot: Spot
    text: str
    words: str | None


class SayDialog(QDialog):
    """Asks what to say of which words.

    Args:
        sayable: the sections to choose from, the likeliest first.
        quote: words that were selected; the section that holds them is chosen.
    """

    def __init__(self, theme: Theme, sayable: Sequence[Sayable], quote: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Comment")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(540))
        self._sayable = sayable
        self._answered: Callable[[SaidOf], object] | None = None
        self.section = QComboBox()
        self.section.addItems([each.title for each in sayable])
        self.section.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.section.setMinimumContentsLength(30)
        self.quote = _field("Words it is about", "Empty: the whole section")
        self.text = _field("Comment", "What you want to say")
        self.suggests = QCheckBox("Suggest other words")
        self.words = _field("Other words", "Empty: leave the words out")
        self.why = QLabel()
        self.why.setWordWrap(True)
        self.why.setProperty("role", "quiet")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton("Comment", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        self._lay_out(theme, buttons)
        self._choose(quote)
        buttons.accepted.connect(self._agree)
        buttons.rejected.connect(self.reject)
        self.suggests.toggled.connect(self._offer_words)
        self.section.currentIndexChanged.connect(self._look)
        for field in (self.quote, self.text, self.words):
            field.textChanged.connect(self._look)
        self._look()

    def ask(self, answered: Callable[[SaidOf], object]) -> None:
        """Open the question."""
        self._answered = answered
        self.open()
        self.text.setFocus()

    def _lay_out(self, theme: Theme, buttons: QDialogButtonBox) -> None:
        self.section.setAccessibleName("Section")
        form = QFormLayout()
        form.addRow("Section", self.section)
        form.addRow("Words", self.quote)
        form.addRow("Comment", self.text)
        form.addRow("", self.suggests)
        form.addRow("Instead", self.words)
        self._form = form
        for field, lines in ((self.quote, 3), (self.text, 4), (self.words, 4)):
            field.setFixedHeight(field.fontMetrics().height() * lines + theme.px(14))
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        layout.addLayout(form)
        layout.addWidget(self.why)
        layout.addWidget(buttons)
        form.setRowVisible(self.words, False)

    def _choose(self, quote: str) -> None:
        """Begin with the section that holds the words that were selected."""
        self.quote.setPlainText(quote)
        holding = [number for number, each in enumerate(self._sayable) if quote and each.holds(quote)]
        if holding:
            self.section.setCurrentIndex(holding[0])

    def _offer_words(self, is_wanted: bool) -> None:
        self._form.setRowVisible(self.words, is_wanted)
        self.go.setText("Suggest" if is_wanted else "Comment")
        if is_wanted and not self.words.toPlainText() and self._sayable:
            whole = self._sayable[self.section.currentIndex()].body.strip()
            self.words.setPlainText(self.quote.toPlainText().strip() or whole)
        self._look()
        self.adjustSize()

    def _reason(self) -> str:
        """Why it can't be said yet; empty when it can."""
        quote = self.quote.toPlainText().strip()
        if not self._sayable:
            return "There is no section here to say something of."
        chosen = self._sayable[self.section.currentIndex()]
        if quote and not chosen.holds(quote):
            return "These words aren't in that section as it is now. Choose others, or leave them out."
        if self.suggests.isChecked():
            words = self.words.toPlainText().strip()
            is_same = words == (quote or chosen.body.strip()) or not (words or quote)
            return "Write the other words." if is_same else ""
        return "" if self.text.toPlainText().strip() else "Write your comment."

    def _look(self) -> None:
        reason = self._reason()
        self.go.setEnabled(not reason)
        self.why.setText(reason)

    def _agree(self) -> None:
        if self._reason() or self._answered is None:
            return
        chosen = self._sayable[self.section.currentIndex()]
        spot = replace(chosen.spot, quote=self.quote.toPlainText().strip())
        words = self.words.toPlainText() if self.suggests.isChecked() else None
        self.accept()
        self._answered(SaidOf(spot, self.text.toPlainText().strip(), words))


def _field(name: str, hint: str) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setProperty("role", "field")
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    made.setTabChangesFocus(True)
    return made
