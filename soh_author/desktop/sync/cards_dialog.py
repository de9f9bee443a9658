"""The places that two people changed, one card after the other: mine, theirs, both, or own words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.difference import rows_of
from soh_author.desktop.widgets.fitting import fitting
from soh_author.desktop.widgets.side_by_side import SideBySide
from soh_author.domain.comparing.merge import Choice, Written
from soh_author.domain.sentence import first_upper
from soh_author.workflow.names import Names
from soh_author.workflow.together.merging import Answer
from soh_author.workflow.together.syncing_drafts import Pending
from soh_author.workflow.together.syncing_trees import Card, CardKey

_GONE = "(taken out)"
_LONGEST = 240
_TIPS = {
    Choice.MINE: "What you wrote stays; what came is left out here.",
    Choice.THEIRS: "What came stands here; what you wrote is in your earlier version.",
    Choice.BOTH: "What both wrote stands here, one after the other where it differs.",
}
_LABELS = {Choice.MINE: "Keep mine", Choice.THEIRS: "Take theirs", Choice.BOTH: "Keep both"}


class CardsDialog(QDialog):
    """Asks about one place after the other. Nothing is written before the last one is answered."""

    decided = Signal(object)
    """dict[CardKey, Answer]: every card was answered."""

    def __init__(
        self, theme: Theme, pending: Pending, names: Names, typed: dict[CardKey, str], parent: QWidget
    ) -> None:
        """``typed``: own words written before, by card; what is typed here is kept in it."""
        super().__init__(parent)
        self.pending = pending
        self._names = names
        self._typed = typed
        self.answers: dict[CardKey, Answer] = {}
        self.at = 0
        self.setWindowTitle(f"To decide in the draft “{pending.draft}”")
        self.setMinimumSize(fitting(theme, parent, 760, 560))
        self.place, self.told, self.before = QLabel(), QLabel(), QLabel()
        self.place.setFont(theme.heading_font())
        for label in (self.place, self.told, self.before):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.compared = SideBySide(theme)
        self.own = QPlainTextEdit()
        self.own.setTabChangesFocus(True)
        self.own.setAccessibleName("Your own words for this place")
        self.choices = {choice: QPushButton(_LABELS[choice]) for choice in Choice}
        self.write = QPushButton("Use these words")
        self.back = QPushButton("Back")
        self._furnish(theme)
        self._show()

    @property
    def card(self) -> Card:
        """The card that is shown."""
        return self.pending.cards[self.at]

    def _furnish(self, theme: Theme) -> None:
        buttons = QHBoxLayout()
        for choice, button in self.choices.items():
            button.setToolTip(_TIPS[choice])
            button.setAccessibleDescription(_TIPS[choice])
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked, taken=choice: self._answer(taken))
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.write)
        self.write.setAutoDefault(False)
        self.write.clicked.connect(lambda _checked: self._answer(Written(words_in(self.own))))
        foot = QDialogButtonBox()
        foot.addButton(self.back, QDialogButtonBox.ButtonRole.ActionRole)
        later = foot.addButton("Decide later", QDialogButtonBox.ButtonRole.RejectRole)
        later.setToolTip("Nothing is written; you are asked again with the next latest.")
        self.back.setAutoDefault(False)
        self.back.clicked.connect(lambda _checked: self._step_back())
        foot.rejected.connect(self.reject)
        label = QLabel("Or write what shall stand there:")
        label.setBuddy(self.own)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        for text in (self.place, self.told, self.before):
            text.setWordWrap(True)
        layout.addWidget(self.place)
        layout.addWidget(self.told)
        self.before.setProperty("role", "quiet")
        layout.addWidget(self.compared, 2)
        layout.addWidget(self.before)
        layout.addWidget(label)
        layout.addWidget(self.own, 1)
        layout.addLayout(buttons)
        layout.addWidget(foot)

    def _show(self) -> None:
        conflict, total = self.card.conflict, len(self.pending.cards)
        self.place.setText(conflict.title)
        where = first_upper(self._names.path(self.card.path))
        self.told.setText(
            f"{where}. You and somebody else changed this place. {self.at + 1} of {total}; "
            "nothing is written before the last is decided, and no words are lost."
        )
        mine, theirs = (_GONE if text is None else text for text in (conflict.mine, conflict.theirs))
        self.compared.show_rows(rows_of(mine, theirs), "Mine", f"Theirs: {self.pending.source}")
        self.compared.step(1)
        self.before.setText(_before(conflict.base))
        offered = conflict.both or conflict.mine or conflict.theirs or ""
        self.own.setPlainText(self._typed.get(self.card.key, offered))
        self.own.document().setModified(False)
        self.own.setEnabled(conflict.may_write)
        self.write.setEnabled(conflict.may_write)
        self.choices[Choice.BOTH].setEnabled(conflict.both is not None)
        self.back.setEnabled(self.at > 0)
        self.setAccessibleDescription(f"{conflict.title}. {self.told.text()}")
        self.choices[Choice.MINE].setFocus()

    def done(self, result: int) -> None:
        """Qt: the dialog ends, in whatever way."""
        self._keep_typed()
        super().done(result)

    def _keep_typed(self) -> None:
        """Keep own words for when this card is shown again."""
        if self.own.document().isModified():
            self._typed[self.card.key] = words_in(self.own)

    def _answer(self, answer: Answer) -> None:
        self._keep_typed()
        self.answers[self.card.key] = answer
        if self.at + 1 < len(self.pending.cards):
            self.at += 1
            self._show()
            return
        self.accept()
        self.decided.emit(dict(self.answers))

    def _step_back(self) -> None:
        if self.at:
            self._keep_typed()
            self.at -= 1
            self._show()


def words_in(box: QPlainTextEdit) -> str:
    """What stands in a box, sign for sign: Qt's plain text would turn no-break spaces into spaces."""
    return box.document().toRawText().replace("\u2029", "\n")


def _before(text: str | None) -> str:
    """What the place said before both changed it, in one line."""
    if text is None:
        return "Before, there was nothing here."
    line = " ".join(text.split())
    return f"Before: {line if len(line) <= _LONGEST else line[:_LONGEST] + '…'}"
