"""Who may what, which rule forbids it, and who could."""

import pytest

from soh_author.domain.ids import Language, PageId, PersonId
from soh_author.domain.judging.people import Role
from soh_author.domain.judging.permissions import Text, holds, may, named
from soh_author.domain.layers import SHARED, Layer
from tests.domain.judging import PAGE, a_policy, at, person

KENT = Text(Layer.of_force("kent"), PAGE, Language.EN)
NATIONAL = Text(SHARED, PAGE, Language.EN)


@pytest.mark.parametrize(
    ("role", "reaches_below"),
    [
        (Role.EDITOR, False),
        (Role.REVIEWER, True),
        (Role.WELSH_REVIEWER, True),
        (Role.FACT_CHECKER, True),
        (Role.PUBLISHER, True),
    ],
)
def test_a_national_role_reaches_the_forces_but_for_editing(*, role: Role, reaches_below: bool) -> None:
    known = person("will", at(role, "shared"))
    assert holds(known, role, NATIONAL)
    assert holds(known, role, KENT) is reaches_below


@pytest.mark.parametrize("role", list(Role))
def test_a_forces_role_reaches_neither_up_nor_sideways(role: Role) -> None:
    known = person("will", at(role, "force:kent"))
    assert holds(known, role, KENT)
    assert not holds(known, role, NATIONAL)
    assert not holds(known, role, Text(Layer.of_force("gwent"), PAGE, Language.EN))


def test_whoever_may_is_told_so() -> None:
    found = may(a_policy(), PersonId("kit"), Role.EDITOR, KENT)
    assert found.is_allowed
    assert found.sentence == "Kit may edit the text of kent of advice/seized-vehicles in English."
    assert not found.who_could


def test_a_refusal_names_the_rule_and_who_could() -> None:
    policy = a_policy()
    beyond = may(policy, PersonId("kit"), Role.REVIEWER, NATIONAL)
    assert not beyond.is_allowed
    assert beyond.sentence.endswith("their role as reviewer doesn't reach there.")
    assert "the shared text of advice/seized-vehicles in English" in beyond.sentence
    assert [each.id for each in beyond.who_could] == ["nia", "sam", "rhys"]
    without = may(policy, PersonId("nia"), Role.PUBLISHER, KENT)
    assert without.sentence.endswith("they have no role as publisher.")
    assert [each.id for each in without.who_could] == ["alex", "kate"]
    unknown = may(policy, PersonId("eve"), Role.PUBLISHER, Text(SHARED, None, Language.CY))
    assert unknown.sentence == "The policy knows nobody called “eve”."
    assert [each.id for each in unknown.who_could] == ["alex"]


def test_a_file_of_no_page_is_within_every_role_of_its_layer() -> None:
    known = person("will", at(Role.EDITOR, "shared", pages=["advice/*"]))
    assert holds(known, Role.EDITOR, Text(SHARED, None, Language.EN))
    assert not holds(known, Role.EDITOR, Text(SHARED, PageId("report/fraud"), Language.EN))


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["nia"], "Nia"),
        (["nia", "sam", "kit"], "Nia, Sam or Kit"),
        (["nia", "sam", "kit", "rhys"], "Nia, Sam, Kit or 1 other"),
        (["nia", "sam", "kit", "rhys", "gwen"], "Nia, Sam, Kit or 2 others"),
    ],
)
def test_people_are_named_in_a_sentence(names: list[str], said: str) -> None:
    assert named([person(name) for name in names]) == said
