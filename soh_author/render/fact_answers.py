"""How holes for facts are filled for one public: alike on all its pages, so it is done once for each fact."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from soh_author.domain.facts import FactValue, Reference
from soh_author.domain.ids import Language
from soh_author.render.fact_html import fact_href, fact_html, fact_text
from soh_author.render.holes import HoleKind, encoded
from soh_author.render.templates import snippet

FindFact = Callable[[Reference], FactValue | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """How a hole for a fact is filled: its HTML, the fact it shows, the reference without a usable value."""

    key: str
    data: bytes
    shown: FactValue | None
    missing: Reference | None


Answers = dict[tuple[str, str], Answer]
"""Answers that were given to one public in one language, by kind and detail of the hole."""


def answer(find_fact: FindFact, language: Language, kind: str, detail: str) -> Answer:
    """Fill a hole for a fact.

    Args:
        find_fact: gives a fact's value for the public, or None.
        language: of the page.
        kind: one of :data:`soh_author.render.holes.FACT_KINDS`.
        detail: the fact's key; of an optional one, a space and the name of its snippet behind it.
    """
    key, _, name = detail.partition(" ")
    reference = _reference(key)
    found = find_fact(reference)
    if kind == HoleKind.FACT_OPTIONAL:
        html = "" if found is None else _in_snippet(name, language, found)
        return Answer(key, encoded(html), found, None)
    if found is None:
        return Answer(key, encoded(_stand_in(kind, key, language)), None, reference)
    shown = _SHOWN[kind](found)
    is_usable = shown is not None  # not every fact is an address
    return Answer(key, encoded("#" if shown is None else shown), found, None if is_usable else reference)


def _stand_in(kind: str, key: str, language: Language) -> str:
    """What stands where a fact has no value; on the page it is a visible mark."""
    if kind == HoleKind.FACT_TEXT:
        return f"[{key}]"
    return "#" if kind == HoleKind.FACT_HREF else snippet("fact_fault", language, name=escape(key))


def _href(fact: FactValue) -> str | None:
    href = fact_href(fact)
    return None if href is None else escape(href)


_SHOWN: Mapping[str, Callable[[FactValue], str | None]] = {
    HoleKind.FACT: fact_html,
    HoleKind.FACT_UNLINKED: fact_text,
    HoleKind.FACT_TEXT: fact_text,
    HoleKind.FACT_HREF: _href,
}


# Pages name the same facts again and again, for every force: checking the names once is enough.
@lru_cache(maxsize=4096)
def _reference(key: str) -> Reference:
    scope, _, name = key.partition(".")
    return Reference(scope, name)


@lru_cache(maxsize=4096)
def _in_snippet(name: str, language: Language, fact: FactValue) -> str:
    return snippet(name, language, value=fact_html(fact)) + "\n"
