"""Which pages fit what was typed, the likeliest first. No Qt: it is asked for every key."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from soh_author.workflow.snapshot import PageInfo

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """Text as it is compared: lower case, without accents (Welsh ŵ is found by w)."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def fitting(typed: str, pages: Iterable[PageInfo], most: int | None = None) -> list[PageInfo]:
    """Pages whose title (in any language), id and address hold every word typed.

    The order: title begins with it, title holds a word that begins with it, title holds it, other titles,
    id or address hold it; among equals by title.
    """
    words = folded(typed).split()
    if not words:
        found = list(pages)
        return found if most is None else found[:most]
    ranked = []
    for page in pages:
        title = folded(page.title)
        whole = " ".join((title, page.id, page.url, *map(folded, page.other_titles)))
        if all(word in whole for word in words):
            ranked.append((_rank(words, title), title, page))
    ranked.sort(key=lambda entry: entry[:2])
    return [page for _rank_of, _title, page in ranked[:most]]


def _rank(words: list[str], title: str) -> int:
    if title.startswith(words[0]):
        return 0
    begins = _WORD.findall(title)
    if all(any(begin.startswith(word) for begin in begins) for word in words):
        return 1
    return 2 if all(word in title for word in words) else 3
