"""What a release needs as a whole: publisher, moment, freezes, the policy, emergencies."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Unpack

import pytest

from soh_author.domain.diagnostics import Severity, diagnose
from soh_author.domain.ids import ForceId, PersonId
from soh_author.domain.judging.approval import Action, SignedRecord
from soh_author.domain.judging.doubts import Why
from soh_author.domain.judging.policy import Freeze
from soh_author.domain.judging.proposal import OutputChange
from soh_author.domain.judging.release import ReleaseKind
from soh_author.domain.judging.requirements import RequirementKind as Kind
from soh_author.domain.judging.requirements import open_emergencies, requirements
from soh_author.domain.layers import Place
from tests.domain.judging import (
    NOW,
    RecordFields,
    a_policy,
    approve,
    judged,
    kents,
    kinds,
    output,
    proposal,
    reasons,
    record,
    source,
    submit,
)

CHANGES = (source(), output())
DAY = timedelta(days=1)


def test_only_a_publisher_publishes_and_only_where_their_role_reaches() -> None:
    records = submit("nia", *CHANGES), approve("sam", *CHANGES)
    found = judged(proposal(CHANGES, *records, publisher=PersonId("sam")))
    assert kinds(found) == {Kind.PUBLISHER}
    assert found[0].who == (PersonId("alex"), PersonId("kate"))
    found = judged(proposal(CHANGES, *records, publisher=PersonId("kate")))
    assert [each.subject for each in found] == [CHANGES[0].subject]
    assert kinds(judged(proposal(CHANGES, *records, publisher=PersonId("eve")))) == {Kind.PUBLISHER}
    own = (kents(), output())
    mine = submit("nia", *own), approve("sam", *own)
    assert not judged(proposal(own, *mine, publisher=PersonId("kate")))


def test_what_is_wrong_with_the_content_blocks_and_what_is_only_odd_does_not() -> None:
    place = Place("forces/kent/pages/advice/seized-vehicles.en.md", 4)
    records = submit("nia", *CHANGES), approve("sam", *CHANGES)
    orphan = diagnose("orphaned", "The section is gone.", place)
    found = judged(proposal(CHANGES, *records, faults=(orphan,)))
    assert [(each.kind, each.subject, each.how_to_satisfy) for each in found] == [
        (Kind.CONTENT, place.path, orphan.hint)
    ]
    assert not judged(proposal(CHANGES, *records, faults=(replace(orphan, severity=Severity.WARNING),)))


def test_a_release_of_nothing_is_none() -> None:
    assert kinds(judged(proposal(()))) == {Kind.CONTENT}


def test_what_is_scheduled_waits_for_its_moment() -> None:
    shown = proposal(CHANGES, submit("nia", *CHANGES), approve("sam", *CHANGES))
    assert kinds(judged(replace(shown, not_before=NOW + DAY))) == {Kind.SCHEDULE}
    assert not judged(replace(shown, not_before=NOW))


# --- freezes ---

FREEZE = Freeze(ForceId("kent"), date(2026, 11, 20), date(2026, 11, 22), "Election of the commissioner")


@pytest.mark.parametrize(
    ("change", "now", "is_free"),
    [
        (output(), NOW, False),
        (output(change="fact"), NOW, True),
        (output("gwent"), NOW, True),
        (output(), NOW + DAY, True),
        (output(), NOW - 3 * DAY, True),
        # Half past eleven at night on the last day, in London and in universal time alike.
        (output(), datetime(2026, 11, 22, 23, 30, tzinfo=UTC), False),
    ],
)
def test_a_freeze_lets_through_what_it_permits(change: OutputChange, now: datetime, is_free: bool) -> None:
    changes = (source(), change)
    policy = a_policy(freezes=(FREEZE,))
    when = now - timedelta(hours=1)
    shown = proposal(changes, submit("nia", *changes, when=when), approve("sam", *changes, when=when))
    assert kinds(judged(shown, policy, now)) == (set() if is_free else {Kind.FREEZE})


def test_a_freeze_begins_with_the_day_in_britain() -> None:
    summer = Freeze(ForceId("kent"), date(2026, 7, 2), date(2026, 7, 9), "Election")
    now = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight on 2 July in London
    when = now - timedelta(hours=1)
    shown = proposal(CHANGES, submit("nia", *CHANGES, when=when), approve("sam", *CHANGES, when=when))
    assert kinds(judged(shown, a_policy(freezes=(summer,)), now)) == {Kind.FREEZE}


# --- the policy ---

POLICY_FILE = source("policy/policy.json", page=None)


def test_the_policy_changes_alone_and_only_when_it_may_follow() -> None:
    alone = proposal((POLICY_FILE,), kind=ReleaseKind.POLICY)
    assert not judged(alone)
    found = judged(replace(alone, policy_fault="only one root signed it"))
    assert kinds(found) == {Kind.POLICY}
    assert "only one root signed it" in found[0].sentence
    assert kinds(judged(replace(alone, kind=ReleaseKind.ORDINARY))) == {Kind.POLICY}


def test_nobody_grants_themselves_a_role_in_the_release_that_uses_it() -> None:
    together = (POLICY_FILE, *CHANGES)
    records = submit("nia", *CHANGES), approve("sam", *CHANGES)
    for kind in (ReleaseKind.POLICY, ReleaseKind.ORDINARY):
        assert kinds(judged(proposal(together, *records, kind=kind))) == {Kind.POLICY}


def test_a_release_that_claims_to_change_the_policy_has_to() -> None:
    records = submit("nia", *CHANGES), approve("sam", *CHANGES)
    assert kinds(judged(proposal(CHANGES, *records, kind=ReleaseKind.POLICY))) == {Kind.POLICY}


# --- emergencies ---


def _emergency(by: str = "alex", **others: Unpack[RecordFields]) -> SignedRecord:
    told: RecordFields = {"note": "Wrong number for 999 calls", **others}
    return record(Action.EMERGENCY, by, *CHANGES, **told)


EMERGENCY = proposal(CHANGES, _emergency(), kind=ReleaseKind.EMERGENCY)


def test_in_an_emergency_one_publisher_answers_with_a_reason() -> None:
    assert not judged(EMERGENCY)


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ((), "Nobody has signed"),
        ((_emergency(note="Urgent"),), "without a reason"),
        ((_emergency("kate"),), "other than its publisher"),
        ((record(Action.EMERGENCY, "alex", CHANGES[0], note="Wrong number for 999"),), "1 are missing"),
        ((approve("alex", *CHANGES),), "Nobody has signed"),
        ((_emergency(when=NOW - 91 * DAY),), "Nobody has signed"),
    ],
)
def test_an_emergency_without_a_publishers_reason_for_exactly_this_is_none(
    records: tuple[SignedRecord, ...], said: str
) -> None:
    found = judged(replace(EMERGENCY, records=records))
    assert kinds(found) == {Kind.EMERGENCY}
    assert said in found[0].sentence


def test_an_emergency_record_helps_no_ordinary_release() -> None:
    found = judged(replace(EMERGENCY, kind=ReleaseKind.ORDINARY))
    assert kinds(found) == {Kind.SUBMITTED, Kind.APPROVED}


def test_an_emergency_of_yesterday_is_not_played_again() -> None:
    since = {CHANGES[1].subject: NOW - timedelta(minutes=5)}
    assert kinds(judged(replace(EMERGENCY, live_since=since))) == {Kind.EMERGENCY}


def test_somebody_who_is_no_publisher_has_no_emergency() -> None:
    found = judged(replace(EMERGENCY, records=(_emergency("sam"),), publisher=PersonId("sam")))
    assert kinds(found) == {Kind.PUBLISHER}


def test_only_so_many_emergencies_wait_for_their_review() -> None:
    assert not judged(replace(EMERGENCY, open_emergencies=1))
    assert kinds(judged(replace(EMERGENCY, open_emergencies=2))) == {Kind.EMERGENCY}


def test_an_emergency_gets_past_a_freeze_but_not_past_faults() -> None:
    frozen = a_policy(freezes=(FREEZE,))
    assert not judged(EMERGENCY, frozen)
    fault = diagnose("unknown-fact", "There is no such fact.", Place("shared/facts.yml"))
    assert kinds(judged(replace(EMERGENCY, faults=(fault,)), frozen)) == {Kind.CONTENT}


def test_a_take_down_goes_either_way() -> None:
    down = replace(EMERGENCY, kind=ReleaseKind.TAKE_DOWN)
    assert not judged(down)
    assert not judged(replace(down, records=(submit("nia", *CHANGES), approve("sam", *CHANGES))))
    assert kinds(judged(replace(down, records=(submit("nia", *CHANGES),)))) == {Kind.APPROVED}


def test_an_emergency_is_open_until_somebody_else_who_may_has_said_yes_to_all_of_it() -> None:
    policy, emergency = a_policy(), _emergency()
    assert open_emergencies(policy, [emergency]) == (emergency,)
    for review in (
        approve("alex", *CHANGES, refers_to=emergency.id),
        approve("sam", CHANGES[0], refers_to=emergency.id),
        approve("gwen", *CHANGES, refers_to=emergency.id),
        approve("sam", *CHANGES, refers_to="another"),
        record(Action.ASK, "sam", *CHANGES, refers_to=emergency.id),
    ):
        assert open_emergencies(policy, [emergency, review]) == (emergency,)
    assert not open_emergencies(policy, [emergency, approve("sam", *CHANGES, refers_to=emergency.id)])


def test_the_review_of_an_emergency_is_no_yes_to_anything_new() -> None:
    review = approve("sam", *CHANGES, refers_to="an emergency")
    assert kinds(judged(proposal(CHANGES, submit("nia", *CHANGES), review))) == {Kind.APPROVED}


def test_a_review_of_an_emergency_has_to_be_right_when_it_comes() -> None:
    review = approve("sam", *CHANGES, refers_to="an emergency")
    assert not judged(proposal((), review))
    for wrong in (
        approve("sam", *CHANGES, refers_to="an emergency", when=NOW - 91 * DAY),
        approve("sam", *CHANGES, refers_to="an emergency", key="key-eve-1"),
        approve("sam", *CHANGES, refers_to="an emergency", when=NOW + DAY),
    ):
        assert kinds(judged(proposal((), wrong))) == {Kind.EMERGENCY}
    back = record(Action.WITHDRAW, "sam", refers_to=review.id)
    assert reasons(judged(proposal((), review, elsewhere=(back,)))) == {Why.WITHDRAWN}


def test_any_publisher_may_publish_a_policy_that_the_roots_signed() -> None:
    alone = proposal((POLICY_FILE,), kind=ReleaseKind.POLICY, publisher=PersonId("kate"))
    assert not judged(alone)
    assert kinds(judged(replace(alone, publisher=PersonId("sam")))) == {Kind.PUBLISHER}


def test_where_there_are_freezes_it_says_that_none_stands_in_the_way() -> None:
    shown = proposal((source(), output("gwent")))
    frozen = requirements(a_policy(freezes=(FREEZE,)), shown, NOW)
    assert [each.is_met for each in frozen if each.kind is Kind.FREEZE] == [True]
    assert Kind.FREEZE not in kinds(requirements(a_policy(), shown, NOW))
