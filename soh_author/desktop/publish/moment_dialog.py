"""*Schedule a draft*: which one, and when it goes out."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateTimeEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.theme.theme import Theme

PASSED = "That moment has passed. Choose a later one."


class MomentDialog(QDialog):
    """Asks for a draft that was sent for review, and a moment to come; the time is that of this computer."""

    def __init__(
        self, theme: Theme, drafts: Sequence[str], chosen: str, now: datetime, parent: QWidget
    ) -> None:
        super().__init__(parent.window())
        self._now = now
        self._taken: Callable[[str, datetime], object] = _ignore
        self.setWindowTitle("Schedule a draft")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(440))
        told = QLabel(
            "It goes out by itself at that moment, if it is approved by then. You may approve and schedule "
            "in either order."
        )
        told.setWordWrap(True)
        self.draft = QComboBox()
        self.draft.setAccessibleName("Draft")
        self.draft.addItems(list(drafts))
        self.draft.setCurrentText(chosen)
        self.when = QDateTimeEdit()
        self.when.setAccessibleName("When it goes out")
        self.when.setCalendarPopup(True)
        self.when.setDisplayFormat("d MMMM yyyy HH:mm")
        tomorrow = QDateTime.fromSecsSinceEpoch(int(now.timestamp())).addDays(1)
        time = tomorrow.time()
        time.setHMS(9, 0, 0)
        tomorrow.setTime(time)
        self.when.setDateTime(tomorrow)
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        self.fault.setProperty("role", "quiet")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton("Schedule it", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        buttons.accepted.connect(self._agree)
        buttons.rejected.connect(self.reject)
        self.when.dateTimeChanged.connect(lambda _when: self._judge())
        form = QFormLayout()
        form.addRow("Draft", self.draft)
        form.addRow("When", self.when)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        layout.addWidget(told)
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(buttons)
        self._judge()

    @property
    def moment(self) -> datetime:
        """What is chosen."""
        return datetime.fromtimestamp(self.when.dateTime().toSecsSinceEpoch(), UTC)

    def ask(self, taken: Callable[[str, datetime], object]) -> None:
        """Open the question."""
        self._taken = taken
        self.open()
        self.draft.setFocus()

    def _judge(self) -> None:
        fault = "" if self.draft.count() else "No draft was sent for review yet."
        fault = fault or ("" if self.moment > self._now else PASSED)
        self.fault.setText(fault)
        self.go.setEnabled(not fault)
        self.go.setToolTip(fault)

    def _agree(self) -> None:
        draft, moment = self.draft.currentText(), self.moment
        self.accept()
        self._taken(draft, moment)


def _ignore(_draft: str, _moment: datetime) -> None:
    """What happens to an answer nobody waits for."""
