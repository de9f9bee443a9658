"""Resolving a page: what each layer's file does to the page above it."""

import pytest

from soh_author.domain.ids import LEAD, SectionId
from soh_author.domain.override import Op, Override
from soh_author.domain.page import Page, PageKind
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.domain.resolving.resolve import from_page, resolve
from tests.support.pages import GWENT, KENT, PAGE, PILOT, WALES, layer_text, op, override, page

SHARED_PAGE = page({"lead": "Read this.", "reclaim": "Call us.", "fees": "It costs £198.", "help": "Ask."})


def resolved(base: Page | None, *files: Override | Page) -> EffectivePage:
    return resolve(base, [layer_text(file) for file in files])


def ids(effective: EffectivePage) -> list[str]:
    return [str(section.id) for section in effective.sections]


def body(effective: EffectivePage, section: str) -> str:
    found = effective.section(SectionId(section))
    assert found is not None, f"no section {section}"
    return found.body


def codes(effective: EffectivePage) -> list[str]:
    return [diagnostic.code for diagnostic in effective.diagnostics]


def test_a_page_without_overrides_is_the_shared_page() -> None:
    effective = resolved(SHARED_PAGE)
    assert effective == from_page(SHARED_PAGE)
    assert ids(effective) == ["lead", "reclaim", "fees", "help"]
    assert effective.value("title") == "Seized vehicles"


def test_an_override_without_ops_changes_nothing_that_is_read() -> None:
    plain, overridden = resolved(SHARED_PAGE), resolved(SHARED_PAGE, override(KENT))
    assert (overridden.sections, overridden.fields) == (plain.sections, plain.fields)
    assert overridden.layers == (SHARED_PAGE.layer, KENT)


def test_replace_brings_the_words_and_heading_of_the_layer() -> None:
    effective = resolved(
        SHARED_PAGE, override(KENT, op("replace", "reclaim", "Call Kent.", heading="In Kent"))
    )
    section = effective.section(SectionId("reclaim"))
    assert section is not None
    assert (section.heading, section.body, section.layer) == ("In Kent", "Call Kent.", KENT)
    assert section.place.path == "forces/kent/pages/advice/seized-vehicles.en.md"
    assert body(effective, "fees") == "It costs £198."


def test_replacing_the_lead_ignores_the_heading_line_that_is_only_an_address() -> None:
    effective = resolved(SHARED_PAGE, override(KENT, op("replace", "lead", "Kent first.", heading="Lead")))
    assert (effective.sections[0].id, effective.sections[0].heading, effective.sections[0].body) == (
        LEAD,
        "",
        "Kent first.",
    )


def test_append_and_prepend_keep_the_words_above_and_their_origin() -> None:
    effective = resolved(
        SHARED_PAGE,
        override(WALES, op("append", "fees", "Group below."), op("prepend", "fees", "Group above.")),
        override(GWENT, op("append", "fees", "Force below."), op("prepend", "fees", "Force above.")),
    )
    section = effective.section(SectionId("fees"))
    assert section is not None
    said = [(part.body, str(part.layer)) for part in section.parts]
    assert said == [
        ("Force above.", "force:gwent"),
        ("Group above.", "group:wales"),
        ("It costs £198.", "shared"),
        ("Group below.", "group:wales"),
        ("Force below.", "force:gwent"),
    ]
    assert section.heading == "Fees"


def test_a_replace_and_an_append_of_one_file_both_count_in_whatever_order() -> None:
    ops = [op("append", "fees", "More."), op("replace", "fees", "New.")]
    one = resolved(SHARED_PAGE, override(KENT, *ops))
    other = resolved(SHARED_PAGE, override(KENT, *reversed(ops)))
    assert body(one, "fees") == body(other, "fees") == "New.\n\nMore."


