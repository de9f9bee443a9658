"""Whom a change reaches."""

from dataclasses import replace

import pytest

from soh_author.domain.ids import ForceId, Language, SectionId
from soh_author.domain.layers import Layer
from soh_author.domain.override import Op, Override
from soh_author.domain.page import Page, PageKind
from soh_author.domain.pins import Pin, field_pin, pin_of
from soh_author.domain.resolving.digest import OutputIdentity, output_digest
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.domain.resolving.impact import Impact, OutputImpact, OutputView, Reach, impact_of
from soh_author.domain.resolving.resolve import from_page, resolve
from tests.support.pages import KENT, PAGE, layer_text, op, override, page, text

BEFORE = page({"lead": "Read.", "danger": "Dial 999.", "fees": "It costs £198."})
AFTER = page({"lead": "Read.", "danger": "Dial 999 now.", "fees": "It costs £198."})
DANGER = SectionId("danger")


def pin(base: Page, name: str) -> Pin:
    found = from_page(base).section(SectionId(name))
    assert found is not None
    return found.pin


def identity(force: str = "kent") -> OutputIdentity:
    return OutputIdentity(PAGE, ForceId(force), Language.EN)


def view(effective: EffectivePage, force: str = "kent", facts: dict[str, str] | None = None) -> OutputView:
    digest = output_digest(identity(force), effective, {}, facts or {}, {})
    return OutputView(effective, digest, facts or {})


def impact(
    *files: Override | Page,
    before: Page = BEFORE,
    after: Page = AFTER,
    later: tuple[Override | Page, ...] | None = None,
    marked: dict[SectionId, str] | None = None,
) -> OutputImpact:
    old = resolve(before, [layer_text(file) for file in files])
    new = resolve(after, [layer_text(file) for file in (files if later is None else later)])
    return impact_of(identity(), view(old), view(new), marked)


def replaces(base: Pin | None) -> Override:
    return override(KENT, op("replace", "danger", "Ring Kent.", base=base))


def test_an_output_without_local_text_changes() -> None:
    found = impact()
    assert found.reach is Reach.CHANGES
    assert [(each.section, each.before, each.after) for each in found.sections] == [
        ("danger", pin(BEFORE, "danger"), pin(AFTER, "danger"))
    ]
    assert (found.shadows, found.outdated, found.is_reordered, found.fields) == ((), (), False, ())


def test_an_output_that_the_change_does_not_touch_is_unchanged() -> None:
    assert impact(after=BEFORE).reach is Reach.UNCHANGED


@pytest.mark.parametrize("local", [op("replace", "danger", "Ring Kent."), op("hide", "danger")])
def test_local_text_over_a_changed_section_shadows_it_and_becomes_outdated(local: Op) -> None:
    ours = override(KENT, replace(local, base=pin(BEFORE, "danger")))
    found = impact(ours)
    assert found.reach is Reach.SHADOWED
    assert [(shadow.section, shadow.layer, shadow.alarm) for shadow in found.shadows] == [
        ("danger", KENT, "")
    ]
    assert found.outdated == (ours.ops[0].place,)
    assert not found.is_changed


def test_what_was_outdated_before_is_shadowed_but_not_told_as_new() -> None:
    found = impact(replaces(pin_of("older")))
    assert (len(found.shadows), found.outdated) == (1, ())


def test_an_override_brought_up_to_date_in_the_same_change_is_not_outdated() -> None:
    found = impact(replaces(pin(BEFORE, "danger")), later=(replaces(pin(AFTER, "danger")),))
    assert (len(found.shadows), found.outdated) == (1, ())


def test_local_text_that_hides_a_change_marked_as_safety_is_an_alarm() -> None:
    found = impact(replaces(pin(BEFORE, "danger")), marked={DANGER: "Danger to life"})
    assert [shadow.alarm for shadow in found.alarms] == ["Danger to life"]
    assert impact(replaces(pin(BEFORE, "danger")), marked={SectionId("fees"): "Law"}).alarms == ()


