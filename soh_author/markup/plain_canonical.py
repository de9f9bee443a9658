"""The normal form of plain text without parsing it: paragraphs, sub-headings, simple lists.

Lists of many pages need nothing else of most sections. Whatever is not surely plain is left to the parser
(:func:`soh_author.markup.canonical.canonical`); a property holds both to the same result.
"""

import re
import unicodedata

from soh_author.markup.canonical import canonical

_UNSURE = re.compile(r"[\t\r\0]|[ \\]$| ```|~~~", re.MULTILINE)
"""Signs and line ends that mean something else than the words they stand among."""
_WORDS = re.compile(r"[A-Za-z“‘£][^\n]*|\*\*[A-Za-z][^\n]*|\{\{ [^\n]*")
"""A line that can only be words of a paragraph."""
_HEADING = re.compile(r"(#{3,6}) ([^\s#{\\`][^#{\\`\n]*)")
_BULLET = re.compile(r"- ([A-Za-z“‘£][^\n]*|\*\*[A-Za-z][^\n]*|\{\{ [^\n]*)")
_NUMBERED = re.compile(r"(\d{1,9})\. ([A-Za-z“‘£][^\n]*|\*\*[A-Za-z][^\n]*)")
_CELLS = re.compile(r"\|(?:[^|`\\\n]*\|)+")
_RULE = re.compile(r"\|(?:-{3,}\|)+")
_COMPONENT = re.compile(r"::: ([a-z]+(?:-[a-z]+)*)")
_SPACES = re.compile(r" {2,}")


def quick_canonical(body: str) -> str:
    """The normal form of the Markdown below a heading, without the parser where that is sure."""
    plain = plain_canonical(body)
    return canonical(body) if plain is None else plain


def plain_canonical(body: str) -> str | None:
    """The normal form of a plain text; None when it is not surely plain."""
    if _UNSURE.search(body):
        return None
    written: list[str] = []
    was_list = False
    for chunk in _chunks(body):
        block = _block(chunk)
        if block is None:
            return None
        is_list = block.startswith(("ul", "ol"))
        if is_list and was_list:
            return None  # blank lines between items make another kind of list
        was_list = is_list
        written.append(block)
    text = "\n".join(written)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _chunks(body: str) -> list[list[str]]:
    """The lines between empty ones."""
    chunks: list[list[str]] = [[]]
    for line in body.split("\n"):
        if line:
            chunks[-1].append(line)
        elif chunks[-1]:
            chunks.append([])
    return [chunk for chunk in chunks if chunk]


def _block(lines: list[str]) -> str | None:
    first = lines[0]
    if first.startswith("#"):
        heading = _HEADING.fullmatch(first) if len(lines) == 1 else None
        return f"h{len(heading[1])} {_folded(heading[2])}" if heading else None
    if first.startswith("- "):
        return _list("ul", [_BULLET.fullmatch(line) for line in lines], 1)
    if first[0].isdigit():
        items = [_NUMBERED.fullmatch(line) for line in lines]
        start = int(items[0][1]) if items[0] else 1
        return _list("ol" if start == 1 else f"ol {start}", items, 2)
    if first.startswith("|"):
        return _table(lines)
    if first.startswith(":::"):
        return _component(lines)
    return _paragraph(lines)


def _paragraph(lines: list[str]) -> str | None:
    if not all(_WORDS.fullmatch(line) for line in lines):
        return None
    return f"p {_folded(' '.join(lines))}"


def _table(lines: list[str]) -> str | None:
    rows = [_CELLS.fullmatch(line) for line in lines]
    if len(lines) < 2 or not _RULE.fullmatch(lines[1]) or not all(rows):
        return None
    width = lines[1].count("|")
    written = ["table"]
    for number, line in enumerate(lines):
        if number == 1:
            continue
        if line.count("|") != width:
            return None
        kind = "th" if number == 0 else "td"
        cells = (_folded(cell) for cell in line[1:-1].split("|"))
        written += [" tr", *(f"  {kind} {cell}".rstrip(" ") for cell in cells)]
    return "\n".join(written)


def _component(lines: list[str]) -> str | None:
    opening = _COMPONENT.fullmatch(lines[0])
    if opening is None or len(lines) < 2 or lines[-1] != ":::":
        return None
    inner = _paragraph(lines[1:-1]) if len(lines) > 2 else ""
    if inner is None:
        return None
    head = f"component {opening[1]}"
    return f"{head}\n {inner}" if inner else head


def _list(name: str, items: list[re.Match[str] | None], group: int) -> str | None:
    written = [name]
    for item in items:
        if item is None:
            return None
        written += [" li", f"  t {_folded(item[group])}"]
    return "\n".join(written)


def _folded(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" ")
