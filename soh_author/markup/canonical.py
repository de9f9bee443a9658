"""The normal form of a text: equal for two texts that read the same (CONTENT_MODEL, "The pin is two things").

One line for each block, indented by one space for each level around it: a word for the kind of block, a
space, its text. ``content_schema/README.md`` holds the same rules for programs that aren't this one:

* ``p`` paragraph, ``t`` paragraph of a tight list, ``h3`` … ``h6`` heading (``h1``, ``h2`` inside
  components), ``hr``;
* ``ul``, ``ol`` (with its first number unless 1), ``li``, ``quote``, ``component`` with name, title and
  attributes;
* ``table``, ``tr``, ``th`` and ``td`` (with ``left``, ``center`` or ``right`` when aligned);
* ``code`` with its info text, then its lines verbatim behind ``|``.

Soft line ends and runs of spaces and tabs in a text are one space; what follows a hard line break stands on a
line of its own behind ``|``. Ids of headings are left out. All of it is NFC.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

from markdown_it.token import Token

from soh_author.markup.parser import block_parser

_SPACES = re.compile(r"[ \t]+")
_UNTIDY = re.compile(r"[\n\t]|  ")


def canonical(body: str) -> str:
    """Normal form of the Markdown below a heading. Empty for a text without blocks."""
    return canonical_of(block_parser().parse(body))


def canonical_of(tokens: Sequence[Token]) -> str:
    """Normal form of a run of block tokens, as :func:`soh_author.markup.parser.block_parser` makes them."""
    lines: list[str] = []
    depth = 0
    for number, token in enumerate(tokens):
        write = _WRITERS.get(token.type)
        if write:
            indent = " " * depth
            source = tokens[number + 1].content if token.type in _WITH_WORDS else ""
            lines.append(indent + write(token, source, indent))
            depth += token.nesting
        elif token.nesting < 0 and token.type.removesuffix("close") + "open" in _WRITERS:
            depth -= 1
    text = "\n".join(lines)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def fold(source: str, indent: str = "") -> str:
    """A paragraph with soft line ends and runs of spaces as one space; ``indent`` precedes each ``|``."""
    if not _UNTIDY.search(source):
        return source.strip(" ")
    folded: list[str] = []
    lines = source.split("\n")
    for number, line in enumerate(lines):
        is_hard = number < len(lines) - 1 and _ends_hard(line)
        words = _SPACES.sub(" ", line[:-1] if is_hard and line.endswith("\\") else line).strip(" ")
        folded.append(words)
        if number < len(lines) - 1:
            folded.append(f"\n{indent}|" if is_hard else " ")
    return "".join(folded)


def _ends_hard(line: str) -> bool:
    return line.endswith("  ") or (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _paragraph(token: Token, source: str, indent: str) -> str:
    return f"{'t' if token.hidden else 'p'} {fold(source, indent)}"


def _heading(token: Token, source: str, indent: str) -> str:
    return f"{token.tag} {fold(source, indent)}".rstrip(" ")


def _cell(token: Token, source: str, indent: str) -> str:
    align = str(token.attrs.get("style", "")).removeprefix("text-align:")
    return " ".join(part for part in (token.tag, align, fold(source, indent)) if part)


def _ordered(token: Token, _source: str, _indent: str) -> str:
    start = token.attrs.get("start", 1)
    return "ol" if start == 1 else f"ol {start}"


def _code(token: Token, _source: str, indent: str) -> str:
    lines = token.content.split("\n")
    lines = lines[:-1] if lines[-1] == "" else lines
    head = f"code {token.info.strip()}".rstrip(" ")
    return "\n".join([head, *(f"{indent}|{line}" for line in lines)])


def _component(token: Token, _source: str, _indent: str) -> str:
    title = fold(token.meta["title"])
    pairs = " ".join(f'{key}="{fold(value)}"' for key, value in sorted(token.meta["attributes"].items()))
    return " ".join(
        part for part in ("component", token.meta["name"], title, f"{{{pairs}}}" * bool(pairs)) if part
    )


def _word(word: str) -> Callable[[Token, str, str], str]:
    def write(_token: Token, _source: str, _indent: str) -> str:
        return word

    return write


_WITH_WORDS = frozenset({"paragraph_open", "heading_open", "th_open", "td_open"})
_WRITERS: dict[str, Callable[[Token, str, str], str]] = {
    "paragraph_open": _paragraph,
    "heading_open": _heading,
    "bullet_list_open": _word("ul"),
    "ordered_list_open": _ordered,
    "list_item_open": _word("li"),
    "blockquote_open": _word("quote"),
    "hr": _word("hr"),
    "fence": _code,
    "code_block": _code,
    "component_open": _component,
    "table_open": _word("table"),
    "tr_open": _word("tr"),
    "th_open": _cell,
    "td_open": _cell,
}
