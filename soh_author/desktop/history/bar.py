"""The bar above the compared texts: whose text, against what, as text or as page, and the way back."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
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
from soh_author.desktop.widgets.eliding import ElidingBox
from soh_author.desktop.widgets.flow import Flow
from soh_author.domain.counting import counted
from soh_author.domain.layers import Layer
from soh_author.workflow.catalogue import PageFile

BEFORE, NOW = "With the version before", "With the text as it is now"
TEXT, PAGE = "As text", "As a page"


class CompareBar(QFrame):
    """What is compared, and how it is shown."""

    changed = Signal()
    """Something else is to be compared."""
    restore_wanted = Signal()
    step_wanted = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.whose = _box("Whose text")  # the name of a joint unit would fill a line alone
        self.whose.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.whose.setMinimumContentsLength(22)
        self.against = _box("Compare")
        self.against.addItems([BEFORE, NOW])
        self.shown_as = _box("Show")
        self.shown_as.addItems([TEXT, PAGE])
        self.count = QLabel()
        self.count.setProperty("role", "quiet")
        self.previous = _arrow("Previous difference")
        self.next = _arrow("Next difference")
        self.bring_back = QPushButton("Bring this text back")
        self._lay_out()
        for box in (self.whose, self.against, self.shown_as):
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.bring_back.clicked.connect(lambda _checked: self.restore_wanted.emit())
        self.previous.clicked.connect(lambda _checked: self.step_wanted.emit(-1))
        self.next.clicked.connect(lambda _checked: self.step_wanted.emit(1))
        session.theme.changed.connect(self._dress)
        session.shortcuts.changed.connect(self._tell_keys)
        self._tell_keys()
        self._dress()

    def show_files(self, files: Sequence[PageFile], labels: Sequence[str], layer: Layer) -> None:
        """Offer the texts of a page; the one of ``layer`` is chosen."""
        self.whose.blockSignals(True)  # filling it is no choice of the person
        self.whose.clear()
        self.whose.addItems(labels)
        wanted = [number for number, file in enumerate(files) if file.layer == layer]
        self.show_file(wanted[0] if wanted else 0)

    def show_file(self, row: int) -> None:
        """Show whose text is compared, where not the person chose it."""
        self.whose.blockSignals(True)
        self.whose.setCurrentIndex(row)
        self.whose.blockSignals(False)

    def show_count(self, count: int) -> None:
        """Say how many places differ."""
        places = counted(count, "place differs", "places differ")
        self.count.setText(places if count else "No difference")
        for arrow in (self.previous, self.next):
            arrow.setEnabled(count > 0)

    def allow_restore(self, reason: str) -> None:
        """Allow bringing the text back, or say why not."""
        self.bring_back.setEnabled(not reason)
        told = reason or "It is saved in your draft; nothing is lost."
        self.bring_back.setToolTip(told)
        self.bring_back.setAccessibleDescription(told)

    def _lay_out(self) -> None:
        choices = QWidget()
        chosen, done = Flow(choices), QHBoxLayout()
        for widget in (self.whose, self.against, self.shown_as):
            chosen.addWidget(widget)
        for thing in (self.count, self.previous, self.next):
            done.addWidget(thing)
        done.addStretch(1)
        done.addWidget(self.bring_back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 8)
        layout.addWidget(choices)
        layout.addLayout(done)

    def _tell_keys(self) -> None:
        tip = self._session.shortcuts.tip
        self.previous.setToolTip(tip("Previous difference", "difference.previous"))
        self.next.setToolTip(tip("Next difference", "difference.next"))

    def _dress(self) -> None:
        theme = self._session.theme
        for arrow, name in ((self.previous, "chevron-up"), (self.next, "chevron-down")):
            arrow.setIcon(theme.icon(name))
            arrow.setIconSize(QSize(theme.px(16), theme.px(16)))


def _box(name: str) -> QComboBox:
    box = ElidingBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setMinimumWidth(80)  # long names may be cut off where it is narrow or everything is large
    return box


def _arrow(name: str) -> QToolButton:
    arrow = QToolButton()
    arrow.setAccessibleName(name.partition(" (")[0])
    arrow.setToolTip(name)
    return arrow
