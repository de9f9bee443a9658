"""Text that was typed but not saved when the program ended: Restore, Keep saved, or Keep both."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from soh_author.desktop.session import Session
from soh_author.desktop.widgets.as_written import as_written
from soh_author.desktop.widgets.difference import rows_of
from soh_author.desktop.widgets.side_by_side import SideBySide
from soh_author.domain.days import day_and_month
from soh_author.workflow.discarded_texts import free_name, source_of
from soh_author.workflow.drafting import (
    RecoveredText,
    accept_recovered,
    dismiss_recovered,
    new_draft,
    recovered,
    save_private,
)
from soh_author.workflow.effects import Effects
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

COMPARED_HEIGHT = 260


class RecoveryCard(QFrame):
    """Offers one recovered text after the other, with what differs from the saved text."""

    settled = Signal()
    """Every text found was decided about."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._session = session
        self.waiting: list[RecoveredText] = []
        self.restored: RecoveredText | None = None
        self.heading = QLabel("Text that was not saved")
        self.heading.setProperty("role", "heading")
        self.told = QLabel()
        self.told.setWordWrap(True)
        as_written(self.told)
        self.compared = SideBySide(session.theme)
        self.restore = QPushButton("Restore")
        self.keep_saved = QPushButton("Keep saved")
        self.keep_both = QPushButton("Keep both")
        self._furnish()
        self.restore.clicked.connect(lambda _checked: self._settle(accept_recovered))
        self.keep_saved.clicked.connect(lambda _checked: self._settle(dismiss_recovered))
        self.keep_both.clicked.connect(lambda _checked: self._settle(keep_both))
        self.hide()

    def offer(self, found: Sequence[RecoveredText]) -> None:
        """Offer these texts, one after the other; ``restored`` is the newest that is gone on with."""
        self.restored = None
        self.waiting = list(found)
        self._show_next()

    def _show_next(self) -> None:
        self.setVisible(bool(self.waiting))
        if not self.waiting:
            self.settled.emit()
            return
        text = self.waiting[0]
        more = f" {len(self.waiting) - 1} more after this." if len(self.waiting) > 1 else ""
        self.told.setText(
            f"The program ended while you were writing “{text.title}” in the draft {text.draft}. "
            f"This was typed last on {day_and_month(text.when)}, {text.when:%H:%M}. "
            f"Nothing is lost whatever you choose.{more}"
        )
        rows = rows_of(text.saved_text, text.text)
        self.compared.show_rows(rows, "Saved", "Typed, not saved")
        self.compared.step(1)
        self._focus_answers()

    def _focus_answers(self) -> None:
        """The answers are what a person at the keyboard is here for; never what stands below them."""
        if self.waiting and self.restore.isEnabled():
            self.restore.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle(self, verb: Callable[[Workspace, RecoveredText], Task[None]]) -> None:
        workspace = self._session.workspace
        if workspace is None or not self.waiting:
            return
        text = self.waiting[0]
        is_restored = verb is accept_recovered
        self._allow(False)
        self._session.run(
            verb(workspace, text),
            lambda _done: self._settled(text, is_restored=is_restored),
            on_end=self._allow_again,
        )

    def _settled(self, text: RecoveredText, *, is_restored: bool) -> None:
        if is_restored:
            self.restored = self.restored or text
            self._session.text_returned.emit(text.path)
        if text in self.waiting:
            self.waiting.remove(text)
        self._show_next()

    def _allow_again(self) -> None:
        self._allow(True)
        self._focus_answers()

    def _allow(self, yes: bool) -> None:
        for button in (self.restore, self.keep_saved, self.keep_both):
            button.setEnabled(yes)

    def _furnish(self) -> None:
        tips = (
            (self.restore, "Go on with the text as it was typed."),
            (self.keep_saved, "Leave the saved text; a copy of the other is kept for 30 days."),
            (self.keep_both, "Leave the saved text, and put the other into a draft of its own."),
        )
        buttons = QHBoxLayout()
        for button, tip in tips:
            button.setAutoDefault(True)  # Enter presses it, as the space bar does
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.restore.setProperty("role", "primary")
        self.compared.setMinimumHeight(COMPARED_HEIGHT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(self.told)
        layout.addWidget(self.compared)
        layout.addLayout(buttons)


def look_for_recovered(workspace: Workspace) -> Task[list[RecoveredText]]:
    """Texts that windows left behind when they died."""

    def work(_progress: Progress) -> Outcome[list[RecoveredText]]:
        return Outcome(recovered(workspace))

    return Task("Looking for text that was not saved", work)


def keep_both(workspace: Workspace, text: RecoveredText) -> Task[None]:
    """Leave the saved text where it is, and put the other into a draft of its own."""

    def work(progress: Progress) -> Outcome[None]:
        name = free_name(workspace, text.draft)
        effects = Effects(private=True, drafts=True)
        for step in (
            new_draft(workspace, name, source=source_of(workspace, text.draft)),
            save_private(workspace, name, text.path, text.text),
            dismiss_recovered(workspace, text),
        ):
            effects |= step.run(progress).effects
        return Outcome(None, effects, f"The other text is in the draft “{name}”.")

    return Task("Keeping both texts", work, writes=True)