def test_inserted_sections_with_one_anchor_keep_the_order_of_the_file() -> None:
    effective = resolved(
        SHARED_PAGE,
        override(
            KENT,
            op("insert-after", "one", "1", anchor="reclaim"),
            op("insert-after", "two", "2", anchor="reclaim"),
            op("insert-before", "three", "3", anchor="help"),
            op("insert-before", "four", "4", anchor="help"),
        ),
    )
    assert ids(effective) == ["lead", "reclaim", "one", "two", "fees", "three", "four", "help"]


def test_an_insert_may_stand_beside_a_section_of_its_own_file_listed_later() -> None:
    effective = resolved(
        SHARED_PAGE,
        override(KENT, op("insert-after", "b", "B", anchor="a"), op("insert-after", "a", "A", anchor="fees")),
    )
    assert ids(effective) == ["lead", "reclaim", "fees", "a", "b", "help"]
    assert codes(effective) == []


def test_a_force_may_change_a_section_that_its_group_inserted() -> None:
    effective = resolved(
        SHARED_PAGE,
        override(WALES, op("insert-after", "trailers", "Group.", anchor="fees")),
        override(
            GWENT,
            op("replace", "trailers", "Force."),
            op("insert-after", "caravans", "More.", anchor="trailers"),
        ),
    )
    assert ids(effective) == ["lead", "reclaim", "fees", "trailers", "caravans", "help"]
    assert body(effective, "trailers") == "Force."


def test_hide_takes_a_section_out_and_keeps_its_place_for_what_stands_beside_it() -> None:
    effective = resolved(
        SHARED_PAGE,
        override(WALES, op("hide", "fees")),
        override(GWENT, op("insert-after", "prices", "Ours.", anchor="fees")),
    )
    assert ids(effective) == ["lead", "reclaim", "prices", "help"]
    assert [section.id for section in effective.hidden] == ["fees"]
    assert codes(effective) == []


def test_an_op_on_a_section_that_the_group_hides_is_an_orphan() -> None:
    effective = resolved(
        SHARED_PAGE, override(WALES, op("hide", "fees")), override(GWENT, op("append", "fees", "x"))
    )
    assert codes(effective) == ["orphaned"]
    assert effective.ops[-1].above is None
    assert "hidden by a layer above" in effective.diagnostics[0].message


def test_move_after_follows_an_anchor_that_moves_too() -> None:
    effective = resolved(
        SHARED_PAGE,
        override(KENT, op("move-after", "reclaim", anchor="fees"), op("move-after", "fees", anchor="help")),
    )
    assert ids(effective) == ["lead", "help", "fees", "reclaim"]


def test_moves_in_a_circle_do_nothing_and_are_told() -> None:
    effective = resolved(
        SHARED_PAGE,
        override(
            KENT,
            op("move-after", "reclaim", anchor="fees"),
            op("move-after", "fees", anchor="reclaim"),
            op("move-after", "help", anchor="lead"),
        ),
    )
    assert ids(effective) == ["lead", "help", "reclaim", "fees"]
    assert codes(effective) == ["circular-move", "circular-move"]
    assert [trace.is_applied for trace in effective.ops] == [False, False, True]


def test_a_section_that_hangs_on_an_insert_in_a_circle_is_not_lost() -> None:
    effective = resolved(
        SHARED_PAGE,
        override(
            KENT,
            op("insert-after", "a", "A", anchor="b"),
            op("insert-after", "b", "B", anchor="a"),
            op("move-after", "fees", anchor="a"),
        ),
    )
    assert ids(effective) == ["lead", "reclaim", "fees", "help"]
    assert codes(effective) == ["circular-move"] * 3


@pytest.mark.parametrize(
    "refused",
    [
        op("move-after", "lead", anchor="fees"),
        op("insert-before", "first", "x", anchor="lead"),
    ],
)
def test_nothing_comes_before_the_lead(refused: Op) -> None:
    effective = resolved(SHARED_PAGE, override(KENT, refused))
    assert ids(effective) == ["lead", "reclaim", "fees", "help"]
    assert codes(effective) == ["bad-value"]


