"""The room of reviewers: the queue at the left, the chosen draft at the right, and what one says of it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QTextBrowser, QWidget

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.review.case_view import CaseView
from soh_author.desktop.review.comments_pane import CommentsPane
from soh_author.desktop.review.fact_checks import FactChecks
from soh_author.desktop.review.layout import (
    NARROWEST,
    Head,
    MoreButton,
    NarrowParts,
    box_of_words,
    lay_out_room,
    paper,
    stacked,
)
from soh_author.desktop.review.opening import place_of_draft
from soh_author.desktop.review.paper import review_paper
from soh_author.desktop.review.queue_list import QueueList
from soh_author.desktop.review.sending import SendingForReview
from soh_author.desktop.review.signing import SignerBox, Signing
from soh_author.desktop.room import Handlers, Room
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.focus import allow, leave
from soh_author.desktop.widgets.selected import selected_words
from soh_author.desktop.widgets.shares import keep_shares
from soh_author.domain.errors import WorkspaceError
from soh_author.trust.signers import Signer
from soh_author.workflow.comments.checked import FactsChecked, fact_checks
from soh_author.workflow.comments.sayable import sayable_in_review
from soh_author.workflow.effects import Effects
from soh_author.workflow.release.reviewing import (
    Answered,
    approve,
    ask_for_changes,
    reason_against_approving,
    review,
    withdraw,
)
from soh_author.workflow.release.reviewing_queue import Queued, queue
from soh_author.workflow.release.reviewing_views import Review
from soh_author.workflow.task import Task
from soh_author.workflow.workspace import Workspace

NONE_WAITS = "Nothing waits for review. Send a draft for review, or get the latest."
BUTTONS = {
    "draft.send": "Send the open draft for review…",
    "review.together": "Send these together…",
    "review.withdraw": "Take back my last word",
    "review.ask": "Ask for changes",
    "review.pack": "Fact-check pack…",
    "review.answers": "Bring answers in…",
    "review.facts": "The facts are right",
    "review.approve": "Approve",
}


SELDOM = ("review.withdraw", "review.pack", "review.answers", "review.facts")
"""What has no button of its own where there is little room."""


class ReviewRoom(Room):
    """Reads drafts that were sent, exactly as the public will; a yes covers what is shown."""

    room_id = RoomId.REVIEW

    def __init__(self, session: Session, signing: Signing) -> None:
        super().__init__(QWidget())
        self._session = session
        self._signing = signing
        self._asked: object = None
        self._against = ""
        self._checked = ""
        self._place, self._wanted = "", ""
        self.found: Review | None = None
        self.heading, self.told = QLabel("Review"), QLabel(NONE_WAITS)
        self.signer_box = SignerBox(signing)
        self.list = QueueList(session.theme)
        self.sending = SendingForReview(session, signing, self.widget)
        self.paper: QTextBrowser = paper("What changes, what it needs, and what was said")
        self.view = CaseView(session, self.paper)
        self.comment = box_of_words("Comment", "Your comment, or what should change")
        self.why = QLabel()
        self.buttons = {name: QPushButton(text) for name, text in BUTTONS.items()}
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self.comments = CommentsPane(session, signing, dict)
        self.checks = FactChecks(
            session, signing, lambda: self.found.draft if self.found else "", self.widget
        )
        self._furnish()
        self.list.drafts_chosen.connect(self._chosen)
        self.list.activated.connect(lambda _index: session.action_wanted.emit("review.open"))
        self.comment.textChanged.connect(self._allow)
        self.comments.comment_wanted.connect(self.say)
        signing.changed.connect(self._judge)
        session.theme.changed.connect(self._dress)
        self._dress()
        self._judge()

    def show_location(self, location: Location) -> None:
        """Look at the queue; another place's draft is chosen, as soon as it waits."""
        if location.draft != self._place:
            self._place = self._wanted = location.draft
        if self._asked is not self._session.workspace:
            self._asked = self._session.workspace
            self.load()
        elif self._wanted:
            self.list.choose(self._wanted)
        self._allow()

    def apply_effects(self, effects: Effects) -> None:
        """Look again when drafts or what is live changed."""
        if effects.everything or effects.drafts or effects.pages or effects.registry:
            self._asked = None
            if self._session.location.room is self.room_id:
                self.show_location(self._session.location)

    def handlers(self) -> Handlers:
        """What this room carries out."""
        return {
            "review.approve": self.approve,
            "review.facts": lambda: self.approve(is_fact_check=True),
            "review.ask": self.ask_for_changes,
            "review.withdraw": self.withdraw,
            "review.pages": self.view.toggle,
            "review.comment": self.say,
            "review.pack": self.checks.ask_pack,
            "review.answers": self.checks.ask_answers,
            "review.together": lambda: self.sending.ask_together(self.list.drafts),
            "review.open": self.open_draft,
        }

    def reason_against(self, action_id: str) -> str:
        """Why something can't be done here now."""
        if action_id == "draft.send":
            told = self._session.shortcuts.tip("Choose a draft of yours first", "draft.switch")
            return "" if self._session.location.draft else f"{told}."
        if self._signing.reason and action_id not in {"review.pack", "review.pages", "review.open"}:
            return self._signing.reason
        if self.found is None:
            return "Choose a draft in the list first."
        if action_id == "review.together" and not self.list.is_to_send:
            return "It is sent as it is. Choose several drafts, with Ctrl+click or Shift+arrow."
        if action_id == "review.ask" and not self.comment.toPlainText().strip():
            return "Write in the box what should change."
        return self._against if action_id == "review.approve" else ""

    def panes(self) -> Sequence[QWidget]:
        """The widgets F6 steps through."""
        return (self.list, self.paper, self.comment, *self.comments.panes(), self.signer_box.box)

    def load(self) -> None:
        """Look what waits."""
        workspace = self._session.workspace
        if workspace is None:
            self._show_queue([])
            return
        self._session.run(queue(workspace), self._show_queue, self._failed, topic="review queue")

    def approve(self, *, is_fact_check: bool = False) -> None:
        """Say yes to exactly what is shown."""
        found = self.found
        if found is not None:
            drafts, seen = found.case.candidate.drafts, found.seen
            comment = self.comment.toPlainText().strip()
            self._say(
                lambda signer: approve(
                    self._workspace, drafts, seen, signer, comment=comment, is_fact_check=is_fact_check
                )
            )

    def ask_for_changes(self) -> None:
        """Say what should change."""
        note = self.comment.toPlainText().strip()
        if self.found is not None:
            self._say(lambda signer: ask_for_changes(self._workspace, self.list.drafts, signer, note))

    def withdraw(self) -> None:
        """Take back one's last word."""
        note = self.comment.toPlainText().strip()
        if self.found is not None:
            self._say(lambda signer: withdraw(self._workspace, self.list.drafts, signer, note=note))

    def say(self) -> None:
        """Say something of a section, or of the words selected in what is shown."""
        if self.found is not None:
            sayable = sayable_in_review(self.found, self.comments.draft)
            self.comments.say(sayable, selected_words(self.paper.textCursor()))

    def open_draft(self) -> None:
        """Open what is chosen in the editor, at the first text it changes."""
        if self.found is not None:
            self._session.go(place_of_draft(self._workspace, self.found, self._session.location))

    @property
    def _workspace(self) -> Workspace:
        assert self._session.workspace is not None, "drafts are in a workspace"
        return self._session.workspace

    def _say(self, make: Callable[[Signer], Task[Answered]]) -> None:
        """Sign and keep something, once the origin may run its checks."""
        self._signing.sign(lambda signer: self._session.run(make(signer), self._answered, self._refused))

    def _answered(self, done: Answered) -> None:
        self.comment.clear()
        for reason in done.left_out[:3]:
            self._session.notice.emit(f"Left out: {reason}")

    def _refused(self, error: Exception) -> None:
        self._session.failed.emit(error)
        self.load()

    def _show_queue(self, waiting: list[Queued]) -> None:
        wanted = [self._wanted, *(self.found.case.candidate.drafts if self.found else ()), self._place]
        self.told.setText(NONE_WAITS if not waiting else "")
        self.told.setVisible(not waiting)
        if not waiting:
            leave(self.parts, self.signer_box.box)
        self.parts.setVisible(bool(waiting))
        several, awaited = self.list.drafts, self._wanted
        self._show_review(None)
        self.list.show_queue(waiting, self._workspace.clock() if waiting else None, wanted)
        self._wanted = "" if awaited in self.list.drafts else awaited
        if len(several) > 1 and not awaited:
            self.list.choose_several(several)

    def _failed(self, error: Exception) -> None:
        self._show_queue([])
        if isinstance(error, WorkspaceError):
            self.told.setText(f"{error.what} {error.todo}")
        else:
            self._session.failed.emit(error)

    def _chosen(self) -> None:
        self._show_review(None)
        if self.list.drafts:
            self._wanted = ""
            self.paper.setPlainText("Looking at it as the public would read it…")
            task = review(self._workspace, self.list.drafts)
            failed = self.paper.setPlainText
            self._session.run(task, self._show_review, lambda error: failed(str(error)), topic="review")

    def _show_review(self, found: Review | None) -> None:
        self.found = found
        self._checked = ""
        self.view.show_case(found.case if found else None)
        if found is None:
            self.paper.clear()
        else:
            self._write_paper()
            self._session.run(fact_checks(self._workspace, found.draft), self._show_checked, topic="checks")
        self.comments.show_drafts(found.case.candidate.drafts if found else ())
        self._judge()

    def _show_checked(self, checks: FactsChecked) -> None:
        """Say how far the facts were checked, where anybody did."""
        if self.found is not None and checks.sentence:
            self._checked = checks.sentence
            place = self.paper.verticalScrollBar().value()
            self._write_paper()
            self.paper.verticalScrollBar().setValue(place)

    def _write_paper(self) -> None:
        if self.found is not None:
            self.paper.setHtml(review_paper(self.found, self._session.theme.colours, self._checked))

    def _judge(self) -> None:
        """Whether whoever signs may approve what is shown."""
        person = self._signing.person
        self._against = ""
        if person is not None and self.found is not None:
            self._against = reason_against_approving(self.found, person.person)
        self._allow()

    def _allow(self) -> None:
        _offer_to_send(self.list, self.buttons["review.together"], self.buttons["draft.send"])
        for name, button in self.buttons.items():
            allow(button, self.reason_against(name), self.list if self.list.isVisible() else self.paper)
        reason = self._signing.reason or self._against
        self.why.setText(reason)
        self.why.setVisible(bool(reason))
        self._session.actions_changed.emit()

    def _dress(self) -> None:
        self.heading.setFont(self._session.theme.heading_font())
        self.comment.setMaximumHeight(
            self.comment.fontMetrics().height() * (2 if self.narrow.is_narrow else 4)
        )
        self.list.setMinimumWidth(self._session.theme.px(170))
        for widget in (self.parts, *self._bars):
            widget.setMinimumWidth(self._session.theme.px(NARROWEST))
        self._write_paper()

    def _furnish(self) -> None:
        self.buttons["review.approve"].setProperty("role", "primary")
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked, name=name: self._session.action_wanted.emit(name))
        right = stacked(self.view, self.comment, self.why)
        self.parts.addWidget(self.list)
        self.parts.addWidget(right)
        self.parts.addWidget(self.comments)
        self.parts.setStretchFactor(1, 1)
        self.parts.setChildrenCollapsible(False)
        self.parts.setHandleWidth(1)
        self.narrow = NarrowParts(self._session.theme, self.parts, self.list, self.comments)
        keep_shares(self._session.theme, self.parts, (280, 10_000, 320))
        self.more = MoreButton([self.buttons[name] for name in SELDOM], self.narrow)
        self.narrow.changed.connect(self._dress)
        head = Head(self.heading, self.signer_box, self.told)
        buttons = [self.narrow.switch, self.more, *self.buttons.values()]
        self._bars = lay_out_room(self.widget, head, self.parts, buttons)


def _offer_to_send(chosen: QueueList, together: QPushButton, opened: QPushButton) -> None:
    """Offer to send what is chosen, where it waits for that, and else the draft that is open."""
    together.setText("Send these together…" if len(chosen.drafts) > 1 else "Send it again…")
    together.setVisible(chosen.is_to_send)
    opened.setVisible(not chosen.is_to_send)
