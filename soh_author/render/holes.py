"""Holes: places in ready HTML that each output fills with its own values.

A hole is written into the HTML between two characters that no text may hold (Unicode noncharacters, taken out
of editors' text before it is rendered), so that it survives the clean-up of a fragment and a page can be cut
at its holes once and filled by joining strings.

The first word of a hole is its kind; the rest is built only from checked names (page ids, fact names, file
names), never from free text.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

OPEN = "\ufdd0"
CLOSE = "\ufdd1"
_HOLE = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_HOLE_IN_BYTES = re.compile(b"%b(.*?)%b" % (OPEN.encode(), CLOSE.encode()), re.DOTALL)
# The two marks, and control characters that HTML does not allow in text; tab and line feed stay.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0\ufdd1\ufffe\uffff\ud800-\udfff]")


class HoleKind(StrEnum):
    """What a hole is filled with."""

    FACT = "fact"  # a fact's value as HTML, a link where its type makes one
    FACT_UNLINKED = "fact-unlinked"  # the same inside a link, where no second link may stand
    FACT_TEXT = "fact-text"  # the same as mere text: in attributes and the page's title
    FACT_HREF = "fact-href"  # the address a fact leads to, for an attribute
    FACT_OPTIONAL = (
        "fact-optional"  # a fact the furniture shows where a force has it; nothing where it has none
    )
    LINK = "link"  # address of a page, for an attribute
    LINK_FAULT = "link-fault"  # a visible mark behind a link whose page is unknown, else nothing
    MEDIA = "media"  # address of a picture, for an attribute
    MEDIA_FAULT = "media-fault"  # a visible mark behind a picture that is unknown, else nothing
    PAGE_TITLE = "page-title"  # title of another page
    LAYER = "layer"  # name of a layer, for people
    LINE = "line"  # line in the editor's file, counted from the start of the fragment
    VALUE = "value"  # anything the page shell knows by name


FACT_KINDS = frozenset(
    {
        HoleKind.FACT,
        HoleKind.FACT_UNLINKED,
        HoleKind.FACT_TEXT,
        HoleKind.FACT_HREF,
        HoleKind.FACT_OPTIONAL,
    }
)
"""Holes that show a fact; the detail begins with its key."""
_PAGE_KINDS = frozenset({HoleKind.LINK, HoleKind.LINK_FAULT, HoleKind.PAGE_TITLE})
_MEDIA_KINDS = frozenset({HoleKind.MEDIA, HoleKind.MEDIA_FAULT})

_ASKING = FACT_KINDS | {HoleKind.LINK, HoleKind.LINK_FAULT, HoleKind.PAGE_TITLE, HoleKind.MEDIA}

Questions = tuple[tuple[str, str], ...]
"""What a page asks of whoever fills it, each once: the kind and the detail of a hole that uses something."""


def hole(kind: HoleKind, detail: str) -> str:
    """A hole of one kind; ``detail`` names what goes in (a fact's key, ``page/id#section``, a file name)."""
    return f"{OPEN}{kind} {detail}{CLOSE}"


def value_hole(name: str) -> str:
    """A hole for a value the page shell knows by name."""
    return hole(HoleKind.VALUE, name)


def plain_text(text: str) -> str:
    """Text as it may be rendered: composed characters (NFC), nothing that could be taken for a hole."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return _FORBIDDEN.sub("\ufffd", text) if _FORBIDDEN.search(text) else text


@dataclass(frozen=True, slots=True)
class Pattern:
    """HTML cut at its holes.

    Even places are ready text, odd places the contents of a hole (``kind detail``).
    """

    parts: tuple[str, ...]

    @classmethod
    def cut(cls, html: str) -> "Pattern":
        """Cut HTML at its holes."""
        return cls(tuple(_HOLE.split(html)))

    @property
    def holes(self) -> tuple[str, ...]:
        """Contents of the holes, in order, repeated where they repeat."""
        return self.parts[1::2]

    def fill(self, values: Mapping[str, str]) -> str:
        """Fill the value holes whose name is in ``values``; every other hole stays a hole.

        The values are HTML: the caller has escaped what came from people.
        """
        out = list(self.parts)
        for place in range(1, len(out), 2):
            kind, _, detail = out[place].partition(" ")
            known = values.get(detail) if kind == HoleKind.VALUE else None
            out[place] = f"{OPEN}{out[place]}{CLOSE}" if known is None else known
        return "".join(out)


@dataclass(frozen=True, slots=True)
class Blank:
    """HTML made ready to be filled many times, in UTF-8: joining bytes costs a tenth of encoding a page.

    Each distinct hole stands once, with all its places among ``parts``: in ``values`` those that the page
    shell knows by name, in ``holes`` all others, by their kind and detail. ``names`` are those of all facts,
    pages and pictures it asks for: ``fact:fee``, ``page:advice/x``, ``media:map.png``. Whoever fills it asks
    for no others.
    """

    parts: tuple[bytes, ...]
    values: tuple[tuple[str, tuple[int, ...]], ...]
    holes: tuple[tuple[str, str, tuple[int, ...]], ...]
    names: frozenset[str]

    @classmethod
    def cut(cls, html: str) -> "Blank":
        """The blank of HTML; its holes are in the order of the text."""
        parts = _HOLE_IN_BYTES.split(encoded(html))
        places: dict[bytes, list[int]] = {}
        for place in range(1, len(parts), 2):
            places.setdefault(parts[place], []).append(place)
        split = [(content.decode("utf-8").partition(" "), tuple(found)) for content, found in places.items()]
        return cls(
            tuple(parts),
            tuple((detail, found) for (kind, _, detail), found in split if kind == HoleKind.VALUE),
            tuple((kind, detail, found) for (kind, _, detail), found in split if kind != HoleKind.VALUE),
            frozenset(name for (kind, _, detail), _found in split if (name := _asked(kind, detail))),
        )


def questions_in(html: str) -> Questions:
    """The questions that HTML with holes asks, in their order."""
    split = (content.partition(" ") for content in dict.fromkeys(_HOLE.findall(html)))
    return tuple((kind, detail) for kind, _, detail in split if kind in _ASKING)


def _asked(kind: str, detail: str) -> str:
    """The name of what a hole asks for; empty when it asks for nothing that people write."""
    if kind in FACT_KINDS:
        return f"fact:{detail.partition(' ')[0].partition('.')[2]}"
    if kind in _PAGE_KINDS:
        return f"page:{detail.partition('#')[0]}"
    return f"media:{detail}" if kind in _MEDIA_KINDS else ""


def encoded(html: str) -> bytes:
    """HTML in UTF-8."""
    return html.encode("utf-8", "replace")
