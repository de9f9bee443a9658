"""Review: what a draft changes for the public, what is still needed, and saying yes, no or not yet.

A yes covers exactly what was seen: it is refused when anything moved while somebody was reading.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from soh_author.domain.counting import counted
from soh_author.domain.errors import NotAllowedError, NotFoundError, UsageError, WorldMovedError
from soh_author.domain.ids import PersonId
from soh_author.domain.judging.approval import Action, OutputMove, SignedRecord
from soh_author.domain.judging.people import Role
from soh_author.domain.judging.permissions import may, named, reviewing_role, who_could
from soh_author.domain.judging.policy import Policy
from soh_author.domain.judging.proposal import Change
from soh_author.domain.judging.weighing import Weighing
from soh_author.trust.signers import Signer
from soh_author.workflow.drafting import find_draft, save_version
from soh_author.workflow.effects import Effects
from soh_author.workflow.names import Names
from soh_author.workflow.release.releasing_case import Case, case_of, signer_in
from soh_author.workflow.release.releasing_content import candidate
from soh_author.workflow.release.reviewing_records import Move, Said, keep_record, new_record
from soh_author.workflow.release.reviewing_views import Review, review_of
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.together.sending_notes import Request, note_of_request
from soh_author.workflow.workspace import Workspace

_DRAFTS = Effects(drafts=True)
_DONE = {Action.APPROVE: "You have approved", Action.FACT_CHECK: "You have said that the facts are right in"}

APPROVED = "You have approved exactly this."

Drafts = str | Sequence[str]
"""One draft, or several that are to go out together: where they meet, it takes a yes to both at once."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody said of a draft: the record, how many files and outputs it covers, and those it can't."""

    said: Said
    left_out: tuple[str, ...] = ()

    @property
    def record(self) -> SignedRecord:
        """The signed record."""
        return self.said.signed


def review(workspace: Workspace, drafts: Drafts) -> Task[Review]:
    """Look at a draft as its reviewers do.

    Raises (when run):
        NotFoundError: when there is no such draft.
        WorldMovedError: when what is live has changed in the same files since.
        WorkspaceError: when there is no policy.
    """

    def work(progress: Progress) -> Outcome[Review]:
        case = case_of(workspace, candidate(workspace, named_drafts(drafts)), progress=progress)
        return Outcome(review_of(case))

    return Task("Looking at the draft", work)


def submit(
    workspace: Workspace, drafts: Drafts, signer: Signer, *, reviewer: str = "", note: str = ""
) -> Task[Answered]:
    """Send a draft for review, signed: exactly these changes. Privately saved text becomes a version first.

    Args:
        reviewer: of whom a review is wished; empty: whoever is free.
        note: what to tell them.

    Raises (when run):
        UsageError: when the draft changes nothing.
        NotAllowedError: when a file in it is not the person's to edit.
        KeyFileError: when the key is not in the policy, or can't sign.
    """

    def work(progress: Progress) -> Outcome[Answered]:
        for draft in named_drafts(drafts):
            _save_private(workspace, draft, note or "Ready for review", progress)
        what = candidate(workspace, named_drafts(drafts))
        case = case_of(workspace, what, progress=progress)
        person = signer_in(case.policy, signer)
        _check_changes_something(case)
        _check_may_edit(case, person)
        record = new_record(case, Action.SUBMIT, person, _moves(case), note=note)
        request = note_of_request(Request(reviewer, note, what.drafts[1:]))
        said = keep_record(workspace, case, record, signer, progress, note=request)
        whom = f"{reviewer.strip()} is asked to review it. " if reviewer.strip() else ""
        return Outcome(Answered(said), _DRAFTS, f"{_words(case)} is ready for review. {whom}{said.told}")

    return Task("Sending for review", work, writes=True)


