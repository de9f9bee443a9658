"""A place that both sides changed differently, as a card: mine, theirs, both, or own words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
)

from soh_author.desktop.update.deciding import Place
from soh_author.desktop.widgets.as_written import as_written
from soh_author.domain.comparing.merge import Choice, Piece, Written

LONGEST = 400


class ConflictCard(QFrame):
    """Asks which words to take in one place."""

    chosen = Signal(object, object)
    """Place, Choice | Written | None: what is taken here (None: undecided, the own words are empty)."""

    def __init__(self, number: int, place: Place, piece: Piece) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(f"Choice {number}")
        self._place = place
        title = QLabel(f"Choice {number}: both changed this")
        title.setProperty("role", "heading")
        was = QLabel(f"It was: {_short(piece.base)}" if piece.base else "Only these two texts are known.")
        was.setProperty("role", "quiet")
        as_written(was)
        layout = QVBoxLayout(self)
        layout.setSpacing(6)
        for label in (title, was):
            label.setWordWrap(True)
            layout.addWidget(label)
        self.group = QButtonGroup(self)
        self.buttons: dict[Choice | None, QRadioButton] = {}
        for choice, name, text in (
            (Choice.MINE, "Mine", piece.mine),
            (Choice.THEIRS, "Theirs", piece.theirs),
            (Choice.BOTH, "Both", "mine, then theirs"),
            (None, "Write", "my own words"),
        ):
            layout.addLayout(self._line(choice, name, _short(text)))
        self.box = QPlainTextEdit()
        self.box.setProperty("role", "field")
        self.box.setAccessibleName(f"Own words for choice {number}")
        self.box.setPlainText(piece.mine.strip("\n"))
        self.box.setTabChangesFocus(True)
        self.box.setMaximumHeight(self.fontMetrics().height() * 6)
        self.box.hide()
        layout.addWidget(self.box)
        self.group.buttonClicked.connect(lambda _button: self._tell())
        self.box.textChanged.connect(self._tell)

    def _line(self, choice: Choice | None, name: str, text: str) -> QHBoxLayout:
        button = QRadioButton(name)
        button.setAccessibleDescription(text)
        self.group.addButton(button)
        self.buttons[choice] = button
        words = QLabel(text or "nothing")
        words.setWordWrap(True)
        as_written(words)
        line = QHBoxLayout()
        line.addWidget(button)
        line.addWidget(words, 1)
        return line

    def _tell(self) -> None:
        taken = next((choice for choice, button in self.buttons.items() if button.isChecked()), None)
        is_written = self.buttons[None].isChecked()
        self.box.setVisible(is_written)
        if is_written:
            text = self.box.toPlainText()
            self.chosen.emit(self._place, Written(text) if text.strip() else None)
        elif taken is not None:
            self.chosen.emit(self._place, taken)


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= LONGEST else f"{one_line[:LONGEST]}…"
