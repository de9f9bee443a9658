"""Drafts of other people, as they were when the latest was last got."""

from dataclasses import dataclass
from datetime import datetime

from soh_author.domain.counting import counted
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import DraftName, PageId
from soh_author.gitstore.names import DRAFTS
from soh_author.gitstore.values import Branch
from soh_author.workflow.drafting import pages_at
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.together.sending_notes import Request, Taking, Travels, travels_of
from soh_author.workflow.workspace import LIVE, Workspace

ORIGIN = "origin/"


@dataclass(frozen=True, slots=True)
class OthersDraft:
    """A draft somebody else sent: whose it is, when it was changed last, what it touches, what was asked for.

    ``author`` is its owner: who began it, or took it over.
    """

    name: DraftName
    revision: str
    author: str
    when: datetime
    note: str
    pages: frozenset[PageId]
    request: Request | None
    taking: Taking | None

    @property
    def taken_from(self) -> str:
        """Name of the draft it was taken over from; empty for none."""
        return self.taking.draft if self.taking else ""

    @property
    def source(self) -> str:
        """What to read it by."""
        return source_of(self.name)

    def age(self, now: datetime) -> str:
        """How long ago it was last changed, in words."""
        return age_words(self.when, now)


def source_of(name: str) -> str:
    """What somebody else's draft is read by, as last got."""
    return f"{ORIGIN}{DRAFTS}{name}"


def age_words(when: datetime, now: datetime) -> str:
    """How long ago something was: minutes, hours or days."""
    minutes = max(int((now - when).total_seconds() // 60), 0)
    for size, word in ((60 * 24, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{counted(count, word)} ago"
    return "just now"


def origin_revision(workspace: Workspace, branch: str) -> str | None:
    """Where the origin had a branch when the latest was last got; None when it has none."""
    try:
        return workspace.store.resolve(f"{ORIGIN}{branch}")
    except NotFoundError:
        return None


def is_same_draft(workspace: Workspace, mine: str, theirs: str) -> bool:
    """Whether two lines of versions are one draft, and not two that happen to have one name.

    They share a version that was never published.
    """
    shared = workspace.store.common_ancestor(mine, theirs)
    live = origin_revision(workspace, LIVE) or workspace.revision_of(LIVE)
    return shared is not None and not workspace.store.is_ancestor(shared, live)


def drafts_of_others(workspace: Workspace) -> list[OthersDraft]:
    """Drafts at the origin that are not also drafts here, the newest first."""
    here = {branch.name: branch.revision for branch in workspace.store.branches()}
    found = []
    for branch in workspace.store.branches(of_origin=True):
        if not branch.name.startswith(DRAFTS):
            continue
        mine = here.get(branch.name)
        if mine is None or not is_same_draft(workspace, mine, branch.revision):
            found.append(_read(workspace, branch))
    return found


def who_else_edits(workspace: Workspace, page: PageId) -> list[OthersDraft]:
    """Others' drafts that change a page, as last got; to be told when somebody opens it."""
    return [draft for draft in drafts_of_others(workspace) if page in draft.pages]


def known_people(workspace: Workspace) -> Task[list[str]]:
    """Names of people who published or sent something lately, to choose a reviewer from; not one's own."""

    def work(_progress: Progress) -> Outcome[list[str]]:
        branches = workspace.store.branches(of_origin=True)
        names = {branch.version.author.name for branch in branches}
        names |= {version.author.name for version in workspace.store.history(workspace.revision_of(LIVE))}
        return Outcome(sorted(names - {workspace.person.name}))

    return Task("Looking up people", work)


def announcement(page: str, others: list[OthersDraft], now: datetime) -> str:
    """Who else works on a page, in a sentence; empty for nobody."""
    told = [f"{each.author} in the draft “{each.name}” ({each.age(now)})" for each in others]
    return f"“{page}” is also being changed by {' and '.join(told)}." if told else ""


def _read(workspace: Workspace, branch: Branch) -> OthersDraft:
    live = origin_revision(workspace, LIVE) or workspace.revision_of(LIVE)
    known = workspace.memory.recall(
        ("draft of others", live, str(branch.revision)), lambda: _look_into(workspace, live, branch.revision)
    )
    pages, travels = known
    name = DraftName(branch.name.removeprefix(DRAFTS))
    version = branch.version
    note = version.note.partition("\n")[0]
    return OthersDraft(
        name,
        str(branch.revision),
        travels.owner or version.author.name,
        version.when,
        note,
        pages,
        travels.request,
        travels.taking,
    )


def _look_into(workspace: Workspace, live: str, revision: str) -> tuple[frozenset[PageId], Travels]:
    start = workspace.store.common_ancestor(live, revision)
    changes = workspace.store.changed_paths(start, revision)
    return pages_at([change.path for change in changes]), travels_of(workspace.store, live, revision)