def approve(
    workspace: Workspace,
    drafts: Drafts,
    seen: Iterable[Move],
    signer: Signer,
    *,
    comment: str = "",
    is_fact_check: bool = False,
) -> Task[Answered]:
    """Say yes to what was seen, as far as one may; with ``is_fact_check`` only to its facts.

    Args:
        seen: the changes that were looked at (``Review.seen``).

    Raises (when run):
        WorldMovedError: when anything is not as it was seen; says what.
        NotAllowedError: when the person wrote it, or their role does not reach any of it.
        KeyFileError: when the key is not in the policy, or can't sign.
    """
    action = Action.FACT_CHECK if is_fact_check else Action.APPROVE

    def work(progress: Progress) -> Outcome[Answered]:
        case = case_of(workspace, candidate(workspace, named_drafts(drafts)), progress=progress)
        check_unmoved(case, seen)
        person = signer_in(case.policy, signer)
        asked = _asked(case, person, action)
        covered: list[Move] = []
        left_out: list[str] = []
        for change in case.proposal.changes():
            reason = _why_not(asked, change)
            if reason:
                left_out.append(reason)
            else:
                covered.append(change.move)
        if not covered:
            raise _nothing_to_approve(case, person, left_out, action)
        record = new_record(case, action, person, covered, note=comment)
        said = keep_record(workspace, case, record, signer, progress)
        told = f"{_DONE[action]} {_counted(covered)} of {_words(case)}. {said.told}"
        return Outcome(Answered(said, tuple(dict.fromkeys(left_out))), _DRAFTS, told)

    return Task("Approving", work, writes=True)


def ask_for_changes(workspace: Workspace, drafts: Drafts, signer: Signer, note: str) -> Task[Answered]:
    """Say that a draft is not right yet; an earlier yes of the same person no longer counts.

    Raises (when run):
        UsageError: when the note says nothing.
        KeyFileError: when the key is not in the policy, or can't sign.
    """

    def work(progress: Progress) -> Outcome[Answered]:
        if not note.strip():
            raise UsageError(
                "It isn't said what should change.", safe="Nothing was changed.", todo="Say what to change."
            )
        case = case_of(workspace, candidate(workspace, named_drafts(drafts)), progress=progress)
        person = signer_in(case.policy, signer)
        record = new_record(case, Action.ASK, person, _moves(case), note=note)
        said = keep_record(workspace, case, record, signer, progress)
        return Outcome(Answered(said), _DRAFTS, f"You have asked for changes in {_words(case)}. {said.told}")

    return Task("Asking for changes", work, writes=True)


def withdraw(
    workspace: Workspace, drafts: Drafts, signer: Signer, *, record: str = "", note: str = ""
) -> Task[Answered]:
    """Take back something one has said of a draft: the last of it, or the record with an id.

    Raises (when run):
        NotFoundError: when the person has said nothing of it that isn't taken back already.
        KeyFileError: when the key is not in the policy, or can't sign.
    """

    def work(progress: Progress) -> Outcome[Answered]:
        case = case_of(workspace, candidate(workspace, named_drafts(drafts)), progress=progress)
        person = signer_in(case.policy, signer)
        taken = _own_record(case, person, record)
        made = new_record(case, Action.WITHDRAW, person, taken.moves, note=note, refers_to=taken.id)
        said = keep_record(workspace, case, made, signer, progress)
        return Outcome(Answered(said), _DRAFTS, f"It is taken back. {said.told}")

    return Task("Taking back", work, writes=True)


def check_unmoved(case: Case, seen: Iterable[Move]) -> None:
    """Stop when what would go out isn't what was looked at.

    Raises:
        WorldMovedError: says what moved.
    """
    known, present = frozenset(seen), frozenset(_moves(case))
    moved = sorted({move.subject for move in known ^ present})
    if moved:
        others = f" and {len(moved) - 1} more" if moved[1:] else ""
        raise WorldMovedError(
            f"While you were reading, {moved[0]}{others} changed.",
            safe="Nothing was approved.",
            todo="Look at it again, then decide.",
        )


def reason_against_approving(found: Review, person: PersonId) -> str:
    """Why a person's yes to what is seen would count for nothing; empty when some of it would count."""
    case = found.case
    asked = _asked(case, person, Action.APPROVE)
    reasons = []
    for change in case.proposal.changes():
        reasons.append(_why_not(asked, change) or _said_before(asked, change))
        if not reasons[-1]:
            return ""
    if APPROVED in reasons:
        return f"{APPROVED} “Take back my last word” undoes that."
    refused = _nothing_to_approve(case, person, reasons, Action.APPROVE)
    return f"{refused.what} {refused.todo}"


