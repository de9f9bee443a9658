"""Words that were copied, as Markdown: bold, italics, code and links in lines and paragraphs.

Signs that Markdown would take for its own are written so that they are read as signs.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlsplit

from soh_author.markup.clipped_html import Node

_BOLD = re.compile(r"(?:^|;)font-weight:(?:bold|[6-9]00)")
_LIGHT = re.compile(r"(?:^|;)font-weight:(?:normal|[1-5]00)")
_ITALIC = re.compile(r"(?:^|;)font-style:(?:italic|oblique)")
_UPRIGHT = re.compile(r"(?:^|;)font-style:normal")
_SPACE = re.compile(r"[ \t\r\n\f]+(?:\xa0+[ \t\r\n\f]*)*|\xa0(?:\xa0|[ \t\r\n\f])+")
_SIGNS = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|\{\{|&(?=#?\w+;)|~~")
_LINE_SIGNS = re.compile(
    r"(?m)^(?:(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|:::|=+(?=\s*$)|[-|:](?=[-|: ]*$))|(\d{1,9})(?=[.)](?:\s|$)))"
)
_WAYS = frozenset({"https", "http", "mailto", "tel"})


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of one look."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_code: bool = False
    href: str = ""


def paragraph_of(children: Sequence[Node | str]) -> str:
    """The words as a paragraph, with the ends of lines it has; empty where there are none."""
    return _LINE_SIGNS.sub(_as_sign, _words(_runs(children), "\\\n"))


def line_of(children: Sequence[Node | str], *, is_plain: bool = False) -> str:
    """The words in one line; ``is_plain``: without bold, where all is bold anyway."""
    runs = _runs(children)
    return _words((replace(run, is_bold=False) for run in runs) if is_plain else runs, " ")


def is_bold(node: Node) -> bool:
    """Whether an element makes its words bold."""
    return node.tag in {"b", "strong"} or _BOLD.search(node.style) is not None


def _as_sign(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else f"{found[2]}\\"


def _runs(children: Iterable[Node | str], look: _Run | None = None) -> Iterator[_Run]:
    now = look or _Run("")
    for child in children:
        if isinstance(child, str):
            yield replace(now, text=child)
        elif child.tag == "br":
            yield replace(now, text="\n\n")
        elif not child.is_unseen:
            yield from _runs(child.children, _look(child, now))


def _look(node: Node, now: _Run) -> _Run:
    style = node.style
    bold = (now.is_bold or is_bold(node)) and not _LIGHT.search(style)
    italic = now.is_italic or node.tag in {"i", "em"} or _ITALIC.search(style) is not None
    href = _target(node.attributes.get("href", "")) if node.tag == "a" else ""
    return replace(
        now,
        is_bold=bold,
        is_italic=italic and not _UPRIGHT.search(style),
        is_code=now.is_code or node.tag in {"code", "kbd", "samp", "tt"},
        href=href or now.href,
    )


def _target(href: str) -> str:
    """The address of a link that may stay; empty for those within the page copied, and for scripts."""
    try:
        way = urlsplit(href.strip()).scheme
    except ValueError:
        return ""
    plain = re.sub(r"\s", "%20", href.strip())
    return plain.replace("(", "%28").replace(")", "%29").replace("<", "%3C") if way in _WAYS else ""


def _words(runs: Iterable[_Run], line_end: str) -> str:
    """The runs as Markdown; ``line_end`` stands for ends of lines."""
    joined: list[_Run] = []
    for run in _spaced(runs):
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    text = ""
    for href, group in groupby(joined, key=lambda run: run.href):
        label = ""
        same = list(group)
        for run, following in zip(same, [*same[1:], _Run("")], strict=True):
            label += _marked(run, (label or text if not href else label)[-1:], following)
        words = label.strip(" \n")
        linked = label.replace(words, f"[{words}]({href})", 1) if href and words else label
        if linked.startswith("[") and text.endswith("!"):
            text = f"{text[:-1]}\\!"  # else it would be a picture
        text += linked
    lines = [line.strip(" ") for line in text.split("\n")]
    return line_end.join(line for line in lines if line)


def _spaced(runs: Iterable[_Run]) -> Iterator[_Run]:
    """White space as it is seen: one space, and none at the beginning of a line."""
    before = " "
    for run in runs:
        is_line_end = run.text == "\n\n"
        text = "\n" if is_line_end else _SPACE.sub(" ", run.text)
        if before[-1:] in " \n" and not is_line_end:
            text = text.lstrip(" ")
        if text:
            before = text
            yield replace(run, text=text)


def _marked(run: _Run, before: str, following: _Run) -> str:
    """One run between its marks, which Markdown sees only where words begin or end with them."""
    words = run.text.strip(" \n\xa0")
    start = run.text.index(words)
    lead, tail = run.text[:start], run.text[start + len(words) :]
    after = following.text[:1]
    if run.is_bold or run.is_italic:
        if not lead and before.isalnum():
            inner = words.lstrip(_other_signs(words))
            lead, words = words[: len(words) - len(inner)], inner
        if not tail and after.isalnum():
            inner = words.rstrip(_other_signs(words))
            tail, words = words[len(inner) :], inner
    if not words:
        return _as_words(lead + tail)
    made = f"`{words}`" if run.is_code and "`" not in words else _as_words(words)
    is_within = (not lead and before.isalnum()) or (not tail and after.isalnum())
    is_beside = not tail and (following.is_bold or following.is_italic)
    if run.is_italic and not (is_within and is_beside):
        made = f"*{made}*" if is_within else f"_{made}_"
    return f"{_as_words(lead)}{f'**{made}**' if run.is_bold else made}{_as_words(tail)}"


def _other_signs(words: str) -> str:
    return "".join({sign for sign in words if not sign.isalnum()})


def _as_words(text: str) -> str:
    """Words whose signs Markdown reads as words."""
    return _SIGNS.sub(r"\\\g<0>", text)
