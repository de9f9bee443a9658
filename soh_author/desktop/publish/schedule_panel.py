"""The panel of what is scheduled: the timetable, what it will cross, and what a day to come brings."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit, QLabel, QPushButton, QSizePolicy, QSplitter, QWidget

from soh_author.desktop.publish.moment_dialog import MomentDialog
from soh_author.desktop.publish.panel import Panel, quiet
from soh_author.desktop.publish.schedule_paper import ahead_paper, planned_paper
from soh_author.desktop.publish.sheet import Sheet
from soh_author.desktop.review.case_view import CaseView
from soh_author.desktop.review.layout import paper
from soh_author.desktop.review.signing import Signing
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.asking import ask_yes
from soh_author.desktop.widgets.flow import Flow
from soh_author.domain.counting import counted
from soh_author.domain.days import moment_in_words
from soh_author.workflow.release.reviewing_queue import Queued, queue
from soh_author.workflow.release.scheduling import publish_due, schedule
from soh_author.workflow.release.timetable import Ahead, Planned, ahead, timetable

NOTHING = "Nothing is scheduled. A scheduled draft is published at its moment, if it is approved by then."
CHOOSE = "Choose a line of the timetable first."
BUTTONS = {
    "schedule.off": "Don’t publish it by itself",
    "schedule.due": "Publish what is due…",
    "schedule.set": "Schedule a draft…",
}


class SchedulePanel(Panel):
    """The timetable at the left; at the right what the chosen draft needs, or a day to come."""

    name = "Scheduled"
    action = "panel.schedule"

    def __init__(self, session: Session, signing: Signing) -> None:
        super().__init__(session, signing, BUTTONS)
        self.planned: tuple[Planned, ...] = ()
        self.ahead: Ahead | None = None
        self.told = quiet()
        self.sheet = Sheet("Timetable", ("When", "Draft", "Changes", "State"), (1,))
        self.paper = paper("What the chosen draft needs, or what a day brings")
        self.view = CaseView(session, self.paper)
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("d MMMM yyyy")
        self.day.setAccessibleName("Day to look ahead to")
        self.look = QPushButton("Look ahead")
        self.look.setToolTip(
            "What the public will read at the end of that day, when all that is due has gone out."
        )
        self.look.clicked.connect(self.look_ahead)
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self._furnish()
        self.sheet.chosen.connect(self._show_chosen)
        session.theme.changed.connect(self._paint)

    def handlers(self) -> Handlers:
        """What this panel carries out."""
        return {"schedule.set": self.ask, "schedule.off": self.ask_off, "schedule.due": self.ask_due}

    def reason_against(self, action_id: str) -> str:
        """Why something can't be done now."""
        if action_id == "schedule.off":
            return "" if self.chosen else CHOOSE
        if action_id == "schedule.due":
            return self.signing.reason
        return "" if self.session.workspace is not None else "Open a workspace first."

    def panes(self) -> Sequence[QWidget]:
        """The widgets F6 steps through."""
        return (self.sheet, self.paper, self.day)

    @property
    def chosen(self) -> Planned | None:
        """The line of the timetable that is chosen."""
        row = self.sheet.row
        return self.planned[row] if 0 <= row < len(self.planned) else None

    def load(self) -> None:
        """Look at the timetable."""
        if self.session.workspace is None:
            self._show(())
            return
        today = self.session.today()
        self.day.setMinimumDate(QDate(today.year, today.month, today.day))
        task = timetable(self.workspace)
        self.session.run(task, self._show, self.calmly(self.told), topic="timetable")

    def look_ahead(self) -> None:
        """Show what the public will read differently at the end of the day."""
        chosen = self.day.date()
        day = date(chosen.year(), chosen.month(), chosen.day())
        moment = datetime.combine(day, time(23, 59), UTC)
        self.paper.setPlainText("Looking ahead…")
        self.session.run(ahead(self.workspace, moment), self._show_ahead, self._no_ahead, topic="ahead")

    def ask(self) -> None:
        """Ask which draft goes out when."""

        def open_dialog(waiting: list[Queued]) -> None:
            names = [str(each.draft) for each in waiting]
            chosen = str(self.chosen.draft) if self.chosen else ""
            MomentDialog(self.session.theme, names, chosen, self.workspace.clock(), self).ask(self.set)

        self.session.run(queue(self.workspace), open_dialog)

    def set(self, draft: str, moment: datetime) -> None:
        """Schedule a draft."""
        self.signing.if_trusted(
            lambda: self.session.run(schedule(self.workspace, draft, moment), self._changed)
        )

    def ask_off(self) -> None:
        """Ask, then leave a draft to be published by hand."""
        chosen = self.chosen
        if chosen is not None:
            ask_yes(
                self.window(),
                f"Leave “{chosen.draft}” to be published by hand?",
                "Its approvals stay; it just doesn’t go out by itself.",
                "Take it off the timetable",
                lambda: self.signing.if_trusted(
                    lambda: self.session.run(schedule(self.workspace, chosen.draft, None), self._changed)
                ),
            )

    def ask_due(self) -> None:
        """Ask, then publish everything whose moment has come."""
        now = self.workspace.clock()
        due = [f"“{each.draft}”" for each in self.planned if each.moment <= now]
        told = f"Due now: {', '.join(due) or 'nothing'}. Where a timer is set up, it does this."
        ask_yes(self.window(), "Publish what is due?", told, "Publish", self._publish_due)

    def _publish_due(self) -> None:
        self.signing.sign(
            lambda signer: self.session.run(publish_due(self.workspace, signer), self._due_done)
        )

    def _due_done(self, done: Sequence[object]) -> None:
        del done
        self.load()

    def _changed(self, _scheduled: object) -> None:
        self.load()

    def _show(self, planned: tuple[Planned, ...]) -> None:
        self.planned = planned
        self.ahead = None
        now = self.workspace.clock() if planned else None
        self.told.setText("What goes out by itself, the next first.")
        self.sheet.show_rows([_row(each, now) for each in planned])
        if planned:
            last = max(each.moment for each in planned).astimezone().date() + timedelta(days=1)
            self.day.setDate(QDate(last.year, last.month, last.day))
        self._paint()

    def _show_chosen(self, _row: int) -> None:
        self.ahead = None
        self.view.show_case(None)
        self._paint()

    def _show_ahead(self, found: Ahead) -> None:
        self.ahead = found
        self.view.show_case(found.case)
        self._paint()

    def _no_ahead(self, error: Exception) -> None:
        self.paper.setPlainText(str(error))

    def _paint(self) -> None:
        colours = self.session.theme.colours
        if self.ahead is not None:
            self.paper.setHtml(ahead_paper(self.ahead, colours))
        elif self.chosen is not None:
            self.paper.setHtml(planned_paper(self.chosen, colours))
        else:
            self.paper.setPlainText(NOTHING)
        self.allow()

    def _furnish(self) -> None:
        bar = QWidget()
        row = Flow(bar, 8)
        row.setContentsMargins(16, 0, 16, 8)
        label = QLabel("Look ahead to")
        label.setBuddy(self.day)
        for widget in (label, self.day, self.look):
            row.addWidget(widget)
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.parts.addWidget(self.sheet)
        self.parts.addWidget(self.view)
        self.parts.setChildrenCollapsible(False)
        self.parts.setHandleWidth(1)
        self.parts.setSizes([500, 500])
        self.lay_out(self.told, bar, self.parts, stretched=self.parts)


def _row(each: Planned, now: datetime | None) -> tuple[str, str, str, str]:
    count = counted(each.outputs, "published page")
    state = "✗ needs something" if each.needs else ("⚠ crosses others" if each.crossings else "✓ ready")
    is_due = now is not None and each.moment <= now
    when = each.moment.astimezone()
    return (f"{moment_in_words(when)}{' (due)' if is_due else ''}", str(each.draft), count, state)