def named_drafts(drafts: Drafts) -> Sequence[str]:
    """One draft or several, as several."""
    return [drafts] if isinstance(drafts, str) else drafts


def _words(case: Case) -> str:
    return " and ".join(f"“{draft}”" for draft in case.candidate.drafts)


def _moves(case: Case) -> list[Move]:
    return [change.move for change in case.proposal.changes()]


def _counted(moves: list[Move]) -> str:
    outputs = sum(isinstance(move, OutputMove) for move in moves)
    files = len(moves) - outputs
    return f"{counted(files, 'file')} and {counted(outputs, 'published page')}"


def _save_private(workspace: Workspace, draft: str, note: str, progress: Progress) -> None:
    if workspace.saved_texts(draft):
        save_version(workspace, find_draft(workspace, draft).name, note).run(progress)


def _check_changes_something(case: Case) -> None:
    if not case.proposal.sources:
        raise UsageError(
            "The draft changes nothing that is live, so there is nothing to review.",
            safe="Nothing was sent.",
            todo="Write in it first.",
        )


def _check_may_edit(case: Case, person: PersonId) -> None:
    for change in case.proposal.content:
        found = may(case.policy, person, Role.EDITOR, change.text)
        if not found.is_allowed:
            who = named(found.who_could)
            raise NotAllowedError(
                found.sentence,
                safe="Nothing was sent.",
                todo=f"Ask {who} to send it." if who else "Ask the policy's roots.",
            )


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose yes is asked for, to what, and what is known to judge it by."""

    person: PersonId
    action: Action
    policy: Policy
    weighing: Weighing
    names: Names


def _asked(case: Case, person: PersonId, action: Action) -> _Asked:
    weighing = Weighing(case.policy, case.proposal, case.now)
    return _Asked(person, action, case.policy, weighing, Names(case.candidate.after, case.candidate.before))


def _why_not(asked: _Asked, change: Change) -> str:
    """Why a person's yes to a change would not count; empty when it would."""
    if asked.person in asked.weighing.authors(change):
        who, what = asked.policy.people[asked.person].name, asked.names.move(change.move)
        return f"{who} wrote some of {what}, and nobody approves their own words."
    found = may(asked.policy, asked.person, _role(asked.action, change), change.text)
    return "" if found.is_allowed else found.sentence


def _said_before(asked: _Asked, change: Change) -> str:
    """Whether a person's yes to exactly this is there already."""
    weighed = asked.weighing.approvals(change, asked.weighing.authors(change))
    return APPROVED if any(each.record.person == asked.person for each in weighed.counting) else ""


def _role(action: Action, change: Change) -> Role:
    return Role.FACT_CHECKER if action is Action.FACT_CHECK else reviewing_role(change.text.language)


def _nothing_to_approve(case: Case, person: PersonId, reasons: list[str], action: Action) -> NotAllowedError:
    able = {
        each.id: each
        for change in case.proposal.changes()
        for each in who_could(case.policy, _role(action, change), change.text)
    }
    everybody = tuple(each for each in able.values() if each.id != person)
    who = named(everybody) or "somebody else"
    return NotAllowedError(
        reasons[0] if reasons else "There is nothing to approve.",
        safe="Nothing was approved.",
        todo=f"Ask {who} to look at it.",
    )


def _own_record(case: Case, person: PersonId, wanted: str) -> SignedRecord:
    records = case.proposal.records
    gone = {each.record.refers_to for each in records if each.record.action is Action.WITHDRAW}
    own = [
        each
        for each in records
        if each.record.person == person
        and each.record.action is not Action.WITHDRAW
        and each.id not in gone
        and each.id.startswith(wanted)
    ]
    if not own:
        raise NotFoundError(
            "There is nothing of yours to take back in this draft.", todo="Look at what was said of it."
        )
    return max(own, key=lambda each: each.record.when)
