"""What can be done with other people's work: get the latest, send, take over, and decide what both wrote."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from soh_author.desktop.location import Location
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.sync.cards_dialog import CardsDialog
from soh_author.desktop.sync.looking_again import LookingAgain
from soh_author.desktop.widgets.asking import ask_yes
from soh_author.desktop.widgets.trusting import if_trusted
from soh_author.domain.counting import counted
from soh_author.domain.ids import PageId
from soh_author.workflow.effects import Effects
from soh_author.workflow.names import Names
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.together.sending import (
    Outgoing,
    discard_sent,
    outgoing,
    send_waiting,
)
from soh_author.workflow.together.syncing import Latest, answer, get_latest
from soh_author.workflow.together.syncing_drafts import Brought, Pending
from soh_author.workflow.together.syncing_others import (
    OthersDraft,
    announcement,
    who_else_edits,
)
from soh_author.workflow.together.syncing_trees import Answers, CardKey
from soh_author.workflow.workspace import LIVE, Workspace


class Travelling(QObject):
    """Drafts that travel, in the window."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._page: PageId | None = None
        self.waiting: list[Pending] = []
        self.cards: CardsDialog | None = None
        self._typed: dict[CardKey, str] = {}
        self.looking_again = LookingAgain(session, self)
        session.effects_happened.connect(self._touched)
        session.location_changed.connect(self._announce)
        session.workspace_changed.connect(lambda _workspace: self._begin_anew())
        self.look()
        self._announce(session.location)

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        return {
            "latest.get": self.get,
            "latest.send": self.ask_send,
            "draft.discard_sent": self.ask_discard_sent,
        }

    # --- get the latest ---

    def get(self) -> None:
        """Get the latest; what both wrote in one place is asked about."""
        self._session.version_wanted.emit()
        self._session.run(get_latest(self._workspace), self._got, self._session.went_wrong, topic="latest")

    def decide(self, answers: Answers) -> None:
        """Write what was decided about the first draft that waits."""
        pending = self.waiting.pop(0)
        self._session.run(answer(self._workspace, pending, answers), self._decided)

    def _got(self, latest: Latest) -> None:
        self._session.show_status("online", "")
        self._leave_what_went(latest)
        self.waiting = list(latest.pending)
        self._show_outgoing(list(latest.outgoing))
        self._ask_next()

    def _leave_what_went(self, latest: Latest) -> None:
        """Show what is published where the draft one was in is gone, before rooms look again."""
        here = self._session.location
        is_gone = here.reading and here.reading not in {each.name for each in latest.others}
        if here.draft in latest.discarded or (not here.draft and is_gone):
            self._session.go(here.in_draft(""))
            gone = here.draft or here.reading
            self._session.notice.emit(f"The draft “{gone}” was discarded. You see what is published.")

    def _decided(self, brought: Brought) -> None:
        if brought.pending is not None:
            self.waiting.insert(0, brought.pending)
        self._ask_next()

    def _ask_next(self) -> None:
        if self.cards is not None:
            self.cards.deleteLater()
            self.cards = None
        if self.waiting:
            first = self.waiting[0]
            names = Names(self._workspace.snapshot(first.draft))
            self.cards = CardsDialog(self._session.theme, first, names, self._typed, self._window)
            self.cards.decided.connect(self.decide)
            self.cards.rejected.connect(self._put_off)
            self.cards.open()

    def _put_off(self) -> None:
        """Leave the first draft as it is, and go on with the next one."""
        draft = self.waiting.pop(0).draft
        self._session.notice.emit(f"The draft “{draft}” stays as it is; you are asked with the next latest.")
        self._ask_next()

    # --- send ---

    def ask_send(self) -> None:
        """Show what waits to be sent, and ask whether it goes now."""

        def ask(found: list[Outgoing]) -> None:
            self._show_outgoing(found)
            if not found:
                self._session.notice.emit("Nothing waits to be sent.")
                return
            told = "\n\n".join(each.sentence for each in found)
            ask_yes(self._window, _counted(found), told, "Send now", self.send_what_waits)

        self._session.run(_look_what_waits(self._workspace), ask)

    def send_what_waits(self) -> None:
        """Send every draft that waits."""
        self.if_trusted(
            lambda: self._session.run(
                send_waiting(self._workspace), None, self._session.went_wrong, on_end=self.look
            )
        )

    def if_trusted(self, then: Callable[[], object]) -> None:
        """Ask once before a folder's own programs may run on this computer."""
        if_trusted(self._workspace, self._window, then)

    # --- drafts of others ---

    def ask_discard_sent(self) -> None:
        """Ask before the open draft is taken off the origin too."""
        draft = self._session.location.draft
        told = "It leaves everybody's list. A copy is kept here for 30 days."
        ask_yes(
            self._window,
            f"Discard “{draft}” for everybody?",
            told,
            "Discard for everybody",
            lambda: self.if_trusted(lambda: self._discard_sent(draft)),
        )

    def _discard_sent(self, draft: str) -> None:
        task = discard_sent(self._workspace, draft)
        leave = self._session.location.in_draft("")
        self._session.run(
            task, lambda _done: self._session.go(leave), self._session.went_wrong, on_end=self.look
        )

    def _announce(self, location: Location) -> None:
        """Tell once, when a page is opened, who else works on it."""
        if location.page == self._page or self._session.workspace is None:
            return
        self._page = location.page
        if location.page is not None:
            task = _look_who(self._workspace, location.page, location.reading)
            self._session.run(task, topic="who else")

    # --- what waits ---

    def look(self) -> None:
        """Look up what waits to be sent."""
        workspace = self._session.workspace
        if workspace is not None:
            self._session.run(
                _look_what_waits(workspace),
                self._show_outgoing,
                lambda _error: None,
                topic="outgoing",
            )

    def _show_outgoing(self, found: list[Outgoing]) -> None:
        lines = [_counted(found), *(each.sentence for each in found)] if found else []
        self._session.show_status("outgoing", "\n".join(lines))

    def _touched(self, effects: Effects) -> None:
        if effects.drafts or effects.everything:
            self.look()

    def _begin_anew(self) -> None:
        self._page = None
        self.waiting = []
        self._typed.clear()
        for slot in ("outgoing", "online"):
            self._session.show_status(slot, "")

    @property
    def _workspace(self) -> Workspace:
        workspace = self._session.workspace
        assert workspace is not None, "these actions are only offered in a workspace"
        return workspace


def _counted(found: list[Outgoing]) -> str:
    return f"{counted(len(found), 'draft')} to send"


def _look_what_waits(workspace: Workspace) -> Task[list[Outgoing]]:
    def work(_progress: Progress) -> Outcome[list[Outgoing]]:
        return Outcome(outgoing(workspace))

    return Task("Looking up what waits", work)


def _look_who(workspace: Workspace, page: PageId, reading: str) -> Task[list[OthersDraft]]:
    def work(_progress: Progress) -> Outcome[list[OthersDraft]]:
        found = [each for each in who_else_edits(workspace, page) if each.name != reading]
        title = Names(workspace.snapshot(reading or LIVE)).page(page) if found else ""
        return Outcome(found, notice=announcement(title, found, workspace.clock()))

    return Task("Looking who else works on the page", work)
