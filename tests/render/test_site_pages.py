"""First page, A to Z, breadcrumbs, sitemap and the files of a site."""

import pytest
from lxml import etree
from lxml import html as lxml_html

from soh_author.domain.ids import Language, PageId
from soh_author.render.alphabet import OTHER, letter_of, sort_key
from soh_author.render.assets import site_assets, style_asset
from soh_author.render.breadcrumbs import topic_of, trail
from soh_author.render.resources import template_version
from soh_author.render.site_pages import (
    ListedPage,
    SitemapEntry,
    render_a_to_z,
    render_index,
    render_not_found,
    render_sitemap,
)
from tests.render.building import BTP, context

_PAGES = (
    ListedPage("Zebra <crossings>", "/z/", "", "advice"),
    ListedPage("The law", "/l/", "What it says.", "advice"),
    ListedPage("Report it to {{ force.public_name }}", "/r/", "", "report"),
    ListedPage("999", "/9/", "", ""),
)


def test_the_first_page_lists_every_page_by_area() -> None:
    page = lxml_html.document_fromstring(render_index(context(), _PAGES))
    assert page.xpath("//h2/text()") == ["Advice and information", "Report", "Other pages"]
    assert page.xpath("//*[@id='advice']//a/text()") == ["The law", "Zebra <crossings>"]
    assert page.xpath("//*[@id='report']//a/text()") == ["Report it to Gwent Police"]


def test_an_area_that_nobody_named_is_made_readable() -> None:
    assert "<h2>Stop and search</h2>" in render_index(
        context(), [ListedPage("A", "/a/", "", "stop-and-search")]
    )


def test_the_a_to_z_lists_every_page_under_its_letter() -> None:
    page = lxml_html.document_fromstring(render_a_to_z(context(), _PAGES))
    assert page.xpath("//section/h2/text()") == ["L", "R", "Z", OTHER]
    targets = [str(href)[1:] for href in page.xpath("//nav[@class='letters']//a/@href")]
    assert targets == page.xpath("//section/@id")


def test_lists_lead_to_their_welsh_version_where_the_force_has_welsh() -> None:
    assert 'href="/cy-GB/a-i-y/" lang="cy"' in render_a_to_z(context(), _PAGES)
    assert "cy-GB" not in render_a_to_z(context(BTP), _PAGES)
    assert 'lang="en"' in render_index(context(language=Language.CY), _PAGES)


def test_the_page_for_lost_addresses_leads_back() -> None:
    html = render_not_found(context())
    assert '<li><a href="/a-to-z/">A to Z</a></li>' in html


def test_the_sitemap_is_xml_with_all_addresses_and_languages() -> None:
    entries = [
        SitemapEntry("/b/?x=1&y=2"),
        SitemapEntry("/a/", {Language.CY: "/cy-GB/a/", Language.EN: "/a/"}),
    ]
    tree = etree.fromstring(render_sitemap("www.gwent.police.uk", entries).encode())
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    assert tree.xpath("//s:loc/text()", namespaces=space) == [
        "https://www.gwent.police.uk/a/",
        "https://www.gwent.police.uk/b/?x=1&y=2",
    ]
    assert tree.xpath("//x:link/@hreflang", namespaces=space) == ["cy", "en"]


@pytest.mark.parametrize(
    ("title", "language", "letter"),
    [
        ("The law", Language.EN, "L"),
        ("Éclair", Language.EN, "E"),
        ("999", Language.EN, OTHER),
        ("Llys y Goron", Language.CY, "LL"),
        ("Y Gyfraith", Language.CY, "G"),
        ("Ŵyr", Language.CY, "W"),
        ("", Language.EN, OTHER),
    ],
)
def test_a_title_stands_under_its_first_letter(title: str, language: Language, letter: str) -> None:
    assert letter_of(title, language) == letter


def test_welsh_titles_stand_in_the_order_of_the_welsh_alphabet() -> None:
    titles = ["Chwilio", "Cyngor", "Ffeil", "Fan", "Llys", "Lladd", "Lwc", "Dŵr", "Ddoe"]
    ordered = sorted(titles, key=lambda title: sort_key(title, Language.CY))
    assert ordered == ["Cyngor", "Chwilio", "Dŵr", "Ddoe", "Fan", "Ffeil", "Lwc", "Lladd", "Llys"]


@pytest.mark.parametrize(
    ("url", "topic"),
    [
        ("/advice/advice-and-information/vr/vehicle-recovery/seized-vehicles/", "Vehicle recovery"),
        ("/ro/report/rti/rti-beta-2.1/report-a-road-traffic-incident/", ""),
        ("/advice/advice-and-information/beta-stalking-and-harassment/how-to/", ""),
        ("/contact/af/contact-us/", ""),
        ("/", ""),
    ],
)
def test_the_topic_is_what_can_be_read_off_an_address(url: str, topic: str) -> None:
    assert topic_of(url, Language.EN) == topic


def test_breadcrumbs_lead_from_the_area_to_the_topic() -> None:
    url = "/cy-GB/cyngor/cyngor-a-gwybodaeth/st-s/stopio-a-chwilio/eich-hawliau/"
    steps = trail(PageId("advice/stop-and-search/your-rights"), url, Language.CY)
    assert list(steps) == [("Cyngor a gwybodaeth", "#advice"), ("Stopio a chwilio", "")]


def test_the_names_of_a_sites_files_tell_their_content() -> None:
    paths = {asset.path for asset in site_assets()}
    assert len(paths) == 2
    assert style_asset().path.startswith("assets/site-")
    assert style_asset().media_type == "text/css"


def test_the_rendering_has_a_version() -> None:
    assert len(template_version()) == 16
    assert template_version() == template_version()
