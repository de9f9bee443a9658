"""HTML as word processors and browsers put it on the clipboard, read into a tree; for nothing else.

Such HTML has comments only Word knows, elements nobody closed, and words nobody sees. None of it is ever
shown or run: :mod:`soh_author.markup.pasted` makes Markdown of what is left.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_MARKED = re.compile(r"<!--\s*StartFragment\s*-->(.*)<!--\s*EndFragment\s*-->", re.DOTALL | re.IGNORECASE)
HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
"""Headings, and the level they have in a page, whose title is the first."""
BLOCKS = (
    frozenset(
        (
            "p",
            "div",
            "ul",
            "ol",
            "li",
            "table",
            "blockquote",
            "pre",
            "section",
            "article",
            "main",
            "header",
            "nav",
        )
    )
    | frozenset(
        (
            "footer",
            "aside",
            "figure",
            "figcaption",
            "dl",
            "dt",
            "dd",
            "tbody",
            "thead",
            "tfoot",
            "tr",
            "td",
            "th",
            "hr",
        )
    )
    | {"form", "fieldset", "address", "center", "body", "details", "summary", *HEADINGS}
)
"""Elements that stand on lines of their own."""
_UNSEEN_TAGS = frozenset(
    (
        "script",
        "style",
        "head",
        "title",
        "template",
        "noscript",
        "iframe",
        "object",
        "svg",
        "math",
        "del",
        "xml",
    )
) | {"select", "textarea", "audio", "video", "canvas", "o:p"}
_UNSEEN_STYLE = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|mso-list:ignore|mso-element:(?:comment|footnote)"
)
_UNSEEN_CLASSES = frozenset({"msocommentreference", "msocomanchor", "msocomoff"})
_VOID = frozenset(
    {"br", "img", "hr", "col", "wbr", "input", "meta", "link", "base", "area", "source", "embed"}
)
# An element of the first kind ends those of the second that are still open in the same list or table.
_ENDS = {
    "p": ("p",),
    "li": ("li", "p"),
    "td": ("td", "th", "p"),
    "th": ("td", "th", "p"),
    "tr": ("tr", "td", "th", "p"),
    "dt": ("dt", "dd", "p"),
    "dd": ("dt", "dd", "p"),
}
_HOLDERS = frozenset({"ul", "ol", "table", "dl", "blockquote", "body", "div"})
_DEEPEST = 40
_LONGEST = 500_000


@dataclass(slots=True)
class Node:
    """An element; its children are elements and texts in reading order.

    ``holds_blocks``: it is one that stands on lines of its own, or has some within.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)
    holds_blocks: bool = False

    @property
    def style(self) -> str:
        """Its own looks, without spaces and capitals."""
        return re.sub(r"\s+", "", self.attributes.get("style", "")).lower()

    @property
    def is_unseen(self) -> bool:
        """Whether readers never saw it: scripts, deleted words, comments, the signs before items of lists."""
        classes = self.attributes.get("class", "").lower().split()
        return (
            self.tag in _UNSEEN_TAGS
            or not _UNSEEN_CLASSES.isdisjoint(classes)
            or _UNSEEN_STYLE.search(self.style) is not None
        )

    def walk(self) -> Iterator["Node"]:
        """The element and all below it."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()


def read_clipping(html: str) -> Node | None:
    """The tree of what was copied; None where it can't be read, or is too long to be waited for."""
    marked = _MARKED.search(html)
    copied = marked[1] if marked else html
    if len(copied) > _LONGEST:
        return None
    reader = _Reader()
    try:
        reader.feed(copied)
        reader.close()
    except AssertionError:
        return None  # what the standard library says of some broken declarations
    return reader.top


class _Reader(HTMLParser):
    """Builds the tree; what is nested too deep hangs on the deepest element there may be."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top = Node("body")
        self._open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_open(_ENDS.get(tag, ()))
        node = self._add(tag, attrs)
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        for number in range(len(self._open) - 1, 0, -1):
            if self._open[number].tag == tag:
                del self._open[number:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def _add(self, tag: str, attributes: list[tuple[str, str | None]]) -> Node:
        node = Node(tag, {name: value or "" for name, value in attributes}, holds_blocks=tag in BLOCKS)
        self._open[-1].children.append(node)
        if node.holds_blocks:
            for above in reversed(self._open):
                if above.holds_blocks:
                    break
                above.holds_blocks = True
        return node

    def _end_open(self, tags: tuple[str, ...]) -> None:
        for number in range(len(self._open) - 1, 0, -1):
            if self._open[number].tag in _HOLDERS:
                return
            if self._open[number].tag in tags:
                del self._open[number:]
                self._end_open(tags)
                return
