"""Reading what was said of a draft: every conversation with its place in the text as it is now."""

from collections.abc import Mapping
from dataclasses import dataclass

from soh_author.domain.comment import SignedRemark, threads_of
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import DraftName, PageId, PersonId
from soh_author.domain.judging.policy import Policy
from soh_author.gitstore.incoming import Incoming
from soh_author.gitstore.names import DRAFTS
from soh_author.trust.remarks import FOLDER, ReadRemarks, read_remarks, remark_path
from soh_author.trust.signed_files import RefusedRecord
from soh_author.workflow.approvals.strayed_words import Said, Tip, strayed_words
from soh_author.workflow.comments.placing import Placed, place
from soh_author.workflow.gate.drafts import other_drafts
from soh_author.workflow.release.releasing_case import policy_of
from soh_author.workflow.release.releasing_content import copies_of, head_of
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import LIVE, Workspace

_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Discussion:
    """Everything said of a draft.

    ``placed`` are all conversations in the order of pages and lines, orphans last; ``refused`` are files
    that aren't taken for comments; ``names`` are people's by their id.
    """

    draft: DraftName
    placed: tuple[Placed, ...]
    refused: tuple[RefusedRecord, ...]
    names: Mapping[PersonId, str]

    @property
    def open_count(self) -> int:
        """How many conversations somebody still has to look at."""
        return sum(each.thread.is_open for each in self.placed)

    def on_page(self, page: PageId) -> tuple[Placed, ...]:
        """The conversations about one page, by the id it had then or has now."""
        return tuple(
            each for each in self.placed if each.thread.anchor.page == page or f"/pages/{page}." in each.path
        )

    def who(self, signed: SignedRemark) -> str:
        """Who said something: the person, or the one they brought it in for."""
        person = self.names.get(signed.remark.person, str(signed.remark.person))
        speaker = signed.remark.speaker
        return f"{speaker} (brought in by {person})" if speaker else person

    def find(self, start: str) -> Placed:
        """The conversation whose id begins so.

        Raises:
            NotFoundError: when there is none, or several.
        """
        found = [each for each in self.placed if each.thread.id.startswith(start)]
        if len(start) < _SHORTEST or len(found) != 1:
            raise NotFoundError(
                f"There is no one comment “{start}” in the draft “{self.draft}”.",
                safe="Nothing was changed.",
                todo="Look at the list of its comments, and name one by its first letters.",
            )
        return found[0]


def discuss(
    workspace: Workspace, draft: str, *, unsaved: Mapping[str, str | None] | None = None
) -> Task[Discussion]:
    """Read what was said of a draft, and where that stands in its text, unsaved words included.

    Raises (when run):
        NotFoundError: when there is no such draft.
        WorkspaceError: when there is no policy, so that nobody's signature can be checked.
    """

    def work(_progress: Progress) -> Outcome[Discussion]:
        return Outcome(discussion_of(workspace, draft, unsaved=unsaved))

    return Task("Reading the comments", work)


def discussion_of(
    workspace: Workspace, draft: str, *, unsaved: Mapping[str, str | None] | None = None
) -> Discussion:
    """As :func:`discuss`, here and now."""
    name = DraftName(draft)
    head = head_of(workspace, name)
    policy = policy_of(workspace.snapshot())
    read = remarks_of(workspace, name, policy)
    snapshot = text_of(workspace, name, head, unsaved)
    placed = sorted((place(snapshot, thread) for thread in threads_of(read.signed)), key=_order)
    names = {person.id: person.name for person in policy.people.values()}
    return Discussion(name, tuple(placed), read.refused, names)


def remarks_of(workspace: Workspace, draft: DraftName, policy: Policy) -> ReadRemarks:
    """All remarks in a draft: those here, and those the origin's has as last got.

    What was verified once under a policy is not verified again. What was said of another draft, and did not
    come here with it, is refused.
    """
    blobs: dict[str, str] = {}
    for head in copies_of(workspace, draft):
        files = workspace.store.files(head)
        blobs.update((path, entry.blob) for path, entry in files.items() if path.startswith(FOLDER))
    key = ("remarks", policy.version, policy.repository, tuple(sorted(blobs.items())))
    read = workspace.memory.recall(key, lambda: _read(workspace, blobs, policy))
    foreign = {
        remark_path(each.id): (blobs[remark_path(each.id)], each.remark.draft)
        for each in read.signed
        if each.remark.draft != draft
    }
    if not foreign:
        return read
    strays = _strays(workspace, draft, foreign)
    refused = tuple(
        RefusedRecord(path, f"it was said of the draft “{other}”, and did not come here with it")
        for path, other in strays.items()
    )
    signed = tuple(each for each in read.signed if remark_path(each.id) not in strays)
    return ReadRemarks(signed, (*read.refused, *refused))


def _strays(workspace: Workspace, draft: DraftName, said: Said) -> dict[str, DraftName]:
    """What strayed into every copy of a draft that holds it."""
    live = workspace.revision_of(LIVE)
    with Incoming(workspace.store.folder) as incoming:
        others = other_drafts(incoming, draft)
        tips = [Tip(draft, head, live) for head in copies_of(workspace, draft)]
        found = [strayed_words(incoming, tip, said, others) for tip in tips]
    return {path: name for path, (_, name) in said.items() if found and all(path in each for each in found)}


def _read(workspace: Workspace, blobs: Mapping[str, str], policy: Policy) -> ReadRemarks:
    contents = workspace.store.read_many(blobs.values())
    return read_remarks({path: contents[blob] for path, blob in blobs.items() if blob in contents}, policy)


def text_of(
    workspace: Workspace, draft: DraftName, head: str, unsaved: Mapping[str, str | None] | None = None
) -> Snapshot:
    """The draft's text: with what is saved privately where its newest version is here."""
    try:
        is_here = workspace.store.resolve(DRAFTS + draft) == head
    except NotFoundError:
        is_here = False
    return workspace.snapshot(str(draft) if is_here else head, unsaved=unsaved)


def _order(each: Placed) -> tuple[bool, str, int, int, str]:
    offset = each.found.start if each.found else -1
    return each.is_orphaned, each.path, each.line, offset, each.thread.id