def test_a_page_taken_over_and_a_field_set_shadow_too() -> None:
    taken = page({"ours": "Ours."}, layer=KENT, kind=PageKind.TAKEOVER, base=from_page(BEFORE).pin)
    found = impact(taken, marked={DANGER: "Law"})
    assert (found.reach, [shadow.what for shadow in found.alarms]) == (Reach.SHADOWED, ["the whole page"])
    assert found.outdated == (taken.place,)
    titled = override(KENT, sets={"title": "Ours"}, set_bases={"title": field_pin("Seized vehicles")})
    renamed = replace(BEFORE, fields={**BEFORE.fields, "title": "New"})
    found = impact(titled, after=renamed)
    assert ([shadow.what for shadow in found.shadows], found.outdated) == (
        ["field title"],
        (titled.sets[0].place,),
    )


def test_a_renamed_section_is_the_same_section() -> None:
    renamed = page(
        {
            "lead": "Read.",
            "emergency": text("emergency", "Dial 999 now.", "Danger"),
            "fees": "It costs £198.",
        },
        aliases={"danger": "emergency"},
    )
    found = impact(replaces(pin(BEFORE, "danger")), after=renamed)
    assert [shadow.section for shadow in found.shadows] == ["emergency"]


def test_an_op_whose_section_goes_is_told() -> None:
    ours = replaces(pin(BEFORE, "danger"))
    found = impact(ours, after=page({"lead": "Read.", "fees": "It costs £198."}))
    assert found.outdated == (ours.ops[0].place,)


def test_an_addition_beside_a_changed_section_shadows_nothing() -> None:
    found = impact(override(KENT, op("append", "danger", "Or come to us.")))
    assert (found.reach, found.shadows, found.outdated) == (Reach.CHANGES, (), ())


def test_order_fields_and_facts_that_change_are_told() -> None:
    order = replace(BEFORE, sections=(BEFORE.sections[0], *reversed(BEFORE.sections[1:])))
    assert impact(after=order).is_reordered
    addressed = replace(BEFORE, fields={**BEFORE.fields, "url": "/new/", "owner": "x"})
    assert impact(after=addressed).fields == ("url",)
    effective = from_page(BEFORE)
    found = impact_of(
        identity(), view(effective, facts={"fact.fee": "1"}), view(effective, facts={"fact.fee": "2"})
    )
    assert (found.facts, found.reach) == (("fact.fee",), Reach.CHANGES)


def test_a_page_that_comes_or_goes() -> None:
    there = view(from_page(BEFORE))
    assert impact_of(identity(), None, there).reach is Reach.ADDED
    assert impact_of(identity(), there, None).reach is Reach.REMOVED
    assert impact_of(identity(), None, None).reach is Reach.UNCHANGED


def test_outputs_that_change_in_the_same_way_are_one_group() -> None:
    outputs = []
    for force in ("avon-and-somerset", "kent", "gwent", "essex"):
        layer = Layer.of_force(force)
        files = {
            "kent": [override(layer, op("append", "danger", "Kent too."))],
            "gwent": [override(layer, op("replace", "danger", "Ours.", base=pin(BEFORE, "danger")))],
        }.get(force, [])
        chain = [layer_text(file) for file in files]
        old, new = resolve(BEFORE, chain), resolve(AFTER, chain)
        outputs.append(impact_of(identity(force), view(old, force), view(new, force)))
    found = Impact(tuple(outputs))
    assert [[str(each.output.force) for each in group] for group in found.groups] == [
        ["avon-and-somerset", "essex"],
        ["kent"],
    ]
    assert (found.counts[Reach.CHANGES], found.counts[Reach.SHADOWED], found.counts[Reach.ADDED]) == (3, 1, 0)
    assert [each.output.force for each in found.of(Reach.SHADOWED)] == ["gwent"]
    assert found.alarms == ()


def test_a_change_of_another_section_is_not_hidden_by_local_text() -> None:
    elsewhere = page({"lead": "Read.", "danger": "Dial 999.", "fees": "It costs £250."})
    found = impact(replaces(pin(BEFORE, "danger")), after=elsewhere, marked={DANGER: "Danger to life"})
    assert (found.reach, found.shadows, found.outdated) == (Reach.CHANGES, (), ())
