"""How overrides stand to the text above them, and what a cell of the matrix shows."""

from dataclasses import replace

import pytest

from soh_author.domain.ids import Language, SectionId
from soh_author.domain.layers import Layer
from soh_author.domain.override import Op, Override
from soh_author.domain.page import Page, PageKind
from soh_author.domain.pins import field_pin, pin_of
from soh_author.domain.resolving.cells import ABSENT, INHERITS, CellKind, page_state
from soh_author.domain.resolving.drift import (
    DriftState,
    drift_diagnostics,
    drift_of,
    drift_of_set,
    drift_of_takeover,
    pin_above,
)
from soh_author.domain.resolving.effective import EffectivePage, EffectiveSection
from soh_author.domain.resolving.resolve import from_page, resolve
from soh_author.domain.resolving.welsh import in_welsh
from tests.support.pages import GWENT, KENT, WALES, layer_text, op, override, page, text

SHARED_PAGE = page({"lead": "Read this.", "fees": "It costs £198.", "help": "Ask."})
OTHER = pin_of("another text")


def section(effective: EffectivePage, name: str) -> EffectiveSection:
    found = effective.section(SectionId(name))
    assert found is not None
    return found


FEES = section(from_page(SHARED_PAGE), "fees").pin


def resolved(*files: Override | Page, base: Page | None = SHARED_PAGE) -> EffectivePage:
    return resolve(base, [layer_text(file) for file in files])


def drift(*ops: Op) -> list[DriftState]:
    return [drift_of(trace) for trace in resolved(override(KENT, *ops)).ops]


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (op("replace", "fees", "Ours.", base=FEES), DriftState.CURRENT),
        (op("replace", "fees", "Ours.", base=OTHER), DriftState.OUTDATED),
        (op("replace", "fees", "Ours."), DriftState.UNPINNED),
        (op("replace", "fees", "It costs\n£198.", base=OTHER), DriftState.REDUNDANT),
        (op("replace", "fees", text("fees", "It costs £198.", "Prices"), base=FEES), DriftState.CURRENT),
        (op("replace", "gone", "Ours.", base=FEES), DriftState.ORPHANED),
        (op("hide", "fees", base=FEES), DriftState.CURRENT),
        (op("hide", "fees", base=OTHER), DriftState.HIDDEN_OUTDATED),
        (op("hide", "fees"), DriftState.UNPINNED),
        (op("append", "fees", "More."), DriftState.ADDITIVE),
        (op("prepend", "fees", "More.", base=OTHER), DriftState.ADDITIVE),
        (op("insert-after", "new", "New.", anchor="fees"), DriftState.ADDITIVE),
        (op("insert-after", "new", "New.", anchor="gone"), DriftState.ORPHANED),
        (op("move-after", "help", anchor="lead"), DriftState.CURRENT),
        (op("move-after", "help", anchor="fees"), DriftState.REDUNDANT),
        (op("move-after", "help", anchor="lead", base=OTHER), DriftState.OUTDATED),
    ],
    ids=lambda value: str(value) if isinstance(value, DriftState) else str(value.kind),
)
def test_the_drift_of_an_op(one: Op, state: DriftState) -> None:
    assert drift(one) == [state]


def test_replacing_the_lead_with_its_own_words_is_redundant_whatever_its_address_line_says() -> None:
    assert drift(op("replace", "lead", text("lead", "Read this.", "Lead"))) == [DriftState.REDUNDANT]


def test_the_pin_an_op_would_have_today_is_that_of_the_section_above() -> None:
    effective = resolved(
        override(KENT, op("replace", "fees", "x"), op("append", "help", "x"), op("hide", "gone"))
    )
    assert [pin_above(trace) for trace in effective.ops] == [FEES, None, None]


def test_the_drift_of_a_field() -> None:
    base = field_pin("What to do.")
    effective = resolved(
        override(
            KENT,
            sets={"summary": "Ours.", "title": "Ours", "url": "/x/", "form": "Form", "beta": "true"},
            set_bases={"summary": base, "title": base, "beta": base},
        )
    )
    same = resolved(override(KENT, sets={"title": "Seized  vehicles"}))
    assert [drift_of_set(trace) for trace in [*effective.sets, *same.sets]] == [
        DriftState.CURRENT,
        DriftState.OUTDATED,
        DriftState.UNPINNED,
        DriftState.ADDITIVE,
        DriftState.OUTDATED,
        DriftState.REDUNDANT,
    ]


def test_the_drift_of_a_page_taken_over() -> None:
    taken = page({"ours": "Ours."}, layer=KENT, kind=PageKind.TAKEOVER)
    above = from_page(SHARED_PAGE).pin
    states = [
        drift_of_takeover(resolved(replace(taken, base=base)).takeovers[0]) for base in (None, OTHER, above)
    ]
    assert states == [DriftState.UNPINNED, DriftState.TAKEN_OVER_OUTDATED, DriftState.TAKEN_OVER]


