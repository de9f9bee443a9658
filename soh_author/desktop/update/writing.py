"""Writing the words oneself, with the three texts in sight above."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from soh_author.desktop.widgets.flow import Flow
from soh_author.domain.comparing.rebase import SectionWords


class WritingCard(QFrame):
    """A box for the words, and one for the heading where there is one. Esc leaves it."""

    written = Signal(object)
    """SectionWords the person wants to have."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Write it yourself")
        self.told = QLabel()
        self.told.setProperty("role", "heading")
        self.told.setWordWrap(True)
        self.heading = QLineEdit()
        self.heading.setAccessibleName("Heading")
        self.box = QPlainTextEdit()
        self.box.setProperty("role", "field")
        self.box.setAccessibleName("Your words")
        self.box.setTabChangesFocus(True)
        self.go, self.leave = QPushButton("Keep these words"), QPushButton("Not now")
        self.go.setProperty("role", "primary")
        buttons = QWidget()
        flow = Flow(buttons, 8)
        for button in (self.go, self.leave):
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setSpacing(6)
        for widget in (self.told, self.heading, self.box, buttons):
            layout.addWidget(widget)
        self.go.clicked.connect(lambda _checked: self._give())
        self.leave.clicked.connect(lambda _checked: self.left.emit())
        self.box.textChanged.connect(self._look)
        self._start = SectionWords("", "")
        self.hide()

    @property
    def words(self) -> SectionWords:
        """What is written now."""
        return SectionWords(self.heading.text().strip(), self.box.toPlainText())

    @property
    def is_changed(self) -> bool:
        """Whether somebody wrote in it."""
        return self.words != self._start

    def begin(self, words: SectionWords, told: str, kept: SectionWords | None = None) -> None:
        """Begin from some words, or go on with what was written before."""
        self._start = words
        words = kept or words
        self.told.setText(told)
        self.heading.setText(words.heading)
        self.heading.setVisible(bool(words.heading))
        self.box.setPlainText(words.body)
        self.show()
        self.box.setFocus()
        self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _look(self) -> None:
        fault = "" if self.box.toPlainText().strip() else "Write something first."
        self.go.setEnabled(not fault)
        self.go.setToolTip(fault)

    def _give(self) -> None:
        self.written.emit(self.words)