def test_a_move_to_where_the_section_stands_anyway_is_idle() -> None:
    effective = resolved(
        SHARED_PAGE,
        override(KENT, op("move-after", "fees", anchor="reclaim"), op("move-after", "help", anchor="lead")),
    )
    assert [trace.is_idle for trace in effective.ops] == [True, False]


@pytest.mark.parametrize("kind", ["replace", "append", "prepend", "hide", "move-after"])
def test_an_op_on_a_section_that_is_gone_does_nothing_and_blocks(kind: str) -> None:
    words = "x" if kind in {"replace", "append", "prepend"} else None
    anchor = "fees" if kind == "move-after" else None
    effective = resolved(SHARED_PAGE, override(KENT, op(kind, "gone", words, anchor=anchor)))
    assert effective.sections == from_page(SHARED_PAGE).sections
    assert codes(effective) == ["orphaned"]
    assert effective.diagnostics[0].blocks
    assert (effective.ops[0].above, effective.ops[0].is_applied) == (None, False)


@pytest.mark.parametrize("kind", ["insert-after", "insert-before", "move-after"])
def test_an_op_whose_anchor_is_gone_is_an_orphan(kind: str) -> None:
    one = op(
        kind, "fees" if kind == "move-after" else "new", None if kind == "move-after" else "x", anchor="gone"
    )
    effective = resolved(SHARED_PAGE, override(KENT, one))
    assert effective.sections == from_page(SHARED_PAGE).sections
    assert codes(effective) == ["orphaned"]
    assert effective.ops[0].above is None


@pytest.mark.parametrize(
    "refused",
    [
        op("replace", "fees", "x"),
        op("hide", "fees"),
        op("move-after", "fees", anchor="lead"),
        op("append", "fees", "x"),
        op("prepend", "fees", "x"),
    ],
    ids=lambda one: str(one.kind),
)
def test_an_op_on_a_locked_section_is_refused(refused: Op) -> None:
    locked = page({"reclaim": "Call us.", "fees": "Dial 999."}, locked={"fees": "Agreed nationally"})
    effective = resolved(locked, override(KENT, refused))
    assert effective.sections == from_page(locked).sections
    assert codes(effective) == ["locked"]
    assert "Agreed nationally" in effective.diagnostics[0].message
    assert effective.ops[0].above is not None


def test_an_insert_or_a_move_beside_a_locked_section_is_allowed() -> None:
    locked = page({"reclaim": "Call us.", "fees": "Dial 999.", "help": "Ask."}, locked={"fees": ""})
    effective = resolved(
        locked,
        override(
            KENT, op("insert-before", "new", "x", anchor="fees"), op("move-after", "reclaim", anchor="fees")
        ),
    )
    assert ids(effective) == ["lead", "new", "fees", "reclaim", "help"]
    assert codes(effective) == []


def test_a_renamed_section_is_found_through_a_chain_of_aliases() -> None:
    renamed = page({"reclaim": "Call us.", "prices": "Pay."}, aliases={"fees": "costs", "costs": "prices"})
    effective = resolved(
        renamed,
        override(WALES, op("append", "fees", "Group."), op("insert-after", "new", "N", anchor="costs")),
        override(GWENT, op("replace", "costs", "Force.")),
    )
    assert ids(effective) == ["lead", "reclaim", "prices", "new"]
    assert body(effective, "prices") == "Force."
    assert codes(effective) == []


def test_aliases_in_a_circle_lead_nowhere() -> None:
    renamed = page({"reclaim": "Call us."}, aliases={"a": "b", "b": "a"})
    assert codes(resolved(renamed, override(KENT, op("hide", "a")))) == ["orphaned"]


def test_an_id_in_use_wins_over_an_alias_of_the_same_name() -> None:
    renamed = page({"fees": "New section.", "prices": "Pay."}, aliases={"fees": "prices"})
    assert ids(resolved(renamed, override(KENT, op("hide", "fees")))) == ["lead", "prices"]


