"""The acceptance list of the content model (its section 6), as far as the rules alone can tell.

Numbers 9, 10, 12, 14 and 15 concern files, versions and rendering; their tests stand with those packages.
"""

from dataclasses import replace
from datetime import date

import pytest

from soh_author.domain.aliases import moved_pages
from soh_author.domain.facts import FactSheet, FactValue, Reference
from soh_author.domain.ids import ForceId, Language, SectionId
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.domain.pins import Pin
from soh_author.domain.resolving.digest import OutputIdentity, output_digest
from soh_author.domain.resolving.drift import DriftState, drift_of
from soh_author.domain.resolving.effective import EffectivePage, EffectiveSection
from soh_author.domain.resolving.fact_lookup import find_value
from soh_author.domain.resolving.resolve import from_page, resolve
from soh_author.domain.resolving.welsh import in_welsh
from tests.support.pages import GWENT, KENT, PAGE, PILOT, WALES, layer_text, op, override, page, text
from tests.support.publishers import fact, force, sheet, since

PARAGRAPH = "If we have seized your vehicle,\nread the notice that you were given."
NATIONAL = page({"lead": PARAGRAPH, "reclaim": "Call us.", "fees": "It costs £198."})


def section(effective: EffectivePage, name: str) -> EffectiveSection:
    found = effective.section(SectionId(name))
    assert found is not None
    return found


def pin(base: Page, name: str) -> Pin:
    return section(from_page(base), name).pin


def resolved(base: Page, *files: Override | Page) -> EffectivePage:
    return resolve(base, [layer_text(file) for file in files])


def drift(effective: EffectivePage) -> list[DriftState]:
    return [drift_of(trace) for trace in effective.ops]


def reworded(base: Page, name: str, body: str, heading: str | None = None) -> Page:
    """The page with one section worded otherwise."""
    return replace(
        base, sections=tuple(text(name, body, heading) if each.id == name else each for each in base.sections)
    )


OURS = override(KENT, op("replace", "fees", "It costs £200 in Kent.", base=pin(NATIONAL, "fees")))


def test_1_overriding_one_section_and_editing_another_nationally_changes_only_the_other() -> None:
    before = resolved(NATIONAL, OURS)
    after = resolved(reworded(NATIONAL, "reclaim", "Write to us."), OURS)
    changed = [
        one.id for one, other in zip(before.sections, after.sections, strict=True) if one.pin != other.pin
    ]
    assert changed == ["reclaim"]
    assert drift(after) == [DriftState.CURRENT]


def test_2_wrapping_the_national_paragraph_otherwise_makes_nothing_outdated() -> None:
    ours = override(KENT, op("replace", "lead", "Ours.", base=pin(NATIONAL, "lead")))
    wrapped = reworded(NATIONAL, "lead", PARAGRAPH.replace("\n", " ").replace("the notice", "the\nnotice"))
    assert drift(resolved(wrapped, ours)) == [DriftState.CURRENT]


def test_3_editing_the_overridden_section_nationally_makes_exactly_that_op_outdated() -> None:
    two = replace(
        OURS, ops=(*OURS.ops, op("replace", "reclaim", "Call Kent.", base=pin(NATIONAL, "reclaim")))
    )
    effective = resolved(reworded(NATIONAL, "fees", "It costs £250."), two)
    assert drift(effective) == [DriftState.OUTDATED, DriftState.CURRENT]
    above = effective.ops[0].above
    assert above is not None
    assert above.body == "It costs £250."


def test_4_national_text_and_override_edited_together_and_pinned_by_hash_are_current() -> None:
    new = reworded(NATIONAL, "fees", "It costs £250.")
    ours = override(KENT, op("replace", "fees", "It costs £260 in Kent.", base=pin(new, "fees")))
    assert drift(resolved(new, ours)) == [DriftState.CURRENT]


def test_5_moving_a_page_and_renaming_a_section_loses_no_override() -> None:
    moved = page(
        {"lead": PARAGRAPH, "reclaim": "Call us.", "prices": text("prices", "It costs £198.", "Fees")},
        page_id="vehicles/seized",
        aliases={"fees": "prices"},
        moved_from=[PAGE],
    )
    assert moved_pages([moved])[OURS.page] == moved.id
    effective = resolved(moved, OURS)
    assert section(effective, "prices").body == "It costs £200 in Kent."
    assert drift(effective) == [DriftState.CURRENT]


