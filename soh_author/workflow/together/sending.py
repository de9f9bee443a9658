"""Drafts that travel: sent for review, taken over politely, discarded with a copy kept; a queue offline.

What waits to be sent is read from the drafts themselves, so that it survives whatever happens.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from soh_author.domain.errors import (
    NotFoundError,
    OfflineError,
    RefusedError,
    SohAuthorError,
    UsageError,
    WorldMovedError,
)
from soh_author.domain.ids import DraftName
from soh_author.gitstore import origin
from soh_author.gitstore.names import DRAFTS
from soh_author.gitstore.network import Push, behind_error
from soh_author.gitstore.values import Revision, Stamp
from soh_author.trust.remarks import FOLDER
from soh_author.workflow.drafting import Draft, discard_draft, find_draft, save_version
from soh_author.workflow.effects import Effects
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.together.sending_notes import (
    Request,
    Travels,
    note_of_request,
    note_of_taking,
    request_of,
    travels_of,
)
from soh_author.workflow.together.sending_trust import needs_trust
from soh_author.workflow.together.syncing_others import is_same_draft, origin_revision
from soh_author.workflow.workspace import LIVE, Workspace

_DRAFTS_CHANGED = Effects(drafts=True, private=True)


_SIGNED = ("approvals/", FOLDER)
"""Folders of what people sign: it is sent as soon as that is possible."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A draft with versions that the origin doesn't have: how many, and what review is wished.

    ``is_asked``: somebody sent it, took it over or signed something in it while there was no connection, so
    that it goes by itself with the next latest. What was only changed since it was sent waits for its author.
    """

    draft: DraftName
    versions: int
    request: Request | None
    is_asked: bool

    @property
    def sentence(self) -> str:
        """What waits, and when it goes."""
        if not self.is_asked:
            return f"“{self.draft}” was changed since it was sent. It waits until you send it."
        what = "was sent for review" if self.request is not None else "holds what was said of it"
        return f"“{self.draft}” {what} without a connection. It goes when you next get the latest."


def outgoing(workspace: Workspace) -> list[Outgoing]:
    """Drafts that wait to be sent: sent before and changed since, or sent while there was no connection."""
    live = origin_revision(workspace, LIVE) or workspace.revision_of(LIVE)
    found = []
    for branch in workspace.store.branches():
        if not branch.name.startswith(DRAFTS):
            continue
        theirs = origin_revision(workspace, branch.name)
        if theirs == branch.revision:
            continue
        is_sent = theirs is not None and is_same_draft(workspace, branch.revision, theirs)
        since = theirs if is_sent and theirs is not None else live
        travels = _travels(workspace, since, branch.revision)
        if travels.versions and (is_sent or travels.request is not None or travels.taking):
            name = DraftName(branch.name.removeprefix(DRAFTS))
            is_asked = travels.is_asked or _brings_records(workspace, since, branch.revision)
            found.append(Outgoing(name, travels.versions, travels.request, is_asked))
    return found


def _brings_records(workspace: Workspace, since: str, revision: str) -> bool:
    return any(change.path.startswith(_SIGNED) for change in workspace.store.changed_paths(since, revision))


def owner_of(workspace: Workspace, revision: str) -> str:
    """Who began a draft, or took it over last."""
    live = origin_revision(workspace, LIVE) or workspace.revision_of(LIVE)
    return _travels(workspace, live, revision).owner or workspace.store.version(revision).author.name


def _travels(workspace: Workspace, since: str, revision: str) -> Travels:
    return workspace.memory.recall(
        ("travels", since, revision), lambda: travels_of(workspace.store, since, revision)
    )


def send_draft(workspace: Workspace, draft: str, reviewer: str = "", note: str = "") -> Task[Draft]:
    """Send a draft for review. What is saved privately becomes a version first.

    Args:
        draft: its name.
        reviewer: of whom a review is wished; empty: whoever is free.
        note: what to tell them.

    Raises (when run):
        NotFoundError: when there is no such draft, or no origin.
        UsageError: when there is nothing in it to review.
        WorldMovedError: when others sent the same draft: get the latest first; or another of this name.
        OfflineError: when there is no connection; the draft waits, see :func:`outgoing`.
        RefusedError: when the origin refuses, or is a folder nobody trusts yet.
    """

    def work(progress: Progress) -> Outcome[Draft]:
        _check_may_send(workspace)
        if find_draft(workspace, draft).private_files:
            save_version(workspace, draft, note or "Ready for review").run(progress)
        head = find_draft(workspace, draft).revision
        _check_is_ours(workspace, draft, head)
        if not workspace.store.changed_paths(workspace.revision_of(LIVE), head):
            raise UsageError(
                f"The draft “{draft}” changes nothing that is live, so there is nothing to review.",
                safe="Nothing was sent.",
                todo="Write in it first.",
            )
        _mark(workspace, draft, head, note_of_request(Request(reviewer, note)))
        _push(workspace, draft, progress)
        whom = f"{reviewer.strip()} is asked to review it." if reviewer.strip() else "Everybody can see it."
        return Outcome(find_draft(workspace, draft), _DRAFTS_CHANGED, f"The draft “{draft}” is sent. {whom}")

    return Task("Sending the draft", work, writes=True)


def send_waiting(workspace: Workspace) -> Task[tuple[DraftName, ...]]:
    """Send every draft that waits; the names of those that were sent.

    Raises (when run):
        as :func:`send_draft`, after all were tried; what was sent is sent.
    """

    def work(progress: Progress) -> Outcome[tuple[DraftName, ...]]:
        waiting = outgoing(workspace)
        if waiting:
            _check_may_send(workspace)
        sent: list[DraftName] = []
        failed: WorldMovedError | RefusedError | None = None
        for each in waiting:
            try:
                _check_is_ours(workspace, each.draft, find_draft(workspace, each.draft).revision)
                _push(workspace, each.draft, progress)
                sent.append(each.draft)
            except (WorldMovedError, RefusedError) as error:
                failed = error
        if failed is not None:
            raise failed
        told = f"Sent: {', '.join(sent)}." if sent else "Nothing waits to be sent."
        return Outcome(tuple(sent), _DRAFTS_CHANGED, told)

    return Task("Sending what waits", work, writes=True)


def send_asked(
    workspace: Workspace, left: Collection[str], progress: Progress
) -> tuple[tuple[DraftName, ...], tuple[tuple[DraftName, SohAuthorError], ...]]:
    """Send what was to be sent while there was no connection, but the drafts in ``left``.

    Returns:
        the drafts that were sent, and those that could not be, with the reason.
    """
    sent: list[DraftName] = []
    faults: list[tuple[DraftName, SohAuthorError]] = []
    if needs_trust(workspace):
        return (), ()
    for each in outgoing(workspace):
        if not each.is_asked or each.draft in left:
            continue
        try:
            _check_is_ours(workspace, each.draft, find_draft(workspace, each.draft).revision)
            _push(workspace, each.draft, progress)
            sent.append(each.draft)
        except SohAuthorError as error:
            faults.append((each.draft, error))
    return tuple(sent), tuple(faults)


def take_over(workspace: Workspace, draft: str, new_name: str = "", words: str = "") -> Task[Draft]:
    """Go on with somebody else's draft in a copy under a name of one's own; theirs stays as it is.

    They are told when they next get the latest.

    Args:
        draft: name of their draft, as last got.
        new_name: name of the copy; theirs with one's own first name if empty.
        words: what to tell its owner.

    Raises (when run):
        NotFoundError: when there is no such draft at the origin.
        WorldMovedError: when the new name is in use.
        RefusedError: when the origin refuses, or is a folder nobody trusts yet.
    """

    def work(progress: Progress) -> Outcome[Draft]:
        _check_may_send(workspace)
        theirs = _sent_revision(workspace, draft)
        name = DraftName(new_name or name_of_copy(draft, workspace.person.name))
        if origin_revision(workspace, DRAFTS + name) is not None:
            raise _name_taken(name)
        author = owner_of(workspace, theirs)
        workspace.store.create_branch(DRAFTS + name, theirs)
        _mark(workspace, name, theirs, note_of_taking(draft, author, words))
        told = f"You go on in the draft “{name}”; {author} is told."
        try:
            _push(workspace, name, progress)
        except OfflineError:
            told = f"You go on in the draft “{name}”; {author} is told once you are online and send it."
        return Outcome(find_draft(workspace, name), _DRAFTS_CHANGED, told)

    return Task("Taking the draft over", work, writes=True)


def discard_sent(workspace: Workspace, draft: str) -> Task[None]:
    """Take a draft off the origin, and off the list here; a copy is kept here for 30 days.

    Raises (when run):
        NotFoundError: when the origin has no such draft.
        WorldMovedError: when somebody saved in it since the latest was last got.
        NetworkError: when the origin can't be reached; nothing was changed.
    """

    def work(progress: Progress) -> Outcome[None]:
        _check_may_send(workspace)
        theirs = _sent_revision(workspace, draft)
        name = DraftName(draft)
        here = {branch.name: branch.revision for branch in workspace.store.branches()}.get(DRAFTS + name)
        if here is None:
            workspace.store.create_branch(DRAFTS + name, theirs)
        elif not workspace.store.is_ancestor(theirs, here):
            raise behind_error(DRAFTS + name)
        try:
            _send(workspace, Push(DRAFTS + name, None, Revision(theirs)), progress)
        except BaseException:
            if here is None:
                workspace.store.discard_branch(DRAFTS + name, workspace.clock())
            raise
        discard_draft(workspace, name).run(progress)
        return Outcome(
            None, Effects(drafts=True, everything=True), f"A copy of “{name}” is kept for 30 days."
        )

    return Task("Discarding the draft", work, writes=True)


# -- steps ---------------------------------------------------------------------------------------------------


def _check_may_send(workspace: Workspace) -> None:
    address = origin.origin_of(workspace.store)
    if address is None:
        raise NotFoundError(
            "This workspace has no origin to send work to.",
            safe="Everything is kept here.",
            todo="Get a workspace from an address, and bring the work over.",
        )
    if needs_trust(workspace):
        raise RefusedError(
            f"The origin “{address}” is a folder, and may run its own programs when something is sent to it.",
            safe="Nothing was sent.",
            todo="Say that you trust it, then send again.",
        )


def _check_is_ours(workspace: Workspace, draft: str, head: str) -> None:
    """The origin's draft of this name must be this one, and hold nothing that is not here."""
    theirs = origin_revision(workspace, DRAFTS + draft)
    if theirs is None or workspace.store.is_ancestor(theirs, head):
        return
    raise behind_error(DRAFTS + draft) if is_same_draft(workspace, head, theirs) else _name_taken(draft)


