"""Why a record whose signature holds does not count all the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from soh_author.domain.days import moment_in_words
from soh_author.domain.ids import PersonId
from soh_author.domain.judging.approval import Action, SignedRecord
from soh_author.domain.judging.policy import Policy
from soh_author.domain.judging.proposal import Proposal

AHEAD = timedelta(minutes=5)
"""How far ahead of ours another computer's clock may be."""


class Why(StrEnum):
    """The rules by which a record is passed over."""

    OTHER_REPOSITORY = "other-repository"
    UNKNOWN_PERSON = "unknown-person"
    UNKNOWN_KEY = "unknown-key"
    KEY = "key"
    FUTURE = "future"
    TOO_OLD = "too-old"
    SPENT = "spent"
    WITHDRAWN = "withdrawn"
    REPLACED = "older-than-what-is-live"
    OTHER_CHANGE = "other-change"
    AUTHOR = "author"
    ROLE = "role"
    CHANGES_ASKED = "changes-asked"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One record that doesn't count, by which rule, in a sentence."""

    why: Why
    record: str
    person: PersonId
    sentence: str


def doubt_about(
    policy: Policy, signed: SignedRecord, proposal: Proposal, now: datetime, withdrawn: frozenset[str]
) -> Doubt | None:
    """Why a record can't count for anything in a release; None when it may.

    Args:
        policy: of the old tip: what a release brings never helps it.
        signed: the record.
        proposal: the release.
        now: the moment of judgement.
        withdrawn: ids of records that were taken back.
    """
    return next(_doubts(policy, signed, proposal, now, withdrawn), None)


def withdrawn_records(proposal: Proposal) -> frozenset[str]:
    """Ids of the records that their own people took back, wherever that is written.

    However old: who took their yes back doesn't give it again by waiting.
    """
    said = (*proposal.records, *proposal.elsewhere)
    back = {
        (each.record.refers_to, each.record.person) for each in said if each.record.action is Action.WITHDRAW
    }
    return frozenset(each.id for each in said if (each.id, each.record.person) in back)


def _doubts(
    policy: Policy, signed: SignedRecord, proposal: Proposal, now: datetime, withdrawn: frozenset[str]
) -> Iterator[Doubt]:
    record = signed.record
    if record.repository != policy.repository:
        yield doubt(Why.OTHER_REPOSITORY, signed, policy, "is for another repository")
    yield from _doubts_of_key(policy, signed, now)
    if signed.id in proposal.spent:
        yield doubt(Why.SPENT, signed, policy, "has counted before, and counts once only")
    if signed.id in withdrawn:
        yield doubt(Why.WITHDRAWN, signed, policy, "was taken back")
    if record.when > now + AHEAD:
        text = (
            f"is of {moment_in_words(record.when)}, which is still to come; the clock it was made by is wrong"
        )
        yield doubt(Why.FUTURE, signed, policy, text)
    days = policy.rules.records_last_days
    if now - record.when > timedelta(days=days):
        yield doubt(Why.TOO_OLD, signed, policy, f"is older than {days} days")


def _doubts_of_key(policy: Policy, signed: SignedRecord, now: datetime) -> Iterator[Doubt]:
    person = policy.people.get(signed.record.person)
    if person is None:
        yield doubt(Why.UNKNOWN_PERSON, signed, policy, "is by somebody the policy doesn't know")
        return
    key = person.key(signed.key)
    if key is None:
        yield doubt(Why.UNKNOWN_KEY, signed, policy, "is signed with a key that isn't theirs")
        return
    reason = key.why_not(signed.record.when, now)
    if reason:
        yield doubt(Why.KEY, signed, policy, f"is signed with a key that {reason}")


_NOUNS = {
    Action.SUBMIT: "The request for review by",
    Action.APPROVE: "The yes of",
    Action.ASK: "The wish for changes of",
    Action.WITHDRAW: "The withdrawal of",
    Action.FACT_CHECK: "The fact check of",
    Action.EMERGENCY: "The emergency record of",
}


def doubt(why: Why, signed: SignedRecord, policy: Policy, text: str) -> Doubt:
    """A doubt about a record; ``text`` follows its noun: *was taken back*."""
    person = policy.people.get(signed.record.person)
    name = person.name if person else signed.record.person
    return Doubt(why, signed.id, signed.record.person, f"{_NOUNS[signed.record.action]} {name} {text}.")
