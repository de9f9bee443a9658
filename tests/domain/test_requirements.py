"""The judgement over a release: every attack is refused by the rule it breaks, its honest twin goes out."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from soh_author.domain.ids import DraftName, Language, PersonId
from soh_author.domain.judging.approval import Action
from soh_author.domain.judging.doubts import Why
from soh_author.domain.judging.people import PublicKey, Role
from soh_author.domain.judging.policy import Rules
from soh_author.domain.judging.proposal import Change
from soh_author.domain.judging.requirements import RequirementKind as Kind
from soh_author.domain.judging.requirements import requirements
from soh_author.domain.layers import Layer
from tests.domain.judging import (
    NOW,
    REPOSITORY,
    C,
    a_policy,
    approve,
    at,
    judged,
    kents,
    kinds,
    output,
    person,
    proposal,
    reasons,
    record,
    source,
    submit,
    with_person,
)

CHANGES = (source(), output())
DAY = timedelta(days=1)


def test_two_people_a_publisher_and_every_change_covered_is_enough() -> None:
    judgement = requirements(
        a_policy(), proposal(CHANGES, submit("nia", *CHANGES), approve("sam", *CHANGES)), NOW
    )
    assert all(each.is_met for each in judgement)
    assert {each.kind for each in judgement} == {Kind.SUBMITTED, Kind.APPROVED, Kind.PUBLISHER}


# --- who says yes ---


def test_nobody_approves_what_they_wrote() -> None:
    found = judged(proposal(CHANGES, submit("nia", *CHANGES), approve("nia", *CHANGES)))
    assert kinds(found) == {Kind.APPROVED}
    assert reasons(found) == {Why.AUTHOR}


def test_a_second_key_of_the_same_person_is_no_second_person() -> None:
    found = judged(proposal(CHANGES, submit("nia", *CHANGES), approve("nia", *CHANGES, key="key-nia-2")))
    assert reasons(found) == {Why.AUTHOR}
    theirs = approve("sam", *CHANGES), submit("nia", *CHANGES, key="key-nia-2")
    assert not judged(proposal(CHANGES, *theirs))


def test_without_any_yes_it_says_who_could_give_it_and_leaves_out_who_wrote_it() -> None:
    found = judged(proposal(CHANGES, submit("nia", *CHANGES)))
    assert [each.kind for each in found] == [Kind.APPROVED, Kind.APPROVED]
    assert set(found[0].who) == {PersonId("sam"), PersonId("rhys")}
    assert found[0].how_to_satisfy == "Ask Sam or Rhys."
    assert set(found[1].who) == {PersonId("sam"), PersonId("rhys"), PersonId("kit")}


def test_nothing_goes_out_that_nobody_sent_for_review() -> None:
    assert kinds(judged(proposal(CHANGES, approve("sam", *CHANGES)))) == {Kind.SUBMITTED}


def test_only_an_editor_of_the_layer_can_send_its_file_for_review() -> None:
    found = judged(proposal(CHANGES, submit("kit", *CHANGES), approve("sam", *CHANGES)))
    assert kinds(found) == {Kind.SUBMITTED}
    assert "may not edit" in found[0].sentence
    own = (kents(), output())
    assert not judged(proposal(own, submit("kit", *own), approve("sam", *own)))


def test_who_edited_the_draft_before_counts_as_its_author() -> None:
    earlier, final = source(new=C), source()
    shown = (final, output())
    records = submit("sam", earlier), submit("nia", *shown), approve("sam", *shown)
    assert reasons(judged(proposal(shown, *records))) == {Why.AUTHOR}
    assert not judged(proposal(shown, records[0], records[1], approve("rhys", *shown)))


def test_who_is_named_as_an_author_in_the_request_counts_as_one() -> None:
    sent = submit("nia", *CHANGES, authors=(PersonId("sam"),))
    assert reasons(judged(proposal(CHANGES, sent, approve("sam", *CHANGES)))) == {Why.AUTHOR}
    assert not judged(proposal(CHANGES, sent, approve("rhys", *CHANGES)))


def test_who_touched_the_file_in_the_draft_counts_as_an_author() -> None:
    records = submit("nia", *CHANGES), approve("sam", *CHANGES)
    touched = {CHANGES[0].subject: frozenset({PersonId("sam")})}
    assert reasons(judged(proposal(CHANGES, *records, touched=touched))) == {Why.AUTHOR}
    touched = {CHANGES[0].subject: frozenset({PersonId("nia")})}
    assert not judged(proposal(CHANGES, *records, touched=touched))


def test_a_request_left_out_of_the_release_still_names_its_author() -> None:
    mine = submit("sam", source(new=C))
    shown = proposal(CHANGES, submit("nia", *CHANGES), approve("sam", *CHANGES), elsewhere=(mine,))
    assert reasons(judged(shown)) == {Why.AUTHOR}
    other = submit("sam", source(new=C), draft=DraftName("another"))
    assert not judged(replace(shown, elsewhere=(other,)))


def test_text_that_was_approved_since_has_no_open_author() -> None:
    earlier = source(new=C)
    records = submit("nia", earlier), approve("sam", earlier), submit("sam", *CHANGES)
    assert not judged(proposal(CHANGES, *records, approve("nia", *CHANGES)))
    assert reasons(judged(proposal(CHANGES, records[0], records[2], approve("nia", *CHANGES)))) == {
        Why.AUTHOR
    }


@pytest.mark.parametrize("earlier_yes", ["nia", "kit", "fred"])
def test_a_yes_by_the_author_or_beyond_a_role_leaves_the_author_open(earlier_yes: str) -> None:
    earlier = source(new=C)
    records = submit("nia", earlier), approve(earlier_yes, earlier), submit("sam", *CHANGES)
    found = judged(proposal(CHANGES, *records, approve("nia", *CHANGES)))
    assert kinds(found) == {Kind.APPROVED}
    assert Why.AUTHOR in reasons(found)


def test_what_readers_see_is_sent_for_review_by_an_editor_wherever_they_read_it() -> None:
    shown = (kents(), output("kent"), output("gwent"))
    assert not judged(proposal(shown, submit("kit", *shown), approve("sam", *shown)))
    by_rhys = submit("kit", shown[0]), submit("rhys", *shown[1:])
    found = judged(proposal(shown, *by_rhys, approve("sam", *shown)))
    assert [(each.kind, each.subject) for each in found] == [
        (Kind.SUBMITTED, each.subject) for each in shown[1:]
    ]


def test_an_author_of_a_file_is_an_author_of_the_outputs_it_reaches() -> None:
    both = (source(), kents(), output())
    sent = submit("nia", both[0]), submit("sam", both[1], both[2])
    yeses = approve("sam", both[0]), approve("nia", both[1], both[2])
    found = judged(proposal(both, *sent, *yeses))
    assert [each.subject for each in found] == [both[2].subject]
    assert reasons(found) == {Why.AUTHOR}
    assert not judged(proposal(both, *sent, *yeses, approve("rhys", both[2])))


def test_two_drafts_that_reach_different_outputs_may_be_approved_crosswise() -> None:
    gwents = source("forces/gwent/facts.yml", layer=Layer.of_force("gwent"), page=None)
    first = (kents(), output("kent", sources=frozenset({kents().subject})))
    second = (gwents, output("gwent", sources=frozenset({gwents.subject})))
    records = submit("nia", *first), approve("sam", *first), submit("sam", *second), approve("nia", *second)
    assert not judged(proposal((*first, *second), *records))


# --- whose yes reaches where ---


def test_shared_text_needs_a_national_reviewer() -> None:
    found = judged(proposal(CHANGES, submit("nia", *CHANGES), approve("kit", *CHANGES)))
    assert [each.subject for each in found] == [CHANGES[0].subject]
    assert reasons(found) == {Why.ROLE}


@pytest.mark.parametrize("reviewer", ["sam", "kit"])
def test_a_forces_text_is_approved_by_its_own_or_a_national_reviewer(reviewer: str) -> None:
    own = (kents(), output())
    assert not judged(proposal(own, submit("nia", *own), approve(reviewer, *own)))


def test_a_reviewer_of_another_force_is_none() -> None:
    policy = with_person(a_policy(), person("will", at(Role.REVIEWER, "force:gwent")))
    own = (kents(), output())
    found = judged(proposal(own, submit("nia", *own), approve("will", *own)), policy)
    assert reasons(found) == {Why.ROLE}


def test_a_reviewer_of_some_pages_is_none_for_others() -> None:
    policy = with_person(a_policy(), person("will", at(Role.REVIEWER, "*", pages=["report/*"])))
    shown = proposal(CHANGES, submit("nia", *CHANGES), approve("will", *CHANGES))
    assert reasons(judged(shown, policy)) == {Why.ROLE}
    wider = with_person(policy, person("will", at(Role.REVIEWER, "*", pages=["advice/*"])))
    assert not judged(shown, wider)


def test_a_welsh_output_needs_a_welsh_reviewer() -> None:
    welsh = output("gwent", Language.CY)
    both = (source(), welsh)
    sent = submit("nia", *both)
    found = judged(proposal(both, sent, approve("sam", *both)))
    assert [each.subject for each in found] == [welsh.subject]
    assert reasons(found) == {Why.ROLE}
    assert not judged(proposal(both, sent, approve("sam", both[0]), approve("gwen", welsh)))


def test_a_change_marked_as_safety_takes_two_reviewers() -> None:
    marked = (source(marks="safety"), output())
    sent, first, second = submit("nia", *marked), approve("sam", *marked), approve("rhys", marked[0])
    found = judged(proposal(marked, sent, first))
    assert [each.kind for each in found] == [Kind.APPROVED]
    assert "1 of the 2 people it needs (safety)" in found[0].sentence
    assert not judged(proposal(marked, sent, first, second))


def test_one_reviewer_saying_yes_twice_is_one_reviewer() -> None:
    marked = (source(marks="safety"), output())
    twice = approve("sam", *marked), approve("sam", *marked, nonce="1" * 32)
    assert kinds(judged(proposal(marked, submit("nia", *marked), *twice))) == {Kind.APPROVED}


def test_facts_are_checked_where_the_page_type_asks_for_it() -> None:
    policy = a_policy(rules=Rules(fact_checked_types=("advice",)))
    shown = proposal(CHANGES, submit("nia", *CHANGES), approve("sam", *CHANGES))
    found = judged(shown, policy)
    assert kinds(found) == {Kind.FACT_CHECKED}
    assert found[0].who == (PersonId("fred"),)
    checked = record(Action.FACT_CHECK, "fred", CHANGES[1])
    assert not judged(replace(shown, records=(*shown.records, checked)), policy)
    by_sam = record(Action.FACT_CHECK, "sam", CHANGES[1])
    assert reasons(judged(replace(shown, records=(*shown.records, by_sam)), policy)) == {Why.ROLE}


def test_a_page_that_goes_needs_no_fact_check() -> None:
    policy = a_policy(rules=Rules(fact_checked_types=("advice",)))
    gone = (source(new=""), output(new=""))
    assert not judged(proposal(gone, submit("nia", *gone), approve("sam", *gone)), policy)


# --- exactly this change ---


def test_a_yes_to_an_older_version_is_none_to_this_one() -> None:
    older = (source(new=C), output(new=C))
    found = judged(proposal(CHANGES, submit("nia", *CHANGES), approve("sam", *older)))
    assert kinds(found) == {Kind.APPROVED}
    assert reasons(found) == {Why.OTHER_CHANGE}


@pytest.mark.parametrize("left_out", [0, 1])
def test_a_yes_to_the_file_is_none_to_what_readers_see_nor_the_other_way_round(left_out: int) -> None:
    covered = CHANGES[1 - left_out]
    found = judged(proposal(CHANGES, submit("nia", *CHANGES), approve("sam", covered)))
    assert [(each.kind, each.subject) for each in found] == [(Kind.APPROVED, CHANGES[left_out].subject)]


def test_a_yes_for_another_page_with_equal_bytes_is_none_for_this_one() -> None:
    other = source("shared/pages/advice/lost-dogs.en.md"), output(page="advice/lost-dogs")
    assert kinds(judged(proposal(CHANGES, submit("nia", *CHANGES), approve("sam", *other)))) == {
        Kind.APPROVED
    }


def test_a_yes_for_another_force_is_none_for_this_one() -> None:
    other = (source(), output("gwent"))
    found = judged(proposal(CHANGES, submit("nia", *CHANGES), approve("sam", *other)))
    assert [each.subject for each in found] == [CHANGES[1].subject]


def test_an_old_yes_is_not_replayed_after_a_roll_back() -> None:
    old = [submit("nia", *CHANGES), approve("sam", *CHANGES)]
    rolled_back = dict.fromkeys((each.subject for each in CHANGES), NOW - timedelta(minutes=30))
    found = judged(proposal(CHANGES, *old, live_since=rolled_back))
    assert kinds(found) == {Kind.SUBMITTED, Kind.APPROVED}
    assert reasons(found) == {Why.REPLACED}
    later = NOW - timedelta(minutes=10)
    again = submit("nia", *CHANGES, when=later), approve("sam", *CHANGES, when=later)
    assert not judged(proposal(CHANGES, *again, live_since=rolled_back))


def test_a_record_counts_once() -> None:
    records = submit("nia", *CHANGES), approve("sam", *CHANGES)
    found = judged(proposal(CHANGES, *records, spent=frozenset({records[1].id})))
    assert reasons(found) == {Why.SPENT}
    assert not judged(proposal(CHANGES, *records, spent=frozenset({"another"})))


def test_a_yes_from_a_training_copy_is_none_here() -> None:
    theirs = approve("sam", *CHANGES, repository=REPOSITORY.replace("3", "4"))
    assert reasons(judged(proposal(CHANGES, submit("nia", *CHANGES), theirs))) == {Why.OTHER_REPOSITORY}


@pytest.mark.parametrize(
    ("age", "why"),
    [
        (timedelta(days=90), None),
        (timedelta(days=90, seconds=1), Why.TOO_OLD),
        (-timedelta(minutes=5), None),
        (-timedelta(minutes=5, seconds=1), Why.FUTURE),
    ],
)
def test_a_yes_is_neither_too_old_nor_of_the_future(age: timedelta, why: Why | None) -> None:
    shown = proposal(CHANGES, submit("nia", *CHANGES), approve("sam", *CHANGES, when=NOW - age))
    assert reasons(judged(shown)) == ({why} if why else set())


def test_a_yes_that_was_taken_back_counts_no_more_wherever_that_is_written() -> None:
    yes = approve("sam", *CHANGES)
    back = record(Action.WITHDRAW, "sam", refers_to=yes.id, when=NOW - 200 * DAY)
    shown = proposal(CHANGES, submit("nia", *CHANGES), yes)
    for found in (replace(shown, records=(*shown.records, back)), replace(shown, elsewhere=(back,))):
        assert reasons(judged(found)) == {Why.WITHDRAWN}
    by_nia = record(Action.WITHDRAW, "nia", refers_to=yes.id)
    assert not judged(replace(shown, elsewhere=(by_nia,)))


def test_a_wish_for_changes_after_a_yes_takes_it_back() -> None:
    shown = proposal(CHANGES, submit("nia", *CHANGES), approve("sam", *CHANGES))
    later = record(Action.ASK, "sam", *CHANGES, when=NOW - timedelta(minutes=5))
    assert reasons(judged(replace(shown, elsewhere=(later,)))) == {Why.CHANGES_ASKED}
    earlier = record(Action.ASK, "sam", *CHANGES, when=NOW - timedelta(hours=2))
    assert not judged(replace(shown, elsewhere=(earlier,)))


def test_records_elsewhere_never_help() -> None:
    shown = proposal(CHANGES, submit("nia", *CHANGES), elsewhere=(approve("sam", *CHANGES),))
    assert kinds(judged(shown)) == {Kind.APPROVED}


# --- keys ---


def _sams_key(
    start: datetime = NOW - 30 * DAY, end: datetime | None = None, revoked: datetime | None = None
) -> Kind | None:
    key = PublicKey("key-sam-1", start, end, revoked)
    sam = replace(person("sam", Role.REVIEWER), keys=(key,))
    found = judged(
        proposal(CHANGES, submit("nia", *CHANGES), approve("sam", *CHANGES)), with_person(a_policy(), sam)
    )
    assert reasons(found) <= {Why.KEY}
    return found[0].kind if found else None


def test_a_key_counts_from_its_first_moment_to_its_last() -> None:
    assert _sams_key() is None
    assert _sams_key(end=NOW + DAY) is None
    assert _sams_key(start=NOW - timedelta(minutes=30)) is Kind.APPROVED
    assert _sams_key(end=NOW - timedelta(hours=2)) is Kind.APPROVED


def test_a_key_that_ran_out_since_helps_nobody_who_names_an_earlier_moment() -> None:
    assert _sams_key(end=NOW - timedelta(minutes=1)) is Kind.APPROVED


def test_a_revoked_key_helps_nobody_who_names_an_earlier_moment() -> None:
    assert _sams_key(revoked=NOW - timedelta(minutes=1)) is Kind.APPROVED
    assert _sams_key(revoked=NOW + DAY) is None


def test_an_unknown_person_and_an_unknown_key_count_for_nothing() -> None:
    sent = submit("nia", *CHANGES)
    assert reasons(judged(proposal(CHANGES, sent, approve("eve", *CHANGES)))) == {Why.UNKNOWN_PERSON}
    stolen = approve("sam", *CHANGES, key="key-eve-1")
    assert reasons(judged(proposal(CHANGES, sent, stolen))) == {Why.UNKNOWN_KEY}


# --- many ---


def test_one_record_covers_thousands_of_outputs() -> None:
    outputs = [output(f"force-{number}", page=f"advice/{page}") for number in range(44) for page in range(60)]
    many: list[Change] = [source(), *outputs]
    assert not judged(proposal(many, submit("nia", *many), approve("sam", *many)))
    short = judged(proposal(many, submit("nia", *many), approve("sam", *many[:-1])))
    assert [each.subject for each in short] == [many[-1].subject]


def test_the_order_of_records_makes_no_difference() -> None:
    records = [submit("nia", *CHANGES), approve("nia", *CHANGES), approve("sam", *CHANGES)]
    for some in (records, records[::-1], records[1:] + records[:1]):
        assert not judged(proposal(CHANGES, *some))
