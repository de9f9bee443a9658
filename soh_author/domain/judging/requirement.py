"""One thing that a release needs, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from soh_author.domain.ids import PersonId
from soh_author.domain.judging.doubts import Doubt
from soh_author.domain.judging.people import Person

_MOST_DOUBTS = 5


class RequirementKind(StrEnum):
    """What has to be so."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    FACT_CHECKED = "fact-checked"
    PUBLISHER = "publisher"
    EMERGENCY = "emergency"
    FREEZE = "freeze"
    SCHEDULE = "schedule"
    POLICY = "policy"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that a release needs.

    ``subject`` is a path or an output in words, empty for the release as a whole. ``sentence`` says how it
    stands; ``how_to_satisfy`` what to do, empty when it is met. ``people`` met it, ``who`` could. ``doubts``
    are the records that were found for it and don't count.
    """

    kind: RequirementKind
    subject: str
    sentence: str
    is_met: bool
    how_to_satisfy: str = ""
    people: tuple[PersonId, ...] = ()
    who: tuple[PersonId, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def met(kind: RequirementKind, subject: str, sentence: str, people: Sequence[PersonId] = ()) -> Requirement:
    """A requirement that is met."""
    return Requirement(kind, subject, sentence, is_met=True, people=tuple(people))


def not_met(
    kind: RequirementKind,
    subject: str,
    sentence: str,
    how: str,
    *,
    able: Sequence[Person] = (),
    doubts: Sequence[Doubt] = (),
) -> Requirement:
    """A requirement that is not met; the sentence tells of the records that don't count as well."""
    said = " ".join((sentence, *dict.fromkeys(each.sentence for each in doubts[:_MOST_DOUBTS])))
    who = tuple(person.id for person in able)
    return Requirement(kind, subject, said, is_met=False, how_to_satisfy=how, who=who, doubts=tuple(doubts))