def _name_taken(draft: str) -> WorldMovedError:
    return WorldMovedError(
        f"Somebody else has sent a draft called “{draft}”.",
        safe="Nothing was sent, and yours is kept.",
        todo="Start yours under another name.",
    )


def _sent_revision(workspace: Workspace, draft: str) -> str:
    theirs = origin_revision(workspace, DRAFTS + DraftName(draft))
    if theirs is None:
        raise NotFoundError(
            f"Nobody has sent a draft “{draft}”, as far as this workspace knows.",
            todo="Get the latest, and look at the list of drafts.",
        )
    return theirs


def _mark(workspace: Workspace, draft: str, head: str, note: str) -> None:
    """Save a version that changes nothing and says what happened; once."""
    if workspace.store.version(head).note.strip() == note.strip() and request_of(note) is not None:
        return
    stamp = Stamp(note, workspace.person.author, workspace.clock())
    workspace.store.write_version(DRAFTS + draft, head, {}, stamp, even_if_same=True)


def _push(workspace: Workspace, draft: str, progress: Progress) -> None:
    head = Revision(find_draft(workspace, draft).revision)
    theirs = origin_revision(workspace, DRAFTS + draft)
    if theirs == head:
        return
    expected = None if theirs is None else Revision(theirs)
    try:
        _send(workspace, Push(DRAFTS + draft, head, expected), progress)
    except OfflineError as error:
        raise OfflineError(
            error.what,
            safe=f"The draft “{draft}” is kept here and waits to be sent.",
            todo="Go on working, and send it when you are online again.",
        ) from error


def _send(workspace: Workspace, push: Push, progress: Progress) -> None:
    origin.push(
        workspace.store,
        [push],
        trust_folder=True,  # _check_may_send has asked
        report=progress.report,
        is_cancelled=lambda: progress.is_cancelled,
    )


def name_of_copy(draft: str, person: str) -> str:
    """Name of somebody's copy of a draft that is not theirs: with their first name at its end."""
    first = re.sub(r"[^a-z0-9]+", "-", (person.casefold().split() or [""])[0]).strip("-")
    return f"{draft}-{first or 'copy'}"
