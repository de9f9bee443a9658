"""Values against models: all faults at once, and what is good is kept."""

import pytest

from soh_author.domain.ids import FactName, Language
from soh_author.domain.override import OpKind
from soh_author.domain.page import PageType
from soh_author.schema.checking import check
from soh_author.schema.overrides import OverrideFile, override_faults
from soh_author.schema.page_types import PAGE_TYPES, TYPE_FIELDS, type_faults
from soh_author.schema.pages import SharedPage, WelshPage
from soh_author.schema.registry import FactsFile, facts_faults

PAGE: dict[str, object] = {
    "title": " Seized vehicles ",
    "type": "advice",
    "url": {"en": "/a/", "cy": "/cy-GB/a/"},
    "summary": "What to do.",
    "owner": "national",
    "review_by": "2027-04-01",
}


def test_a_good_page_is_read_with_all_defaults() -> None:
    read = check(SharedPage, PAGE)
    assert read.faults == ()
    assert read.value
    assert (read.value.title, read.value.type, read.value.quick_exit, read.value.beta) == (
        "Seized vehicles",
        PageType.ADVICE,
        True,
        False,
    )
    assert read.value.url == {Language.EN: "/a/", Language.CY: "/cy-GB/a/"}


def test_all_faults_are_told_at_once_with_their_places() -> None:
    bad = {**PAGE, "title": [], "review_by": "soon", "colour": "red", "locked": {"Bad": "x", "good": ""}}
    del bad["owner"]
    faults = {(fault.code, fault.path) for fault in check(SharedPage, bad).faults}
    assert faults == {
        ("bad-value", ("title",)),
        ("bad-value", ("review_by",)),
        ("unknown-key", ("colour",)),
        ("missing-key", ("owner",)),
        ("bad-value", ("locked", "Bad")),
        ("bad-value", ("locked", "good")),
    }


def test_what_is_good_is_kept_and_what_is_needed_is_replaced() -> None:
    bad = {**PAGE, "title": "", "related": ["a", "B", "c"], "type": "novel"}
    read = check(SharedPage, bad, fallbacks={"title": "seized", "type": "guide"})
    assert read.value
    assert (read.value.title, read.value.type, read.value.related) == ("seized", PageType.GUIDE, ["a", "c"])
    assert read.replaced == {"title", "type"}


def test_a_field_the_file_may_not_have_is_left_out_even_if_others_need_it() -> None:
    read = check(WelshPage, {"title": "A", "summary": "B", "type": "x"}, fallbacks={"type": "advice"})
    assert read.value
    assert [fault.code for fault in read.faults] == ["unknown-key"]


def test_nothing_is_saved_without_what_is_needed() -> None:
    assert check(SharedPage, {}).value is None


def test_ops_keep_their_numbers_when_bad_ones_are_left_out() -> None:
    ops = [
        {"op": "hide", "section": "a"},
        {"op": "x", "section": "b"},
        {"op": "append", "section": "c", "after": "d"},
        {"section": "e"},
        {"op": "hide", "section": "f", "base": "no"},
    ]
    read = check(OverrideFile, {"overrides": "a", "ops": ops}, more=override_faults)
    assert read.value
    assert [op.section for op in read.value.ops] == ["a", "c", "f"]
    assert [read.written_number(("ops",), number) for number in range(3)] == [0, 2, 4]
    assert {fault.path for fault in read.faults} == {
        ("ops", 1, "op"),
        ("ops", 2, "after"),
        ("ops", 3),
        ("ops", 4, "base"),
    }


def test_a_misspelt_field_is_guessed() -> None:
    read = check(SharedPage, {**PAGE, "revue_by": "2027-01-01"})
    assert "“review_by”" in read.faults[0].message


@pytest.mark.parametrize("kind", list(OpKind))
def test_every_kind_of_op_is_known(kind: OpKind) -> None:
    anchor = {"after": "x"} if kind in {OpKind.INSERT_AFTER, OpKind.MOVE_AFTER} else {}
    anchor = {"before": "x"} if kind is OpKind.INSERT_BEFORE else anchor
    read = check(
        OverrideFile,
        {"overrides": "a", "ops": [{"op": kind.value, "section": "s", **anchor}]},
        more=override_faults,
    )
    assert read.faults == ()


@pytest.mark.parametrize("kind", list(PageType))
def test_every_page_type_tells_what_it_needs(kind: PageType) -> None:
    rule = PAGE_TYPES[kind]
    given: dict[str, object] = dict.fromkeys((*rule.needs, *rule.may_have), "x")
    assert list(type_faults(kind, given)) == []
    assert {fault.code for fault in type_faults(kind, {})} == ({"missing-key"} if rule.needs else set())
    others = [name for name in TYPE_FIELDS if name not in given]
    unwanted = {fault.path for fault in type_faults(kind, {**given, **dict.fromkeys(others, "x")})}
    assert unwanted == {(name,) for name in others}


def test_facts_keep_what_is_good() -> None:
    data = {
        "fee": {
            "type": "money",
            "label": "Fee",
            "values": [{"value": "1.00"}, {"value": ""}, {"value": "x"}],
        },
        "Bad": {"type": "text", "label": "Bad", "values": [{"value": "x"}]},
        "none": {"type": "text", "label": "None", "values": []},
    }
    read = check(FactsFile, data, more=facts_faults)
    assert read.value
    assert list(read.value.root) == ["fee"]
    assert [entry.value for entry in read.value.root[FactName("fee")].values] == ["1.00", "x"]
    assert ("bad-fact-value", ("fee", "values", 2, "value")) in {
        (fault.code, fault.path) for fault in read.faults
    }
