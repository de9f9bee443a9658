"""The smaller rules of Welsh: headings, additions, fields, hidden sections, and whom a finding names."""

from dataclasses import replace

import pytest

from soh_author.domain.ids import LEAD, Language, SectionId
from soh_author.domain.layers import SHARED
from soh_author.domain.page import PageKind
from soh_author.domain.pins import pin_of, section_pin
from tests.domain.test_welsh import CY, codes, english_of, pin, said, shared_welsh, welsh
from tests.support.pages import GWENT, WALES, canonical_of, op, override, page, text


def test_headings_are_those_of_the_welsh_and_the_lead_has_none() -> None:
    english = english_of()
    own = override(
        GWENT,
        op("replace", "lead", "Darllenwch hyn.", heading="Lead", translates=pin(english, "lead", GWENT)),
        op("replace", "fees", "£198.", heading="Ffioedd", translates=pin(english, "fees", GWENT)),
        language=CY,
    )
    done = welsh(english, shared_welsh(), own)
    headings = {section.id: section.heading for section in done.sections}
    assert (headings[LEAD], headings[SectionId("fees")]) == ("", "Ffioedd")
    assert codes(done) == []


@pytest.mark.parametrize("kind", ["append", "prepend"])
def test_welsh_added_before_or_behind_renders_english_added_there_and_is_held_to_it(kind: str) -> None:
    english = english_of(override(GWENT, op(kind, "fees", "Also Gwent.")))
    words = section_pin(english.sections[2].heading, [canonical_of("Also Gwent.")])
    good, old = (
        override(GWENT, op(kind, "fees", "Gwent hefyd.", translates=translates), language=CY)
        for translates in (words, pin_of("older"))
    )
    assert ("cy", "Gwent hefyd.") in said(welsh(english, shared_welsh(), good), "fees")
    assert codes(welsh(english, shared_welsh(), good)) == []
    assert codes(welsh(english, shared_welsh(), old)) == ["outdated-welsh"]
    assert codes(welsh(english_of(), shared_welsh(), good)) == ["welsh-without-english"]


def test_a_welsh_replace_pinned_to_the_words_above_does_not_render_what_its_own_layer_adds() -> None:
    english = english_of(override(GWENT, op("append", "fees", "Also Gwent.")))
    own = override(
        GWENT, op("replace", "fees", "£198.", translates=pin(english, "fees", SHARED)), language=CY
    )
    done = welsh(english, shared_welsh(), own)
    assert said(done, "fees") == [("cy", "£198."), ("en", "Also Gwent.")]
    assert codes(done) == ["missing-welsh"]


def test_the_welsh_of_a_page_alone_never_covers_what_a_group_adds() -> None:
    english = english_of(override(WALES, op("append", "fees", "In Wales.")), override(GWENT))
    own = replace(shared_welsh(), layer=GWENT, kind=PageKind.LOCAL)
    assert ("en", "In Wales.") in said(welsh(english, own), "fees")


def test_missing_welsh_names_who_brought_the_english() -> None:
    shared = welsh(english_of(), shared_welsh(without=["fees"]))
    own = welsh(english_of(override(GWENT, op("replace", "fees", "Gwent."))), shared_welsh())
    assert shared.diagnostics[0].message.endswith("has no Welsh for the English of the shared page.")
    assert own.diagnostics[0].message.endswith("has no Welsh for the English of force gwent.")


def test_a_section_that_is_a_heading_alone_needs_welsh_too() -> None:
    english = english_of(base=page({"lead": "Read this.", "fees": text("fees", "", "Fees")}))
    done = welsh(english, shared_welsh(without=["reclaim", "fees"]))
    assert codes(done) == ["missing-welsh"]
    assert [section.is_fallback for section in done.sections] == [False, True]


def test_welsh_of_a_section_that_a_layer_hides_or_only_an_orphan_names_is_not_called_needless() -> None:
    hidden = english_of(override(GWENT, op("hide", "fees")))
    assert codes(welsh(hidden, shared_welsh())) == []
    orphan = english_of(override(GWENT, op("replace", "gone", "x")))
    own = override(GWENT, op("replace", "gone", "x (cy)", translates=pin_of("x")), language=CY)
    assert codes(welsh(orphan, shared_welsh(), own)) == []


def test_needless_welsh_beside_a_page_taken_over_is_told_of_its_own_layer() -> None:
    english = english_of(page({"ours": "Ours."}, layer=GWENT, kind=PageKind.TAKEOVER))
    own = page(
        {"ours": "Ein.", "more": "Mwy."},
        layer=GWENT,
        kind=PageKind.TAKEOVER,
        language=CY,
        fields={"title": "T", "summary": "S", "url": "/cy-GB/t/"},
        translates={"ours": pin(english, "ours", GWENT), "more": pin_of("x")},
    )
    assert codes(welsh(english, shared_welsh(), own)) == ["welsh-without-english"]


def test_fields_are_set_by_welsh_overrides_and_an_empty_one_sets_nothing() -> None:
    english = english_of(override(GWENT, sets={"form": "Tell us"}))
    own = override(GWENT, sets={"form": "Dywedwch", "title": "", "summary": "Crynodeb."}, language=CY)
    done = welsh(english, shared_welsh(), own)
    fields = {name: done.value(name) for name in ("form", "title", "summary")}
    assert fields == {"form": "Dywedwch", "title": "Cerbydau", "summary": "Crynodeb."}
    assert done.fields["summary"].layer == GWENT


def test_a_page_without_an_english_address_lacks_no_welsh_one() -> None:
    fields = {"title": "Fees", "summary": "What to do."}
    english = english_of(base=page({"lead": "Read this."}, fields=fields))
    own = replace(shared_welsh(without=["reclaim", "fees"]), fields={"title": "T", "summary": "S"})
    assert codes(welsh(english, own)) == []
    translated = replace(english, urls={Language.CY: "/cy-GB/t/"})
    assert welsh(translated, own).value("url") == "/cy-GB/t/"


def test_findings_and_layers_are_in_the_order_of_files_and_of_layers() -> None:
    english = english_of(
        override(WALES, op("append", "fees", "W.")), override(GWENT, op("append", "lead", "G."))
    )
    done = welsh(english, override(GWENT, language=CY), shared_welsh())
    assert done.layers == (SHARED, WALES, GWENT)
    places = [(found.place.path, found.place.line) for found in done.diagnostics]
    assert len(places) == 2
    assert places == sorted(places)
