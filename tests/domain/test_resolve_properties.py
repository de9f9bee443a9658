"""What holds for any page and any overrides, sensible or not."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from soh_author.domain.ids import LEAD, Language
from soh_author.domain.override import Op, OpKind, Override
from soh_author.domain.page import Page
from soh_author.domain.resolving.cells import page_state
from soh_author.domain.resolving.drift import DriftState, drift_diagnostics, drift_of
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.domain.resolving.resolve import resolve
from soh_author.domain.resolving.welsh import in_welsh
from tests.domain.strategies import chains, ops, overrides, pages
from tests.support.pages import GWENT, KENT, layer_text, override


def resolved(base: Page | None, files: list[Page | Override]) -> EffectivePage:
    return resolve(base, [layer_text(file) for file in files])


@given(base=pages(), files=chains())
def test_resolving_never_fails_and_is_the_same_every_time(base: Page, files: list[Page | Override]) -> None:
    effective = resolved(base, files)
    assert effective == resolved(base, files)
    assert effective.exists
    assert drift_diagnostics(effective) == drift_diagnostics(resolved(base, files))
    assert page_state(effective, {GWENT}) == page_state(resolved(base, files), {GWENT})


@given(files=chains().filter(bool))
def test_resolving_without_a_shared_page_never_fails(files: list[Page | Override]) -> None:
    effective = resolved(None, files)
    assert effective.exists == any(isinstance(file, Page) for file in files)
    assert effective.layers == tuple(file.layer for file in files)


@given(base=pages(), files=chains())
def test_the_lead_stays_first_and_no_section_is_doubled(base: Page, files: list[Page | Override]) -> None:
    effective = resolved(base, files)
    ids = [section.id for section in [*effective.sections, *effective.hidden]]
    assert len(set(ids)) == len(ids)
    assert LEAD not in ids[1:] or LEAD in [section.id for section in effective.hidden]


@given(base=pages(), changes=overrides(GWENT))
def test_no_section_is_lost_and_every_op_is_accounted_for(base: Page, changes: Override) -> None:
    effective = resolved(base, [changes])
    inserted = {trace.op.section for trace in effective.ops if trace.op.kind.is_insert and trace.is_applied}
    ids = {section.id for section in [*effective.sections, *effective.hidden]}
    assert ids == {section.id for section in base.sections} | inserted
    assert [trace.op for trace in effective.ops] == list(changes.ops)
    told = {(diagnostic.place, diagnostic.section) for diagnostic in effective.diagnostics}
    for trace in effective.ops:
        lacks_anchor = trace.op.anchor is None and (
            trace.op.kind.is_insert or trace.op.kind is OpKind.MOVE_AFTER
        )
        if not trace.is_applied and not lacks_anchor:
            assert (trace.op.place, trace.op.section) in told
        if trace.above is None:
            assert drift_of(trace) is DriftState.ORPHANED


@given(base=pages(), changes=overrides(GWENT))
def test_locked_sections_read_the_same_for_everybody(base: Page, changes: Override) -> None:
    effective = resolved(base, [changes])
    for locked in base.locked:
        above, below = base.section(locked), effective.section(locked)
        if above is not None:
            assert below is not None
            assert (below.pin, below.heading) == (above.pin, above.heading)


@given(base=pages(), changes=st.lists(ops(), max_size=5, unique_by=lambda each: each.section), data=st.data())
def test_the_order_of_ops_that_do_not_meet_does_not_matter(
    base: Page, changes: list[Op], data: st.DataObject
) -> None:
    anchors = [each.anchor for each in changes if each.anchor]
    plain = replace(base, aliases={})
    alone = [each for each in changes if each.anchor is None or anchors.count(each.anchor) == 1]
    shuffled = data.draw(st.permutations(alone))
    one, other = (resolved(plain, [override(KENT, *each)]) for each in (alone, shuffled))
    assert [(each.id, each.pin) for each in one.sections] == [(each.id, each.pin) for each in other.sections]
    assert sorted(each.code for each in one.diagnostics) == sorted(each.code for each in other.diagnostics)


@given(base=pages(), files=chains())
def test_the_order_of_front_matter_does_not_matter(base: Page, files: list[Page | Override]) -> None:
    turned = replace(
        base,
        fields=dict(reversed(list(base.fields.items()))),
        aliases=dict(reversed(list(base.aliases.items()))),
        locked=dict(reversed(list(base.locked.items()))),
    )
    assert resolved(turned, files) == resolved(base, files)


@given(base=pages(), files=chains(), welsh=chains(), parity=st.booleans())
def test_welsh_never_fails_and_keeps_the_structure(
    base: Page, files: list[Page | Override], welsh: list[Page | Override], parity: bool
) -> None:
    english = resolved(base, files)
    done = in_welsh(english, [(file.layer, file) for file in welsh], parity=parity)
    assert [section.id for section in done.sections] == [section.id for section in english.sections]
    assert done.language is Language.CY
    for section in done.sections:
        english_words = any(part.language is Language.EN and part.canonical for part in section.parts)
        is_told = any(
            found.code == "missing-welsh" and found.section == section.id for found in done.diagnostics
        )
        assert english_words <= is_told
