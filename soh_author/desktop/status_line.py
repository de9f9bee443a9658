"""The line at the foot of the window: what happened, what is running, and how the open text stands."""

from typing import Any

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStatusBar,
    QStyle,
    QStyleOption,
    QWidget,
)

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.session import Session
from soh_author.desktop.task_runner import Job
from soh_author.desktop.widgets.as_written import as_written
from soh_author.workflow.task import Step

SHOW_AFTER_MS = 1000
NOTICE_MS = 12_000
MS_A_LETTER = 90
"""Whoever reads slowly reads a long sentence to its end."""
SLOTS = ("words", "reading_age", "saved", "outgoing", "online")
_OF_TEXT = frozenset({"words", "reading_age"})
"""What is told of the open text: only where it is written."""

_AIR = 4
_WRAPPED = (
    int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.AlignmentFlag.AlignLeft)
)


class StatusLine(QStatusBar):
    """Status bar with slots; a task of over a second is shown with its progress and Cancel."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setAccessibleName("Status")
        self.work = WorkShown(session)
        self.addPermanentWidget(self.work)
        self.slots: dict[str, QLabel] = {}
        self._said: dict[str, str] = {}
        for name in SLOTS:
            label = QLabel()
            label.setObjectName(f"status.{name}")
            label.setProperty("role", "quiet")
            label.setContentsMargins(6, 0, 6, 0)
            as_written(label)
            label.hide()
            self.slots[name] = label
            self.addPermanentWidget(label)
        self._room = session.location.room
        session.status_changed.connect(self.show_slot)
        session.location_changed.connect(self._show_place)
        session.notice.connect(self.tell)
        self.messageChanged.connect(lambda _sentence: self._make_room())

    def show_slot(self, slot: str, text: str) -> None:
        """Put a text into a slot; an empty one takes no room. Further lines are its tip."""
        if self._said.get(slot) == text:  # every key says how the text stands
            return
        self._said[slot] = text
        label = self.slots[slot]
        shown, _, more = text.partition("\n")
        label.setText(shown)
        label.setToolTip(more)
        label.setAccessibleName(shown)
        label.setAccessibleDescription(more)
        self._make_room()

    def _show_place(self, location: Location) -> None:
        if location.room is not self._room:
            self._room = location.room
            self._make_room()

    def tell(self, sentence: str) -> None:
        """Show a sentence for a while, and have screen readers say it."""
        self.showMessage(sentence, max(NOTICE_MS, MS_A_LETTER * len(sentence)))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: another width."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """What happened is read whole: while it is said, what is always there gives way, the least first."""
        left = self.width() - self.fontMetrics().horizontalAdvance(f"{self.currentMessage()}    ")
        for name in reversed(SLOTS):
            label = self.slots[name]
            says = bool(label.text()) and (self._room is RoomId.EDITOR or name not in _OF_TEXT)
            left -= label.sizeHint().width() if says else 0
            label.setVisible(says and (left >= 0 or not self.currentMessage()))
        self.setToolTip(self.currentMessage())
        words = self._words_box(self.height())
        high = self.fontMetrics().boundingRect(words, _WRAPPED, self.currentMessage()).height()
        self.setMinimumHeight(high + 2 * _AIR if self.currentMessage() else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: a sentence that is longer than the window is wide goes on in a second line."""
        if not self.currentMessage():
            super().paintEvent(event)
            return
        painter, option = QPainter(self), QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelStatusBar, option, painter, self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self._words_box(self.height()), _WRAPPED, self.currentMessage())

    def _words_box(self, high: int) -> QRect:
        """Where a sentence stands: at the left of all that is shown at the right."""
        right = (self.work, *self.slots.values())
        taken = sum(widget.sizeHint().width() + _AIR for widget in right if not widget.isHidden())
        return QRect(2 * _AIR, 0, max(self.width() - taken - 4 * _AIR, 1), high)


class WorkShown(QWidget):
    """The oldest task that has been running for over a second: title, progress, Cancel."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._job: Job[Any] | None = None
        self.title = QLabel()
        as_written(self.title)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(session.theme.px(120))
        self.bar.setAccessibleName("Progress")
        self.button = QPushButton("Cancel")
        self.button.setProperty("role", "quiet")
        self.button.clicked.connect(self._cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.title, self.bar, self.button):
            layout.addWidget(widget)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SHOW_AFTER_MS)
        self._wait.timeout.connect(self._show_oldest)
        session.runner.job_started.connect(lambda _job: self._wait.isActive() or self._wait.start())
        session.runner.job_stepped.connect(self._stepped)
        session.runner.job_ended.connect(self._ended)
        self.hide()

    def _show_oldest(self) -> None:
        jobs = [job for job in self._session.runner.jobs if not job.is_over]
        self._job = jobs[0] if jobs else None
        self.setVisible(self._job is not None)
        if self._job is not None:
            self.title.setText(self._job.task.title)
            self.bar.setRange(0, 0)
            self.button.setEnabled(True)
            self.button.setAccessibleName(f"Cancel: {self._job.task.title}")

    def _stepped(self, job: Job[Any], step: Step) -> None:
        if job is self._job:
            self.bar.setRange(0, step.total)
            self.bar.setValue(step.done)
            self.title.setText(step.text or job.task.title)

    def _ended(self, job: Job[Any]) -> None:
        if job is self._job:
            self._show_oldest()

    def _cancel(self) -> None:
        if self._job is not None:
            self.button.setEnabled(False)
            self.title.setText("Stopping …")
            self._job.cancel()