def test_two_groups_on_one_section_are_an_error_and_neither_is_applied() -> None:
    effective = resolved(
        SHARED_PAGE,
        override(WALES, op("replace", "fees", "Wales.")),
        override(PILOT, op("hide", "fees")),
        override(GWENT, op("append", "fees", "Force.")),
    )
    assert body(effective, "fees") == "It costs £198.\n\nForce."
    assert codes(effective) == ["ambiguous-group", "ambiguous-group"]
    assert all(diagnostic.blocks for diagnostic in effective.diagnostics)
    assert [trace.is_applied for trace in effective.ops] == [False, False, True]


def test_two_groups_that_name_one_section_by_old_and_new_id_are_an_error_too() -> None:
    renamed = page({"prices": "Pay."}, aliases={"fees": "prices"})
    effective = resolved(
        renamed,
        override(WALES, op("replace", "fees", "Wales.")),
        override(PILOT, op("replace", "prices", "Pilot.")),
    )
    assert body(effective, "prices") == "Pay."
    assert codes(effective) == ["ambiguous-group", "ambiguous-group"]


def test_two_groups_may_add_to_one_section() -> None:
    effective = resolved(
        SHARED_PAGE,
        override(WALES, op("append", "fees", "Wales.")),
        override(PILOT, op("append", "fees", "Pilot.")),
    )
    assert body(effective, "fees") == "It costs £198.\n\nWales.\n\nPilot."
    assert codes(effective) == []


def test_two_groups_that_insert_one_id_or_set_one_field_are_an_error() -> None:
    effective = resolved(
        SHARED_PAGE,
        override(WALES, op("insert-after", "new", "W", anchor="fees"), sets={"summary": "Wales"}),
        override(PILOT, op("insert-after", "new", "P", anchor="help"), sets={"summary": "Pilot"}),
    )
    assert ids(effective) == ["lead", "reclaim", "fees", "help"]
    assert effective.value("summary") == "What to do."
    assert codes(effective) == ["ambiguous-group"] * 4


def test_an_insert_under_an_id_the_page_has_is_refused() -> None:
    effective = resolved(SHARED_PAGE, override(KENT, op("insert-after", "fees", "x", anchor="help")))
    assert body(effective, "fees") == "It costs £198."
    assert codes(effective) == ["doubled-section"]


def test_of_two_replaces_of_one_section_in_a_file_the_first_counts() -> None:
    effective = resolved(SHARED_PAGE, override(KENT, op("replace", "fees", "One."), op("hide", "fees")))
    assert body(effective, "fees") == "One."
    assert codes(effective) == ["doubled-op"]


def test_a_pin_is_checked_against_the_layers_above_not_against_the_same_file() -> None:
    effective = resolved(
        SHARED_PAGE,
        override(WALES, op("append", "fees", "Wales.")),
        override(GWENT, op("append", "fees", "Force."), op("replace", "fees", "Ours.")),
    )
    above = [trace.above.body for trace in effective.ops if trace.above]
    assert above == ["It costs £198.", "It costs £198.\n\nWales.", "It costs £198.\n\nWales."]


def test_a_field_is_set_with_its_origin() -> None:
    effective = resolved(
        SHARED_PAGE, override(KENT, sets={"summary": "Kent's.", "related": "advice/a, advice/b"})
    )
    assert effective.value("summary") == "Kent's."
    assert effective.fields["summary"].layer == KENT
    assert effective.fields["title"].layer == SHARED_PAGE.layer
    assert effective.related == ("advice/a", "advice/b")
    assert effective.sets[0].above == "What to do."
    assert effective.sets[1].above is None


