"""A page in Welsh: structure from the English layers, words from Welsh texts at least as particular."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from soh_author.domain.diagnostics import Severity
from soh_author.domain.ids import Language, SectionId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.override import Override
from soh_author.domain.page import Page, PageKind
from soh_author.domain.pins import Pin, pin_of
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.domain.resolving.resolve import resolve
from soh_author.domain.resolving.welsh import in_welsh
from soh_author.domain.resolving.welsh_texts import translation_pin
from tests.support.pages import GWENT, PILOT, WALES, layer_text, op, override, page, text

ENGLISH = page({"lead": "Read this.", "reclaim": "Call us.", "fees": "It costs £198."})
CY = Language.CY


def pin(english: EffectivePage, section: str, layer: Layer) -> Pin:
    found = translation_pin(english, SectionId(section), layer)
    assert found is not None, f"no section {section} at {layer}"
    return found


def english_of(*files: Override | Page, base: Page = ENGLISH) -> EffectivePage:
    return resolve(base, [layer_text(file) for file in files])


def shared_welsh(*, without: Sequence[str] = ()) -> Page:
    words = {"lead": "Darllenwch.", "reclaim": "Ffoniwch ni.", "fees": "Mae'n costio £198."}
    kept = {section: body for section, body in words.items() if section not in without}
    base = resolve(ENGLISH, [])
    return page(
        kept,
        language=CY,
        title="Cerbydau",
        fields={"title": "Cerbydau", "summary": "Beth i'w wneud.", "url": "/cy-GB/cerbydau/"},
        translates={section: pin(base, section, SHARED) for section in kept},
    )


def welsh(english: EffectivePage, *files: Page | Override, parity: bool = False) -> EffectivePage:
    return in_welsh(english, [(file.layer, file) for file in files], parity=parity)


def said(effective: EffectivePage, section: str) -> list[tuple[str, str]]:
    found = effective.section(SectionId(section))
    assert found is not None
    return [(part.language.value, part.body) for part in found.parts]


def codes(effective: EffectivePage) -> list[str]:
    return [diagnostic.code for diagnostic in effective.diagnostics]


def test_a_complete_translation_has_no_findings_and_no_english() -> None:
    english = english_of()
    done = welsh(english, shared_welsh(), parity=True)
    assert codes(done) == []
    assert done.language is CY
    assert {part.language for section in done.sections for part in section.parts} == {CY}
    assert (done.value("title"), done.value("url")) == ("Cerbydau", "/cy-GB/cerbydau/")


@pytest.mark.parametrize(("parity", "severity"), [(True, Severity.ERROR), (False, Severity.INFO)])
def test_where_welsh_is_missing_the_english_stands_in(parity: bool, severity: Severity) -> None:
    english = english_of()
    done = welsh(english, shared_welsh(without=["fees"]), parity=parity)
    assert said(done, "fees") == [("en", "It costs £198.")]
    assert [section.is_fallback for section in done.sections] == [False, False, True]
    assert [(found.code, found.severity) for found in done.diagnostics] == [("missing-welsh", severity)]


def test_shared_welsh_does_not_render_the_english_of_a_force() -> None:
    english = english_of(override(GWENT, op("replace", "fees", "Gwent: £200.")))
    done = welsh(english, shared_welsh(), parity=True)
    assert said(done, "fees") == [("en", "Gwent: £200.")]
    assert codes(done) == ["missing-welsh"]


def test_a_force_renders_its_own_english() -> None:
    english = english_of(override(GWENT, op("replace", "fees", "Gwent: £200.")))
    own = override(
        GWENT, op("replace", "fees", "Gwent: £200 (cy).", translates=pin(english, "fees", GWENT)), language=CY
    )
    done = welsh(english, shared_welsh(), own, parity=True)
    assert said(done, "fees") == [("cy", "Gwent: £200 (cy).")]
    assert codes(done) == []


def test_a_force_may_word_the_welsh_of_shared_english_itself() -> None:
    english = english_of()
    own = override(
        GWENT, op("replace", "fees", "Ein Cymraeg.", translates=pin(english, "fees", GWENT)), language=CY
    )
    done = welsh(english, shared_welsh(), own, parity=True)
    assert said(done, "fees") == [("cy", "Ein Cymraeg.")]
    assert codes(done) == []


def test_added_english_needs_added_welsh_of_its_layer() -> None:
    english = english_of(override(GWENT, op("append", "fees", "Also Gwent.")))
    without = welsh(english, shared_welsh(), parity=True)
    assert said(without, "fees") == [("cy", "Mae'n costio £198."), ("en", "Also Gwent.")]
    assert codes(without) == ["missing-welsh"]
    own = override(
        GWENT, op("append", "fees", "Hefyd Gwent.", translates=pin(english, "fees", GWENT)), language=CY
    )
    full = welsh(english, shared_welsh(), own, parity=True)
    assert said(full, "fees") == [("cy", "Mae'n costio £198."), ("cy", "Hefyd Gwent.")]
    assert codes(full) == []


def test_added_welsh_may_pin_the_added_words_alone() -> None:
    addition = text("fees", "Also Gwent.")
    english = english_of(override(GWENT, op("append", "fees", addition)))
    own = override(GWENT, op("append", "fees", "Hefyd Gwent.", translates=addition.pin), language=CY)
    assert codes(welsh(english, shared_welsh(), own, parity=True)) == []


def test_each_addition_has_the_welsh_of_its_own_layer() -> None:
    english = english_of(
        override(WALES, op("append", "fees", "Wales.")), override(GWENT, op("append", "fees", "Gwent."))
    )
    cymru = override(
        WALES, op("append", "fees", "Cymru.", translates=pin(english, "fees", WALES)), language=CY
    )
    gwent = override(
        GWENT, op("append", "fees", "Gwent (cy).", translates=pin(english, "fees", GWENT)), language=CY
    )
    both = welsh(english, shared_welsh(), cymru, gwent, parity=True)
    assert [body for _, body in said(both, "fees")] == ["Mae'n costio £198.", "Cymru.", "Gwent (cy)."]
    assert codes(both) == []
    only_force = welsh(english, shared_welsh(), gwent, parity=True)
    assert [language for language, _ in said(only_force, "fees")] == ["cy", "en", "cy"]
    assert codes(only_force) == ["missing-welsh"]


def test_a_force_may_render_the_addition_of_its_group() -> None:
    english = english_of(override(WALES, op("append", "fees", "Wales.")))
    own = override(GWENT, op("append", "fees", "Cymru.", translates=pin(english, "fees", GWENT)), language=CY)
    done = welsh(english, shared_welsh(), own, parity=True)
    assert [body for _, body in said(done, "fees")] == ["Mae'n costio £198.", "Cymru."]
    assert codes(done) == []


def test_a_welsh_replace_renders_what_the_layers_above_it_added() -> None:
    english = english_of(override(WALES, op("append", "fees", "Wales.")))
    own = override(
        GWENT, op("replace", "fees", "Y cyfan.", translates=pin(english, "fees", GWENT)), language=CY
    )
    done = welsh(english, shared_welsh(), own, parity=True)
    assert said(done, "fees") == [("cy", "Y cyfan.")]
    assert codes(done) == []


def test_a_welsh_replace_pinned_to_the_whole_renders_the_addition_of_its_own_layer() -> None:
    english = english_of(override(GWENT, op("append", "fees", "Gwent.")))
    whole = pin(english, "fees", GWENT)
    own = override(GWENT, op("replace", "fees", "Y cyfan.", translates=whole), language=CY)
    done = welsh(english, shared_welsh(), own, parity=True)
    assert (said(done, "fees"), codes(done)) == ([("cy", "Y cyfan.")], [])


def test_an_inserted_section_is_rendered_by_an_insert() -> None:
    english = english_of(override(GWENT, op("insert-after", "trailers", "Trailers.", anchor="fees")))
    own = override(
        GWENT,
        op(
            "insert-after",
            "trailers",
            "Ôl-gerbydau.",
            anchor="fees",
            translates=pin(english, "trailers", GWENT),
        ),
        language=CY,
    )
    done = welsh(english, shared_welsh(), own, parity=True)
    assert said(done, "trailers") == [("cy", "Ôl-gerbydau.")]
    assert codes(done) == []


def test_structure_comes_from_the_english_alone() -> None:
    english = english_of(override(GWENT, op("hide", "reclaim"), op("move-after", "fees", anchor="lead")))
    done = welsh(english, shared_welsh(), parity=True)
    assert [section.id for section in done.sections] == [section.id for section in english.sections]
    assert codes(done) == []


@pytest.mark.parametrize(("parity", "severity"), [(True, Severity.ERROR), (False, Severity.WARNING)])
def test_welsh_is_outdated_when_its_english_is_reworded(parity: bool, severity: Severity) -> None:
    words = shared_welsh()
    reworded = page({"lead": "Read this.", "reclaim": "Call us.", "fees": "It costs £200."})
    done = welsh(english_of(base=reworded), words, parity=parity)
    assert [(found.code, found.section, found.severity) for found in done.diagnostics] == [
        ("outdated-welsh", "fees", severity)
    ]
    assert said(done, "fees") == [("cy", "Mae'n costio £198.")]


def test_welsh_without_a_pin_is_told_but_shown() -> None:
    english = english_of()
    done = welsh(english, replace(shared_welsh(), translates={}), parity=True)
    assert codes(done) == ["unpinned"] * 3
    assert not any(diagnostic.blocks for diagnostic in done.diagnostics)


def test_welsh_for_english_that_is_not_there_is_told() -> None:
    english = english_of()
    own = override(GWENT, op("append", "fees", "Dim."), op("replace", "gone", "Dim."), language=CY)
    assert codes(welsh(english, shared_welsh(), own)) == ["welsh-without-english"] * 2


def test_shared_welsh_is_not_needless_because_a_force_has_its_own_page() -> None:
    taken = page({"ours": "Ours."}, layer=GWENT, kind=PageKind.TAKEOVER)
    english = english_of(taken)
    done = welsh(english, shared_welsh())
    assert set(codes(done)) == {"missing-welsh"}
    assert done.value("title") == "Seized vehicles"


def test_a_renamed_section_keeps_its_welsh() -> None:
    renamed = page(
        {"lead": "Read this.", "reclaim": "Call us.", "prices": text("prices", "It costs £198.", "Fees")},
        aliases={"fees": "prices"},
    )
    done = welsh(english_of(base=renamed), shared_welsh(), parity=True)
    assert said(done, "prices") == [("cy", "Mae'n costio £198.")]
    assert codes(done) == []


def test_a_missing_title_summary_or_address_is_missing_welsh() -> None:
    english = english_of()
    words = replace(shared_welsh(), fields={})
    done = welsh(english, words, parity=True)
    assert codes(done) == ["missing-welsh"] * 3
    assert (done.value("title"), done.value("url")) == ("Seized vehicles", "")


def test_a_welsh_address_may_stand_in_the_english_file() -> None:
    base = replace(ENGLISH, urls={CY: "/cy-GB/arall/"})
    english = english_of(base=base)
    words = replace(shared_welsh(), fields={"title": "Cerbydau", "summary": "Beth."})
    done = welsh(english, words, parity=True)
    assert (done.value("url"), codes(done)) == ("/cy-GB/arall/", [])


def test_a_title_set_by_a_force_in_english_needs_its_own_welsh() -> None:
    english = english_of(override(GWENT, sets={"title": "Gwent's vehicles"}))
    assert codes(welsh(english, shared_welsh(), parity=True)) == ["missing-welsh"]
    own = override(GWENT, sets={"title": "Cerbydau Gwent"}, language=CY)
    done = welsh(english, shared_welsh(), own, parity=True)
    assert (done.value("title"), codes(done)) == ("Cerbydau Gwent", [])


def test_an_addition_to_an_empty_lead_is_no_fallback_when_it_has_welsh() -> None:
    base = page({"fees": "Pay."})
    english = english_of(override(GWENT, op("append", "lead", "Gwent.")), base=base)
    own = override(
        GWENT, op("append", "lead", "Gwent (cy).", translates=pin(english, "lead", GWENT)), language=CY
    )
    done = welsh(english, own)
    assert [section.is_fallback for section in done.sections] == [False, True]


def test_an_empty_lead_needs_no_welsh() -> None:
    english = english_of(base=page({"fees": "Pay."}))
    words = page({"fees": "Talu."}, language=CY, translates={"fees": pin(english, "fees", SHARED)})
    assert codes(welsh(english, words, parity=True)) == []


def test_an_unknown_pin_is_outdated() -> None:
    english = english_of()
    words = replace(shared_welsh(), translates={SectionId("lead"): pin_of("other")})
    assert sorted(codes(welsh(english, words))) == ["outdated-welsh", "unpinned", "unpinned"]


def test_a_translation_is_pinned_to_the_english_of_its_own_layer() -> None:
    plain = english_of()
    english = english_of(override(GWENT, op("append", "fees", "Also Gwent.")))
    assert pin(english, "fees", SHARED) == pin(plain, "fees", SHARED)
    assert pin(english, "fees", GWENT) != pin(plain, "fees", SHARED)
    assert translation_pin(english, SectionId("gone"), GWENT) is None


def test_welsh_under_an_old_id_is_found_although_an_override_names_the_old_id_too() -> None:
    base = page({"lead": "Head.", "prices": text("prices", "£198.", "Fees")}, aliases={"fees": "prices"})
    words = page({"lead": "Pen.", "fees": "Ffioedd."}, language=Language.CY)
    english = resolve(base, [layer_text(override(GWENT, op("append", "fees", "In cash.")))])
    found = in_welsh(english, [(words.layer, words)])
    missing = [each.section for each in found.diagnostics if each.code == "missing-welsh" and each.section]
    assert missing == ["prices"]
    fees = found.section(SectionId("prices"))
    assert fees is not None
    assert [part.language for part in fees.parts] == [Language.CY, Language.EN]


def test_welsh_of_a_group_with_no_english_does_not_render_what_a_group_below_it_words() -> None:
    base = page({"lead": "Head.", "fees": "£198."})
    english = resolve(base, [layer_text(override(WALES, op("replace", "fees", "£200.")))])
    welsh = override(PILOT, op("replace", "fees", "Ffioedd."), language=Language.CY)
    below, above = (
        [
            each.section
            for each in in_welsh(english, [(PILOT, welsh)], chain=chain).diagnostics
            if each.code == "missing-welsh" and each.section == "fees"
        ]
        for chain in ((SHARED, WALES, PILOT), (SHARED, PILOT, WALES))
    )
    assert (below, above) == ([], ["fees"])
