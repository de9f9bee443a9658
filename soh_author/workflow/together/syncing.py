"""*Get the latest*: what is live moves on, own drafts are brought up to date, others' drafts are seen.

Nothing of a draft is written while a person has to decide something in it (:class:`Pending`).
"""

from dataclasses import dataclass

from soh_author.domain.errors import NotFoundError, SohAuthorError, UsageError, WorkspaceError
from soh_author.domain.ids import DraftName
from soh_author.gitstore import origin
from soh_author.gitstore.names import DRAFTS
from soh_author.workflow.drafting import discard_draft
from soh_author.workflow.effects import EVERYTHING, Effects
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.together.sending import Outgoing, outgoing, send_asked
from soh_author.workflow.together.syncing_drafts import Brought, Pending, bring_up, take_in
from soh_author.workflow.together.syncing_others import OthersDraft, drafts_of_others, origin_revision
from soh_author.workflow.together.syncing_trees import Answers
from soh_author.workflow.together.unsure import settle
from soh_author.workflow.workspace import LIVE, Workspace


@dataclass(frozen=True, slots=True)
class Latest:
    """What came with the latest.

    Args:
        new_versions: how many versions of what is live came in.
        updated: own drafts that something came into.
        pending: own drafts that wait for decisions.
        clashes: own drafts of whose name the origin has another draft; the two are kept apart.
        discarded: drafts that were discarded at the origin and so here; a copy is kept for 30 days.
        faults: own drafts that could not be brought up to date, and why.
        others: drafts of other people.
        taken: others' drafts that were taken over from one of mine since the last time.
        outgoing: what still waits to be sent.
        sent: drafts that had waited for a connection, and are sent now.
    """

    new_versions: int
    updated: tuple[DraftName, ...]
    pending: tuple[Pending, ...]
    clashes: tuple[DraftName, ...]
    discarded: tuple[DraftName, ...]
    faults: tuple[tuple[DraftName, SohAuthorError], ...]
    others: tuple[OthersDraft, ...]
    taken: tuple[OthersDraft, ...]
    outgoing: tuple[Outgoing, ...]
    sent: tuple[DraftName, ...]


def get_latest(workspace: Workspace) -> Task[Latest]:
    """Learn what others sent and published, bring own drafts up to date with it, and send what waited.

    Raises (when run):
        OfflineError, NetworkError: when the origin can't be reached; nothing was changed.
        NotFoundError: when the workspace has no origin.
        WorkspaceError: when what is live at the origin does not build on what is here.
        Cancelled: when a person pressed Cancel.
    """

    def work(progress: Progress) -> Outcome[Latest]:
        seen = _origin_drafts(workspace)
        origin.fetch(workspace.store, report=progress.report, is_cancelled=lambda: progress.is_cancelled)
        progress.check()
        is_moved = _origin_drafts(workspace) != seen
        new_versions = _advance_live(workspace)
        settled = settle(workspace)
        discarded = _follow_discards(workspace, seen)
        brought, faults = _bring_up_all(workspace, progress)
        left = [each.draft for each in brought if each.pending or each.is_clash]
        sent, unsent = send_asked(workspace, [*left, *(name for name, _ in faults)], progress)
        came = _Came(new_versions, discarded, sent, (*faults, *unsent))
        latest = _latest(workspace, set(seen), brought, came)
        is_changed = new_versions or latest.updated or discarded or is_moved
        return Outcome(
            latest,
            EVERYTHING if is_changed else Effects(drafts=True),
            " ".join([*(each.sentence for each in settled), told(latest)]),
        )

    return Task("Getting the latest", work, writes=True)


def answer(workspace: Workspace, pending: Pending, answers: Answers) -> Task[Brought]:
    """Write what was decided into the draft, then bring it further up to date.

    Args:
        pending: the cards the answers are for.
        answers: by card key; every card needs one.

    Raises (when run):
        UsageError: when a card has no answer, or one it doesn't offer.
        WorldMovedError: when the draft changed meanwhile; nothing was written.
        ContentError: when own words would change where other sections begin.
    """

    def work(_progress: Progress) -> Outcome[Brought]:
        missing = [card for card in pending.cards if card.key not in answers]
        if missing:
            raise UsageError(
                f"{missing[0].conflict.title} in “{missing[0].path}” is not decided yet.",
                safe="Nothing was written.",
                todo="Choose mine, theirs or both, or write it anew, on every card.",
            )
        left = take_in(workspace, pending.draft, pending.theirs, pending.source, answers, expected=pending)
        brought = Brought(pending.draft, pending=left) if left else bring_up(workspace, pending.draft)
        notice = f"The draft “{pending.draft}” is up to date."
        if brought.pending is not None:
            notice = f"The draft “{pending.draft}” has more to decide."
        return Outcome(Brought(pending.draft, True, brought.pending, brought.is_clash), EVERYTHING, notice)

    return Task("Bringing the draft up to date", work, writes=True)


