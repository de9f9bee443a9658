"""Block rules beyond CommonMark: components between ``:::`` lines, and ids of headings."""

import re
from string import ascii_letters

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from soh_author.markup.attributes import split_attributes, split_id

OPENING = re.compile(r"(?P<fence>:{3,20})[ \t]*(?P<name>[A-Za-z][\w-]*)(?P<arguments>.*)")
"""First line of a component; more than 20 colons are no component, so that hostile nesting stays cheap."""
CLOSING = re.compile(r"(:{3,20})[ \t]*")
"""Last line of a component."""
_CODE_FENCE = re.compile(r"(`{3,}|~{3,})")
_LETTERS = frozenset(ascii_letters)


def plain_paragraph_rule(state: StateBlock, start_line: int, _end_line: int, _silent: bool) -> bool:  # noqa: FBT001 - a rule's signature
    """Read a paragraph at the top level all of whose lines begin with a letter.

    It makes what the rule for paragraphs makes. No other block begins with a letter or, below its first line,
    goes on with one, so none of the other rules need be tried: most paragraphs are read here, and the whole
    text in two thirds of the time.
    """
    if state.parentType != "root" or state.blkIndent or state.is_code_block(start_line):
        return False
    line, last = start_line, state.lineMax
    while line < last and not state.isEmpty(line):
        if state.src[state.bMarks[line] + state.tShift[line]] not in _LETTERS:
            return False
        line += 1
    state.line = line
    state.push("paragraph_open", "p", 1).map = [start_line, line]
    token = state.push("inline", "", 0)
    token.content = mdTrim(state.getLines(start_line, line, 0, False))
    token.map = [start_line, line]
    token.children = []
    state.push("paragraph_close", "p", -1)
    return True


def component_rule(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 - a rule's signature
    """Read a component. It ends at a line of exactly as many colons; one that never ends is text.

    So a component somebody is still typing swallows nothing, least of all the sections below it.
    """
    opening = _opening(state, start_line)
    if not opening:
        return False
    last_line = _closing_line(state, start_line, end_line, opening["fence"])
    if last_line is None:
        return False
    if not silent:
        _push(state, start_line, last_line, opening)
    return True


def _opening(state: StateBlock, line: int) -> re.Match[str] | None:
    first = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith(":::", first) or state.is_code_block(line):
        return None
    return OPENING.match(state.src, first, state.eMarks[line])


def _closing_line(state: StateBlock, start_line: int, end_line: int, fence: str) -> int | None:
    """Line that closes a component; None when another with as many colons begins, or the block ends."""
    code_fence = ""
    for line in range(start_line + 1, end_line):
        first, last = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        if first >= last:
            continue
        if state.sCount[line] < state.blkIndent:
            return None
        if state.src[first] not in ":`~" or state.is_code_block(line):
            continue
        if state.src[first] != ":":
            code_fence = code_fence_after(state.src[first:last], code_fence)
        elif not code_fence:
            closing = CLOSING.fullmatch(state.src, first, last)
            if closing and closing[1] == fence:
                return line
            opening = OPENING.match(state.src, first, last)
            if opening and opening["fence"] == fence:
                return None
    return None


def code_fence_after(line: str, open_fence: str) -> str:
    """The code fence that is open behind a line, empty when none is."""
    found = _CODE_FENCE.match(line)
    if not found:
        return open_fence
    if not open_fence:
        return "" if found[1][0] == "`" and "`" in line[found.end() :] else found[1]
    is_closing = found[1].startswith(open_fence) and not line[found.end() :].strip(" \t")
    return "" if is_closing else open_fence


def _push(state: StateBlock, start_line: int, last_line: int, opening: re.Match[str]) -> None:
    title, attributes = split_attributes(opening["arguments"].strip(" \t"))
    name = opening["name"]
    token = state.push("component_open", "div", 1)
    token.markup = opening["fence"]
    token.info = opening["arguments"].strip(" \t")
    token.map = [start_line, last_line + 1]
    token.meta = {"name": name, "title": title, "attributes": dict(attributes.pairs) if attributes else {}}
    if attributes and (attributes.id is not None or attributes.classes):
        token.meta["surplus"] = True
    old_parent, old_line_max = state.parentType, state.lineMax
    state.parentType = "component"
    # Keeps a paragraph inside from running on past the closing line.
    state.lineMax = last_line
    state.md.block.tokenize(state, start_line + 1, last_line)
    token = state.push("component_close", "div", -1)
    token.markup = opening["fence"]
    token.meta = {"name": name}
    state.parentType, state.lineMax = old_parent, old_line_max
    state.line = last_line + 1


def heading_ids_rule(state: StateCore) -> None:
    """Move ``{#id}`` from the end of each heading's text to its attribute ``id``, as written."""
    for number, token in enumerate(state.tokens):
        if token.type != "heading_open":
            continue
        inline = state.tokens[number + 1]
        words, written = split_id(inline.content)
        if written is None:
            words, attributes = split_attributes(inline.content)
            if not attributes or attributes.id is None:
                continue
            written = attributes.id
            token.meta["surplus"] = True
        inline.content = words
        token.attrSet("id", written)
