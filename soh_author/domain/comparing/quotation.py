"""Finding quoted words again in a text that was edited since: word for word, else the most alike place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from soh_author.domain.comment import LONGEST_CONTEXT
from soh_author.domain.comparing.likeness import likeness
from soh_author.domain.comparing.words import Word, split_words

ALIKE = 0.6
"""The share of words two passages must have in common to be taken for the same."""

_FEWEST = 3
"""Words that a passage needs to be looked for by likeness: one word is like nothing but itself."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quotation stands in a text, as offsets, and whether it is there word for word."""

    start: int
    end: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Context:
    """The words around a passage."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Counted:
    """The words of a text that count, without blanks, and where each begins and ends."""

    keys: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def find_quotation(text: str, quote: str, context: Context) -> Found | None:
    """Find a quotation.

    Where it stands several times, the place whose surroundings are most alike wins. Where a paragraph is
    wrapped doesn't count.

    Args:
        text: Markdown in which to look.
        quote: the words, not empty.
        context: what stood around them.
    """
    whole, wanted = _counted(text), _counted(quote)
    if not wanted.keys:
        return None
    size = len(wanted.keys)
    places = _exact_places(whole.keys, wanted.keys)
    if places:
        best = max(places, key=lambda at: (_fit(whole.keys, at, size, context), -at))
        return _found(whole, best, size, is_exact=True)
    return _alike(whole, wanted.keys, context)


def context_of(text: str, start: int, end: int) -> Context:
    """The words around a passage of a text, whole ones, as many as are kept."""
    before, after = text[max(start - LONGEST_CONTEXT, 0) : start], text[end : end + LONGEST_CONTEXT]
    if start > LONGEST_CONTEXT:
        before = before.partition(" ")[2]
    if end + LONGEST_CONTEXT < len(text):
        after = after.rpartition(" ")[0]
    return Context(before.strip(), after.strip())


def _counted(text: str) -> _Counted:
    words = split_words(text)
    ends = list(accumulate(len(word.text) for word in words))
    kept = [(word, end) for word, end in zip(words, ends, strict=True) if not word.is_space]
    return _Counted(tuple(_key(word) for word, _ in kept), tuple(_span(word, end) for word, end in kept))


def _key(word: Word) -> str:
    """A word without the blanks that a bullet or a row carries."""
    return word.key.strip()


def _span(word: Word, end: int) -> tuple[int, int]:
    return end - len(word.text.lstrip()), end - (len(word.text) - len(word.text.rstrip()))


def _exact_places(words: Sequence[str], wanted: Sequence[str]) -> list[int]:
    first, size = wanted[0], len(wanted)
    return [
        at
        for at in range(len(words) - size + 1)
        if words[at] == first and tuple(words[at : at + size]) == tuple(wanted)
    ]


def _fit(words: Sequence[str], at: int, size: int, context: Context) -> float:
    before, after = (Counter(_counted(side).keys) for side in (context.before, context.after))
    there = Counter(words[max(at - before.total(), 0) : at])
    behind = Counter(words[at + size : at + size + after.total()])
    return likeness(before, there) + likeness(after, behind)


def _alike(whole: _Counted, wanted: Sequence[str], context: Context) -> Found | None:
    """The most alike passage; a short one is looked for with the words around it."""
    if len(wanted) >= _FEWEST:
        start, size, score = _best_passage(whole.keys, wanted)
        if score >= ALIKE:
            return _trimmed(whole, start, size, frozenset(wanted))
    before, after = _counted(context.before).keys, _counted(context.after).keys
    if len(before) + len(after) < _FEWEST:
        return None
    start, size, score = _best_passage(whole.keys, (*before, *wanted, *after))
    if score < ALIKE:
        return None
    left = frozenset(wanted) & frozenset(whole.keys[start : start + size]) - {*before, *after}
    if left:
        return _trimmed(whole, start, size, left)
    ahead = min(len(before), len(whole.keys) - start - 1)
    return _found(whole, start + ahead, len(wanted), is_exact=False)


def _best_passage(words: Sequence[str], wanted: Sequence[str]) -> tuple[int, int, float]:
    """Where the most alike passage begins, how many words it has, how alike it is; words may have come."""
    sizes = (len(wanted), len(wanted) + len(wanted) // 2)
    found = [(*_best_window(words, Counter(wanted), size), size) for size in sizes]
    start, score, size = max(found, key=lambda each: each[1])
    return start, size, score


def _best_window(words: Sequence[str], wanted: Counter[str], size: int) -> tuple[int, float]:
    """Where the run of so many words begins that is most like the wanted ones, and how alike it is.

    Each step takes one word in and lets one go, so a long text takes no longer than it is long.
    """
    there: Counter[str] = Counter()
    common, best, best_common = 0, 0, -1
    for at, word in enumerate(words):
        there[word] += 1
        common += there[word] <= wanted[word]
        if at >= size:
            gone = words[at - size]
            common -= there[gone] <= wanted[gone]
            there[gone] -= 1
        if common > best_common:
            best, best_common = max(at - size + 1, 0), common
    window = Counter(words[best : best + size])
    return best, likeness(wanted, window) if window else 0.0


def _trimmed(whole: _Counted, at: int, size: int, wanted: frozenset[str]) -> Found:
    """A passage without the words at its ends that were never quoted."""
    passage = range(at, min(at + size, len(whole.keys)))
    numbers = [number for number in passage if whole.keys[number] in wanted]
    return _found(whole, numbers[0], numbers[-1] - numbers[0] + 1, is_exact=False)


def _found(whole: _Counted, at: int, size: int, *, is_exact: bool) -> Found:
    last = min(at + size, len(whole.spans)) - 1
    return Found(whole.spans[at][0], whole.spans[last][1], is_exact)
