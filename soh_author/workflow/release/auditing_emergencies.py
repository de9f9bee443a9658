"""What the audit tells of emergencies: who answered for one, and who reviewed it afterwards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from soh_author.domain.ids import PersonId
from soh_author.domain.judging.approval import Action, OutputMove, SignedRecord
from soh_author.domain.judging.policy import Policy
from soh_author.domain.judging.requirements import reviews_of


@dataclass(frozen=True, slots=True)
class Review:
    """Somebody's yes to an emergency afterwards, and the id of its record."""

    person: PersonId
    when: datetime
    record: str


@dataclass(frozen=True, slots=True)
class Emergency:
    """An output that one publisher put out alone; ``reviews`` are the yeses to it since, the oldest first."""

    publisher: PersonId
    reviews: tuple[Review, ...]


class Emergencies:
    """The emergencies among what is live.

    Args:
        policy: whose roles say which reviews count.
        live: every record that is live.
    """

    def __init__(self, policy: Policy, live: Iterable[SignedRecord]) -> None:
        self._policy = policy
        self._reviews = [
            each for each in live if each.record.action is Action.APPROVE and each.record.refers_to
        ]

    def of(self, records: Sequence[SignedRecord], subject: str, digest: str) -> Emergency | None:
        """The emergency by which an output went out; None where it went out in the ordinary way.

        Args:
            records: those of its release.
            subject: what records call the output.
            digest: what it became.
        """
        for signed in records:
            move = signed.by_subject.get(subject)
            if (
                signed.record.action is Action.EMERGENCY
                and isinstance(move, OutputMove)
                and move.new == digest
            ):
                found = reviews_of(self._policy, signed, self._reviews, move)
                reviews = (Review(each.record.person, each.record.when, each.id) for each in found)
                return Emergency(signed.record.person, tuple(sorted(reviews, key=lambda each: each.when)))
        return None
