"""The emergency route: one publisher answers for it, with a typed reason; it is reviewed afterwards."""

from collections.abc import Sequence

from soh_author.domain.approval import Action, SignedRecord
from soh_author.domain.errors import NotAllowedError, NotFoundError, UsageError
from soh_author.domain.release import ReleaseKind
from soh_author.domain.requirements import open_emergencies
from soh_author.domain.whole_release import SHORTEST_REASON
from soh_author.trust.signers import Signer
from soh_author.workflow.effects import Effects
from soh_author.workflow.release.publishing import Published, Wish, plan, publish
from soh_author.workflow.release.releasing_case import case_of, live_records, policy_of, signer_in
from soh_author.workflow.release.releasing_content import candidate
from soh_author.workflow.release.reviewing import Answered
from soh_author.workflow.release.reviewing_records import keep_record, new_record
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace


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
        wish = Wish(tuple(drafts), note=f"Emergency: {reason}", kind=kind, reason=reason)
        planned = plan(workspace, wish, signer).run(progress).value
        return publish(workspace, planned, signer).run(progress)

    return Task("Publishing in an emergency", work, writes=True)


def waiting_emergencies(workspace: Workspace) -> tuple[SignedRecord, ...]:
    """Emergencies that are live and that nobody has reviewed yet; they are shown until somebody has."""
    live = workspace.snapshot()
    return open_emergencies(policy_of(live), live_records(live))


def review_emergency(
    workspace: Workspace, emergency: str, draft: str, signer: Signer, *, comment: str = ""
) -> Task[Answered]:
    """Say afterwards that an emergency was right, as far as one may; the yes goes out with a draft.

    Args:
        emergency: id of its record, or how that begins.
        draft: the draft that takes the yes.

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
        case = case_of(workspace, candidate(workspace, [draft]), progress=progress)
        person = signer_in(case.policy, signer)
        if person == waiting[0].record.person:
            raise NotAllowedError(
                "Nobody reviews their own emergency.", safe="Nothing was changed.", todo="Ask somebody else."
            )
        made = new_record(
            case, Action.APPROVE, person, waiting[0].moves, note=comment, refers_to=waiting[0].id
        )
        said = keep_record(workspace, case, made, signer, progress)
        return Outcome(Answered(said), Effects(drafts=True), f"The emergency is reviewed. {said.told}")

    return Task("Reviewing an emergency", work, writes=True)
