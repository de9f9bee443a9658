"""One clash of two forces: what each has, and what is to become of it."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QPlainTextEdit, QVBoxLayout

from soh_author.desktop.theme.theme import Theme
from soh_author.domain.forces_change import ClashKind, Decision
from soh_author.domain.ids import ForceId
from soh_author.workflow.forces.clash_words import ClashToDecide

_WRITE, _SHARED = "write", "shared"
_MOST_WORDS = 600


class ClashCard(QFrame):
    """A card with a choice; nothing is chosen at first."""

    changed = Signal()
    """Something was chosen or written."""

    def __init__(self, theme: Theme, asked: ClashToDecide, names: Mapping[ForceId, str]) -> None:
        super().__init__()
        self.asked = asked
        self.setProperty("role", "card")
        head = QLabel(asked.told)
        head.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(12)] * 4)
        layout.setSpacing(theme.px(6))
        layout.addWidget(head)
        for force, words in asked.words.items():
            layout.addWidget(_said(names.get(force, force), words))
        self.choice = QComboBox()
        self.choice.setAccessibleName(f"What becomes of {asked.called or asked.clash.what}")
        self.choice.setAccessibleDescription(asked.told)
        self.choice.addItem("Please choose…", "")
        for force in asked.clash.forces:
            self.choice.addItem(f"Keep what {names.get(force, force)} has", force)
        if asked.clash.can_be_given_back:
            self.choice.addItem(self._given_back(), _SHARED)
        if asked.clash.can_be_written:
            self.choice.addItem("Write something else", _WRITE)
        self.words = QPlainTextEdit()
        self.words.setAccessibleName(f"Words for {asked.called or asked.clash.what}")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.px(110))
        self.words.hide()
        layout.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.words)
        self.choice.currentIndexChanged.connect(self._chosen)
        self.words.textChanged.connect(self.changed.emit)

    @property
    def decision(self) -> Decision | None:
        """What was decided; None: nothing yet."""
        chosen = str(self.choice.currentData())
        if chosen == _SHARED:
            return Decision()
        if chosen == _WRITE:
            words = self.words.toPlainText().strip()
            return Decision(words=words) if words else None
        return Decision(keep=ForceId(chosen)) if chosen else None

    def keep(self, force: ForceId) -> None:
        """Choose what a force has, where it is one of those that clash and nothing was chosen."""
        number = self.choice.findData(force)
        if number > 0 and not self.choice.currentData():
            self.choice.setCurrentIndex(number)

    def _given_back(self) -> str:
        if self.asked.clash.kind is ClashKind.GROUP:
            return "The force they become is not in it"
        if self.asked.clash.kind is ClashKind.PICTURE:
            return "Go without it"
        return "Give it back to the shared text"

    def _chosen(self) -> None:
        is_written = self.choice.currentData() == _WRITE
        if is_written and not self.words.toPlainText():
            self.words.setPlainText(next(iter(self.asked.words.values()), ""))
        self.words.setVisible(is_written)
        if is_written:
            self.words.setFocus()
        self.changed.emit()


def _said(force: str, words: str) -> QLabel:
    short = words if len(words) <= _MOST_WORDS else f"{words[:_MOST_WORDS]}…"
    label = QLabel(f"{force}: {short}")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", "quiet")
    return label
