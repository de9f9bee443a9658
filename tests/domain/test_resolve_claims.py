"""What contesting groups leave alone, and what else an op is held to."""

from dataclasses import replace

import pytest

from soh_author.domain.ids import LEAD, Language, PageId, SectionId
from soh_author.domain.layers import SHARED
from soh_author.domain.override import Override
from soh_author.domain.page import Page, PageKind
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.domain.resolving.resolve import from_page, resolve
from tests.support.pages import GWENT, KENT, PILOT, WALES, layer_text, op, override, page, text

SHARED_PAGE = page({"lead": "Read this.", "fees": "Pay.", "help": "Ask."})


def resolved(base: Page | None, *files: Override | Page) -> EffectivePage:
    return resolve(base, [layer_text(file) for file in files])


def said(effective: EffectivePage) -> dict[str, str]:
    return {str(section.id): section.body for section in effective.sections}


def codes(effective: EffectivePage) -> list[str]:
    return [diagnostic.code for diagnostic in effective.diagnostics]


@pytest.mark.parametrize("kind", ["replace", "hide", "move-after"])
def test_what_two_groups_contest_the_force_may_still_change(kind: str) -> None:
    own = op(
        kind, "fees", "Gwent." if kind == "replace" else None, anchor="help" if kind == "move-after" else None
    )
    effective = resolved(
        SHARED_PAGE,
        override(WALES, op("replace", "fees", "Wales.")),
        override(PILOT, op("replace", "fees", "Pilot.")),
        override(GWENT, own),
    )
    assert codes(effective) == ["ambiguous-group"] * 2
    assert [trace.is_applied for trace in effective.ops] == [False, False, True]
    assert (
        said(effective)
        == {
            "replace": {"lead": "Read this.", "fees": "Gwent.", "help": "Ask."},
            "hide": {"lead": "Read this.", "help": "Ask."},
            "move-after": {"lead": "Read this.", "help": "Ask.", "fees": "Pay."},
        }[kind]
    )


def test_a_field_that_two_groups_contest_the_force_may_still_set_and_each_other_group_its_own() -> None:
    effective = resolved(
        SHARED_PAGE,
        override(WALES, sets={"summary": "Wales.", "title": "In Wales"}),
        override(PILOT, sets={"summary": "Pilot."}),
        override(GWENT, sets={"summary": "Gwent."}),
    )
    assert (effective.value("summary"), effective.value("title")) == ("Gwent.", "In Wales")
    assert [(trace.change.value, trace.is_applied) for trace in effective.sets] == [
        ("Wales.", False),
        ("In Wales", True),
        ("Pilot.", False),
        ("Gwent.", True),
    ]


def test_a_group_may_add_to_a_section_that_two_others_contest() -> None:
    effective = resolved(
        SHARED_PAGE,
        override(WALES, op("replace", "fees", "Wales."), op("append", "fees", "More.")),
        override(PILOT, op("hide", "fees")),
    )
    assert said(effective)["fees"] == "Pay.\n\nMore."


def test_an_insert_that_one_group_makes_is_applied_beside_a_contested_one() -> None:
    effective = resolved(
        SHARED_PAGE,
        override(
            WALES,
            op("insert-after", "both", "W.", anchor="fees"),
            op("insert-after", "one", "W.", anchor="fees"),
        ),
        override(PILOT, op("insert-after", "both", "P.", anchor="fees")),
    )
    assert list(said(effective)) == ["lead", "fees", "one", "help"]


@pytest.mark.parametrize("beside", [op("append", "fees", "More."), None])
def test_a_page_that_one_group_takes_over_stands_when_no_other_claims_any_of_it(beside: object) -> None:
    taken = page({"fees": "Wales."}, layer=WALES, kind=PageKind.TAKEOVER)
    pilot = override(PILOT, beside) if beside else override(PILOT)  # type: ignore[arg-type] # an op or none
    effective = resolved(SHARED_PAGE, taken, pilot)
    assert codes(effective) == []
    assert said(effective)["fees"] == ("Wales.\n\nMore." if beside else "Wales.")


def test_two_groups_that_change_different_sections_contest_nothing() -> None:
    effective = resolved(
        SHARED_PAGE, override(WALES, op("hide", "fees")), override(PILOT, op("replace", "help", "Pilot."))
    )
    assert (said(effective), codes(effective)) == ({"lead": "Read this.", "help": "Pilot."}, [])


def test_a_force_takes_a_page_over_that_its_groups_contest() -> None:
    effective = resolved(
        SHARED_PAGE,
        page({"ours": "Wales."}, layer=WALES, kind=PageKind.TAKEOVER),
        override(PILOT, op("hide", "fees")),
        page({"ours": "Gwent."}, layer=GWENT, kind=PageKind.TAKEOVER),
    )
    assert said(effective) == {"lead": "", "ours": "Gwent."}
    assert [takeover.is_applied for takeover in effective.takeovers] == [False, True]
    assert effective.layers == (SHARED, WALES, PILOT, GWENT)