def test_6_deleting_a_section_orphans_its_ops_and_blocks_publishing() -> None:
    gone = replace(NATIONAL, sections=tuple(each for each in NATIONAL.sections if each.id != "fees"))
    effective = resolved(gone, OURS)
    assert drift(effective) == [DriftState.ORPHANED]
    assert [(found.code, found.blocks) for found in effective.diagnostics] == [("orphaned", True)]


def test_7_a_new_group_override_makes_the_op_of_the_force_below_outdated() -> None:
    ours = override(GWENT, op("replace", "fees", "Gwent.", base=pin(NATIONAL, "fees")))
    assert drift(resolved(NATIONAL, ours)) == [DriftState.CURRENT]
    group = override(WALES, op("replace", "fees", "Wales.", base=pin(NATIONAL, "fees")))
    assert drift(resolved(NATIONAL, group, ours)) == [DriftState.CURRENT, DriftState.OUTDATED]


@pytest.mark.parametrize("kind", ["replace", "hide", "move-after"])
def test_8_two_groups_on_one_section_are_an_error(kind: str) -> None:
    one = op(
        kind, "fees", "Ours." if kind == "replace" else None, anchor="lead" if kind == "move-after" else None
    )
    effective = resolved(NATIONAL, override(WALES, one), override(PILOT, op("hide", "fees")))
    assert effective.sections == from_page(NATIONAL).sections
    assert [(found.code, found.blocks) for found in effective.diagnostics] == [("ambiguous-group", True)] * 2


def test_9_drift_needs_no_commit_to_be_right() -> None:
    ours = replace(OURS, ops=tuple(replace(each, at="") for each in OURS.ops))
    assert drift(resolved(reworded(NATIONAL, "fees", "New."), ours)) == [DriftState.OUTDATED]


def test_11_a_shared_fact_changes_exactly_the_outputs_that_use_it() -> None:
    using = page({"fees": "It costs {{ fact.fee }}."}, page_id="a/using")
    other = page({"fees": "It's free."}, page_id="a/other")
    old, new = sheet(fact("fee", "198")), sheet(fact("fee", "250"))

    def digests(shared: FactSheet) -> dict[str, str]:
        return {
            f"{base.id}/{name}": digest_of(base, name, [shared, sheet(*own)])
            for base in (using, other)
            for name, own in (("kent", ()), ("gwent", (fact("fee", "100", layer=GWENT),)))
        }

    before, after = digests(old), digests(new)
    assert [name for name in before if before[name] != after[name]] == ["a/using/kent"]


def digest_of(base: Page, force_id: str, sheets: list[FactSheet]) -> str:
    effective = from_page(base)
    used: dict[str, FactValue] = {}
    if "fact.fee" in section(effective, "fees").body:
        value = find_value(Reference("fact", "fee"), sheets, force(force_id), date(2026, 1, 1), Language.EN)
        assert isinstance(value, FactValue)
        used[value.key] = value
    return output_digest(OutputIdentity(base.id, ForceId(force_id), Language.EN), effective, used, {}, {})


def test_11b_a_fact_has_the_value_of_the_day() -> None:
    fees = [sheet(fact("fee", "88", since(2027, 4, 1, "210")))]
    values = [
        find_value(Reference("fact", "fee"), fees, force("kent"), day, Language.EN)
        for day in (date(2027, 3, 31), date(2027, 4, 1))
    ]
    assert [value.value for value in values if isinstance(value, FactValue)] == ["88", "210"]


def test_12_saying_the_same_again_keeps_the_digest() -> None:
    again = replace(NATIONAL, sections=tuple(replace(each, line=each.line + 3) for each in NATIONAL.sections))
    assert digest_of(again, "kent", []) == digest_of(NATIONAL, "kent", [])


def test_13_english_without_welsh_is_blocked_at_gwent_and_fine_at_kent() -> None:
    words = page(
        {name: f"{name} yn Gymraeg" for name in ("lead", "reclaim", "fees")},
        language=Language.CY,
        fields={"title": "Cerbydau", "summary": "Beth i'w wneud.", "url": "/cy-GB/cerbydau/"},
        translates={name: pin(NATIONAL, name) for name in ("lead", "reclaim", "fees")},
    )
    for layer, parity, blocks in ((GWENT, True, [True]), (KENT, False, [False])):
        english = resolved(
            NATIONAL, override(layer, op("replace", "fees", "Ours.", base=pin(NATIONAL, "fees")))
        )
        welsh = in_welsh(english, [(words.layer, words)], parity=parity)
        assert [(found.section, found.blocks) for found in welsh.diagnostics] == [
            ("fees", each) for each in blocks
        ]