def test_the_pin_of_a_whole_page_follows_words_and_order_but_not_ids_owners_or_line_breaks() -> None:
    plain = from_page(SHARED_PAGE).pin
    same = [
        page({"lead": "Read\nthis.", "costs": text("costs", "It costs £198.", "Fees"), "help": "Ask."}),
        replace(SHARED_PAGE, owner="x"),
    ]
    different = [
        page({"lead": "Read this.", "help": "Ask.", "fees": "It costs £198."}),
        page({"lead": "Read this.", "fees": "It costs £199.", "help": "Ask."}),
        replace(SHARED_PAGE, fields={**SHARED_PAGE.fields, "title": "Other"}),
    ]
    assert {from_page(one).pin for one in same} == {plain}
    assert plain not in {from_page(one).pin for one in different}


def test_findings_tell_what_is_outdated_redundant_and_unpinned() -> None:
    effective = resolved(
        override(
            KENT,
            op("replace", "fees", "Ours.", base=OTHER),
            op("hide", "help"),
            op("replace", "lead", "Read this."),
            op("append", "fees", "More."),
            sets={"title": "Ours"},
        ),
    )
    found = [(diagnostic.code, diagnostic.section) for diagnostic in drift_diagnostics(effective)]
    assert found == [("unpinned", None), ("outdated", "fees"), ("unpinned", "help"), ("redundant", "lead")]
    assert not any(diagnostic.blocks for diagnostic in drift_diagnostics(effective))


def test_findings_tell_of_fields_and_pages_too_but_not_of_those_that_are_current() -> None:
    base = field_pin("What to do.")
    sets = override(
        KENT, sets={"summary": "Ours.", "title": "Ours"}, set_bases={"summary": base, "title": base}
    )
    assert [(one.code, one.message.split("“")[1][:5]) for one in drift_diagnostics(resolved(sets))] == [
        ("outdated", "title")
    ]
    taken = page({"ours": "Ours."}, layer=KENT, kind=PageKind.TAKEOVER)
    above = from_page(SHARED_PAGE).pin
    told = [
        [one.code for one in drift_diagnostics(resolved(replace(taken, base=base)))]
        for base in (None, OTHER, above)
    ]
    assert told == [["unpinned"], ["outdated"], []]
    hidden = resolved(override(KENT, op("hide", "fees", base=OTHER)))
    assert [one.code for one in drift_diagnostics(hidden)] == ["outdated"]


def cell(*files: Override | Page, layer: Layer = KENT, base: Page | None = SHARED_PAGE) -> tuple[str, int]:
    state = page_state(resolved(*files, base=base), {layer})
    return str(state.kind), state.ops


def test_each_kind_of_cell() -> None:
    taken = page({"ours": "Ours."}, layer=KENT, kind=PageKind.TAKEOVER, base=from_page(SHARED_PAGE).pin)
    local = page({"ours": "Ours."}, layer=KENT, kind=PageKind.LOCAL)
    current = op("replace", "fees", "Ours.", base=FEES)
    assert cell() == ("inherits", 0)
    assert cell(override(KENT, current, op("append", "help", "x"))) == ("overrides", 2)
    assert cell(override(KENT, op("append", "help", "x"))) == ("additive", 1)
    assert cell(override(KENT, current, op("hide", "help"))) == ("hidden", 2)
    assert cell(override(KENT, op("replace", "fees", "x", base=OTHER))) == ("outdated", 1)
    assert cell(override(KENT, op("hide", "fees", base=OTHER))) == ("outdated", 1)
    assert cell(override(KENT, op("append", "gone", "x"), op("hide", "fees", base=OTHER))) == ("orphaned", 2)
    assert cell(override(KENT, sets={"title": "Ours"})) == ("overrides", 1)
    assert cell(taken) == ("taken over", 0)
    assert cell(replace(taken, base=OTHER)) == ("outdated", 0)
    assert cell(local, base=None) == ("local only", 0)


def test_a_cell_tells_the_changes_of_the_layers_asked_for() -> None:
    files = (override(WALES, op("hide", "help")), override(GWENT, op("append", "fees", "x")))
    assert cell(*files, layer=GWENT) == ("additive", 1)
    assert cell(*files, layer=WALES) == ("hidden", 1)
    both = page_state(resolved(*files), {WALES, GWENT})
    assert (both.kind, both.ops, both.kinds) == (
        CellKind.HIDDEN,
        2,
        frozenset({CellKind.HIDDEN, CellKind.ADDITIVE}),
    )


def test_a_force_that_must_publish_welsh_shows_where_it_is_missing() -> None:
    english = resolved()
    for parity, kind in ((True, CellKind.MISSING_WELSH), (False, CellKind.INHERITS)):
        assert page_state(english, {GWENT}, welsh=in_welsh(english, [], parity=parity)).kind is kind
    words = page({"lead": "Cy."}, language=Language.CY)
    assert page_state(english, {GWENT}, welsh=in_welsh(english, [(words.layer, words)])) == INHERITS


def test_a_force_without_the_page_has_a_cell_of_its_own_kind() -> None:
    assert (ABSENT.kind, ABSENT.ops) == (CellKind.ABSENT, 0)


def test_a_page_taken_over_by_a_group_is_no_takeover_by_its_force() -> None:
    taken = page({"ours": "Ours."}, layer=WALES, kind=PageKind.TAKEOVER, base=from_page(SHARED_PAGE).pin)
    assert cell(taken, layer=GWENT) == ("inherits", 0)
    assert cell(taken, layer=WALES) == ("taken over", 0)
