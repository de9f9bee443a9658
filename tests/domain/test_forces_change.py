"""Forces renamed, closed and merged: plans, with what clashes."""

import pytest

from soh_author.domain.errors import UsageError
from soh_author.domain.force import Group, Member, Registry
from soh_author.domain.forces_change import (
    Clash,
    ClashKind,
    FileKey,
    ForceFiles,
    Rejoined,
    plan_close,
    plan_merge,
    plan_rename,
)
from soh_author.domain.ids import ForceId, GroupId, Language, PageId
from soh_author.domain.layers import Layer, Place
from soh_author.domain.override import Op, Override
from soh_author.domain.page import Page, PageKind
from tests.support.pages import PAGE, op, override, page
from tests.support.publishers import fact, force, sheet

NORTH, SOUTH, NEW = ForceId("north"), ForceId("south"), ForceId("united")
KEY: FileKey = (PAGE, Language.EN)
OTHER: FileKey = (PageId("advice/other"), Language.EN)


def group(name: str, *members: ForceId) -> Group:
    return Group(
        GroupId(name), name, tuple(Member(each) for each in members), Place(f"groups/{name}/group.yml")
    )


REGISTRY = Registry(
    {each.id: each for each in (force("north"), force("south"), force("kent"))},
    {
        each.id: each
        for each in (group("both", NORTH, SOUTH), group("pilot", NORTH), group("none", ForceId("kent")))
    },
)


def files(name: ForceId, *ops: Op, sets: dict[str, str] | None = None) -> ForceFiles:
    return ForceFiles(name, {KEY: override(Layer.of_force(name), *ops, sets=sets)})


def test_renaming_moves_every_file_of_the_force_and_no_other() -> None:
    paths = [
        "forces/north/force.yml",
        "forces/north/pages/a.en.md",
        "forces/north-east/force.yml",
        "shared/facts.yml",
    ]
    plan = plan_rename(NORTH, NEW, REGISTRY, paths)
    assert plan.moves == {
        "forces/north/force.yml": "forces/united/force.yml",
        "forces/north/pages/a.en.md": "forces/united/pages/a.en.md",
    }
    assert plan.groups == (
        Rejoined(GroupId("both"), (NORTH,), NEW),
        Rejoined(GroupId("pilot"), (NORTH,), NEW),
    )


@pytest.mark.parametrize(("old", "new"), [(NEW, ForceId("x")), (NORTH, SOUTH)])
def test_an_unknown_force_or_a_taken_id_is_refused(old: ForceId, new: ForceId) -> None:
    with pytest.raises(UsageError):
        plan_rename(old, new, REGISTRY, [])


def test_closing_tells_which_words_nobody_else_has() -> None:
    own: dict[FileKey, Override | Page] = {
        KEY: override(Layer.of_force(NORTH), op("hide", "fees")),
        OTHER: page({"lead": "Only here."}, layer=Layer.of_force(NORTH), kind=PageKind.LOCAL),
    }
    plan = plan_close(ForceFiles(NORTH, own), REGISTRY)
    assert (plan.lost, plan.target) == ((OTHER,), None)
    assert [(each.group, each.joining) for each in plan.groups] == [("both", None), ("pilot", None)]
    with pytest.raises(UsageError):
        plan_close(ForceFiles(NEW), REGISTRY)


def test_equal_and_separate_changes_are_joined() -> None:
    plan = plan_merge(
        [
            files(NORTH, op("replace", "fees", "Pay."), op("append", "help", "Ask.")),
            files(
                SOUTH, op("replace", "fees", "Pay.", why="other"), op("hide", "form"), sets={"title": "Ours"}
            ),
        ],
        NEW,
        REGISTRY,
    )
    (text,) = plan.texts
    assert [(str(each.kind), str(each.section)) for each in text.ops] == [
        ("replace", "fees"),
        ("append", "help"),
        ("hide", "form"),
    ]
    assert [each.value for each in text.sets] == ["Ours"]
    assert (text.forces, plan.one_sided) == ((NORTH, SOUTH), ())


def test_different_words_for_one_section_or_field_clash() -> None:
    plan = plan_merge(
        [
            files(
                NORTH, op("replace", "fees", "Pay."), op("append", "help", "Ask."), sets={"title": "North"}
            ),
            files(SOUTH, op("hide", "fees"), op("append", "help", "Call."), sets={"title": "South"}),
        ],
        NORTH,
        REGISTRY,
    )
    assert [clash.what for clash in plan.clashes if clash.file == KEY] == [
        "section fees",
        "section help (append)",
        "field title",
    ]
    assert (plan.texts[0].ops, plan.texts[0].sets) == ((), ())


def test_a_whole_page_beside_an_override_or_another_page_clashes_unless_they_are_equal() -> None:
    pages = {
        each: page({"lead": "Ours."}, layer=Layer.of_force(each), kind=PageKind.LOCAL)
        for each in (NORTH, SOUTH)
    }
    equal = plan_merge([ForceFiles(each, {KEY: pages[each]}) for each in (NORTH, SOUTH)], NEW, REGISTRY)
    assert (equal.texts[0].page, equal.clashes[0].what) == (pages[NORTH], "group pilot")
    unequal = plan_merge(
        [ForceFiles(NORTH, {KEY: pages[NORTH]}), files(SOUTH, op("hide", "fees"))], NEW, REGISTRY
    )
    assert Clash(ClashKind.PAGE, "page", (NORTH, SOUTH), KEY, "whole") in unequal.clashes
    assert unequal.texts == ()


def test_a_text_that_only_one_force_has_will_be_read_by_all() -> None:
    plan = plan_merge([files(NORTH, op("hide", "fees")), ForceFiles(SOUTH)], NEW, REGISTRY)
    assert [(each.file, each.forces) for each in plan.one_sided] == [(KEY, (NORTH,))]


def test_facts_and_pictures_are_joined_or_clash() -> None:
    north, south = Layer.of_force(NORTH), Layer.of_force(SOUTH)
    plan = plan_merge(
        [
            ForceFiles(
                NORTH,
                facts=sheet(fact("a", "1", layer=north), fact("b", "1", layer=north)),
                media={"x.png": "1"},
            ),
            ForceFiles(
                SOUTH,
                facts=sheet(fact("a", "1", layer=south), fact("b", "2", layer=south)),
                media={"x.png": "2"},
            ),
        ],
        NEW,
        REGISTRY,
    )
    assert [each.name for each in plan.facts] == ["a"]
    assert [clash.what for clash in plan.clashes] == ["fact b", "picture x.png", "group pilot"]


def test_a_group_of_all_merging_forces_takes_the_new_one() -> None:
    plan = plan_merge([ForceFiles(NORTH), ForceFiles(SOUTH)], NEW, REGISTRY)
    assert plan.groups == (Rejoined(GroupId("both"), (NORTH, SOUTH), NEW),)


@pytest.mark.parametrize(
    ("sources", "target"),
    [((NORTH,), NEW), ((NORTH, NORTH), NEW), ((NORTH, NEW), NEW), ((NORTH, SOUTH), ForceId("kent"))],
)
def test_a_merge_of_one_force_or_into_a_stranger_is_refused(
    sources: tuple[ForceId, ...], target: ForceId
) -> None:
    with pytest.raises(UsageError):
        plan_merge([ForceFiles(each) for each in sources], target, REGISTRY)
