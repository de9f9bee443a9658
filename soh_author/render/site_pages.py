"""The pages a site has beside those people write: first page, A to Z, page not found, and the sitemap."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape

from markupsafe import escape as escape_markup

from soh_author.domain.ids import Language
from soh_author.render.alphabet import LETTERS, OTHER, letter_of, sort_key
from soh_author.render.furniture import a_to_z_url, furniture, home_url
from soh_author.render.holes import Blank, HoleKind, encoded
from soh_author.render.output import Filling, OutputContext
from soh_author.render.plain_facts import field_html
from soh_author.render.templates import pattern, snippet
from soh_author.render.words import AREAS, WORDS, area_name


@dataclass(frozen=True, slots=True)
class ListedPage:
    """One page in a list.

    Title and summary as its front matter has them, its address, and the area it is in.
    """

    title: str
    url: str
    summary: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One address of a site, and the same page's addresses by language where it comes in several."""

    url: str
    languages: Mapping[Language, str] = field(default_factory=dict)


def render_index(context: OutputContext, pages: Iterable[ListedPage]) -> str:
    """The first page of a site: its pages by area, each area in the order of the alphabet."""
    language = context.language
    by_area: dict[str, list[ListedPage]] = {}
    for page in pages:
        by_area.setdefault(page.area, []).append(page)
    known = list(AREAS[language])
    order = sorted(by_area, key=lambda area: (known.index(area) if area in known else len(known), area))
    topics = "".join(_topic(area, by_area[area], language) for area in order)
    words = WORDS[language]
    return _page("index.html", context, home_url, (words.index_title, words.index_summary), topics=topics)


def _topic(area: str, pages: Iterable[ListedPage], language: Language) -> str:
    name, rows = str(escape_markup(area_name(area, language))), _rows(pages, language, _row)
    place = str(escape_markup(area or "other"))
    return snippet("topic", language, area=place, name=name, rows=rows) + "\n"


def render_a_to_z(context: OutputContext, pages: Iterable[ListedPage]) -> str:
    """Every page of a site under its letter."""
    language = context.language
    by_letter: dict[str, list[ListedPage]] = {}
    for page in pages:
        by_letter.setdefault(letter_of(page.title, language), []).append(page)
    rest = [OTHER] if OTHER in by_letter else []
    links, letters = [], []
    for number, letter in enumerate([*LETTERS[language], *rest], 1):
        rows = _rows(by_letter.get(letter, ()), language, _row_with_summary)
        named = {"number": str(number), "letter": str(escape_markup(letter))}
        links.append(snippet("letter_link" if rows else "letter_without", language, **named) + "\n")
        if rows:
            letters.append(snippet("letter", language, **named, rows=rows) + "\n")
    words = WORDS[language]
    title = (words.a_to_z, words.a_to_z_summary)
    lists = {"letter_links": "".join(links), "letters": "".join(letters)}
    return _page("a_to_z.html", context, a_to_z_url, title, **lists)


def render_not_found(context: OutputContext) -> str:
    """What stands at an address that leads nowhere."""
    words = WORDS[context.language]
    return _page("not_found.html", context, None, (words.not_found_title, words.not_found_text))


def render_sitemap(host: str, entries: Iterable[SitemapEntry]) -> str:
    """``sitemap.xml``, as https://www.sitemaps.org/protocol.html has it, with a link for each language."""
    site = escape(f"https://{host}")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"',
        ' xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for entry in sorted(entries, key=lambda entry: entry.url):
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{site}{_escaped(url)}"/>'
            for language, url in sorted(entry.languages.items())
        )
        lines.append(f"<url><loc>{site}{_escaped(entry.url)}</loc>{others}</url>")
    return "\n".join([*lines, "</urlset>", ""])


def _rows(pages: Iterable[ListedPage], language: Language, row: Callable[[ListedPage], str]) -> str:
    in_order = sorted(pages, key=lambda page: sort_key(page.title, language))
    return "".join(map(row, in_order))


def _row(page: ListedPage) -> str:
    return _row_of(page.url, page.title, "")


def _row_with_summary(page: ListedPage) -> str:
    return _row_of(page.url, page.title, page.summary)


# Every force has nearly the same addresses.
_escaped = lru_cache(maxsize=16_384)(escape)


# The same rows stand in the lists of nearly every force.
@lru_cache(maxsize=16_384)
def _row_of(url: str, title: str, summary: str) -> str:
    said = field_html(summary, HoleKind.FACT_UNLINKED)
    return (
        snippet(
            "list_row",
            Language.EN,  # a row has no words of its own
            url=str(escape_markup(url)),
            title=field_html(title, HoleKind.FACT_UNLINKED),
            summary=f"<p>{said}</p>" if said else "",
        )
        + "\n"
    )


def _page(
    name: str,
    context: OutputContext,
    address: Callable[[Language], str] | None,
    title: tuple[str, str],
    **lists: str,
) -> str:
    language = context.language
    other = Language.EN if language is Language.CY else Language.CY
    has_other = other in context.force.languages
    context = replace(context, other_language_url=address(other) if address and has_other else None)
    html = pattern(name, language).fill(lists)
    values = {
        **furniture(context, address(language) if address else ""),
        "title_text": encoded(escape(title[0])),
        "summary_text": encoded(escape(title[1])),
        "exit": b"",
        "script": b"",
    }
    return Filling(context, values).fill(Blank.cut(html)).html
