"""A strip above the text that offers something once; it never takes the focus away from the writing."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from soh_author.desktop.widgets.as_written import as_written
from soh_author.desktop.widgets.flow import Flow


class OfferBar(QFrame):
    """One sentence, one way to take it, one way to leave it."""

    taken = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.setAccessibleName("An offer")
        self.words = QLabel()
        self.words.setWordWrap(True)
        as_written(self.words)
        self.take, self.leave = QPushButton(), QPushButton("Not now")
        self.leave.setProperty("role", "quiet")
        buttons = QWidget()
        flow = Flow(buttons, 8)
        for button in (self.take, self.leave):
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.setSpacing(6)
        layout.addWidget(self.words)
        line = QHBoxLayout()
        line.addWidget(buttons, 1)
        layout.addLayout(line)
        self.take.clicked.connect(lambda _checked: self.taken.emit())
        self.leave.clicked.connect(lambda _checked: self.left.emit())
        self.hide()

    def show_offer(self, sentence: str, verb: str) -> None:
        """Offer something."""
        self.words.setText(sentence)
        self.take.setText(verb)
        self.take.setAccessibleDescription(sentence)
        self.show()

    def minimumSizeHint(self) -> QSize:
        """Qt: it may be narrow; its words wrap."""
        return QSize(80, super().minimumSizeHint().height())
