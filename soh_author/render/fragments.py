"""Fragments: the HTML of one run of text, with holes, made once however many forces read it."""

import re
from collections import OrderedDict
from threading import Lock
from typing import Protocol

from soh_author.markup.kept_blocks import parse_body
from soh_author.render.blocks import blocks_html, inline_tokens
from soh_author.render.clean import clean
from soh_author.render.holes import plain_text
from soh_author.render.inline import inline_html
from soh_author.render.setting import Setting

FRAGMENTS_KEPT = 20_000
"""About one and a half kilobytes each."""


_ASKING = re.compile(r"[\[<{&\\]|:::")
"""Signs without which a text is words alone: facts, links, pictures and components are written with them."""


class Rendering(Protocol):
    """Makes the HTML of text."""

    def body(self, text: str, setting: Setting) -> str:
        """HTML of the Markdown below a heading."""

    def heading(self, text: str, setting: Setting) -> str:
        """HTML of the words of a heading, without links."""


class Fragments:
    """Renders text and remembers what it rendered, by the text itself. Safe to use from several threads."""

    def __init__(self, kept: int = FRAGMENTS_KEPT) -> None:
        self._kept = kept
        self._made: OrderedDict[tuple[str, str, Setting], str] = OrderedDict()
        self._lock = Lock()

    def body(self, text: str, setting: Setting) -> str:
        """HTML of the Markdown below a heading."""
        return self._remember("body", text, setting)

    def heading(self, text: str, setting: Setting) -> str:
        """HTML of the words of a heading, without links."""
        return self._remember("heading", text, setting)

    def _remember(self, kind: str, text: str, setting: Setting) -> str:
        key = (kind, text, setting)
        with self._lock:
            found = self._made.get(key)
            if found is None:
                found = self._make(kind, text, setting)
                self._made[key] = found
                if len(self._made) > self._kept:
                    self._made.popitem(last=False)
        return found

    def _make(self, kind: str, text: str, setting: Setting) -> str:
        if kind == "body":
            return clean(blocks_html(parse_body(plain_text(text)), setting))
        return clean(inline_html(inline_tokens(plain_text(text)), in_link=True))


class AskingFragments:
    """Renders only what may ask something of whoever fills it: texts that can't are left empty.

    Args:
        fragments: renders the others.
    """

    def __init__(self, fragments: Fragments) -> None:
        self._fragments = fragments

    def body(self, text: str, setting: Setting) -> str:
        """HTML of the Markdown below a heading, or nothing."""
        return self._fragments.body(text, setting) if may_ask(text) else ""

    def heading(self, text: str, setting: Setting) -> str:
        """HTML of the words of a heading, or nothing."""
        return self._fragments.heading(text, setting) if may_ask(text) else ""


def may_ask(text: str) -> bool:
    """Whether a text may hold a fact, a link, a picture or a component; when in doubt, it may."""
    return _ASKING.search(plain_text(text)) is not None
