"""The emergency route: one publisher answers for it, with a typed reason; it is reviewed afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass

from soh_author.domain.days import moment_in_words
from soh_author.domain.errors import NotAllowedError, NotFoundError, UsageError
from soh_author.domain.ids import DraftName, PersonId
from soh_author.domain.judging.approval import Action, Record, SignedRecord
from soh_author.domain.judging.permissions import Text, holds, reviewing_role
from soh_author.domain.judging.policy import Policy
from soh_author.domain.judging.release import ReleaseKind
from soh_author.domain.judging.requirements import open_emergencies
from soh_author.domain.judging.whole_release import SHORTEST_REASON
from soh_author.domain.layers import Layer
from soh_author.gitstore.names import DRAFTS
from soh_author.trust.signers import Signer
from soh_author.workflow.effects import Effects
from soh_author.workflow.names import Names
from soh_author.workflow.release.publishing import Published, Wish, plan, publish
from soh_author.workflow.release.releasing_case import case_of, live_records, policy_of, signer_in
from soh_author.workflow.release.releasing_content import candidate, copies_of
from soh_author.workflow.release.reviewing import Answered
from soh_author.workflow.release.reviewing_records import keep_record, new_record, send
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import LIVE, Workspace

REVIEWS = "review-of-emergency-"
"""How a draft begins that brings nothing but the review of an emergency."""


def publish_in_emergency(
    workspace: Workspace,
    drafts: Sequence[str],
    signer: Signer,
    reason: str,
    kind: ReleaseKind = ReleaseKind.EMERGENCY,
) -> Task[Published]:
    """Publish drafts at once, signed for by the publisher alone.

    Until the origin has taken it, nothing is live, and that is what is told.

    Raises (when run):
        UsageError: when the reason says nothing.
        NotAllowedError: when the person is no publisher, or too many emergencies wait for their review.
        and as :func:`soh_author.workflow.release.publishing.publish`.
    """

    def work(progress: Progress) -> Outcome[Published]:
        if len(reason.strip()) < SHORTEST_REASON:
            raise UsageError(
                "An emergency needs a reason that others can understand later.",
                safe="Nothing was published.",
                todo=f"Say why, in at least {SHORTEST_REASON} letters.",
            )
        case = case_of(workspace, candidate(workspace, drafts), progress=progress)
        person = signer_in(case.policy, signer)
        moves = [change.move for change in case.proposal.changes()]
        record = new_record(case, Action.EMERGENCY, person, moves, note=reason)
        keep_record(workspace, case, record, signer, progress)
        for other in case.candidate.drafts[1:]:  # who wrote what goes out is read from the drafts there
            send(workspace, other, progress)
        wish = Wish(tuple(drafts), note=f"Emergency: {reason}", kind=kind, reason=reason)
        planned = plan(workspace, wish, signer).run(progress).value
        return publish(workspace, planned, signer).run(progress)

    return Task("Publishing in an emergency", work, writes=True)


def waiting_emergencies(workspace: Workspace) -> tuple[SignedRecord, ...]:
    """Emergencies that are live and that nobody has reviewed yet; they are shown until somebody has."""
    live = workspace.snapshot()
    return open_emergencies(policy_of(live), live_records(live))


@dataclass(frozen=True, slots=True)
class OpenEmergency:
    """An emergency that waits for its review: its record, who published it, and who could review it.

    ``what`` names the pages it put out.
    """

    signed: SignedRecord
    publisher: str
    able: tuple[str, ...]
    what: str

    @property
    def home(self) -> DraftName:
        """The draft that its review is kept in, unless another was named."""
        return DraftName(f"{REVIEWS}{self.signed.id[:8]}")

    @property
    def sentence(self) -> str:
        """What waits, in a sentence that everybody reads."""
        record = self.signed.record
        when = moment_in_words(record.when.astimezone())
        return (
            f"{self.publisher} published {self.what} in an emergency on {when}: “{record.note}”. "
            f"It waits for its review by {' or '.join(self.able) or 'somebody else'}."
        )


@dataclass(frozen=True, slots=True)
class Emergencies:
    """All that wait for their review, the oldest first, and how many may."""

    waiting: tuple[OpenEmergency, ...]
    most: int

    @property
    def sentence(self) -> str:
        """How many there are, and how many there may be."""
        number = len(self.waiting)
        return (
            f"{number} of at most {self.most} emergency releases wait{'s' if number == 1 else ''} for review."
        )


def emergencies(workspace: Workspace) -> Task[Emergencies]:
    """The emergencies that are live and that nobody has reviewed yet.

    Raises (when run):
        WorkspaceError: when there is no policy.
    """

    def work(_progress: Progress) -> Outcome[Emergencies]:
        live = workspace.snapshot()
        policy = policy_of(live)
        found = tuple(
            OpenEmergency(
                each, _name(policy, each.record.person), _able(policy, each), _what(each.record, Names(live))
            )
            for each in open_emergencies(policy, live_records(live))
        )
        return Outcome(Emergencies(found, policy.rules.open_emergencies))

    return Task("Looking for emergencies", work)


def _name(policy: Policy, person: PersonId) -> str:
    known = policy.people.get(person)
    return known.name if known else str(person)


def _what(record: Record, names: Names) -> str:
    pages = sorted({move.page for move in record.outputs})
    more = f" and {len(pages) - 1} more" if pages[1:] else ""
    return f"“{names.page(pages[0])}”{more}" if pages else f"“{record.draft}”"


def _able(policy: Policy, emergency: SignedRecord) -> tuple[str, ...]:
    """Who, alone, may review all of an emergency."""
    texts = [
        (reviewing_role(move.language), Text(Layer.of_force(move.force), move.page, move.language))
        for move in emergency.record.outputs
    ]
    return tuple(
        person.name
        for person in policy.people.values()
        if person.id not in {emergency.record.person, *emergency.record.authors}
        and all(holds(person, role, text) for role, text in texts)
    )


def review_emergency(
    workspace: Workspace, emergency: str, draft: str, signer: Signer, *, comment: str = ""
) -> Task[Answered]:
    """Say afterwards that an emergency was right, as far as one may; the yes goes out with a draft.

    Args:
        emergency: id of its record, or how that begins.
        draft: the draft that takes the yes; if empty, one of its own is made for it.

    Raises (when run):
        NotFoundError: when no emergency of that id waits.
        NotAllowedError: when the person published it.
    """

    def work(progress: Progress) -> Outcome[Answered]:
        waiting = [each for each in waiting_emergencies(workspace) if each.id.startswith(emergency)]
        if len(waiting) != 1:
            raise NotFoundError(
                f"No emergency “{emergency}” waits for its review.", safe="Nothing was changed."
            )
        person = signer_in(policy_of(workspace.snapshot()), signer)
        if person == waiting[0].record.person:
            raise NotAllowedError(
                "Nobody reviews their own emergency.", safe="Nothing was changed.", todo="Ask somebody else."
            )
        if person in waiting[0].record.authors:
            raise NotAllowedError(
                "Nobody reviews words of their own.", safe="Nothing was changed.", todo="Ask somebody else."
            )
        home = _home(workspace, waiting[0], draft)
        case = case_of(workspace, candidate(workspace, [home]), progress=progress)
        made = new_record(
            case, Action.APPROVE, person, waiting[0].moves, note=comment, refers_to=waiting[0].id
        )
        said = keep_record(workspace, case, made, signer, progress)
        told = f"Your review is in the draft “{home}”. {said.told} A publisher publishes it like any release."
        return Outcome(Answered(said), Effects(drafts=True), told)

    return Task("Reviewing an emergency", work, writes=True)


def _home(workspace: Workspace, emergency: SignedRecord, draft: str) -> str:
    """The draft that takes a review: the one that is named, or one of its own."""
    name = DraftName(draft or f"{REVIEWS}{emergency.id[:8]}")
    if not copies_of(workspace, name):
        workspace.store.create_branch(DRAFTS + name, workspace.revision_of(LIVE))
    return name
