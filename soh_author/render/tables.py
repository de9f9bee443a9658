"""Tables: headers with a scope, a caption, and a frame that scrolls sideways and takes the keyboard's focus.

A caption is a paragraph right before the table that begins with ``Table:`` (or ``Tabl:``).
"""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from soh_author.render.inline import inline_html, inline_text
from soh_author.render.setting import Setting

_CAPTION = re.compile(r"(?:Table|Tabl):\s+")


def caption_tokens(tokens: Sequence[Token], at: int) -> list[Token] | None:
    """Inline tokens of the caption when the paragraph opening at ``at`` is one; else None."""
    if at + 3 >= len(tokens) or tokens[at + 3].type != "table_open":
        return None
    children = tokens[at + 1].children or []
    if not children or children[0].type != "text" or not _CAPTION.match(children[0].content):
        return None
    first = children[0].copy()
    first.content = _CAPTION.sub("", first.content, count=1)
    return [first, *children[1:]]


def table(tokens: Sequence[Token], caption: Sequence[Token] | None, setting: Setting) -> str:
    """HTML of the tokens from ``table_open`` to ``table_close``."""
    words = setting.words
    name = inline_text(caption) if caption else words.table
    title = f"<caption>{inline_html(caption)}</caption>\n" if caption else ""
    return (
        f'<div class="table-frame" role="group" aria-label="{name} ({words.scrolls})" tabindex="0">'
        f"<table{setting.line(tokens[0])}>\n{title}{_rows(tokens[1:-1], setting)}</table></div>\n"
    )


def _rows(tokens: Sequence[Token], setting: Setting) -> str:
    out: list[str] = []
    for place, token in enumerate(tokens):
        kind = token.type
        if kind in {"th_open", "td_open"}:
            out.append(_cell(token, tokens[place + 1]))
        elif kind == "tr_open":
            out.append(f"<tr{setting.line(token)}>")
        elif kind in {"tr_close", "thead_close", "tbody_close"}:
            out.append(f"</{token.tag}>\n")
        elif kind in {"thead_open", "tbody_open"}:
            out.append(f"<{token.tag}>\n")
    return "".join(out)


def _cell(opening: Token, content: Token) -> str:
    words = inline_html(content.children)
    style = str(opening.attrGet("style") or "")
    aligned = next((side for side in ("right", "center") if side in style), "")
    place = f' class="to-{aligned}"' if aligned else ""
    # A header without words heads nothing, so it is an ordinary cell.
    if opening.type == "th_open" and words:
        return f'<th scope="col"{place}>{words}</th>'
    return f"<td{place}>{words}</td>"