def told(latest: Latest) -> str:
    """What came, in a sentence or more."""
    said = []
    if latest.new_versions:
        said.append("What is live has moved on.")
    if latest.updated:
        said.append(f"Brought up to date: {_names(latest.updated)}.")
    if latest.pending:
        said.append(f"To decide: {_names(tuple(each.draft for each in latest.pending))}.")
    if latest.discarded:
        said.append(f"Discarded by somebody else, kept here for 30 days: {_names(latest.discarded)}.")
    said += [
        f"Somebody else has a draft “{name}” too; give yours another name before you send it."
        for name in latest.clashes
    ]
    said += [_told_of_taking(each) for each in latest.taken]
    if latest.sent:
        said.append(f"Sent, after it had waited: {_names(latest.sent)}.")
    said += [f"“{name}” stays as it is: {error.what}" for name, error in latest.faults]
    return " ".join(said) or "You have the latest."


def _told_of_taking(taken: OthersDraft) -> str:
    said = (
        f"{taken.author} took your draft “{taken.taken_from}” over as “{taken.name}”; yours stays as it is."
    )
    words = taken.taking.words if taken.taking else ""
    return f"{said} They say: “{' '.join(words.split())}”" if words else said


def _names(names: tuple[DraftName, ...]) -> str:
    return ", ".join(f"“{name}”" for name in names)


@dataclass(frozen=True, slots=True)
class _Came:
    """What came and went besides the drafts' texts."""

    new_versions: int
    discarded: tuple[DraftName, ...]
    sent: tuple[DraftName, ...]
    faults: tuple[tuple[DraftName, SohAuthorError], ...]


def _latest(workspace: Workspace, seen: set[str], brought: list[Brought], came: _Came) -> Latest:
    others = tuple(drafts_of_others(workspace))
    own = set(_own_drafts(workspace))
    return Latest(
        came.new_versions,
        tuple(each.draft for each in brought if each.is_changed),
        tuple(each.pending for each in brought if each.pending),
        tuple(each.draft for each in brought if each.is_clash),
        came.discarded,
        came.faults,
        others,
        tuple(each for each in others if each.taken_from in own and DRAFTS + each.name not in seen),
        tuple(outgoing(workspace)),
        came.sent,
    )


def _own_drafts(workspace: Workspace) -> list[DraftName]:
    branches = workspace.store.branches()
    return [DraftName(each.name.removeprefix(DRAFTS)) for each in branches if each.name.startswith(DRAFTS)]


def _origin_drafts(workspace: Workspace) -> dict[str, str]:
    branches = workspace.store.branches(of_origin=True)
    return {each.name: each.revision for each in branches if each.name.startswith(DRAFTS)}


def _advance_live(workspace: Workspace) -> int:
    """Move what is live to where the origin has it; answer how many versions came."""
    store = workspace.store
    mine, theirs = workspace.revision_of(LIVE), origin_revision(workspace, LIVE)
    if theirs is None:
        raise NotFoundError(
            "The origin has nothing published any more.",
            safe="Everything is kept here, and nothing was changed.",
            todo="Tell who looks after the origin.",
        )
    if mine == theirs:
        return 0
    if not store.is_ancestor(mine, theirs):
        raise WorkspaceError(
            "What is live at the origin does not build on what is live here: its history was rewritten.",
            safe="Everything is kept here, and nothing was changed.",
            todo="Ask who looks after the origin whether that was meant, before you go on.",
        )
    count = len(store.versions_between(mine, theirs))
    store.advance_branch(LIVE, mine, theirs)
    return count


def _follow_discards(workspace: Workspace, seen: dict[str, str]) -> tuple[DraftName, ...]:
    """Put away drafts that were discarded at the origin and that hold nothing more here."""
    gone = []
    now = _origin_drafts(workspace)
    here = {branch.name: branch.revision for branch in workspace.store.branches()}
    for name, revision in seen.items():
        draft = DraftName(name.removeprefix(DRAFTS))
        if name in now or name not in here or workspace.journal.entries(draft):
            continue
        if workspace.store.is_ancestor(here[name], revision):
            discard_draft(workspace, draft).run()
            gone.append(draft)
    return tuple(gone)


def _bring_up_all(
    workspace: Workspace, progress: Progress
) -> tuple[list[Brought], list[tuple[DraftName, SohAuthorError]]]:
    """Every own draft; one that can't be brought up to date stays as it is and holds nobody up."""
    brought: list[Brought] = []
    faults: list[tuple[DraftName, SohAuthorError]] = []
    drafts = _own_drafts(workspace)
    for number, draft in enumerate(drafts):
        progress.report(number, len(drafts), f"Bringing “{draft}” up to date")
        try:
            brought.append(bring_up(workspace, draft))
        except SohAuthorError as error:
            faults.append((draft, error))
    return brought, faults
