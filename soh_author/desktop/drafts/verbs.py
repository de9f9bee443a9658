"""What can be done with drafts: start, choose, save a version, discard, bring back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from soh_author.desktop.drafts.coming_back import ComingBack
from soh_author.desktop.drafts.two_windows import TwoWindows
from soh_author.desktop.location import Location
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.asking import Question, ask_yes
from soh_author.desktop.widgets.chooser import Choice, Chooser
from soh_author.domain.ids import DraftName, PageId
from soh_author.workflow.drafting import (
    Draft,
    discard_draft,
    list_drafts,
    new_draft,
    save_version,
    went_out,
)
from soh_author.workflow.effects import Effects
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.together.syncing_others import OthersDraft, drafts_of_others
from soh_author.workflow.workspace import LIVE, Workspace

PUBLISHED = ""
_OTHERS = "other:"
"""Before the name of somebody else's draft, for it may be the name of one's own as well."""


class Drafts(QObject):
    """The drafts of the workspace, and the verbs on them."""

    changed = Signal()
    """The list of drafts changed."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.known: Sequence[Draft] = ()
        self.others: Sequence[OthersDraft] = ()
        self.published = ""
        self.live: frozenset[str] = frozenset()
        """Those of one's own drafts that went out as they are."""
        self.back = ComingBack(session, window, self.work_on)
        self.two_windows = TwoWindows(session, window)
        session.effects_happened.connect(self._touched)

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        return {
            "draft.new": self.ask_new,
            "draft.switch": self.ask_which,
            "draft.discard": self.ask_discard,
            "draft.restore": self.back.ask,
            "version.save": self.ask_note,
        }

    def load(self) -> None:
        """Look the drafts up again."""
        workspace = self._session.workspace
        if workspace is None:
            self._got_all(_Found())
        else:
            self._session.run(_look_up(workspace), self._got_all, topic="drafts")

    def work_on(self, name: str) -> None:
        """Write in a draft from now on (an empty name: read what is published)."""
        self._go(self._session.location.in_draft(name))

    def read(self, name: str) -> None:
        """Look at somebody else's draft, as last got."""
        self._go(self._session.location.reads(name))

    def _go(self, there: Location) -> None:
        """Go to a draft; an open page that it doesn't have is left, and that is said calmly."""
        workspace = self._session.workspace
        if workspace is None or there.page is None:
            self._session.go(there)
            return
        self._session.run(
            _has_page(workspace, there.source, there.page),
            lambda is_there: self._arrive(workspace, there, is_there=is_there),
            lambda _error: self._session.go(there),
            topic="draft to go to",
        )

    def _arrive(self, workspace: Workspace, there: Location, *, is_there: bool) -> None:
        """Arrive in the draft, wherever in it the person went meanwhile."""
        here = self._session.location
        if workspace is not self._session.workspace:
            return
        there_now = replace(here, draft=there.draft, reading=there.reading)
        is_left = here.page == there.page and not is_there
        self._session.go(replace(there_now, page=None, section=None) if is_left else there_now)
        if is_left:
            name = there.draft or there.reading
            place = f"the draft “{name}”" if name else "what is published"
            self._session.notice.emit(f"The page that was open is not in {place}.")

    def other(self, name: str) -> OthersDraft | None:
        """Somebody else's draft by its name; None when there is none."""
        return next((each for each in self.others if each.name == name), None)

    def told_of(self, draft: Draft) -> str:
        """A word about one's own draft: what was saved in it last, and whether it went out."""
        if draft.private_files:
            return f"{draft.private_files} saved, in no version yet"
        if draft.name in self.live:
            return "Published: all that is in it is live"
        return "Nothing saved yet" if draft.revision == self.published else f"{draft.note} – {draft.author}"

    def line_of(self, other: OthersDraft) -> Choice:
        """Somebody else's draft as a line of a list: whose it is, how old, what is wished."""
        wish = ""
        if other.request is not None:
            wish = f" · for review by {other.request.reviewer}" if other.request.reviewer else " · for review"
        age = other.age(self._workspace.clock())
        return Choice(other.name, other.name, f"{other.author} · {age}{wish}")

    def start(self, name: str) -> None:
        """Start a draft and work on it."""
        self._session.run(new_draft(self._workspace, name), lambda draft: self.work_on(draft.name))

    def save(self, note: str) -> None:
        """Make one version of everything written in the draft."""
        self._session.version_wanted.emit()
        task = save_version(self._workspace, self._session.location.draft, note)
        self._session.run(
            task, on_failed=lambda error: self.two_windows.settle(error, lambda: self.save(note))
        )

    def discard(self, name: str) -> None:
        """Put a draft away with every word in it; a copy is kept."""
        self._session.version_wanted.emit()
        self._session.run(discard_draft(self._workspace, name), lambda _kept: self._left(name))

    def ask_new(self) -> None:
        """Ask for a name, and start a draft."""
        told = (
            "Name it by what you will change, for example: april-fees. Nobody sees a draft until you send it."
        )
        question = Question(self._session.theme, "New draft", told, "Start", self._window)
        question.box.setPlaceholderText("april-fees")
        question.ask(lambda typed: self.start(as_name(typed)), self._fault_of_name)

    def ask_which(self) -> None:
        """Choose the draft to work on."""
        chooser = Chooser(
            self._session.theme, "Work on another draft", "Name or note", self._find, self._window
        )
        chooser.ask(self._take)

    def ask_note(self) -> None:
        """Ask what changed, and save a version."""
        told = "Say in a few words what changed, for whoever reads the list of versions in a year."
        question = Question(self._session.theme, "Save a version", told, "Save the version", self._window)
        question.box.setPlaceholderText("New fees from April")
        question.ask(self.save)

    def ask_discard(self) -> None:
        """Ask before a draft is put away."""
        name = self._session.location.draft
        told = "It leaves the list with all that is saved in it. A copy is kept for 30 days."
        ask_yes(self._window, f"Discard the draft “{name}”?", told, "Discard", lambda: self.discard(name))

    @property
    def _workspace(self) -> Workspace:
        workspace = self._session.workspace
        assert workspace is not None, "the actions on drafts are only offered in a workspace"
        return workspace

    def _find(self, typed: str) -> list[Choice]:
        now = self._session.location
        here = now.draft
        found = [Choice(PUBLISHED, "What is published", "Read only", "" if here or now.reading else "now")]
        found += [
            Choice(draft.name, draft.name, self.told_of(draft), "now" if draft.name == here else "")
            for draft in self.known
        ]
        for each in self.others:
            aside = "now" if each.name == now.reading and not here else "read only"
            found.append(replace(self.line_of(each), key=_OTHERS + each.name, aside=aside))
        return [
            choice for choice in found if typed.casefold() in f"{choice.title} {choice.detail}".casefold()
        ]

    def _fault_of_name(self, typed: str) -> str:
        name = as_name(typed)
        if not DraftName.is_valid(name):
            return DraftName.rule
        return (
            f"There is a draft “{name}” already." if any(draft.name == name for draft in self.known) else ""
        )

    def _take(self, key: str) -> None:
        """Work in a draft of one's own, or read somebody else's."""
        if key.startswith(_OTHERS):
            self.read(key.removeprefix(_OTHERS))
        else:
            self.work_on(key)

    def _left(self, name: str) -> None:
        if self._session.location.draft == name:
            self.work_on(PUBLISHED)

    def _got_all(self, found: "_Found") -> None:
        self.known, self.others = found.own, found.others
        self.published, self.live = found.published, found.live
        self.changed.emit()

    def _touched(self, effects: Effects) -> None:
        if effects.drafts or effects.private or effects.everything:
            self.load()


@dataclass(frozen=True, slots=True)
class _Found:
    """Own drafts, drafts of other people as last got, the version that is published, what went out."""

    own: Sequence[Draft] = ()
    others: Sequence[OthersDraft] = ()
    published: str = ""
    live: frozenset[str] = frozenset()


def _look_up(workspace: Workspace) -> Task[_Found]:
    def work(progress: Progress) -> Outcome[_Found]:
        own = list_drafts(workspace).run(progress).value
        published = str(workspace.revision_of(LIVE))
        live = frozenset(draft.name for draft in own if went_out(workspace, published, draft.revision))
        return Outcome(_Found(own, drafts_of_others(workspace), published, live))

    return Task("Looking up drafts", work)


def as_name(typed: str) -> str:
    """What was typed as a draft's name: lower case, hyphens for gaps."""
    return "-".join(typed.casefold().split())


def _has_page(workspace: Workspace, source: str, page: PageId) -> Task[bool]:
    def work(_progress: Progress) -> Outcome[bool]:
        return Outcome(page in workspace.snapshot(source).page_ids())

    return Task("Opening the draft", work)
