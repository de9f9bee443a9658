"""What was copied from Word or from the web, as Markdown: headings, bold, italics, links, lists and tables.

All else is left out. The words stay what they were (:mod:`soh_author.markup.pasted_words`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from soh_author.markup.clipped_html import BLOCKS, HEADINGS, Node, read_clipping
from soh_author.markup.pasted_words import is_bold, line_of, paragraph_of

_FORM = frozenset(("b", "strong", "i", "em", "a", "ul", "ol", "table", "code", "blockquote", *HEADINGS))
_OF_TABLES = frozenset({"tr", "thead", "tbody", "tfoot", "colgroup", "col"})
_LAST_SIGNS = re.compile("#+$")
_WORD_ITEM = re.compile(r"mso-list:l\d+level(\d)")
_WORD_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]", re.IGNORECASE)
_WORD_HEADING = re.compile(r"msoheading([1-6])|heading([1-6])")


@dataclass(frozen=True, slots=True)
class Pasted:
    """Markdown of what was copied. ``is_inline``: it belongs into a line; ``left_out`` counts pictures."""

    text: str
    is_inline: bool
    left_out: int


def markdown_of(html: str) -> Pasted | None:
    """What was copied, as Markdown; None where it has no form to keep, so that its words alone are right."""
    top = read_clipping(html)
    if top is None:
        return None
    seen = list(_seen(top))
    # Programs for writing code copy their colours as HTML; what they copy is a text already.
    if any("white-space:pre" in node.style and node.tag in {"div", "pre", "span"} for node in seen[:4]):
        return None
    if not any(node.tag in _FORM or _WORD_ITEM.search(node.style) or is_bold(node) for node in seen):
        return None
    blocks = _blocks(top.children)
    is_inline = len(blocks) == 1 and not any(node.tag in BLOCKS - {"body", "p", "div"} for node in seen)
    pictures = sum(node.tag == "img" for node in seen)
    return Pasted("\n\n".join(blocks), is_inline, pictures) if blocks else None


def _seen(node: Node) -> Iterator[Node]:
    if not node.is_unseen:
        yield node
        for child in node.children:
            if isinstance(child, Node):
                yield from _seen(child)


# Blocks


def _blocks(children: Sequence[Node | str]) -> list[str]:
    """The Markdown of each block; words between blocks are paragraphs."""
    made: list[str] = []
    inline: list[Node | str] = []
    items: list[Node] = []

    def end() -> None:
        made.extend(_word_list(items) if items else _paragraph(inline))
        items.clear()
        inline.clear()

    for child in children:
        if isinstance(child, Node) and child.is_unseen:
            continue
        if isinstance(child, Node) and _WORD_ITEM.search(child.style):
            if not items:
                end()
            items.append(child)
        elif isinstance(child, Node) and child.holds_blocks:
            end()
            made.extend(_block(child))
        elif not items:
            inline.append(child)
        elif isinstance(child, Node) or child.strip():
            end()
            inline.append(child)
    end()
    return made


def _block(node: Node) -> list[str]:
    level = _heading_level(node)
    if level:
        words = _LAST_SIGNS.sub(r"\\\g<0>", line_of(node.children))
        return [f"{'#' * level} {words}"] if words else []
    if node.tag == "table":
        return _table(node)
    if node.tag in {"ul", "ol"}:
        made = _list(node)
    elif node.tag == "blockquote":
        made = "\n".join(f"> {line}".rstrip() for line in "\n\n".join(_blocks(node.children)).split("\n"))
    elif node.tag == "pre":
        made = f"```\n{_raw(node).strip(chr(10))}\n```"
    else:
        return _blocks(node.children)
    return [made] if made.strip("> `\n") else []


def _heading_level(node: Node) -> int:
    named = _WORD_HEADING.fullmatch(node.attributes.get("class", "").lower()) if node.tag == "p" else None
    return HEADINGS.get(f"h{named[1] or named[2]}" if named else node.tag, 0)


def _paragraph(children: Sequence[Node | str]) -> list[str]:
    words = paragraph_of(children)
    return [words] if words else []


def _raw(node: Node) -> str:
    return "".join(
        child if isinstance(child, str) else "\n" if child.tag == "br" else _raw(child)
        for child in node.children
    )


# Lists


def _items(node: Node) -> list[Node]:
    """What stands in a list, table or row; words that stand there on their own are as good as an item."""
    made = [
        child if isinstance(child, Node) else Node("li", children=[child])
        for child in node.children
        if isinstance(child, Node) or child.strip()
    ]
    return [item for item in made if not item.is_unseen]


def _list(node: Node) -> str:
    lines = []
    number = 0
    for item in _items(node):
        if item.tag in {"ul", "ol"}:  # Word and Google write lists into lists without an item around
            lines.append(_indented(_list(item), 2 if node.tag == "ul" else 3))
            continue
        number += 1
        mark = "- " if node.tag == "ul" else f"{number}. "
        lines.append(mark + _indented(_tight(_blocks([item])), len(mark)).lstrip())
    return "\n".join(lines)


def _tight(blocks: Sequence[str]) -> str:
    """The blocks of an item; a list within stands right below its words."""
    text = ""
    for block in blocks:
        is_list = re.match(r"(?:-|\d+\.) ", block)
        text += block if not text else f"\n{block}" if is_list else f"\n\n{block}"
    return text


def _indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line if line else "" for line in text.split("\n"))


def _word_list(items: Sequence[Node]) -> list[str]:
    """A list as Word writes it: paragraphs that tell their level, each with its sign before it."""
    lines = []
    widths = [0]
    numbers: list[int] = []
    for item in items:
        found = _WORD_ITEM.search(item.style)
        level = min(int(found[1]) if found else 1, len(widths))
        del widths[level:], numbers[level:]
        numbers += [0] * (level - len(numbers))
        numbers[-1] = numbers[-1] + 1 if _is_numbered(item) else 0
        mark = f"{numbers[-1]}. " if numbers[-1] else "- "
        words = _indented(paragraph_of(item.children), len(mark)).lstrip()
        lines.append(_indented(mark + words, widths[-1]))
        widths.append(widths[-1] + len(mark))
    return ["\n".join(lines)]


def _is_numbered(item: Node) -> bool:
    signs = (_raw(node) for node in item.walk() if "mso-list:ignore" in node.style)
    return _WORD_NUMBER.fullmatch(next(signs, "").replace("\xa0", " ").strip()) is not None


# Tables


def _table(node: Node) -> list[str]:
    apart = [block for item in _items(node) if item.tag not in _OF_TABLES for block in _blocks([item])]
    return [*apart, *_grid(node)]


def _grid(node: Node) -> list[str]:
    rows = _rows(node)
    is_within = any(below.tag == "table" for below in node.walk() if below is not node)
    if is_within or len(rows) < 2 or max(len(_items(row)) for row in rows) < 2:  # a layout, no table
        return [block for row in rows for cell in _items(row) for block in _blocks(cell.children)]
    cells = [_cells(row, is_head=row is rows[0]) for row in rows]
    width = max(len(row) for row in cells)
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in cells]
    return ["\n".join([lines[0], f"|{'---|' * width}", *lines[1:]])]


def _rows(node: Node) -> list[Node]:
    rows: list[Node] = []
    for child in _items(node):
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in {"thead", "tbody", "tfoot"}:
            rows += _rows(child)
    return rows


def _cells(row: Node, *, is_head: bool) -> list[str]:
    cells: list[str] = []
    for cell in _items(row):
        words = line_of(_apart(cell), is_plain=is_head).replace("|", "\\|")
        across = cell.attributes.get("colspan", "")
        cells += [words, *[""] * (min(int(across), 50) - 1 if across.isdecimal() and across.isascii() else 0)]
    return cells


def _apart(cell: Node) -> list[Node | str]:
    """The words of a cell, with a space between its paragraphs."""
    apart: list[Node | str] = []
    for child in cell.children:
        apart += [child, " "] if isinstance(child, Node) and child.holds_blocks else [child]
    return apart
