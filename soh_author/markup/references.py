"""What a text uses: facts, links to pages and elsewhere, pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markdown_it.token import Token

from soh_author.domain.facts import Reference
from soh_author.markup.inline_rules import FACT
from soh_author.markup.parser import MEDIA_SCHEME, strict_parser


@dataclass(frozen=True, slots=True)
class Link:
    """A link's address, as ``page:advice/fraud#report`` or ``https://…``, and its line, from 1."""

    target: str
    line: int


@dataclass(frozen=True, slots=True)
class MediaUse:
    """A picture in a text: its file's name, what it shows in words, and its line, from 1 in the text."""

    name: str
    alt: str
    line: int


@dataclass(frozen=True, slots=True)
class Uses:
    """All that a text uses, each kind in the order of the text; doubles are kept."""

    facts: tuple[Reference, ...]
    links: tuple[Link, ...]
    media: tuple[MediaUse, ...]


# Most texts are read by all publics, who ask one after the other.
@lru_cache(maxsize=256)
def uses(body: str) -> Uses:
    """Find everything a Markdown text uses, in one go.

    Facts in headings, tables, titles of components and addresses of buttons count; those in code do not. Of
    links only those are found that are shown as links.
    """
    facts: list[Reference] = []
    links: list[Link] = []
    media: list[MediaUse] = []
    if not any(sign in body for sign in ("{{", "](", "<", "href=")):
        return Uses((), (), ())
    for token, line in _walk(strict_parser().parse(body)):
        if token.type == "fact":
            facts.append(Reference(token.meta["scope"], token.meta["name"], line))
        elif token.type == "link_open":
            links.append(Link(str(token.attrGet("href")), line))
        elif token.type == "image":
            media.append(_media_use(token, line))
        elif token.type == "component_open":
            address = token.meta["attributes"].get("href", "")
            facts.extend(_facts_in(token.meta["title"], line))
            facts.extend(_facts_in(address, line))
            links.extend([Link(address, line)] if address and not FACT.search(address) else [])
    return Uses(tuple(facts), tuple(links), tuple(media))


def references(body: str) -> tuple[Reference, ...]:
    """The facts a text uses, in order."""
    return uses(body).facts if "{{" in body else ()


def links(body: str) -> tuple[Link, ...]:
    """The links of a text, in order."""
    return uses(body).links


def media(body: str) -> tuple[MediaUse, ...]:
    """The pictures of a text, in order."""
    return uses(body).media if "![" in body else ()


def _walk(tokens: list[Token], line: int = 1) -> Iterator[tuple[Token, int]]:
    for token in tokens:
        start = line + token.map[0] if token.map else line
        here = start + int(token.meta.get("line", 0))
        yield token, here
        if token.children:
            yield from _walk(token.children, here)


def _facts_in(text: str, line: int) -> Iterator[Reference]:
    for found in FACT.finditer(text):
        yield Reference(found["scope"], found["name"], line)


def _media_use(token: Token, line: int) -> MediaUse:
    name = str(token.attrGet("src")).removeprefix(MEDIA_SCHEME)
    return MediaUse(name, token.content, line)
