"""What is wrong in a section's text: components, headings, HTML, template signs, links, pictures."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from markdown_it.common.html_blocks import block_names
from markdown_it.token import Token

from soh_author.domain.diagnostics import Diagnostic, diagnose
from soh_author.domain.ids import SectionId
from soh_author.domain.layers import Place
from soh_author.markup.addresses import fault_of_link, fault_of_picture
from soh_author.markup.block_rules import OPENING
from soh_author.markup.component_checks import check_component
from soh_author.markup.inline_rules import FACT
from soh_author.markup.link_checks import doubts_about_link
from soh_author.markup.parser import DEEPEST, MOST_BRACKETS, lenient_parser

_CONTAINERS = frozenset(
    {"blockquote_open", "bullet_list_open", "ordered_list_open", "list_item_open", "component_open"}
)
_HTML_BLOCK = re.compile(
    rf"[ ]{{0,3}}</?(?:script|pre|style|textarea|{'|'.join(block_names)})(?=[\s/>]|$)", re.IGNORECASE
)
_DEFINITION = re.compile(r"\[[^\]\n]+\]:[ \t]*\S")
_SHOWN = frozenset({"text", "code_inline"})
# Of one paragraph; who has mended these will be told of the next.
_MOST_FINDINGS = 50
_TEMPLATE_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a finding belongs."""

    path: str
    first_line: int
    section: SectionId

    def found(self, code: str, message: str, line: int) -> Diagnostic:
        return diagnose(code, message, Place(self.path, self.first_line + line), section=self.section)


def check_text(
    tokens: Sequence[Token], first_line: int, path: str, section: SectionId, *, level: int
) -> Iterator[Diagnostic]:
    """Find what is wrong in one section's text.

    Args:
        tokens: block tokens of the text; their lines count from 0 at ``first_line`` of the file.
        first_line: line of the file on which the parsed text begins.
        path: path of the file.
        section: the section the text belongs to.
        level: level of the heading above the text: 2, or 1 for the lead.
    """
    spot = _Spot(path, first_line, section)
    brackets = 0
    for number, token in enumerate(tokens):
        line = token.map[0] if token.map else 0
        if token.type == "inline":
            brackets += token.content.count("[")
            if brackets > MOST_BRACKETS:
                yield spot.found(
                    "too-deep", f"This section has more than {MOST_BRACKETS:,} square brackets.", line
                )
                return
            yield from _check_inline(token.content, line, spot)
        elif token.type == "heading_open":
            yield from _check_heading(token, tokens[number + 1], level, line, spot)
            level = int(token.tag[1])
        elif token.type == "component_open":
            yield from (spot.found(code, text, line) for code, text in check_component(tokens, number))
            yield from _check_inline(token.meta["title"], line, spot)
        if token.type in _CONTAINERS and token.level >= DEEPEST - 1:
            yield spot.found(
                "too-deep", f"Lists, quotes or components are nested more than {DEEPEST} deep here.", line
            )


def check_section_heading(words: str, place: Place, section: SectionId) -> Iterator[Diagnostic]:
    """Find what is wrong in the words of a section's heading, which stand on the line of ``place``."""
    spot = _Spot(place.path, place.line, section)
    if not words:
        yield spot.found("empty-heading", "This heading has no words.", 0)
    yield from _check_inline(words, 0, spot)


def _check_heading(token: Token, inline: Token, above: int, line: int, spot: _Spot) -> Iterator[Diagnostic]:
    level = int(token.tag[1])
    words = inline.content
    if level == 1:
        yield spot.found("heading-level", f"“{words}” has one #, which is the page's title; use ###.", line)
    elif level == 2:
        text = f"“{words}” stands inside a list, quote or component, so it begins no section; use ###."
        yield spot.found("heading-level", text, line)
    elif level > above + 1:
        text = (
            f"“{words}” has {level} #, but the heading above it has level {above}; use {'#' * (above + 1)}."
        )
        yield spot.found("heading-level", text, line)
    if not words:
        yield spot.found("empty-heading", "This heading has no words.", line)


