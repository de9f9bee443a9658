"""Effective pages and contexts for tests of the rendering, without files."""

from collections.abc import Mapping
from dataclasses import replace

from soh_author.domain.facts import FactType, FactValue, Reference
from soh_author.domain.force import Force, ForceKind
from soh_author.domain.ids import LEAD, ForceId, Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer, Place
from soh_author.domain.page import PageType
from soh_author.domain.resolving.effective import EffectiveField, EffectivePage, EffectiveSection, Part
from soh_author.markup.canonical import canonical
from soh_author.render.output import OutputContext, RenderedPage
from soh_author.render.renderer import Renderer

FILE = "shared/pages/advice/seized-vehicles.en.md"
GWENT = Force(
    id=ForceId("gwent"),
    kind=ForceKind.TERRITORIAL,
    host="www.gwent.police.uk",
    languages=(Language.EN, Language.CY),
    names={Language.EN: {"name": "Gwent Police"}, Language.CY: {"name": "Heddlu Gwent"}},
    place=Place("forces/gwent/force.yml"),
)
BTP = replace(
    GWENT,
    id=ForceId("btp"),
    host="www.btp.police.uk",
    languages=(Language.EN,),
    names={Language.EN: {"name": "British Transport Police"}},
)
FACTS = {
    "force.non_emergency": (FactType.PHONE, "101"),
    "force.public_name": (FactType.TEXT, "Gwent Police"),
    "force.recovery_phone": (FactType.PHONE, "01632 960 115"),
    "fact.grant_fee": (FactType.MONEY, "198.00"),
    "fact.renewal_fee": (FactType.MONEY, "79.50"),
    "fact.reclaim_days": (FactType.DAYS, "7"),
    "fact.changed_on": (FactType.DATE, "2025-02-05"),
    "fact.report_url": (FactType.URL, "https://www.example.org/report/?a=1&b=2"),
    "fact.mailbox": (FactType.EMAIL, "firearms@example.org"),
    "fact.office": (FactType.ADDRESS, "Licensing unit\n1 Sample Street\nNewport"),
    "fact.sly": (FactType.TEXT, "<script>alert(1)</script>"),
}
PAGES = {"advice/impounded-vehicles": "Impounded vehicles", "contact/complaints": "Make a complaint"}


def part(body: str, layer: Layer = SHARED, line: int = 10, language: Language = Language.EN) -> Part:
    """A run of text of one layer."""
    path = FILE.replace("shared", layer.folder)
    return Part(body, canonical(body), layer, Place(path, line), language)


def section(
    name: str, heading: str, *parts: Part, is_fallback: bool = False, layer: Layer = SHARED
) -> EffectiveSection:
    """One section made of parts."""
    place = parts[0].place
    return EffectiveSection(SectionId(name), heading, parts, layer, place, is_fallback)


def effective(
    body: str = "",
    *sections: EffectiveSection,
    type: PageType = PageType.ADVICE,  # noqa: A002 - it is what a page calls it
    language: Language = Language.EN,
    fields: Mapping[str, str] | None = None,
    related: tuple[str, ...] = (),
) -> EffectivePage:
    """A page with a lead and sections; ``fields`` come on top of a title, a summary and an address."""
    said = {
        "title": "Seized vehicles",
        "summary": "What to do if we have taken your vehicle.",
        "url": "/advice/advice-and-information/vr/vehicle-recovery/seized-vehicles/",
        "quick_exit": "false",
        **(fields or {}),
    }
    return EffectivePage(
        page=PageId("advice/seized-vehicles"),
        language=language,
        type=type,
        fields={name: EffectiveField(name, value, SHARED, Place(FILE, 2)) for name, value in said.items()},
        sections=(section(LEAD, "", part(body, language=language)), *sections),
        related=tuple(PageId(page) for page in related),
    )


def context(
    force: Force = GWENT,
    language: Language = Language.EN,
    *,
    theme: str = "auto",
    facts: Mapping[str, tuple[FactType, str]] = FACTS,
    other_language_url: str | None = None,
    **links: str,
) -> OutputContext:
    """For whom: all facts, pages and one picture of this module are known, and nothing else."""

    def find_fact(reference: Reference) -> FactValue | None:
        found = facts.get(reference.key)
        return found and FactValue(reference.key, found[0], found[1], SHARED, Place("facts.yml", 1), language)

    def page_url(page: PageId, anchor: str) -> str | None:
        return (f"/{page}/" + (f"#{anchor}" if anchor else "")) if page in PAGES else None

    def page_title(page: PageId) -> str | None:
        return PAGES.get(page)

    def media_url(name: str) -> str | None:
        return "/media/1234/notice.png" if name == "notice.png" else None

    return OutputContext(
        force=force,
        language=language,
        find_fact=find_fact,
        page_url=page_url,
        media_url=media_url,
        page_title=page_title,
        theme=theme,
        other_language_url=other_language_url,
        stylesheet_urls=("/assets/site.css",),
        script_url=links.get("script_url", "/assets/quick-exit.js"),
    )


def rendered(page: EffectivePage, of: OutputContext | None = None, *, annotate: bool = False) -> RenderedPage:
    """One output, by a renderer that has rendered nothing before."""
    return Renderer().render_page(page, of or context(language=page.language), annotate=annotate)


def text_html(markdown: str, *, language: Language = Language.EN) -> str:
    """HTML of the lead of a page that holds nothing else: what a reader gets for some Markdown."""
    html = rendered(effective(markdown, language=language)).html
    start = html.index('<section class="section" id="lead">') + len('<section class="section" id="lead">\n')
    return html[start : html.index("</section>", start)]
