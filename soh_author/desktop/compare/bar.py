"""The bar above a comparison: how it is shown, and the steps from difference to difference."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.session import Session
from soh_author.desktop.widgets.flow import Flow
from soh_author.domain.ids import Language

TEXT, PAGES, LISTEN = "As text", "As pages", "One column, to read aloud"
ACROSS = "One section, all forces"
THREE = "Said then, says now, ours"


class ShownBar(QFrame):
    """How a comparison is shown."""

    changed = Signal()
    """The same comparison is to be shown otherwise."""
    language_changed = Signal()
    step_wanted = Signal(int)
    swap_wanted = Signal()
    update_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setAccessibleName("How it is shown")
        self.shown_as, self.language = QComboBox(), QComboBox()
        self.shown_as.addItems([TEXT, PAGES, LISTEN, THREE, ACROSS])
        self.shown_as.setAccessibleName("Show")
        self.language.addItems([language.label for language in Language])
        self.language.setAccessibleName("Language")
        self.same = QCheckBox("Also what is the same")
        self.count = QLabel()
        self.count.setProperty("role", "quiet")
        self.previous = _arrow("Previous difference")
        self.next = _arrow("Next difference")
        self.swap = QPushButton("Swap sides")
        self.update_button = QPushButton("Update from shared")
        steps, line = QWidget(), QHBoxLayout()
        for widget in (self.previous, self.next):
            line.addWidget(widget)
        self.count.setWordWrap(True)
        line.addWidget(self.count, 1)
        choices = QWidget()
        flow = Flow(choices, 8)
        for choice in (self.same, self.shown_as, self.language, self.swap, self.update_button):
            flow.addWidget(choice)
        line.setContentsMargins(0, 0, 0, 0)
        steps.setLayout(line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 8)
        layout.addWidget(choices)
        layout.addWidget(steps)
        self.shown_as.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.same.toggled.connect(lambda _on: self.changed.emit())
        self.language.currentIndexChanged.connect(lambda _index: self.language_changed.emit())
        self.previous.clicked.connect(lambda _checked: self.step_wanted.emit(-1))
        self.next.clicked.connect(lambda _checked: self.step_wanted.emit(1))
        self.swap.clicked.connect(lambda _checked: self.swap_wanted.emit())
        self.update_button.clicked.connect(lambda _checked: self.update_wanted.emit())
        session.theme.changed.connect(self._dress)
        session.shortcuts.changed.connect(self._tell_keys)
        self._tell_keys()
        self._dress()

    @property
    def chosen_language(self) -> Language:
        """The language to compare in."""
        return tuple(Language)[max(self.language.currentIndex(), 0)]

    def choose_language(self, language: Language) -> None:
        """Choose a language without telling that it was chosen."""
        self.language.blockSignals(True)
        self.language.setCurrentIndex(tuple(Language).index(language))
        self.language.blockSignals(False)

    def show_count(self, said: str, count: int) -> None:
        """Say how much differs, or where one is among the differences."""
        self.count.setText(said)
        for arrow in (self.previous, self.next):
            arrow.setEnabled(count > 0)

    def _tell_keys(self) -> None:
        tip = self._session.shortcuts.tip
        self.previous.setToolTip(tip("Previous difference", "compare.previous"))
        self.next.setToolTip(tip("Next difference", "compare.next"))

    def _dress(self) -> None:
        theme = self._session.theme
        for arrow, name in ((self.previous, "chevron-up"), (self.next, "chevron-down")):
            arrow.setIcon(theme.icon(name))
            arrow.setIconSize(QSize(theme.px(16), theme.px(16)))


def _arrow(name: str) -> QToolButton:
    arrow = QToolButton()
    arrow.setAccessibleName(name.partition(" (")[0])
    arrow.setToolTip(name)
    return arrow
