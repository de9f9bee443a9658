"""The queue: drafts that somebody sent for review, and how far each is.

Drafts that were sent together wait together: what is said of them is said of all at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from soh_author.domain.errors import NotFoundError, WorldMovedError
from soh_author.domain.ids import DraftName
from soh_author.domain.judging.approval import Action, SignedRecord
from soh_author.gitstore.names import DRAFTS
from soh_author.trust.errors import BadPolicyError
from soh_author.trust.policies import POLICY_PATH
from soh_author.trust.records import read_records
from soh_author.workflow.release.policies import show_policy
from soh_author.workflow.release.releasing_case import has_policy, policy_of
from soh_author.workflow.release.releasing_content import APPROVALS, candidate, head_of
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.together.sending_notes import Request, Travels, travels_of
from soh_author.workflow.workspace import LIVE, Workspace


class QueueState(StrEnum):
    """The last word about a draft. Whether a yes still holds is told by a look at it."""

    WAITING = "waiting for review"
    CHANGED = "changed since it was sent"
    CHANGES_ASKED = "changes asked for"
    APPROVED = "approved"
    EMERGENCY_REVIEWED = "review of an emergency"
    POLICY_WAITS = "policy its roots have still to sign"
    POLICY_SIGNED = "policy signed by its roots"

    @property
    def may_go_out(self) -> bool:
        """Whether nothing more is said of it before it is published."""
        return self in {QueueState.APPROVED, QueueState.EMERGENCY_REVIEWED, QueueState.POLICY_SIGNED}


@dataclass(frozen=True, slots=True)
class Queued:
    """A draft in the queue: who sent it, when, of whom a review is wished, and the last word about it.

    ``together`` are the other drafts it was sent with; one yes is wanted to all of them.
    """

    draft: DraftName
    author: str
    sent: datetime
    reviewer: str
    note: str
    state: QueueState
    files: int
    outputs: int
    together: tuple[DraftName, ...] = ()

    @property
    def drafts(self) -> tuple[DraftName, ...]:
        """What is looked at when this is: it, and what it was sent with."""
        return (self.draft, *self.together)


def queue(workspace: Workspace) -> Task[list[Queued]]:
    """The drafts that wait for review or publishing, those that wait longest first.

    Where there is no policy yet, only the first one can wait.
    """

    def work(progress: Progress) -> Outcome[list[Queued]]:
        store = workspace.store
        branches = [*store.branches(), *store.branches(of_origin=True)]
        names = {branch.name for branch in branches if branch.name.startswith(DRAFTS)}
        drafts = [DraftName(name.removeprefix(DRAFTS)) for name in sorted(names)]
        company = _company(workspace, drafts)
        found = []
        for number, draft in enumerate(drafts):
            progress.report(number, len(names), "Looking at drafts")
            queued = _queued(workspace, draft, company.get(draft, (draft,)))
            if queued is not None:
                found.append(queued)
        return Outcome(sorted(found, key=lambda each: each.sent))

    return Task("Looking at the queue", work)


def _company(workspace: Workspace, drafts: Iterable[DraftName]) -> dict[DraftName, tuple[DraftName, ...]]:
    """Which drafts were sent together, the one that holds the wish first; alone, a draft isn't named."""
    known = frozenset(drafts)
    found: dict[DraftName, tuple[DraftName, ...]] = {}
    for draft in sorted(known):
        request = _travels(workspace, draft).request
        others = tuple(map(DraftName, request.together)) if request else ()
        if others and known.issuperset(others):
            found |= dict.fromkeys((draft, *others), (draft, *others))
    return found


def _travels(workspace: Workspace, draft: DraftName) -> Travels:
    live, head = workspace.revision_of(LIVE), head_of(workspace, draft)
    return workspace.memory.recall(("travels", live, head), lambda: travels_of(workspace.store, live, head))


def _queued(workspace: Workspace, draft: DraftName, company: tuple[DraftName, ...]) -> Queued | None:
    live, heads = workspace.revision_of(LIVE), {each: head_of(workspace, each) for each in company}
    alone = ("queued", live, heads[draft])
    mine = workspace.memory.recall(alone, lambda: _look(workspace, draft, live, heads[draft]))
    if len(company) == 1:
        return mine
    key = ("queued together", draft, live, tuple(heads.values()))
    both = workspace.memory.recall(key, lambda: _look_together(workspace, draft, live, heads))
    return mine if both is None or (mine is not None and mine.sent > both.sent) else both


