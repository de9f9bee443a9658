"""One output: a laid-out page filled for one force."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import ClassVar

from soh_author.domain.facts import FactValue, Reference
from soh_author.domain.force import Force
from soh_author.domain.ids import Language, PageId
from soh_author.render.fact_answers import Answers, FindFact, answer
from soh_author.render.holes import FACT_KINDS, Blank, HoleKind, Questions, encoded
from soh_author.render.templates import snippet

_Facts = Mapping[str, FactValue]
_Words = Mapping[str, str]
_Names = tuple[str, ...]


def _no_title(_page: PageId) -> str | None:
    return None


# Pages name the same pages again and again, for every force: checking the names once is enough.
@lru_cache(maxsize=4096)
def _target(target: str) -> tuple[PageId, str]:
    page, _, section = target.partition("#")
    return PageId(page), section


@dataclass(frozen=True, slots=True)
class OutputContext:
    """For whom a page is rendered, and how to look up what it names.

    ``find_fact`` gives a fact's value or None; ``page_url`` the address of ``(page, section or "")`` for this
    force and language, or None; ``media_url`` the address of a picture, or None; ``page_title`` a page's
    title, or None. ``stylesheet_urls`` empty means that the styles are written into the page. ``theme`` is
    ``auto``, ``light`` or ``dark``. ``other_language_url`` is the address of the page's other language where
    it exists; ``layer_names`` the names of groups for the preview, by ``str(layer)``. ``answers`` keeps how
    holes for facts were filled, by kind and detail, for whoever renders many pages for the same public: it
    holds for one ``find_fact``, one force and one language.
    """

    force: Force
    language: Language
    find_fact: FindFact
    page_url: Callable[[PageId, str], str | None]
    media_url: Callable[[str], str | None]
    page_title: Callable[[PageId], str | None] = _no_title
    theme: str = "auto"
    other_language_url: str | None = None
    stylesheet_urls: tuple[str, ...] = ()
    script_url: str = ""
    layer_names: Mapping[str, str] = field(default_factory=dict)
    answers: Answers | None = None


@dataclass(frozen=True, slots=True)
class Uses:
    """All that one output is made from, beside the page's own text.

    ``links_used`` tells for each target (``page/id`` or ``page/id#section``) the address, and under
    ``page/id title`` the words of a related page; ``media_used`` for each picture its address. ``missing``
    are the facts that have no value here, ``unknown_pages`` and ``unknown_media`` what could not be found;
    each is a visible mark in the HTML.
    """

    facts_used: Mapping[str, FactValue]
    links_used: Mapping[str, str]
    media_used: Mapping[str, str]
    missing: tuple[Reference, ...]
    unknown_pages: tuple[str, ...]
    unknown_media: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RenderedPage(Uses):
    """The HTML of one output and all it was made from.

    ``data`` is the HTML in UTF-8, as it is written. ``asked`` names all it asked for, found or not
    (``fact:fee``, ``page:advice/x``, ``media:map.png``).
    """

    data: bytes
    asked: frozenset[str]

    @property
    def html(self) -> str:
        """The HTML as text."""
        return self.data.decode("utf-8")


class Filling:
    """Fills one laid-out page for one context, and notes what it used.

    Args:
        context: for whom.
        values: HTML in UTF-8 for the holes that the page shell knows by name.
    """

    def __init__(self, context: OutputContext, values: Mapping[str, bytes]) -> None:
        self._context = context
        self._values = values
        self._facts: dict[str, FactValue] = {}
        self._links: dict[str, str] = {}
        self._media: dict[str, str] = {}
        self._missing: dict[str, Reference] = {}
        self._unknown_pages: dict[str, None] = {}
        self._unknown_media: dict[str, None] = {}

    def fill(self, blank: Blank) -> RenderedPage:
        """Fill every hole."""
        out = list(blank.parts)
        for name, places in blank.values:
            value = self._values[name]
            for place in places:
                out[place] = value
        for kind, detail, places in blank.holes:
            if kind in FACT_KINDS:
                made = self._fact(kind, detail)
            else:
                made = encoded(self._rules[kind](self, detail))
            for place in places:
                out[place] = made
        return RenderedPage(*self._used(), b"".join(out), blank.names)

    def look_up(self, questions: Questions) -> Uses:
        """All that filling would use, without the HTML; many times as fast."""
        for kind, detail in questions:
            if kind in FACT_KINDS:
                self._fact(kind, detail)
            else:
                self._notes[kind](self, detail)
        return Uses(*self._used())

    def _used(self) -> tuple[_Facts, _Words, _Words, tuple[Reference, ...], _Names, _Names]:
        return (
            self._facts,
            self._links,
            self._media,
            tuple(self._missing.values()),
            tuple(self._unknown_pages),
            tuple(self._unknown_media),
        )

    def _fact(self, kind: str, detail: str) -> bytes:
        context, kept = self._context, self._context.answers
        found = kept.get((kind, detail)) if kept is not None else None
        if found is None:
            found = answer(context.find_fact, context.language, kind, detail)
            if kept is not None:
                kept[kind, detail] = found
        if found.shown is not None:
            self._facts[found.key] = found.shown
        if found.missing is not None:
            self._missing[found.key] = found.missing
        return found.data

    def _address(self, target: str) -> str | None:
        known = self._links.get(target)
        if known is not None:
            return known
        found = self._context.page_url(*_target(target))
        if found is None:
            self._unknown_pages[target] = None
        else:
            self._links[target] = found
        return found

    def _link(self, target: str) -> str:
        return escape(self._address(target) or "#")

    def _link_fault(self, target: str) -> str:
        return "" if self._address(target) is not None else self._fault("page", target)

    def _title(self, page: str) -> str | None:
        found = self._context.page_title(_target(page)[0])
        if found is not None:
            self._links[f"{page} title"] = found
        return found

    def _page_title(self, page: str) -> str:
        found = self._title(page)
        return escape(page if found is None else found)

    def _media_address(self, name: str) -> str | None:
        found = self._context.media_url(name)
        if found is None:
            self._unknown_media[name] = None
        else:
            self._media[name] = found
        return found

    def _picture(self, name: str) -> str:
        return escape(self._media_address(name) or "")

    def _picture_fault(self, name: str) -> str:
        return "" if self._context.media_url(name) is not None else self._fault("picture", name)

    def _layer(self, layer: str) -> str:
        kind, _, name = layer.partition(":")
        if kind == "force" and name == self._context.force.id:
            return escape(self._context.force.name(Language.EN))
        return escape(self._context.layer_names.get(layer, name or kind))

    def _fault(self, kind: str, name: str) -> str:
        return snippet(f"{kind}_fault", self._context.language, name=escape(name))

    _rules: ClassVar[Mapping[str, Callable[["Filling", str], str]]] = {
        HoleKind.LINK: _link,
        HoleKind.LINK_FAULT: _link_fault,
        HoleKind.PAGE_TITLE: _page_title,
        HoleKind.MEDIA: _picture,
        HoleKind.MEDIA_FAULT: _picture_fault,
        HoleKind.LAYER: _layer,
    }

    # What each hole that asks something notes when it is filled; the same, without the HTML.
    _notes: ClassVar[Mapping[str, Callable[["Filling", str], str | None]]] = {
        HoleKind.LINK: _address,
        HoleKind.LINK_FAULT: _address,
        HoleKind.PAGE_TITLE: _title,
        HoleKind.MEDIA: _media_address,
    }
