"""Running text: inline tokens to HTML."""

import re
from collections.abc import Callable, Sequence
from html import escape

from markdown_it.token import Token

from soh_author.render.holes import HoleKind, hole
from soh_author.render.pictures import picture
from soh_author.render.targets import safe_href

_SPACES = re.compile(r"[ \t\n]+")
_TAGS = {
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "em_open": "<em>",
    "em_close": "</em>",
    # A wrapped line reads like one with a space, so wrapping a paragraph anew changes no byte of the output.
    "softbreak": " ",
    "hardbreak": "<br>",
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

    def __init__(self, *, in_link: bool) -> None:
        self._in_link = in_link
        self._closing: list[str] = []
        self._rules: dict[str, Callable[[Token], str]] = {
            "text": _text,
            "text_special": _text,
            "code_inline": _code,
            "fact": self._fact,
            "image": self._image,
            "link_open": self._link_open,
            "link_close": self._link_close,
            "span_open": self._span_open,
            "span_close": self._span_close,
        }

    def render(self, tokens: Sequence[Token]) -> str:
        out = []
        for token in tokens:
            ready = _TAGS.get(token.type)
            if ready is None:
                ready = self._rules.get(token.type, _text)(token)
            out.append(ready)
        return "".join(out)

    def _fact(self, token: Token) -> str:
        inside = self._in_link or bool(self._closing)
        kind = HoleKind.FACT_UNLINKED if inside else HoleKind.FACT
        return hole(kind, f"{token.meta['scope']}.{token.meta['name']}")

    def _image(self, token: Token) -> str:
        return picture(token, inline_text(token.children))

    def _link_open(self, token: Token) -> str:
        found = None if self._in_link or self._closing else safe_href(str(token.attrGet("href") or ""))
        if found is None:
            self._closing.append("</span>")
            return '<span class="no-link">'
        href, fault = found
        self._closing.append(f"</a>{fault}")
        return f'<a href="{href}">'

    def _link_close(self, _token: Token) -> str:
        return self._closing.pop() if self._closing else ""

    def _span_open(self, token: Token) -> str:
        return f'<span lang="{escape(str(token.attrGet("lang") or ""))}">'

    def _span_close(self, _token: Token) -> str:
        return "</span>"


def _text(token: Token) -> str:
    return escape(folded(token.content), quote=False)


def _code(token: Token) -> str:
    return f"<code>{escape(folded(token.content), quote=False)}</code>"
