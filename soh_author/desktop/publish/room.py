"""The room of publishers: approved drafts and releases at the left; the plan or a receipt at the right."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QSplitter, QWidget

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.publish.lists import PublishLists
from soh_author.desktop.publish.paper import plan_paper
from soh_author.desktop.publish.planning import Table, look_at_table, plan_drafts
from soh_author.desktop.review.layout import Head, lay_out_room, paper, stacked
from soh_author.desktop.review.signing import SignerBox, Signing
from soh_author.desktop.room import Handlers, Room
from soh_author.desktop.session import Session
from soh_author.desktop.task_runner import Job
from soh_author.desktop.widgets.asking import ask_yes
from soh_author.domain.errors import WorkspaceError
from soh_author.workflow.drafting import Draft
from soh_author.workflow.effects import Effects
from soh_author.workflow.gate.refusals import Refusal
from soh_author.workflow.release.publishing import Plan, Published, dry_run, publish
from soh_author.workflow.release.receipts import Receipt, receipt
from soh_author.workflow.release.rolling_back import RollBack, roll_back
from soh_author.workflow.task import Step
from soh_author.workflow.workspace import Workspace

NO_DRAFTS = "Nothing is approved. Drafts come here when they were sent for review and approved."
TICK = "Tick the drafts that go out together."
BUTTONS = {
    "publish.roll_back": "Roll back…",
    "publish.receipt": "Open the receipt",
    "publish.dry_run": "What would the server say?",
    "publish.now": "Publish…",
}


class PublishRoom(Room):
    """Plans a release, asks the server, publishes; shows receipts, and starts to take a release back."""

    room_id = RoomId.PUBLISH
    title = "Publish"
    icon = "publish"
    has_side_panel = False

    def __init__(self, session: Session, signing: Signing) -> None:
        super().__init__(QWidget())
        self._session = session
        self._signing = signing
        self._asked: object = None
        self._job: Job[Published] | None = None
        self._folder: QTemporaryDir | None = None
        self.plan: Plan | None = None
        self.answer: tuple[Refusal, ...] | None = None
        self.receipt: Receipt | None = None
        self.heading, self.told, self.why = QLabel("Publish"), QLabel(NO_DRAFTS), QLabel()
        self.signer_box = SignerBox(signing)
        self.lists = PublishLists()
        self.paper = paper("The plan of the release")
        self.bar = QProgressBar()
        self.buttons = {name: QPushButton(text) for name, text in BUTTONS.items()}
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self._furnish()
        self.lists.ticks_changed.connect(self.make_plan)
        self.lists.release_chosen.connect(self.show_receipt)
        signing.changed.connect(self.make_plan)
        session.runner.job_stepped.connect(self._step)
        session.theme.changed.connect(self._dress)
        self._dress()
        self._show(Table((), ()))

    def show_location(self, location: Location) -> None:
        """Look what may go out."""
        del location
        if self._asked is not self._session.workspace:
            self._asked = self._session.workspace
            self.load()

    def apply_effects(self, effects: Effects) -> None:
        """Look again when drafts or what is live changed."""
        if effects.everything or effects.drafts or effects.pages or effects.registry:
            self._asked = None
            if self._session.location.room is self.room_id:
                self.show_location(self._session.location)

    def handlers(self) -> Handlers:
        """What this room carries out."""
        return {
            "publish.dry_run": self.ask_server,
            "publish.now": self.ask_publish,
            "publish.receipt": self.open_receipt,
            "publish.roll_back": self.ask_roll_back,
        }

    def reason_against(self, action_id: str) -> str:
        """Why something can't be done here now."""
        if action_id == "publish.receipt":
            return "" if self.receipt else "Choose a release in the list first."
        if action_id == "publish.roll_back":
            return "" if self.lists.chosen else "Choose a release in the list first."
        if self._signing.reason:
            return self._signing.reason
        if self.plan is None:
            return TICK if not self.lists.ticked else "The plan isn’t made; see at the right why."
        if self._job is not None:
            return "A release is on its way."
        missing = self.plan.unmet if action_id == "publish.now" else ()
        return f"{missing[0].sentence} {missing[0].how_to_satisfy}" if missing else ""

    def panes(self) -> Sequence[QWidget]:
        """The widgets F6 steps through."""
        return (self.lists.drafts, self.lists.releases, self.paper, self.signer_box.box)

    def load(self) -> None:
        """Look what is approved, and what went out."""
        workspace = self._session.workspace
        if workspace is None:
            self._show(Table((), ()))
            return
        self._session.run(look_at_table(workspace), self._show, self._failed, topic="publishing table")

    def make_plan(self) -> None:
        """Plan the ticked drafts anew."""
        self.plan, self.answer = None, None
        if self.lists.ticked:
            self.receipt = None
        signer = self._signing.signer() if self.lists.ticked else None
        if signer is not None:
            self.paper.setPlainText("Planning the release…")
            task = plan_drafts(self._workspace, self.lists.ticked, signer)
            self._session.run(task, self._planned, self._not_planned, topic="plan of the release")
        elif self.receipt is None:
            self.paper.setPlainText(self._signing.reason if self.lists.ticked else TICK)
        self._allow()

    def ask_server(self) -> None:
        """Ask what the server would say; nothing moves."""
        signer = self._signing.signer()
        if self.plan is not None and signer is not None:
            self._session.run(dry_run(self._workspace, self.plan, signer), self._heard)

    def ask_publish(self) -> None:
        """Ask once more, then publish."""
        planned = self.plan
        if planned is not None:
            names = " and ".join(f"“{name}”" for name in self.lists.ticked)
            ask_yes(
                self.widget.window(),
                f"Publish {names}?",
                f"{planned.sentence} The public reads it as soon as it is out.",
                "Publish",
                lambda: self._signing.if_trusted(self.publish),
            )

    def publish(self) -> None:
        """Publish the plan: all of it or nothing."""
        signer = self._signing.signer()
        if self.plan is not None and signer is not None and self._job is None:
            task = publish(self._workspace, self.plan, signer)
            self._job = self._session.run(task, self._published, self._refused, on_end=self._over)
            self.bar.setVisible(True)
            self._allow()

    def open_receipt(self) -> None:
        """Write the receipt to a file of its own and open it where the person browses."""
        if self.receipt is None:
            return
        self._folder = self._folder or QTemporaryDir()  # goes with the window
        path = Path(self._folder.filePath(f"{self.receipt.release.id}.html"))
        path.write_text(self.receipt.as_html(), encoding="utf-8", newline="\n")
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._session.notice.emit(f"No browser could be opened. The receipt is in {path}.")

    def ask_roll_back(self) -> None:
        """Ask, then start the draft that brings back what was live before."""
        release = self.lists.chosen
        told = "It starts a draft that brings back the text from before. It is reviewed like any other."
        ask_yes(
            self.widget.window(),
            f"Roll back “{release}”?",
            told,
            "Start the draft",
            lambda: self.roll_back(release),
        )

    def roll_back(self, release: str) -> None:
        """Start the draft, and go to where it is sent for review."""

        def started(draft: Draft) -> None:
            self._session.go(replace(self._session.location, room=RoomId.REVIEW, draft=draft.name))

        self._session.run(roll_back(self._workspace, RollBack(release)), started)

    @property
    def _workspace(self) -> Workspace:
        assert self._session.workspace is not None, "releases are in a workspace"
        return self._session.workspace

    def show_receipt(self, release: str) -> None:
        """Show the receipt of a release at the right."""
        self._session.run(receipt(self._workspace, release), self._show_receipt, topic="receipt")

    def _show_receipt(self, found: Receipt) -> None:
        self.receipt = found
        self.paper.setHtml(found.as_html())
        self._allow()

    def _show(self, table: Table) -> None:
        self.lists.show_table(table)
        self.told.setText(TICK if table.drafts else NO_DRAFTS)
        self.parts.setVisible(bool(table.drafts or table.releases))
        self.make_plan()

    def _failed(self, error: Exception) -> None:
        self._show(Table((), ()))
        if isinstance(error, WorkspaceError):
            self.told.setText(f"{error.what} {error.todo}")
        else:
            self._session.failed.emit(error)

    def _planned(self, planned: Plan) -> None:
        self.plan = planned
        self._paint()

    def _not_planned(self, error: Exception) -> None:
        self.paper.setPlainText(str(error))
        self._allow()

    def _heard(self, refusals: tuple[Refusal, ...]) -> None:
        self.answer = refusals
        self._paint()

    def _published(self, done: Published) -> None:
        for draft in self.lists.ticked:
            self.lists.tick(draft, is_on=False)
        self.lists.wanted = done.release.id
        self.show_receipt(done.release.id)

    def _refused(self, error: Exception) -> None:
        self._session.failed.emit(error)
        self.make_plan()

    def _over(self) -> None:
        self._job = None
        self.bar.setVisible(False)
        self._allow()

    def _step(self, job: object, step: Step) -> None:
        if job is self._job:
            self.bar.setRange(0, step.total)
            self.bar.setValue(step.done)
            self.bar.setFormat(step.text)

    def _paint(self) -> None:
        if self.plan is not None:
            self.paper.setHtml(plan_paper(self.plan, self._session.theme.colours, self.answer))
        self._allow()

    def _allow(self) -> None:
        for name, button in self.buttons.items():
            reason = self.reason_against(name)
            button.setEnabled(not reason)
            button.setToolTip(reason)
            button.setAccessibleDescription(reason)
        reason = self.reason_against("publish.now") if self.lists.ticked else ""
        self.why.setText(reason)
        self.why.setVisible(bool(reason))
        self._session.actions_changed.emit()

    def _dress(self) -> None:
        self.heading.setFont(self._session.theme.heading_font())
        self._paint()

    def _furnish(self) -> None:
        self.bar.setAccessibleName("How far the release is")
        self.bar.hide()
        self.buttons["publish.now"].setProperty("role", "primary")
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked, name=name: self._session.action_wanted.emit(name))
        self.parts.addWidget(self.lists)
        self.parts.addWidget(stacked(self.paper, self.bar, self.why))
        self.parts.setStretchFactor(1, 1)
        self.parts.setChildrenCollapsible(False)
        self.parts.setHandleWidth(1)
        self.parts.setSizes([self._session.theme.px(300), 10_000])
        head = Head(self.heading, self.signer_box, self.told)
        lay_out_room(self.widget, head, self.parts, list(self.buttons.values()))