def test_a_local_page_stands_on_its_own() -> None:
    local = page({"lead": "Only here."}, layer=KENT, kind=PageKind.LOCAL)
    effective = resolved(None, local)
    assert (body(effective, "lead"), effective.owner_layer, codes(effective)) == ("Only here.", KENT, [])


def test_a_force_may_override_a_local_page_of_its_group() -> None:
    local = page({"fees": "Group."}, layer=WALES, kind=PageKind.LOCAL)
    effective = resolved(None, local, override(GWENT, op("replace", "fees", "Force.")))
    assert (body(effective, "fees"), effective.owner_layer) == ("Force.", WALES)


def test_a_takeover_replaces_the_whole_page_and_remembers_the_page_above() -> None:
    taken = page(
        {"ours": "Ours."}, layer=KENT, kind=PageKind.TAKEOVER, title="Ours", base=from_page(SHARED_PAGE).pin
    )
    effective = resolved(SHARED_PAGE, taken)
    assert (ids(effective), effective.value("title")) == (["lead", "ours"], "Ours")
    assert effective.takeovers[0].above == effective.takeovers[0].base == from_page(SHARED_PAGE).pin
    assert effective.owner_layer == KENT


def test_a_takeover_that_words_a_locked_section_differently_is_refused() -> None:
    locked = page({"emergency": "Dial 999.", "fees": "Pay."}, locked={"emergency": "Agreed"})
    honest = page({"emergency": "Dial 999.", "ours": "x"}, layer=KENT, kind=PageKind.TAKEOVER)
    changed = page({"emergency": "Dial 101.", "ours": "x"}, layer=KENT, kind=PageKind.TAKEOVER)
    assert ids(resolved(locked, honest)) == ["lead", "emergency", "ours"]
    refused = resolved(locked, changed)
    assert (refused.sections, codes(refused)) == (from_page(locked).sections, ["locked"])
    assert not refused.takeovers[0].is_applied


def test_two_groups_that_change_a_page_one_of_them_takes_over_are_an_error() -> None:
    taken = page({"ours": "Ours."}, layer=WALES, kind=PageKind.TAKEOVER)
    effective = resolved(SHARED_PAGE, taken, override(PILOT, op("hide", "fees")))
    assert ids(effective) == ["lead", "reclaim", "fees", "help"]
    assert codes(effective) == ["ambiguous-group", "ambiguous-group"]


def test_an_override_of_a_page_that_no_layer_has_is_told_and_nothing_is_shown() -> None:
    effective = resolved(None, override(KENT, op("replace", "fees", "x"), sets={"title": "x"}))
    assert not effective.exists
    assert (effective.page, codes(effective)) == (PAGE, ["unknown-override-target"])
    assert not effective.ops[0].is_applied


def test_a_takeover_of_a_page_that_is_gone_is_told_and_its_words_are_kept() -> None:
    taken = page({"ours": "Ours."}, layer=KENT, kind=PageKind.TAKEOVER)
    effective = resolved(None, taken)
    assert (ids(effective), codes(effective)) == (["lead", "ours"], ["unknown-override-target"])


def test_what_is_locked_stays_locked_below_a_takeover() -> None:
    locked = page({"emergency": "Dial 999."}, locked={"emergency": "Agreed"})
    taken = page(
        {"emergency": "Dial 999.", "ours": "x"}, layer=WALES, kind=PageKind.TAKEOVER, locked={"ours": ""}
    )
    effective = resolved(locked, taken, override(GWENT, op("hide", "emergency"), op("append", "ours", "y")))
    assert ids(effective) == ["lead", "emergency", "ours"]
    assert codes(effective) == ["locked", "locked"]


def test_a_takeover_shows_a_section_of_its_own_that_a_layer_above_hides() -> None:
    taken = page({"fees": "Ours."}, layer=GWENT, kind=PageKind.TAKEOVER)
    effective = resolved(SHARED_PAGE, override(WALES, op("hide", "fees")), taken)
    assert (ids(effective), effective.hidden) == (["lead", "fees"], ())
