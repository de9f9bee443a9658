"""Texts written twice: sections of different pages that are nearly the same.

Each text is cut into shingles (five words in a row). Texts that share some of their smallest shingle hashes
(a bottom-k sketch, after A. Broder, 1997) are compared in full; no pair of unrelated texts is.
"""

import heapq
import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar
from zlib import crc32

What = TypeVar("What", bound=Hashable)

_SHINGLE = 5
_SKETCH = 48
_COMMONEST = 60
"""A shingle that more texts than this share is boilerplate and says nothing about two of them."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Duplicate(Generic[What]):
    """Two texts that are nearly the same; ``likeness`` is the share of their shingles that both have."""

    one: What
    other: What
    likeness: float


def find_duplicates(texts: Mapping[What, str], least: float = 0.7) -> tuple[Duplicate[What], ...]:
    """Pairs of texts that are nearly the same, the most alike first.

    Args:
        texts: canonical texts by what they belong to; those shorter than five words are left out.
        least: how much of their shingles two texts must share, from 0 to 1.
    """
    shingles = {what: hashes for what, text in texts.items() if (hashes := _shingles(text))}
    order = {what: number for number, what in enumerate(shingles)}
    having: dict[int, list[What]] = {}
    for what, own in shingles.items():
        for smallest in heapq.nsmallest(_SKETCH, own):
            having.setdefault(smallest, []).append(what)
    pairs = {
        pair for sharers in having.values() if len(sharers) <= _COMMONEST for pair in combinations(sharers, 2)
    }
    found = [
        Duplicate(one, other, value)
        for one, other in pairs
        if (value := _shared(shingles[one], shingles[other])) >= least
    ]
    return tuple(sorted(found, key=lambda each: (-each.likeness, order[each.one], order[each.other])))


def _shingles(text: str) -> frozenset[int]:
    words = [word.lower() for word in _WORD.findall(text)]
    runs = (" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))
    return frozenset(crc32(run.encode()) for run in runs)


def _shared(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other)
