"""Which records speak for which change, and whose text it is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from soh_author.domain.ids import PersonId
from soh_author.domain.judging.approval import Action, OutputMove, SignedRecord, SourceMove
from soh_author.domain.judging.doubts import Doubt, Why, doubt, doubt_about, withdrawn_records
from soh_author.domain.judging.people import Role
from soh_author.domain.judging.permissions import Text, holds, reviewing_role
from soh_author.domain.judging.policy import Policy
from soh_author.domain.judging.proposal import Change, OutputChange, Proposal

Move = SourceMove | OutputMove


@dataclass(frozen=True, slots=True)
class Weighed:
    """The records of one action for one change: those that count, and why the others don't."""

    counting: tuple[SignedRecord, ...]
    doubts: tuple[Doubt, ...]


class Weighing:
    """All records of a proposal, weighed once.

    Args:
        policy: of the old tip.
        proposal: the release.
        now: the moment of judgement.
    """

    def __init__(self, policy: Policy, proposal: Proposal, now: datetime) -> None:
        self._policy = policy
        self._proposal = proposal
        withdrawn = withdrawn_records(proposal)
        self._records = tuple({each.id: each for each in proposal.records}.values())
        self._elsewhere = tuple(each for each in proposal.elsewhere if each.id not in proposal.spent)
        self._doubts = {
            each.id: doubt_about(policy, each, proposal, now, withdrawn) for each in self._records
        }
        self._own = _by_subject(self._records)
        self._others = _by_subject(self._elsewhere)
        self._content = {source.move.path: source for source in proposal.content}
        self._reach: dict[tuple[PersonId, Role, Text], bool] = {}
        self._authors: dict[str, frozenset[PersonId]] = {}

    def of(self, action: Action, subject: str, move: Move) -> Weighed:
        """The records of an action that name a subject, and which of them count for its move.

        A yes that reviews an emergency afterwards is no yes to anything new.
        """
        counting: list[SignedRecord] = []
        doubts: list[Doubt] = []
        for signed in self._own.get((action, subject), ()):
            found = self._doubts[signed.id] or self._doubt(signed, subject, move)
            if found is not None:
                doubts.append(found)
            elif not (action is Action.APPROVE and signed.record.refers_to):
                counting.append(signed)
        return Weighed(tuple(counting), tuple(doubts))

    def reaches(self, person: PersonId, role: Role, text: Text) -> bool:
        """Whether a role of a person reaches a text."""
        key = (person, role, text)
        if key not in self._reach:
            self._reach[key] = holds(self._policy.people[person], role, text)
        return self._reach[key]

    def emergencies(self) -> tuple[SignedRecord, ...]:
        """The emergency records about which there is no doubt."""
        return tuple(
            each
            for each in self._records
            if each.record.action is Action.EMERGENCY and self._doubts[each.id] is None
        )

    def doubtful_reviews(self) -> tuple[Doubt, ...]:
        """Why reviews of earlier emergencies, that come with the release, don't count.

        Once live nobody looks at them again, so they have to be right when they come.
        """
        found = (
            self._doubts[each.id]
            for each in self._records
            if each.record.action is Action.APPROVE and each.record.refers_to
        )
        return tuple(each for each in found if each is not None)

    def authors(self, change: Change) -> frozenset[PersonId]:
        """Everybody whose text a change brings: nobody of them can say yes to it."""
        subject = change.subject
        if subject not in self._authors:
            people = self._authors_of(change)
            if isinstance(change, OutputChange):
                people |= self._authors_reaching(change)
            self._authors[subject] = people
        return self._authors[subject]

    def approvals(self, change: Change, authors: frozenset[PersonId]) -> Weighed:
        """The yeses to a change by people who may give one and wrote none of it; one for each person."""
        weighed = self.of(Action.APPROVE, change.subject, change.move)
        return self._by_others(change, weighed, reviewing_role(change.text.language), authors)

    def fact_checks(self, change: Change, authors: frozenset[PersonId]) -> Weighed:
        """The fact checks of a change by people who may check it and wrote none of it."""
        weighed = self.of(Action.FACT_CHECK, change.subject, change.move)
        return self._by_others(change, weighed, Role.FACT_CHECKER, authors)

    def _by_others(
        self, change: Change, weighed: Weighed, role: Role, authors: frozenset[PersonId]
    ) -> Weighed:
        counting: dict[PersonId, SignedRecord] = {}
        doubts = list(weighed.doubts)
        for signed in weighed.counting:
            found = self._personal_doubt(signed, change, role, authors)
            if found is None:
                counting.setdefault(signed.record.person, signed)
            else:
                doubts.append(found)
        return Weighed(tuple(counting.values()), tuple(doubts))

    def _personal_doubt(
        self, signed: SignedRecord, change: Change, role: Role, authors: frozenset[PersonId]
    ) -> Doubt | None:
        person = self._policy.people[signed.record.person]
        if person.id in authors:
            return doubt(Why.AUTHOR, signed, self._policy, "doesn't count: they wrote some of it")
        if not self.reaches(person.id, role, change.text):
            text = f"doesn't count: they are no {role.value} for it"
            return doubt(Why.ROLE, signed, self._policy, text)
        if self._asked_later(signed, change):
            return doubt(Why.CHANGES_ASKED, signed, self._policy, "was followed by their wish for changes")
        return None

    def _asked_later(self, signed: SignedRecord, change: Change) -> bool:
        """Whether the same person has asked for changes of the same move since: the last word counts."""
        key = (Action.ASK, change.subject)
        return any(
            asked.record.person == signed.record.person
            and asked.record.when >= signed.record.when
            and asked.by_subject[change.subject] == change.move
            for asked in (*self._own.get(key, ()), *self._others.get(key, ()))
        )

    def _doubt(self, signed: SignedRecord, subject: str, move: Move) -> Doubt | None:
        if signed.by_subject[subject] != move:
            return doubt(Why.OTHER_CHANGE, signed, self._policy, "is for another change of it")
        live = self._proposal.live_since.get(subject)
        if live is not None and signed.record.when < live:
            return doubt(Why.REPLACED, signed, self._policy, "is older than what it would replace")
        return None

    def _authors_of(self, change: Change) -> frozenset[PersonId]:
        move, subject = change.move, change.subject
        submitted = self.of(Action.SUBMIT, subject, move).counting
        drafts = {signed.record.draft for signed in submitted}
        key = (Action.SUBMIT, subject)
        others = [each for each in self._others.get(key, ()) if each.record.draft in drafts]
        people = set(self._proposal.touched.get(subject, ()))
        for signed in (*self._own.get(key, ()), *others):
            if signed.by_subject[subject] == move or not self._was_approved(signed, change):
                people.update(_wrote(signed))
        return frozenset(people)

    def _was_approved(self, signed: SignedRecord, change: Change) -> bool:
        """Whether an earlier state of the text has its own yes, by somebody who did not write it."""
        earlier = signed.by_subject[change.subject]
        role = reviewing_role(change.text.language)
        wrote = _wrote(signed)
        return any(
            yes.record.person not in wrote and self.reaches(yes.record.person, role, change.text)
            for yes in self.of(Action.APPROVE, change.subject, earlier).counting
        )

    def _authors_reaching(self, change: OutputChange) -> frozenset[PersonId]:
        found: frozenset[PersonId] = frozenset()
        if change.sources is None:
            reaching = list(self._proposal.content)
        else:
            reaching = [self._content[path] for path in change.sources if path in self._content]
        for source in reaching:
            found |= self.authors(source)
        return found


def _wrote(signed: SignedRecord) -> frozenset[PersonId]:
    return frozenset((signed.record.person, *signed.record.authors))


def _by_subject(records: Iterable[SignedRecord]) -> dict[tuple[Action, str], list[SignedRecord]]:
    found: dict[tuple[Action, str], list[SignedRecord]] = defaultdict(list)
    for signed in records:
        for subject in signed.by_subject:
            found[signed.record.action, subject].append(signed)
    return found
