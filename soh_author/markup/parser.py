"""The Markdown of pages: CommonMark and tables, without HTML, with components, facts and heading ids.

Differences from CommonMark, on purpose: no raw HTML (it is shown as text), and no link definitions, because a
section must read the same wherever a layer puts it. Neither quotes nor addresses are rewritten.
"""

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from soh_author.markup.block_rules import component_rule, heading_ids_rule, plain_paragraph_rule
from soh_author.markup.inline_rules import (
    fact_rule,
    html_with_line,
    image_with_line,
    language_span_rule,
    link_with_line,
    picture_attributes_rule,
    template_rule,
)

DEEPEST = 50
"""Levels of lists, quotes and components that are read; what lies deeper is the diagnostic ``too-deep``."""

MOST_BRACKETS = 5000
"""Opening square brackets that are read in one text; blocks beyond stay plain text, with a diagnostic.

Nested brackets cost about 0.2 ms each, so that without a cap a hostile 2 MB text would take minutes.
"""

LINK_SCHEMES = ("page:", "https:", "tel:", "mailto:")
"""What a link may point to."""

MEDIA_SCHEME = "media:"
"""What a picture points to."""


_INLINE_SIGNS = re.compile(r"[\n\\`*_\[!<&{]")
"""Where an inline rule can begin; a text without any of these signs is all words."""


def markdown() -> MarkdownIt:
    """Make a parser for text of pages.

    Beside markdown-it's tokens it makes ``component_open`` and ``component_close`` (``meta``: name, title,
    attributes), ``fact`` (``meta``: scope, name, line) and ``span_open`` and ``span_close`` (attribute
    ``lang``). Headings carry their written id as attribute ``id``; a decorative picture has
    ``meta["decorative"]``; ``line`` in the ``meta`` of facts, links and pictures counts lines from 0 within
    the block. Links and pictures that point to something not allowed stay text. The caller may add render
    rules.
    """
    return _make(_is_allowed)


@cache
def block_parser() -> MarkdownIt:
    """The shared parser that stops at blocks: inline tokens keep their source and have no children."""
    return _make(_is_allowed).disable(["inline", "text_join"])


@cache
def inline_parser() -> MarkdownIt:
    """The shared parser that does what :func:`block_parser` leaves: its core takes block tokens."""
    return _make(_is_allowed).disable(["normalize", "block", "heading_ids"])


@cache
def strict_parser() -> MarkdownIt:
    """The shared parser that is the same as :func:`markdown`'s."""
    return markdown()


@cache
def lenient_parser() -> MarkdownIt:
    """The shared parser for finding faults, never for showing.

    Every link is one, whatever it points to; HTML tags are ``html_inline``, template signs ``template_text``;
    characters that were escaped stay tokens of their own.
    """
    parser = _make(_is_anything).disable("text_join").enable("html_inline")
    parser.options["html"] = True
    parser.inline.ruler.at("html_inline", html_with_line)
    parser.inline.ruler.after("fact", "template_text", template_rule)
    return parser


def _is_allowed(url: str) -> bool:
    return url.startswith((*LINK_SCHEMES, MEDIA_SCHEME))


def _is_anything(url: str) -> bool:  # noqa: ARG001 - markdown-it calls it with the address
    return True


def _make(is_allowed: Callable[[str], bool]) -> MarkdownIt:
    parser = MarkdownIt(
        "commonmark", {"html": False, "linkify": False, "typographer": False, "maxNesting": DEEPEST}
    )
    parser.validateLink = is_allowed  # type: ignore[assignment] # set as markdown-it documents
    parser.enable("table").disable(["reference", "html_block", "html_inline"])
    ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "component", component_rule, ends)
    parser.block.ruler.before("table", "plain_paragraph", plain_paragraph_rule)
    parser.core.ruler.after("block", "heading_ids", heading_ids_rule)
    parser.core.ruler.at("inline", _inline_within_cap)
    parser.inline.ruler.at("link", link_with_line)
    parser.inline.ruler.at("image", image_with_line)
    parser.inline.ruler.after("link", "language_span", language_span_rule)
    parser.inline.ruler.before("escape", "fact", fact_rule)
    parser.inline.ruler.push("picture_attributes", picture_attributes_rule)
    return parser


def _inline_within_cap(state: StateCore) -> None:
    brackets = 0
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        brackets += token.content.count("[")
        if brackets > MOST_BRACKETS or (token.content and not _INLINE_SIGNS.search(token.content)):
            text = Token("text", "", 0)
            text.content = token.content
            token.children.append(text)
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)
