"""What a rendering reports beside the HTML, and what depends on the force, the language and the context."""

from dataclasses import replace

from soh_author.domain.facts import Reference
from soh_author.domain.ids import Language
from soh_author.domain.layers import Layer
from soh_author.domain.page import PageType
from soh_author.render.renderer import Renderer
from tests.render.building import BTP, FACTS, GWENT, context, effective, part, rendered, section
from tests.render.whole_pages import EFFECTIVE, html_of, of_page


def test_all_that_was_used_comes_back() -> None:
    page = effective(
        "Pay {{ fact.grant_fee }}, see [a](page:advice/impounded-vehicles#where) ![b](media:notice.png)",
        type=PageType.ABOUT,
        related=("contact/complaints",),
    )
    found = rendered(page)
    assert set(found.facts_used) == {"fact.grant_fee"}
    assert dict(found.links_used) == {
        "advice/impounded-vehicles#where": "/advice/impounded-vehicles/#where",
        "contact/complaints": "/contact/complaints/",
        "contact/complaints title": "Make a complaint",
    }
    assert dict(found.media_used) == {"notice.png": "/media/1234/notice.png"}
    assert (found.missing, found.unknown_pages, found.unknown_media) == ((), (), ())


def test_all_that_was_not_found_comes_back_once() -> None:
    found = rendered(EFFECTIVE["faults"]())
    assert found.missing == (Reference("fact", "custody_town"), Reference("force", "custody_phone"))
    assert found.unknown_pages == ("advice/gone",)
    assert found.unknown_media == ("map.png",)


def test_a_missing_value_is_visible_and_never_empty() -> None:
    html = rendered(effective("Call {{ force.custody_phone }}.")).html
    assert "No value: force.custody_phone" in html


def test_the_emergency_block_names_no_number_for_a_force_that_has_none() -> None:
    facts = {key: value for key, value in FACTS.items() if key != "force.non_emergency"}
    found = rendered(effective("Text."), context(BTP, facts=facts))
    assert "999" in found.html
    assert "101" not in found.html
    assert found.missing == ()


def test_the_emergency_block_stands_once_even_where_an_editor_put_it() -> None:
    html = rendered(effective("::: emergency\n:::")).html
    assert html.count('class="emergency"') == 1


def test_the_emergency_block_comes_first_where_people_report_and_last_elsewhere() -> None:
    report = rendered(effective("Body text.", type=PageType.REPORT)).html
    advice = rendered(effective("Body text.", type=PageType.ADVICE)).html
    assert report.index('class="emergency"') < report.index("Body text.")
    assert advice.index('class="emergency"') > advice.index("Body text.")


def test_a_page_has_a_quick_exit_unless_it_says_otherwise() -> None:
    without_word = effective("Text.", fields={"quick_exit": ""})
    assert 'id="page_exit"' in rendered(without_word).html
    assert "quick-exit.js" in rendered(without_word).html
    against = rendered(effective("Text.", fields={"quick_exit": "false"})).html
    assert 'id="page_exit"' not in against
    assert "<script" not in against


def test_a_preview_without_script_address_has_no_script() -> None:
    page = effective("Text.", fields={"quick_exit": "true"})
    assert "<script" not in rendered(page, context(script_url="")).html


def test_welsh_pages_have_welsh_furniture_and_say_where_they_are_english() -> None:
    html = html_of("welsh", of_page("welsh"))
    assert '<html lang="cy">' in html
    assert "Yn yr adran hon" in html
    assert "5 Chwefror 2025" in html
    assert '<section class="section" id="fees" lang="en">' in html
    assert html.count('class="fallback"') == 1


def test_sections_that_follow_one_another_in_english_are_announced_once() -> None:
    page = effective(
        "Testun.",
        section("a", "A", part("English."), is_fallback=True),
        section("b", "B", part("English."), is_fallback=True),
        language=Language.CY,
    )
    assert rendered(page).html.count('class="fallback"') == 1


