"""Whether two different people stand behind each change: who sent it for review, who said yes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from soh_author.domain.ids import PersonId
from soh_author.domain.judging.approval import Action, SignedRecord
from soh_author.domain.judging.people import Person, Role
from soh_author.domain.judging.permissions import Text, named, reviewing_role, who_could
from soh_author.domain.judging.policy import Policy
from soh_author.domain.judging.proposal import Change, OutputChange, SourceChange
from soh_author.domain.judging.requirement import Requirement, RequirementKind, met, not_met
from soh_author.domain.judging.weighing import Weighed, Weighing


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a change needs a number of people with a role to have done."""

    kind: RequirementKind
    verb: str
    role: Role
    needed: int = 1
    because: str = ""


class Agreement:
    """Judges one change after the other.

    Args:
        policy: of the old tip.
        weighing: the records of the release.
    """

    def __init__(self, policy: Policy, weighing: Weighing) -> None:
        self._policy = policy
        self._weighing = weighing
        self._able: dict[tuple[Role, Text], tuple[Person, ...]] = {}

    def of(self, change: Change) -> Iterator[Requirement]:
        """What a change needs: that it was sent for review, and a yes to exactly this."""
        yield self._submitted(change)
        authors = self._weighing.authors(change)
        yield self._approved(change, authors)
        if isinstance(change, OutputChange) and self._needs_fact_check(change):
            weighed = self._weighing.fact_checks(change, authors)
            wanted = _Wanted(RequirementKind.FACT_CHECKED, "checked for its facts", Role.FACT_CHECKER)
            yield self._said_by(change, weighed, wanted, authors)

    def _needs_fact_check(self, change: OutputChange) -> bool:
        return bool(change.move.new) and not change.page_types.isdisjoint(
            self._policy.rules.fact_checked_types
        )

    def _submitted(self, change: Change) -> Requirement:
        kind, subject = RequirementKind.SUBMITTED, change.subject
        weighed = self._weighing.of(Action.SUBMIT, change.subject, change.move)
        may_edit = [each for each in weighed.counting if self._may_submit(each, change)]
        people = list(dict.fromkeys(each.record.person for each in may_edit))
        if people:
            return met(kind, subject, f"{subject} was sent for review by {self._names(people)}.", people)
        if weighed.counting:
            text = f"{subject} was sent for review by somebody who may not edit it."
        else:
            text = f"Nobody has sent {subject} for review as it is now."
        able = self._who(Role.EDITOR, change) if isinstance(change, SourceChange) else ()
        how = f"Ask {named(able)} to send it for review." if able else "Send the draft for review again."
        return not_met(kind, subject, text, how, able=able, doubts=weighed.doubts)

    def _may_submit(self, signed: SignedRecord, change: Change) -> bool:
        """Whose files they may edit decides; what readers of other forces see of it follows from these."""
        person = self._policy.people[signed.record.person]
        if isinstance(change, OutputChange):
            return any(person.scopes(Role.EDITOR))
        return self._weighing.reaches(person.id, Role.EDITOR, change.text)

    def _approved(self, change: Change, authors: frozenset[PersonId]) -> Requirement:
        wanted = _Wanted(
            RequirementKind.APPROVED,
            "approved",
            reviewing_role(change.text.language),
            max(1, self._policy.rules.reviewers_of_marked) if change.marks else 1,
            f" ({change.marks})" if change.marks else "",
        )
        return self._said_by(change, self._weighing.approvals(change, authors), wanted, authors)

    def _said_by(
        self, change: Change, weighed: Weighed, wanted: _Wanted, authors: frozenset[PersonId]
    ) -> Requirement:
        """Whether enough people with a role, of those who did not write it, have said yes."""
        subject = change.subject
        people = tuple(signed.record.person for signed in weighed.counting)
        if len(people) >= wanted.needed:
            text = f"{subject} was {wanted.verb} by {self._names(people)}."
            return met(wanted.kind, subject, text, people)
        able = [
            person
            for person in self._who(wanted.role, change)
            if person.id not in authors and person.id not in people
        ]
        text = f"{subject} is not {wanted.verb} yet by somebody who may do so and did not write it."
        if wanted.needed > 1:
            count = f"{len(people)} of the {wanted.needed} people it needs{wanted.because}"
            text = f"{subject} was {wanted.verb} by {count}."
        nobody = (
            f"Nobody could: the policy names no other {wanted.role.value} for it. Ask the policy's roots."
        )
        how = f"Ask {named(able)}." if able else nobody
        return not_met(wanted.kind, subject, text, how, able=able, doubts=weighed.doubts)

    def _who(self, role: Role, change: Change) -> tuple[Person, ...]:
        key = (role, change.text)
        if key not in self._able:
            self._able[key] = who_could(self._policy, role, change.text)
        return self._able[key]

    def _names(self, people: Iterable[PersonId]) -> str:
        return " and ".join(self._policy.people[person].name for person in people)