def _look_together(
    workspace: Workspace, draft: DraftName, live: str, heads: dict[DraftName, str]
) -> Queued | None:
    """How far drafts are that were sent together; None when they can't be put together any more."""
    first = next(iter(heads))
    if not has_policy(workspace.snapshot()):
        return None
    records = {each.id: each for head in heads.values() for each in _records(workspace, live, head)}
    ordered = sorted(records.values(), key=lambda each: (each.record.when, each.id))
    last = _last_submit(ordered, first)
    request = _travels(workspace, first).request
    if last is None or request is None:
        return None
    try:
        after = candidate(workspace, list(heads)).after
    except (NotFoundError, WorldMovedError):
        return None
    state = _last_word(ordered, last) if _is_as_sent(after, last) else QueueState.CHANGED
    others = tuple(each for each in heads if each != draft)
    return replace(_waiting(workspace, draft, last, state, request), together=others)


def _waiting(
    workspace: Workspace, draft: DraftName, last: SignedRecord, state: QueueState, request: Request | None
) -> Queued:
    said, people = last.record, policy_of(workspace.snapshot()).people
    reviewer = request.reviewer if request else ""
    files, outputs = len(said.sources), len(said.outputs)
    return Queued(draft, people[said.person].name, said.when, reviewer, said.note, state, files, outputs)


def _last_submit(records: list[SignedRecord], draft: DraftName) -> SignedRecord | None:
    found = [each for each in records if each.record.action is Action.SUBMIT and each.record.draft == draft]
    return found[-1] if found else None


def _look(workspace: Workspace, draft: DraftName, live: str, head: str) -> Queued | None:
    if not has_policy(workspace.snapshot()):
        return _policy(workspace, draft, live, head)
    records = _records(workspace, live, head)
    last = _last_submit(records, draft)
    if last is None:
        return _review_of_emergency(workspace, draft, records) or _policy(workspace, draft, live, head)
    after = workspace.published_snapshot(head)
    state = _last_word(records, last) if _is_as_sent(after, last) else QueueState.CHANGED
    return _waiting(workspace, draft, last, state, _travels(workspace, draft).request)


def _review_of_emergency(
    workspace: Workspace, draft: DraftName, records: list[SignedRecord]
) -> Queued | None:
    """A draft that brings nothing but somebody's review of an emergency: it needs no other yes."""
    reviews = [
        each.record for each in records if each.record.action is Action.APPROVE and each.record.refers_to
    ]
    if not reviews:
        return None
    last = reviews[-1]
    person = policy_of(workspace.snapshot()).people[last.person]
    return Queued(draft, person.name, last.when, "", last.note, QueueState.EMERGENCY_REVIEWED, 0, 0)


def _policy(workspace: Workspace, draft: DraftName, live: str, head: str) -> Queued | None:
    """A draft that proposes the next policy: its roots sign it, nobody else says yes."""
    store = workspace.store
    present, proposed = (store.files(revision).get(POLICY_PATH) for revision in (live, head))
    if proposed is None or (present is not None and present.blob == proposed.blob):
        return None
    try:
        state = show_policy(workspace, draft).run().value
    except BadPolicyError:  # somebody's damaged draft hides no other
        return None
    live_now = workspace.snapshot()
    if state.policy.version != (policy_of(live_now).version + 1 if has_policy(live_now) else 1):
        return None
    version = store.version(head)
    said = QueueState.POLICY_WAITS if state.missing else QueueState.POLICY_SIGNED
    return Queued(draft, version.author.name, version.when, "", "", said, 2, 0)


def _records(workspace: Workspace, live: str, head: str) -> list[SignedRecord]:
    """Verified records of a draft that are not live, the oldest first; those taken back are left out."""
    spent = workspace.store.files(live)
    files = workspace.store.files(head)
    blobs = {
        path: entry.blob for path, entry in files.items() if path.startswith(APPROVALS) and path not in spent
    }
    contents = workspace.store.read_many(blobs.values())
    given = {path: contents[blob] for path, blob in blobs.items() if blob in contents}
    signed = read_records(given, policy_of(workspace.snapshot())).signed
    gone = {
        (each.record.refers_to, each.record.person)
        for each in signed
        if each.record.action is Action.WITHDRAW
    }
    kept = [each for each in signed if (each.id, each.record.person) not in gone]
    return sorted(kept, key=lambda each: (each.record.when, each.id))


def _last_word(records: list[SignedRecord], last: SignedRecord) -> QueueState:
    """What was said since it was sent."""
    later = [each for each in records if each.record.when >= last.record.when and each is not last]
    words = {Action.APPROVE: QueueState.APPROVED, Action.ASK: QueueState.CHANGES_ASKED}
    said = [words[each.record.action] for each in later if each.record.action in words]
    return said[-1] if said else QueueState.WAITING


def _is_as_sent(snapshot: Snapshot, last: SignedRecord) -> bool:
    """Whether every file is still as it was sent."""
    return all(
        move.new == (f"sha256:{snapshot.content_hash(move.path)}" if snapshot.sources.has(move.path) else "")
        for move in last.record.sources
    )
