"""Forces and groups seen together."""

from datetime import date

from soh_author.domain.force import Force, ForceKind, Group, Member, Registry
from soh_author.domain.ids import ForceId, GroupId, Language
from soh_author.domain.layers import Place
from soh_author.reading.cross import registry_diagnostics

GWENT, KENT, WALES = ForceId("gwent"), ForceId("kent"), GroupId("wales")


def registry(members: tuple[Member, ...], groups: tuple[GroupId, ...] = (WALES,)) -> Registry:
    force = Force(
        id=GWENT,
        kind=ForceKind.TERRITORIAL,
        host="www.gwent.police.uk",
        languages=(Language.EN,),
        names={Language.EN: {"name": "Gwent Police"}},
        place=Place("forces/gwent/force.yml", 1),
        groups=groups,
    )
    return Registry(
        {GWENT: force}, {WALES: Group(WALES, "Wales", members, Place("groups/wales/group.yml", 1))}
    )


def codes(known: Registry) -> list[str]:
    return [fault.code for fault in registry_diagnostics(known)]


def test_a_sound_registry_has_no_findings() -> None:
    assert codes(registry((Member(GWENT),))) == []


def test_a_member_that_is_no_force_is_found() -> None:
    assert codes(registry((Member(GWENT), Member(KENT)))) == ["unknown-force"]


def test_a_group_that_does_not_exist_is_found() -> None:
    assert codes(registry((), (WALES, GroupId("north")))) == ["unknown-group"]


def test_a_force_listed_twice_for_one_time_is_found() -> None:
    assert codes(registry((Member(GWENT), Member(GWENT)))) == ["doubled-member"]
    until, start = date(2026, 5, 1), date(2026, 5, 1)
    assert codes(registry((Member(GWENT, None, until), Member(GWENT, start)))) == ["doubled-member"]


def test_a_force_may_leave_and_come_back() -> None:
    left, back = Member(GWENT, None, date(2026, 4, 30)), Member(GWENT, date(2026, 5, 1))
    assert codes(registry((back, left))) == []
