"""Inline rules beyond CommonMark: facts, words in another language, decorative pictures, lines of links."""

import re
from collections.abc import Callable

from markdown_it.rules_inline import StateInline, html_inline, image, link

from soh_author.markup.attributes import read_attributes

FACT = re.compile(r"\{\{[ \t\n]*(?P<scope>fact|force)\.(?P<name>[a-z][a-z0-9]*(?:_[a-z0-9]+)*)[ \t\n]*\}\}")
"""A use of a fact; a line may end inside it, because editors re-wrap paragraphs at any space."""

_COUNTED = "lines counted so far"


def fact_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - a rule's signature
    """Read ``{{ fact.name }}`` and ``{{ force.name }}``; all other braces stay text."""
    if not state.src.startswith("{{", state.pos):
        return False
    found = FACT.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("fact", "", 0)
        token.content = found.group()
        token.meta = {"scope": found["scope"], "name": found["name"], "line": _line(state, state.pos)}
    state.pos = found.end()
    return True


def link_with_line(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - a rule's signature
    """Read a link as CommonMark does, and note the line it begins on."""
    return _with_line(state, silent, link, "link_open")


def image_with_line(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - a rule's signature
    """Read a picture as CommonMark does, and note the line it begins on."""
    return _with_line(state, silent, image, "image")


def html_with_line(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - a rule's signature
    """Find an HTML tag as CommonMark does, and note its line; only the parser that looks for faults does."""
    return _with_line(state, silent, html_inline, "html_inline")


def template_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - a rule's signature
    """Find the signs template languages begin with; only the parser that looks for faults does."""
    if not state.src.startswith(("{{", "{%", "{#"), state.pos):
        return False
    if not silent:
        token = state.push("template_text", "", 0)
        token.content = state.src[state.pos : state.pos + 2]
        token.meta = {"line": _line(state, state.pos), "position": state.pos}
    state.pos += 2
    return True


def _with_line(
    state: StateInline,
    silent: bool,  # noqa: FBT001 - passed on from a rule
    rule: Callable[[StateInline, bool], bool],
    made: str,
) -> bool:
    start, count = state.pos, len(state.tokens)
    if not rule(state, silent):
        return False
    if not silent:
        token = next(token for token in state.tokens[count:] if token.type == made)
        token.meta["line"] = _line(state, start)
    return True


def language_span_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - a rule's signature
    """Read ``[words]{lang=cy}``: words in another language, as screen readers need to know."""
    if state.src[state.pos] != "[" or "]{" not in state.src:
        return False
    start, last = state.pos, state.posMax
    label_end = state.md.helpers.parseLinkLabel(state, start, False)
    found = read_attributes(state.src, label_end + 1) if label_end >= 0 else None
    if (
        not found
        or found[1] > last
        or list(found[0].pairs) != ["lang"]
        or found[0].classes
        or found[0].id is not None
    ):
        return False
    if not silent:
        state.pos, state.posMax = start + 1, label_end
        state.push("span_open", "span", 1).attrSet("lang", found[0].pairs["lang"])
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
    state.pos, state.posMax = found[1], last
    return True


def picture_attributes_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - a rule's signature
    """Read ``{.decorative}`` directly behind a picture; any other braces there stay text."""
    if silent or state.pending or not state.tokens or state.tokens[-1].type != "image":
        return False
    found = read_attributes(state.src, state.pos)
    if not found or found[0].classes != ("decorative",) or found[0].pairs or found[0].id is not None:
        return False
    state.tokens[-1].meta["decorative"] = True
    state.pos = found[1]
    return True


def _line(state: StateInline, position: int) -> int:
    """Lines above a position, counted on from the place asked for last: a text may hold 100,000 signs."""
    source, start, lines = state.env.get(_COUNTED, ("", 0, 0))
    if source is not state.src or start > position:
        start = lines = 0
    lines += state.src.count("\n", start, position)
    state.env[_COUNTED] = (state.src, position, lines)
    return int(lines)
