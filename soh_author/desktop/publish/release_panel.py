"""The panel of releases: drafts and what went out at the left; the plan or a receipt at the right."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QProgressBar, QSplitter, QVBoxLayout, QWidget

from soh_author.desktop.location import RoomId
from soh_author.desktop.publish.lists import PublishLists
from soh_author.desktop.publish.panel import Panel, quiet
from soh_author.desktop.publish.paper import plan_paper
from soh_author.desktop.publish.planning import Table, look_at_table, plan_drafts
from soh_author.desktop.publish.roll_back_dialog import RollBackDialog
from soh_author.desktop.publish.saving import ask_file
from soh_author.desktop.review.case_view import CaseView
from soh_author.desktop.review.layout import paper
from soh_author.desktop.review.signing import Signing
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.task_runner import Job
from soh_author.desktop.widgets.asking import ask_yes
from soh_author.desktop.widgets.shares import keep_shares
from soh_author.domain.errors import WorkspaceError
from soh_author.trust.signers import Signer
from soh_author.workflow.drafting import Draft
from soh_author.workflow.gate.refusals import Refusal
from soh_author.workflow.release.publishing import Plan, Published, dry_run, publish
from soh_author.workflow.release.receipts import Receipt, receipt
from soh_author.workflow.release.rolling_back import RollBack, roll_back
from soh_author.workflow.task import Step

NO_DRAFTS = "Nothing is approved. Drafts come here when they were sent for review and approved."
TICK = "Tick the drafts that go out together."
CHOOSE = "Choose a release in the list first."
BUTTONS = {
    "publish.roll_back": "Roll back…",
    "publish.receipt": "Open the receipt",
    "publish.save_receipt": "Save the receipt…",
    "publish.dry_run": "What would the server say?",
    "publish.now": "Publish…",
}


class ReleasePanel(Panel):
    """Plans a release, asks the server, publishes; shows receipts, and starts to take a release back."""

    name = "Release"
    action = "panel.release"

    def __init__(self, session: Session, signing: Signing) -> None:
        super().__init__(session, signing, BUTTONS)
        self._job: Job[Published] | None = None
        self._folder: QTemporaryDir | None = None
        self.plan: Plan | None = None
        self.answer: tuple[Refusal, ...] | None = None
        self.receipt: Receipt | None = None
        self.told = quiet(NO_DRAFTS)
        self.lists = PublishLists()
        self.paper = paper("The plan of the release")
        self.view = CaseView(session, self.paper)
        self.bar = QProgressBar()
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self._furnish()
        self.lists.ticks_changed.connect(self.make_plan)
        self.lists.release_chosen.connect(self.show_receipt)
        signing.changed.connect(self.make_plan)
        session.runner.job_stepped.connect(self._step)
        session.theme.changed.connect(self._paint)
        self._show(Table((), ()))

    def handlers(self) -> Handlers:
        """What this panel carries out."""
        return {
            "publish.dry_run": self.ask_server,
            "publish.now": self.ask_publish,
            "publish.receipt": self.open_receipt,
            "publish.save_receipt": self.save_receipt,
            "publish.roll_back": self.ask_roll_back,
            "publish.pages": self.view.toggle,
        }

    def reason_against(self, action_id: str) -> str:
        """Why something can't be done here now."""
        if action_id in {"publish.receipt", "publish.save_receipt"}:
            return "" if self.receipt else CHOOSE
        if action_id == "publish.roll_back":
            return "" if self.lists.chosen else CHOOSE
        if self.signing.reason:
            return self.signing.reason
        if self.plan is None:
            return TICK if not self.lists.ticked else "The plan isn’t made; see at the right why."
        if self._job is not None and action_id != "publish.pages":
            return "A release is on its way."
        missing = self.plan.unmet if action_id == "publish.now" else ()
        return f"{missing[0].sentence} {missing[0].how_to_satisfy}" if missing else ""

    def panes(self) -> Sequence[QWidget]:
        """The widgets F6 steps through."""
        return (self.lists.drafts, self.lists.releases, self.paper)

    def load(self) -> None:
        """Look what is approved, and what went out."""
        workspace = self.session.workspace
        if workspace is None:
            self._show(Table((), ()))
            return
        self.session.run(look_at_table(workspace), self._show, self._failed, topic="publishing table")

    def make_plan(self) -> None:
        """Plan the ticked drafts anew."""
        self.plan, self.answer = None, None
        self.view.show_case(None)
        if self.lists.ticked:
            self.receipt = None
        signer = self.signing.signer() if self.lists.ticked else None
        if signer is not None:
            self.paper.setPlainText("Planning the release…")
            task = plan_drafts(self.workspace, self.lists.ticked, signer)
            self.session.run(task, self._planned, self._not_planned, topic="plan of the release")
        elif self.receipt is None:
            self.paper.setPlainText(self.signing.reason if self.lists.ticked else TICK)
        self.allow()

    def ask_server(self) -> None:
        """Ask what the server would say; nothing moves."""
        planned = self.plan
        if planned is not None:
            self.signing.sign(
                lambda signer: self.session.run(dry_run(self.workspace, planned, signer), self._heard)
            )

    def ask_publish(self) -> None:
        """Ask once more, then publish."""
        planned = self.plan
        if planned is not None:
            names = " and ".join(f"“{name}”" for name in self.lists.ticked)
            ask_yes(
                self.window(),
                f"Publish {names}?",
                f"{planned.sentence} The public reads it as soon as it is out.",
                "Publish",
                lambda: self.signing.sign(self.publish),
            )

    def publish(self, signer: Signer) -> None:
        """Publish the plan: all of it or nothing."""
        if self.plan is not None and self._job is None:
            task = publish(self.workspace, self.plan, signer)
            self._job = self.session.run(task, self._published, self._refused, on_end=self._over)
            self.bar.setVisible(True)
            self.allow()

    def open_receipt(self) -> None:
        """Write the receipt to a file of its own and open it where the person browses."""
        if self.receipt is None:
            return
        self._folder = self._folder or QTemporaryDir()  # goes with the window
        path = Path(self._folder.filePath(f"{self.receipt.release.id}.html"))
        path.write_text(self.receipt.as_html(), encoding="utf-8", newline="\n")
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.session.notice.emit(f"No browser could be opened. The receipt is in {path}.")

    def save_receipt(self) -> None:
        """Save the receipt as a page to read, with the same for programs beside it."""
        found = self.receipt
        if found is not None:
            ask_file(
                self.session,
                self,
                "Save the receipt",
                f"{found.release.id}.html",
                {".html": found.as_html().encode(), ".json": found.as_json().encode()},
            )

    def ask_roll_back(self) -> None:
        """Ask what of it, then start the draft that brings back what was live before."""
        release = self.lists.release
        if release is not None:
            RollBackDialog(self.session.theme, release, self).ask(self.roll_back)

    def roll_back(self, what: RollBack) -> None:
        """Start the draft, and go to where it is sent for review."""

        def started(draft: Draft) -> None:
            self.session.go(replace(self.session.location, room=RoomId.REVIEW, draft=draft.name))

        self.session.run(roll_back(self.workspace, what), started)

    def show_receipt(self, release: str) -> None:
        """Show the receipt of a release at the right."""
        self.session.run(receipt(self.workspace, release), self._show_receipt, topic="receipt")

    def _show_receipt(self, found: Receipt) -> None:
        self.receipt = found
        self.paper.setHtml(found.as_html())
        self.allow()

    def _show(self, table: Table) -> None:
        self.lists.show_table(table)
        self.told.setText("" if any(each.state.may_go_out for each in table.drafts) else NO_DRAFTS)
        self.told.setVisible(bool(self.told.text()))
        self.parts.setVisible(bool(table.drafts or table.releases))
        self.make_plan()

    def _failed(self, error: Exception) -> None:
        self._show(Table((), ()))
        if isinstance(error, WorkspaceError):
            self.told.setText(f"{error.what} {error.todo}")
            self.told.show()
        else:
            self.session.failed.emit(error)

    def _planned(self, planned: Plan) -> None:
        self.plan = planned
        self.view.show_case(planned.case)
        self._paint()

    def _not_planned(self, error: Exception) -> None:
        self.paper.setPlainText(str(error))
        self.allow()

    def _heard(self, refusals: tuple[Refusal, ...]) -> None:
        self.answer = refusals
        self._paint()

    def _published(self, done: Published) -> None:
        for draft in self.lists.ticked:
            self.lists.tick(draft, is_on=False)
        self.lists.wanted = done.release.id
        self.show_receipt(done.release.id)

    def _refused(self, error: Exception) -> None:
        self.session.failed.emit(error)
        self.make_plan()

    def _over(self) -> None:
        self._job = None
        self.bar.setVisible(False)
        self.allow()

    def _step(self, job: object, step: Step) -> None:
        if job is self._job:
            self.bar.setRange(0, step.total)
            self.bar.setValue(step.done)
            self.bar.setFormat(step.text)

    def _paint(self) -> None:
        if self.plan is not None:
            self.paper.setHtml(plan_paper(self.plan, self.session.theme.colours, self.answer))
        self.allow()

    def shown_reason(self, reason: str) -> str:
        """Why it can't be published is shown once something is ticked."""
        return reason if self.lists.ticked else ""

    def _furnish(self) -> None:
        self.bar.setAccessibleName("How far the release is")
        self.bar.hide()
        right = QWidget()
        stack = QVBoxLayout(right)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.view, 1)
        stack.addWidget(self.bar)
        self.parts.addWidget(self.lists)
        self.parts.addWidget(right)
        self.parts.setStretchFactor(1, 1)
        self.parts.setChildrenCollapsible(False)
        self.parts.setHandleWidth(1)
        keep_shares(self.session.theme, self.parts, (300, 10_000))
        self.lay_out(self.told, self.parts, stretched=self.parts)
