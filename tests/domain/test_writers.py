"""Who of a policy has saved a version, by the name and the address that stand on it."""

from dataclasses import replace

from soh_author.domain.ids import PersonId
from soh_author.domain.judging.policy import Policy
from soh_author.domain.judging.writers import Authorship, Writer
from tests.domain.judging import a_policy

NIA = PersonId("nia")
SAM = PersonId("sam")


def test_a_name_or_an_address_is_enough_in_any_case_and_spacing() -> None:
    people = _named("Nia Morgan", "Sam Okafor")
    authorship = Authorship(people)
    elsewhere = Writer("nia  MORGAN", "at-home@example.org")
    assert authorship.people([elsewhere]) == {NIA}
    assert authorship.people([Writer("Somebody", people.people[SAM].email.upper())]) == {SAM}
    assert authorship.people([Writer("Nia Morgan", people.people[SAM].email)]) == {NIA, SAM}
    assert authorship.people([Writer("A Stranger", "stranger@example.org")]) == frozenset()


def test_of_two_people_of_one_name_both_count_as_authors() -> None:
    assert Authorship(_named("Sam Jones", "sam jones")).people([Writer("Sam Jones", "")]) == {NIA, SAM}


def test_only_a_writer_with_an_unknown_address_is_doubtful() -> None:
    people = _named("Nia Morgan", "Sam Okafor")
    authorship = Authorship(people)
    assert authorship.doubt(Writer("Whoever", people.people[NIA].email)) == ""
    assert "counts as written by Nia Morgan" in authorship.doubt(Writer("Nia Morgan", "at-home@example.org"))
    assert "doesn’t know them" in authorship.doubt(Writer("A Stranger", ""))


def _named(nia: str, sam: str) -> Policy:
    made = a_policy()
    people = {
        **made.people,
        NIA: replace(made.people[NIA], name=nia),
        SAM: replace(made.people[SAM], name=sam),
    }
    return replace(made, people=people)
