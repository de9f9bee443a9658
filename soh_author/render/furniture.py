"""What the page shell needs to know of one output: names, addresses, styles."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from html import escape

from soh_author.domain.ids import Language
from soh_author.render.holes import encoded
from soh_author.render.output import OutputContext
from soh_author.render.resources import style
from soh_author.render.templates import snippet

_HOMES = {Language.EN: "/", Language.CY: "/cy-GB/"}
_LISTS = {Language.EN: "/a-to-z/", Language.CY: "/cy-GB/a-i-y/"}
THEMES = frozenset({"auto", "light", "dark"})


def home_url(language: Language) -> str:
    """Address of a site's first page in a language."""
    return _HOMES[language]


def a_to_z_url(language: Language) -> str:
    """Address of a site's A to Z in a language."""
    return _LISTS[language]


_SITE_ADDRESSES = frozenset(address.casefold() for address in (*_HOMES.values(), *_LISTS.values()))
_FILES = re.compile(
    r"(?:.*/)?index\.html/|/(?:cy-gb/)?404\.html/|/sitemap\.xml/|/assets/.+|/media/[0-9a-f]{16}/.+"
)
"""Addresses, in small letters, whose folder would stand where a site has a file, or among its files."""


def is_taken(url: str) -> bool:
    """Whether every site has something of its own making at an address, or could have no file there."""
    small = url.casefold()
    return small in _SITE_ADDRESSES or bool(_FILES.match(small))


def taken_address(page: str, url: str) -> str:
    """What is wrong with a page at one of these addresses."""
    return f"The page “{page}” has the address {url}, at which every site has something of its own making."


def furniture(context: OutputContext, url: str, *, annotate: bool = False) -> Mapping[str, bytes]:
    """Values of the shell's holes, as HTML in UTF-8."""
    assert context.theme in THEMES, f"there is no theme called {context.theme}"
    language, other = context.language, context.other_language_url
    name = context.force.name(language)
    fixed = _of_site(
        name, language, context.theme, context.stylesheet_urls, context.script_url, annotate=annotate
    )
    switch = snippet("language_switch", language, url=escape(other)) + "\n" if other else ""
    return {
        **fixed,
        "addresses": encoded(_addresses(context, url)),
        "language_switch": encoded(switch),
    }


@lru_cache(maxsize=256)
def _of_site(
    name: str, language: Language, theme: str, styles: tuple[str, ...], script: str, *, annotate: bool
) -> Mapping[str, bytes]:
    """What is the same on all pages of a force in a language."""
    values = {
        "theme": "" if theme == "auto" else f' data-theme="{theme}"',
        "force_name": escape(name),
        "home_url": home_url(language),
        "a_to_z_url": a_to_z_url(language),
        "stylesheet": _stylesheets(styles, annotate=annotate),
        "exit_script": f'<script src="{escape(script)}" defer></script>\n' if script else "",
    }
    return {hole: encoded(html) for hole, html in values.items()}


def _addresses(context: OutputContext, url: str) -> str:
    host = context.force.host
    if not host or not url:
        return ""
    lines = [f'<link rel="canonical" href="https://{escape(host + url)}">\n']
    if context.other_language_url:
        other = Language.EN if context.language is Language.CY else Language.CY
        pairs = {context.language: url, other: context.other_language_url}
        lines += [
            f'<link rel="alternate" hreflang="{language}" href="{escape(_whole(host, pairs[language]))}">\n'
            for language in Language
        ]
    return "".join(lines)


def _whole(host: str, url: str) -> str:
    return f"https://{host}{url}" if url.startswith("/") else url


@cache
def _stylesheets(urls: tuple[str, ...], *, annotate: bool) -> str:
    if urls:
        return "".join(f'<link rel="stylesheet" href="{escape(url)}">\n' for url in urls)
    sheets = [style("site.css"), *([style("preview.css")] if annotate else [])]
    return "".join(f"<style>\n{sheet}</style>\n" for sheet in sheets)
