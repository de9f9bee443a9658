"""Running text: inline tokens to HTML."""

import re
from collections.abc import Callable, Sequence
from html import escape

from markdown_it.token import Token

from soh_author.render.holes import HoleKind, hole
from soh_author.render.pictures import picture
from soh_author.render.targets import safe_href

_SPACES = re.compile(r"[ \t\n]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_TAGS = {
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "em_open": "<em>",
    "em_close": "</em>",
    # A wrapped line reads like one with a space, so wrapping a paragraph anew changes no byte of the output.
    "softbreak": " ",
    "hardbreak": "<br>",
    "span_close": "</span>",
}


def folded(text: str) -> str:
    """Text with every run of spaces, tabs and line ends as one space, because it reads the same."""
    return _SPACES.sub(" ", text) if "  " in text or "\t" in text or "\n" in text else text


def inline_html(tokens: Sequence[Token] | None, *, in_link: bool = False) -> str:
    """HTML of inline tokens. Inside a link (``in_link``) no further link is made."""
    return _Line(in_link=in_link).render(tokens or ())


def inline_text(tokens: Sequence[Token] | None) -> str:
    """The words alone, escaped, with holes for facts: for attributes."""
    out = []
    for token in tokens or ():
        if token.type == "fact":
            out.append(hole(HoleKind.FACT_TEXT, f"{token.meta['scope']}.{token.meta['name']}"))
        elif token.type in {"softbreak", "hardbreak"}:
            out.append(" ")
        elif token.type == "image":
            out.append(inline_text(token.children))
        else:
            out.append(escape(folded(token.content)))
    return "".join(out)


class _Line:
    """One run of inline tokens being written; remembers what the closing tag of an open link must be."""

    __slots__ = ("closing", "in_link")

    def __init__(self, *, in_link: bool) -> None:
        self.in_link = in_link
        self.closing: list[str] = []

    def render(self, tokens: Sequence[Token]) -> str:
        out = []
        for token in tokens:
            kind = token.type
            if kind == "text":
                out.append(_text(self, token))
            else:
                out.append(_TAGS.get(kind) or _RULES.get(kind, _text)(self, token))
        return "".join(out)


def _fact(line: _Line, token: Token) -> str:
    kind = HoleKind.FACT_UNLINKED if line.in_link or line.closing else HoleKind.FACT
    return hole(kind, f"{token.meta['scope']}.{token.meta['name']}")


def _image(_line: _Line, token: Token) -> str:
    return picture(token, inline_text(token.children))


def _link_open(line: _Line, token: Token) -> str:
    found = None if line.in_link or line.closing else safe_href(str(token.attrGet("href") or ""))
    if found is None:
        line.closing.append("</span>")
        return '<span class="no-link">'
    href, fault = found
    line.closing.append(f"</a>{fault}")
    return f'<a href="{href}">'


def _link_close(line: _Line, _token: Token) -> str:
    return line.closing.pop() if line.closing else ""


def _span_open(_line: _Line, token: Token) -> str:
    language = str(token.attrGet("lang") or "")
    return f'<span lang="{language}">' if _LANGUAGE.fullmatch(language) else "<span>"


def _text(_line: _Line, token: Token) -> str:
    return escape(folded(token.content), quote=False)


def _code(_line: _Line, token: Token) -> str:
    return f"<code>{escape(folded(token.content), quote=False)}</code>"


_RULES: dict[str, Callable[[_Line, Token], str]] = {
    "code_inline": _code,
    "fact": _fact,
    "image": _image,
    "link_open": _link_open,
    "link_close": _link_close,
    "span_open": _span_open,
}
