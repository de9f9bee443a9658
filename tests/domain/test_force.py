"""Who speaks for a force: its groups in their order, on which days, and under which names."""

from datetime import date, timedelta

import pytest

from soh_author.domain.aliases import follow_alias, moved_pages
from soh_author.domain.errors import InvalidNameError
from soh_author.domain.force import Force, ForceKind, Group, Member, Registry
from soh_author.domain.ids import ForceId, GroupId, Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer, Place
from tests.support.pages import page

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
A_DAY = timedelta(days=1)
GWENT = ForceId("gwent")


def force(*groups: str, end: date | None = None) -> Force:
    """Gwent, which lists these groups."""
    names = {
        Language.EN: {"name": "Gwent Police", "short_name": "Gwent"},
        Language.CY: {"name": "Heddlu Gwent"},
    }
    listed = tuple(GroupId(name) for name in groups)
    return Force(
        GWENT,
        ForceKind.TERRITORIAL,
        "www.gwent.police.uk",
        (Language.EN,),
        names,
        Place("f"),
        end=end,
        groups=listed,
    )


def group(name: str, start: date | None = None, end: date | None = None, of: str = "gwent") -> Group:
    """A group with one member for a time."""
    return Group(GroupId(name), name.title(), (Member(ForceId(of), start, end),), Place("g"))


def registry(own: Force, *groups: Group) -> Registry:
    """Gwent and these groups."""
    return Registry({own.id: own}, {each.id: each for each in groups})


@pytest.mark.parametrize(
    ("day", "is_in"), [(FIRST - A_DAY, False), (FIRST, True), (LAST, True), (LAST + A_DAY, False)]
)
def test_a_membership_holds_from_its_first_day_to_its_last(day: date, is_in: bool) -> None:
    own = force()
    assert registry(own, group("pilot", FIRST, LAST)).layers_of(own, day) == (
        (Layer.of_group("pilot"), own.layer) if is_in else (own.layer,)
    )


def test_groups_speak_in_the_order_the_force_lists_them_then_by_name() -> None:
    own = force("wales", "pilot", "wales", "gone")
    all_groups = [group(name) for name in ("zeal", "pilot", "alpha", "wales")]
    found = registry(own, *all_groups, group("others", of="kent")).layers_of(own, FIRST)
    assert [layer.name for layer in found] == ["wales", "pilot", "alpha", "zeal", "gwent"]


def test_the_days_on_which_other_groups_will_speak_are_told_in_order() -> None:
    own = force()
    known = registry(
        own,
        group("later", LAST),
        group("pilot", FIRST, LAST),
        group("was", None, FIRST - 2 * A_DAY),
        group("always"),
        group("others", FIRST + 3 * A_DAY, of="kent"),
        group("never", LAST + 3 * A_DAY, LAST + A_DAY),
        group("for-good", None, date.max),
    )
    assert known.turns_of(own, FIRST - A_DAY) == (FIRST, LAST, LAST + A_DAY)
    assert known.turns_of(own, FIRST) == (LAST, LAST + A_DAY)
    assert known.turns_of(own, LAST + A_DAY) == ()
    ended = force(end=LAST)
    assert known.turns_of(ended, FIRST) == (LAST,)


def test_a_force_is_gone_on_the_day_after_its_last() -> None:
    assert force(end=LAST).gone_from == LAST + A_DAY
    assert force().gone_from is None
    assert force(end=date.max).gone_from is None


def test_a_name_that_is_not_given_in_one_form_or_language_is_taken_from_another() -> None:
    own = force()
    assert own.name() == "Gwent Police"
    assert own.name(form="short_name") == "Gwent"
    assert own.name(Language.CY) == "Heddlu Gwent"
    assert own.name(Language.CY, "short_name") == "Gwent"
    assert registry(own).short_names == {GWENT: "Gwent"}


def test_a_group_touches_the_pages_any_of_its_patterns_fits() -> None:
    some = Group(GroupId("g"), "G", (), Place("g"), ("advice/*", "report/crime"))
    touched = [
        name
        for name in ("advice/a", "advice/a/b", "report/crime", "report/x")
        if some.may_touch(PageId(name))
    ]
    assert touched == ["advice/a", "advice/a/b", "report/crime"]


@pytest.mark.parametrize("text", ["shared", "group:wales", "force:gwent"])
def test_a_layer_is_read_as_it_is_written(text: str) -> None:
    assert str(Layer.parse(text)) == text


@pytest.mark.parametrize("text", ["shared:x", "group:", "force:a/b", "group:con", "gwent", ""])
def test_what_is_no_layer_is_refused(text: str) -> None:
    with pytest.raises((InvalidNameError, ValueError)):
        Layer.parse(text)


def test_layers_stand_from_the_general_to_the_particular_and_know_their_folder() -> None:
    layers = [Layer.of_force("a"), Layer.of_group("b"), SHARED, Layer.of_group("a")]
    assert [layer.folder for layer in sorted(layers, key=lambda layer: layer.order)] == [
        "shared",
        "groups/a",
        "groups/b",
        "forces/a",
    ]


def test_an_old_section_id_leads_to_the_first_one_there_is_and_never_in_a_circle() -> None:
    a, b, c, d = (SectionId(name) for name in "abcd")
    aliases = {a: b, b: c, c: a}
    assert follow_alias(a, {c}, aliases) == c
    assert follow_alias(a, {a, c}, aliases) == a
    assert follow_alias(b, {d}, {a: b, b: c, c: b}) is None
    assert follow_alias(d, {a}, aliases) is None


def test_an_old_page_id_that_two_pages_claim_leads_to_the_one_that_comes_first() -> None:
    pages = [page({}, page_id=name, moved_from=["old"]) for name in ("z", "b")]
    expected = {PageId("old"): PageId("b")}
    assert moved_pages(pages) == moved_pages(reversed(pages)) == expected