def test_a_takeover_may_not_leave_a_locked_section_out_but_need_not_have_one_that_nobody_has() -> None:
    locked = page(
        {"emergency": "Dial 999.", "fees": "Pay."}, locked={"emergency": "Agreed", "gone": "Long ago"}
    )
    without = page({"ours": "x"}, layer=KENT, kind=PageKind.TAKEOVER)
    assert (said(resolved(locked, without)), codes(resolved(locked, without))) == (
        said(from_page(locked)),
        ["locked"],
    )
    with_it = page({"emergency": "Dial 999."}, layer=KENT, kind=PageKind.TAKEOVER)
    assert (list(said(resolved(locked, with_it))), codes(resolved(locked, with_it))) == (
        ["lead", "emergency"],
        [],
    )


def test_a_section_may_stand_directly_after_the_lead() -> None:
    effective = resolved(SHARED_PAGE, override(KENT, op("insert-after", "first", "Kent.", anchor="lead")))
    assert (list(said(effective)), codes(effective)) == (["lead", "first", "fees", "help"], [])


def test_the_address_line_of_an_own_lead_is_no_heading() -> None:
    effective = resolved(SHARED_PAGE, override(KENT, op("replace", "lead", "Kent.", heading="Lead")))
    lead = effective.section(LEAD)
    assert lead is not None
    assert (lead.heading, lead.body) == ("", "Kent.")


def test_an_orphan_says_whether_the_section_is_hidden_or_gone() -> None:
    hidden = resolved(
        SHARED_PAGE, override(WALES, op("hide", "fees")), override(GWENT, op("append", "fees", "More."))
    )
    gone = resolved(SHARED_PAGE, override(GWENT, op("append", "long-gone", "More.")))
    assert "is hidden by a layer above" in hidden.diagnostics[0].message
    assert "is no longer on the page above" in gone.diagnostics[0].message


def test_only_a_set_of_related_pages_changes_them_and_what_is_no_page_id_is_left_out() -> None:
    sets = {"related": "advice/fees, Not A Page [advice/tools]", "summary": "advice/other"}
    effective = resolved(SHARED_PAGE, override(KENT, sets=sets))
    assert effective.related == (PageId("advice/fees"), PageId("advice/tools"))


def test_all_that_can_t_be_applied_is_traced_with_its_layer() -> None:
    effective = resolved(None, override(KENT, op("replace", "fees", "x"), sets={"title": "x"}))
    assert [(trace.op.section, trace.is_applied) for trace in effective.ops] == [(SectionId("fees"), False)]
    assert [(trace.change.name, trace.is_applied) for trace in effective.sets] == [("title", False)]
    assert KENT in effective.layers


def test_a_section_is_inserted_once_whatever_way_it_is_asked_for_twice() -> None:
    effective = resolved(
        SHARED_PAGE,
        override(
            KENT,
            op("insert-before", "new", "One.", anchor="help"),
            op("insert-after", "new", "Two.", anchor="help"),
        ),
    )
    assert said(effective) == {"lead": "Read this.", "fees": "Pay.", "new": "One.", "help": "Ask."}
    assert codes(effective) == ["doubled-op"]


def test_a_takeover_keeps_what_it_doesn_t_say_and_brings_its_own_addresses() -> None:
    base = replace(
        SHARED_PAGE, related=(PageId("advice/fees"),), urls={Language.EN: "/a/", Language.CY: "/cy-GB/a/"}
    )
    silent = page({"ours": "x"}, layer=KENT, kind=PageKind.TAKEOVER)
    spoken = replace(silent, related=(PageId("advice/own"),), urls={Language.CY: "/cy-GB/b/"})
    assert resolved(base, silent).related == (PageId("advice/fees"),)
    assert resolved(base, spoken).related == (PageId("advice/own"),)
    assert resolved(base, silent).urls == base.urls
    assert resolved(base, spoken).urls == {Language.EN: "/a/", Language.CY: "/cy-GB/b/"}


def test_of_two_sections_with_one_id_the_first_is_shown() -> None:
    doubled = replace(SHARED_PAGE, sections=(*SHARED_PAGE.sections, text("fees", "Twice.")))
    assert said(from_page(doubled)) == said(from_page(SHARED_PAGE))


def test_a_page_exists_when_it_has_fields_or_sections_even_if_all_are_hidden() -> None:
    hidden = resolved(page({"fees": "Pay."}), override(KENT, op("hide", "fees"), op("hide", "lead")))
    assert hidden.exists
    assert hidden.sections == ()
    bare = replace(from_page(page({})), fields={}, sections=(), hidden=())
    assert not bare.exists
    assert replace(bare, fields=from_page(SHARED_PAGE).fields).exists
    assert replace(bare, hidden=hidden.hidden).exists
    assert replace(bare, sections=hidden.hidden).exists


def test_findings_stand_in_the_order_of_files_and_lines_whatever_layer_told_them() -> None:
    effective = resolved(
        SHARED_PAGE, override(WALES, op("append", "gone", "x")), override(GWENT, op("append", "gone", "x"))
    )
    assert [finding.place.path.split("/")[0] for finding in effective.diagnostics] == ["forces", "groups"]