def _check_inline(source: str, line: int, spot: _Spot) -> Iterator[Diagnostic]:
    bare = FACT.sub("", source) if "{{" in source else source
    found: list[Diagnostic] = []
    if "{" in bare or "<" in bare or "](" in bare or "![" in bare:
        found.extend(_check_signs(source, line, spot))
        yield from found
    if ":::" in source or "]:" in source or "<" in source:
        html_lines = {fault.place.line for fault in found if fault.code == "raw-html"}
        yield from (
            fault
            for fault in _check_lines(source, line, spot)
            if fault.code != "raw-html" or fault.place.line not in html_lines
        )


def _check_lines(source: str, line: int, spot: _Spot) -> Iterator[Diagnostic]:
    for number, text in enumerate(source.split("\n")):
        words = text.strip(" \t")
        if words.startswith(":::"):
            yield spot.found(*_stray_colons(words), line + number)
        elif words.startswith("[") and _DEFINITION.match(words):
            yield spot.found(
                "bad-link", "Link definitions aren't read; write [words](address).", line + number
            )
        elif words.startswith("<") and _HTML_BLOCK.match(words):
            yield spot.found("raw-html", f"“{_short(words)}” is HTML; it is shown as text.", line + number)


def _stray_colons(words: str) -> tuple[str, str]:
    opening = OPENING.fullmatch(words)
    if opening:
        fence = opening["fence"]
        shown = f"{fence} {opening['name']}"
        return "unclosed-component", (
            f"“{shown}” isn't closed by a line of {len(fence)} colons before the next one of {len(fence)} "
            "begins or the text ends. A component around others needs more colons than they have."
        )
    if not words.strip(":"):
        return (
            "bad-component",
            f"“{_short(words)}” closes nothing; no component of as many colons is open here.",
        )
    return "bad-component", f"“{_short(words)}” names no component; write ::: and the component's name."


def _check_signs(source: str, line: int, spot: _Spot) -> Iterator[Diagnostic]:
    children: list[Token] = []
    parser = lenient_parser()
    parser.inline.parse(source, parser, {}, children)
    breaks = count = 0
    for number, token in enumerate(children):
        if token.type in {"softbreak", "hardbreak"}:
            breaks += 1
        for code, text in (*_check_token(token, source), *_check_words(children, number)):
            yield spot.found(code, text, line + int(token.meta.get("line", breaks)))
            count += 1
        if count >= _MOST_FINDINGS:
            return


def _check_token(token: Token, source: str) -> Iterator[tuple[str, str]]:
    if token.type == "template_text":
        yield _template_text(source, token)
    elif token.type == "html_inline":
        yield "raw-html", f"“{_short(token.content)}” is HTML; it is shown as text."
    elif token.type == "link_open":
        fault = fault_of_link(str(token.attrGet("href") or ""))
        if fault:
            yield "bad-link", fault
    elif token.type == "image":
        fault = fault_of_picture(str(token.attrGet("src") or ""))
        if fault:
            yield "bad-link", fault
        if not token.content.strip() and not token.meta.get("decorative"):
            yield (
                "missing-alt",
                f"The picture “{token.attrGet('src')}” has no description for people who can't see it.",
            )
    elif token.type == "text" and "](" in token.content:
        yield (
            "bad-link",
            "This looks like a link but can't be read as one; an address holds no spaces or brackets.",
        )


def _check_words(tokens: Sequence[Token], number: int) -> Iterator[tuple[str, str]]:
    """Whether a link that begins at a token goes where its words say."""
    if tokens[number].type != "link_open":
        return
    inside = takewhile(lambda token: token.type != "link_close", tokens[number + 1 :])
    words = "".join(token.content if token.type in _SHOWN else " " for token in inside)
    address = str(tokens[number].attrGet("href") or "")
    if not fault_of_link(address):
        yield from doubts_about_link(words, address)


def _template_text(source: str, token: Token) -> tuple[str, str]:
    start = int(token.meta["position"])
    end = source.find(_TEMPLATE_ENDS[token.content], start)
    shown = _short(source[start : end + 2 if end >= 0 else len(source)])
    if re.match(r"\{\{\s*(?:fact|force)\b", source[start : start + 40]):
        return "unknown-fact", (
            f"“{shown}” isn't written as a fact is: {{{{ fact.name }}}} or {{{{ force.name }}}}, "
            "with lower-case letters, digits and underscores."
        )
    return "template-text", f"“{shown}” looks like a template; it is never run but shown as written."


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else words[:39] + "…"
