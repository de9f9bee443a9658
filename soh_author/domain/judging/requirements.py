"""What a release needs before it may go out: the one judgement that the app and the gate share.

Pure: the same policy, proposal and moment give the same answer on every machine. The app's answer is a
courtesy, the server's is the law (APPROVALS, "The gate").
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from soh_author.domain.judging.agreement import Agreement
from soh_author.domain.judging.approval import Action, OutputMove, SignedRecord, SourceMove
from soh_author.domain.judging.permissions import Text, holds, reviewing_role
from soh_author.domain.judging.policy import Policy
from soh_author.domain.judging.proposal import Proposal
from soh_author.domain.judging.release import ReleaseKind
from soh_author.domain.judging.requirement import Requirement, RequirementKind
from soh_author.domain.judging.weighing import Weighing
from soh_author.domain.judging.whole_release import (
    content_requirements,
    emergency_requirements,
    freeze_requirements,
    policy_requirements,
    publisher_requirements,
    review_requirements,
    schedule_requirements,
)
from soh_author.domain.layers import Layer

__all__ = ["Requirement", "RequirementKind", "open_emergencies", "requirements", "reviews_of", "unmet"]


def requirements(policy: Policy, proposal: Proposal, now: datetime) -> tuple[Requirement, ...]:
    """Judge a release.

    Args:
        policy: the policy of the old tip: what a release brings never helps it.
        proposal: the release, and what is known around it.
        now: the moment of judgement, with its zone.

    Returns:
        Every requirement, met or not; the release may go out when all are met.
    """
    assert now.tzinfo is not None, "the moment of judgement knows its zone"
    return tuple(_requirements(policy, proposal, now))


def unmet(judged: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """The requirements that are not met."""
    return tuple(each for each in judged if not each.is_met)


def _requirements(policy: Policy, proposal: Proposal, now: datetime) -> Iterator[Requirement]:
    weighing = Weighing(policy, proposal, now)
    emergencies = weighing.emergencies()
    yield from policy_requirements(policy, proposal)
    yield from content_requirements(proposal)
    yield from schedule_requirements(proposal, now)
    yield from review_requirements(weighing.doubtful_reviews())
    is_emergency = _is_emergency(proposal, emergencies)
    if is_emergency:
        yield from emergency_requirements(policy, proposal, emergencies)
    else:
        agreement = Agreement(policy, weighing)
        for change in proposal.changes():
            yield from agreement.of(change)
    yield from publisher_requirements(policy, proposal)
    yield from freeze_requirements(policy, proposal, now, is_emergency=is_emergency)


def _is_emergency(proposal: Proposal, records: Sequence[SignedRecord]) -> bool:
    """Whether one publisher alone answers for it; a take-down may go either way."""
    kind = proposal.kind
    return kind is ReleaseKind.EMERGENCY or (kind is ReleaseKind.TAKE_DOWN and bool(records))


def open_emergencies(policy: Policy, live: Iterable[SignedRecord]) -> tuple[SignedRecord, ...]:
    """The emergencies among what is live that nobody has reviewed since.

    A review is a yes that refers to the emergency's record and covers all its moves, by somebody else who
    wrote none of it and may approve all of it.

    Args:
        policy: the present policy.
        live: every record that a gate has let in.
    """
    records = tuple(live)
    reviews = [each for each in records if each.record.action is Action.APPROVE and each.record.refers_to]
    return tuple(
        each
        for each in records
        if each.record.action is Action.EMERGENCY and not _is_reviewed(policy, each, reviews)
    )


def _is_reviewed(policy: Policy, emergency: SignedRecord, reviews: Sequence[SignedRecord]) -> bool:
    return all(reviews_of(policy, emergency, reviews, move) for move in emergency.moves)


def reviews_of(
    policy: Policy, emergency: SignedRecord, reviews: Iterable[SignedRecord], move: SourceMove | OutputMove
) -> tuple[SignedRecord, ...]:
    """The yeses to a move of an emergency afterwards that count.

    Args:
        policy: the present policy.
        emergency: its record.
        reviews: live yeses that refer to some emergency.
        move: one of the moves it covers.
    """
    return tuple(
        yes
        for yes in reviews
        if yes.record.refers_to == emergency.id
        and yes.record.person not in {emergency.record.person, *emergency.record.authors}
        and _reviews(policy, yes, move)
    )


def _reviews(policy: Policy, yes: SignedRecord, move: SourceMove | OutputMove) -> bool:
    """Whether a yes covers a move, by somebody whose role reaches its readers (files have none)."""
    person = policy.people.get(yes.record.person)
    if person is None or move not in yes.moves:
        return False
    if isinstance(move, SourceMove):
        return True
    text = Text(Layer.of_force(move.force), move.page, move.language)
    return holds(person, reviewing_role(move.language), text)