def test_an_english_part_of_a_welsh_section_is_marked_as_english() -> None:
    mixed = section("a", "A", part("Testun.", language=Language.CY), part("English."))
    html = rendered(effective("Testun.", mixed, language=Language.CY)).html
    assert '<div class="part" lang="en">\n<p>English.</p>' in html
    assert '<div class="part">\n<p>Testun.</p>' in html


def test_the_force_is_named_in_the_language_of_the_page() -> None:
    english = rendered(effective("Text.")).html
    welsh = rendered(effective("Testun.", language=Language.CY)).html
    assert "| Gwent Police</title>" in english
    assert "| Heddlu Gwent</title>" in welsh


def test_the_other_language_is_offered_only_where_there_is_one() -> None:
    assert 'hreflang="cy"' not in rendered(effective("Text.")).html
    offered = rendered(effective("Text."), context(other_language_url="/cy-GB/x/")).html
    assert '<a class="language" href="/cy-GB/x/" lang="cy" hreflang="cy">Cymraeg</a>' in offered


def test_the_form_of_a_start_page_stands_once() -> None:
    named = effective("Text.", type=PageType.APPLY, fields={"form": "Apply <now>"})
    assert rendered(named).html.count("form-label") == 1
    assert "Apply &lt;now&gt;" in rendered(named).html
    placed = effective("::: form Apply here\n:::", type=PageType.APPLY, fields={"form": "Apply"})
    assert rendered(placed).html.count("form-label") == 1


def test_a_lead_without_words_makes_no_section() -> None:
    assert 'id="lead"' not in rendered(effective("", section("a", "A", part("Text.")))).html


def test_without_stylesheet_addresses_the_styles_are_in_the_page() -> None:
    html = rendered(effective("Text."), replace(context(), stylesheet_urls=())).html
    assert "<style>" in html
    assert 'rel="stylesheet"' not in html


def test_forces_that_share_a_text_share_its_layout_but_nothing_of_their_own() -> None:
    renderer, page = Renderer(), effective("Call {{ force.non_emergency }}.")
    own = {**FACTS, "force.non_emergency": (FACTS["force.non_emergency"][0], "0800 40 50 40")}
    first = renderer.render_page(page, context(), annotate=False)
    second = renderer.render_page(page, context(BTP, facts=own), annotate=False)
    again = renderer.render_page(page, context(), annotate=False)
    assert first == again
    assert "0800 40 50 40" in second.html
    assert "0800 40 50 40" not in first.html
    assert "Gwent" not in second.html


def test_annotations_tell_section_layer_and_line_and_change_nothing_else() -> None:
    page = effective(
        "Lead.\n\nMore.",
        section("a", "A", part("One.", line=20), part("- Two\n- Three", Layer.of_force("gwent"), line=7)),
    )
    plain, annotated = rendered(page).html, rendered(page, annotate=True).html
    assert 'data-section="a" data-layer="force:gwent" data-layer-kind="force"' in annotated
    assert 'data-layer-name="Gwent Police"' in annotated
    assert '<p data-line="12">More.</p>' in annotated
    assert '<p data-line="21">One.</p>' in annotated
    assert '<li data-line="9">Three</li>' in annotated
    stripped = annotated
    for attribute in ("section", "layer", "layer-kind", "layer-name", "path", "line"):
        stripped = _without(stripped, f" data-{attribute}=")
    assert stripped == plain


def test_a_group_is_named_to_people_by_its_name() -> None:
    page = effective("Lead.", section("a", "A", part("One."), layer=Layer.of_group("wales")))
    named = replace(context(GWENT), layer_names={"group:wales": "Forces in Wales"})
    assert 'data-layer-name="Forces in Wales"' in rendered(page, named, annotate=True).html


def _without(html: str, attribute: str) -> str:
    pieces = html.split(attribute)
    return pieces[0] + "".join(piece.split('"', 2)[2] for piece in pieces[1:])
