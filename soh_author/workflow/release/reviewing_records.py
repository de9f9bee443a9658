"""Saying something of a draft: a signed record in a version of its own, sent where there is an origin."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from soh_author.domain.errors import NetworkError, WorldMovedError
from soh_author.domain.ids import DraftName, PersonId
from soh_author.domain.judging.approval import Action, OutputMove, Record, SignedRecord, SourceMove
from soh_author.gitstore import origin
from soh_author.gitstore.names import DRAFTS
from soh_author.gitstore.network import Push
from soh_author.gitstore.values import Revision, Stamp
from soh_author.trust.moments import whole_second
from soh_author.trust.records import read_records, write_record
from soh_author.trust.signers import Signer
from soh_author.workflow.release.clocks import words_about_clock
from soh_author.workflow.release.releasing_case import Case
from soh_author.workflow.release.releasing_content import head_of
from soh_author.workflow.task import Progress
from soh_author.workflow.together.sending_trust import needs_trust
from soh_author.workflow.together.syncing_others import origin_revision
from soh_author.workflow.workspace import Workspace

Move = SourceMove | OutputMove

_NOTES = {
    Action.SUBMIT: "Sent for review",
    Action.APPROVE: "Approved",
    Action.ASK: "Asked for changes",
    Action.WITHDRAW: "Taken back",
    Action.FACT_CHECK: "Facts checked",
    Action.EMERGENCY: "Emergency",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A record as it was made, and whether the origin has it; ``told`` says so in a sentence."""

    signed: SignedRecord
    is_sent: bool
    told: str


def new_record(
    case: Case,
    action: Action,
    person: PersonId,
    moves: Iterable[Move],
    *,
    note: str = "",
    refers_to: str = "",
) -> Record:
    """A record about a case by a person, not signed yet."""
    covered = sorted(set(moves), key=lambda move: (type(move).__name__, move.subject))
    return Record(
        action=action,
        repository=case.policy.repository,
        person=person,
        when=whole_second(case.now),
        nonce=secrets.token_hex(16),
        draft=case.candidate.drafts[0],
        note=" ".join(note.split()),
        sources=tuple(sorted(move for move in covered if isinstance(move, SourceMove))),
        outputs=tuple(sorted(move for move in covered if isinstance(move, OutputMove))),
        refers_to=refers_to,
        authors=_authors(case, person) if action in {Action.SUBMIT, Action.EMERGENCY} else (),
    )


def keep_record(
    workspace: Workspace, case: Case, record: Record, signer: Signer, progress: Progress, *, note: str = ""
) -> Said:
    """Sign a record and put it into its draft, as a version; send the draft where that is possible.

    Args:
        note: of the version; one that tells the action if empty.

    Raises:
        KeyFileError: when the key can't sign.
        WorldMovedError: when somebody saved a version of the draft meanwhile.
    """
    files = write_record(record, signer)
    signed = read_records(files, case.policy).signed[0]
    draft = record.draft
    head = case.candidate.heads[draft]
    hold_draft(workspace, draft, head)
    said = note or f"{_NOTES[record.action]}{f': {record.note}' if record.note else ''}"
    stamp = Stamp(said, workspace.person.author, workspace.clock())
    workspace.store.write_version(DRAFTS + draft, head, files, stamp)
    is_sent, told = send(workspace, draft, progress)
    return Said(signed, is_sent, told + words_about_clock(workspace))


def hold_draft(workspace: Workspace, draft: str, head: str) -> None:
    """Have a draft here at a version of it: somebody else's is taken in.

    Raises:
        WorldMovedError: when ours is not on the way there.
    """
    store = workspace.store
    here = {branch.name: str(branch.revision) for branch in store.branches()}.get(DRAFTS + draft)
    if here is None:
        store.create_branch(DRAFTS + draft, head)
    elif here != head:
        store.advance_branch(DRAFTS + draft, here, head)


def send(workspace: Workspace, draft: str, progress: Progress) -> tuple[bool, str]:
    """Send a draft to the origin if there is one; what can't be sent waits, and that is said."""
    if origin.origin_of(workspace.store) is None:
        return False, "This workspace has no origin; it is kept here."
    if needs_trust(workspace):
        return False, "It waits here: say first that you trust the origin's folder."
    name = DRAFTS + DraftName(draft)
    head, theirs = Revision(head_of(workspace, draft)), origin_revision(workspace, name)
    try:
        origin.push(
            workspace.store,
            [Push(name, head, None if theirs is None else Revision(theirs))],
            trust_folder=True,
            report=progress.report,
            is_cancelled=lambda: progress.is_cancelled,
        )
    except (NetworkError, WorldMovedError) as error:
        return False, f"It waits here to be sent: {error.what} {error.todo}"
    return True, "It is sent."


def _authors(case: Case, person: PersonId) -> tuple[PersonId, ...]:
    people = {each for known in case.proposal.touched.values() for each in known}
    return tuple(sorted(people - {person}))
