"""Blocks of text: markdown-it's block tokens to HTML.

Only what this file writes can come out: tags and attributes are made here, never copied from the tokens.
"""

from collections.abc import Callable, Sequence
from html import escape

from markdown_it.token import Token

from soh_author.markup.parser import strict_parser
from soh_author.render.components import COMPONENTS
from soh_author.render.components.use import Use
from soh_author.render.inline import folded, inline_html, inline_text
from soh_author.render.pictures import figure, media_name
from soh_author.render.setting import Setting
from soh_author.render.tables import caption_tokens, table

_PLAIN = {
    "bullet_list_open": "ul",
    "list_item_open": "li",
    "blockquote_open": "blockquote",
}
_CLOSE = {
    "paragraph_close": "</p>\n",
    "bullet_list_close": "</ul>\n",
    "ordered_list_close": "</ol>\n",
    "list_item_close": "</li>\n",
    "blockquote_close": "</blockquote>\n",
}


def blocks_html(tokens: Sequence[Token], setting: Setting) -> str:
    """HTML of a run of block tokens."""
    out: list[str] = []
    at = 0
    while at < len(tokens):
        at = _RULES.get(tokens[at].type, _others)(tokens, at, setting, out)
    return "".join(out)


def _end_of(tokens: Sequence[Token], at: int) -> int:
    """Place of the token that closes the one at ``at``."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += tokens[place].nesting
        if depth == 0:
            return place
    return len(tokens) - 1


def _others(tokens: Sequence[Token], at: int, setting: Setting, out: list[str]) -> int:
    token = tokens[at]
    if token.hidden:
        return at + 1
    tag = _PLAIN.get(token.type)
    if tag is not None:
        out.append(f"<{tag}{setting.line(token)}>")
    elif token.type in _CLOSE:
        out.append(_CLOSE[token.type])
    elif token.type == "inline":
        out.append(inline_html(token.children))
    elif token.type == "hr":
        out.append(f"<hr{setting.line(token)}>\n")
    elif token.content:  # raw HTML blocks and whatever a later parser may bring are shown as text
        out.append(f"<p{setting.line(token)}>{escape(token.content, quote=False)}</p>\n")
    return at + 1


def _paragraph(tokens: Sequence[Token], at: int, setting: Setting, out: list[str]) -> int:
    token = tokens[at]
    caption = caption_tokens(tokens, at)
    if caption is not None:
        end = _end_of(tokens, at + 3)
        out.append(table(tokens[at + 3 : end + 1], caption, setting))
        return end + 1
    children = tokens[at + 1].children or []
    if len(children) == 1 and children[0].type == "image" and not token.hidden:
        image = children[0]
        if media_name(str(image.attrGet("src") or "")) is not None:
            out.append(figure(image, inline_text(image.children), _caption(image), setting.line(token)))
            return at + 3
    if not token.hidden:
        out.append(f"<p{setting.line(token)}>")
    return at + 1


def _caption(image: Token) -> str:
    return escape(folded(str(image.attrGet("title") or "")), quote=False)


def _heading(tokens: Sequence[Token], at: int, setting: Setting, out: list[str]) -> int:
    # The page's title is the h1 and a section's heading the h2: a heading inside a section begins at h3.
    level = max(int(tokens[at].tag[1]), 3)
    words = inline_html(tokens[at + 1].children)
    out.append(f"<h{level}{setting.line(tokens[at])}>{words}</h{level}>\n")
    return at + 3


def _ordered(tokens: Sequence[Token], at: int, setting: Setting, out: list[str]) -> int:
    start = tokens[at].attrGet("start")
    first = f' start="{int(start)}"' if start is not None else ""
    out.append(f"<ol{first}{setting.line(tokens[at])}>")
    return at + 1


def _code(tokens: Sequence[Token], at: int, setting: Setting, out: list[str]) -> int:
    token = tokens[at]
    out.append(f"<pre{setting.line(token)}><code>{escape(token.content, quote=False)}</code></pre>\n")
    return at + 1


def _table(tokens: Sequence[Token], at: int, setting: Setting, out: list[str]) -> int:
    end = _end_of(tokens, at)
    out.append(table(tokens[at : end + 1], None, setting))
    return end + 1


def _component(tokens: Sequence[Token], at: int, setting: Setting, out: list[str]) -> int:
    token = tokens[at]
    end = _end_of(tokens, at)
    inside = tokens[at + 1 : end]
    component = COMPONENTS.get(token.meta["name"])
    if component is None:
        out.append(blocks_html(inside, setting))
        return end + 1
    title = inline_tokens(token.meta["title"])
    use = Use(
        title=inline_html(title, in_link=True),
        attrs=token.meta["attributes"],
        body=lambda: blocks_html(inside, setting),
        label=lambda: label_html(inside),
        words=setting.words,
        line=setting.line(token),
        level=setting.box_level,
    )
    out.append(component(use))
    return end + 1


def inline_tokens(text: str) -> Sequence[Token]:
    """Inline tokens of a line of text: a heading, the title of a component."""
    found = strict_parser().parseInline(text)
    return found[0].children or () if found else ()


def label_html(tokens: Sequence[Token]) -> str:
    """The running text of some blocks, one space between them, without links."""
    lines = (inline_html(token.children, in_link=True) for token in tokens if token.type == "inline")
    return " ".join(line for line in lines if line)


_RULES: dict[str, Callable[[Sequence[Token], int, Setting, list[str]], int]] = {
    "paragraph_open": _paragraph,
    "heading_open": _heading,
    "ordered_list_open": _ordered,
    "code_block": _code,
    "fence": _code,
    "table_open": _table,
    "component_open": _component,
}
