"""Text as it is compared when somebody looks for it: small letters, no accents (Welsh ŵ is found by w)."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = r"[\W_]+"


def folded(text: str) -> str:
    """The text in small letters without accents, otherwise as it is."""
    if text.isascii():
        return text.lower()
    return _FOREIGN.sub(lambda run: _folded_run(run[0]), text).casefold()


@lru_cache(maxsize=20_000)
def _folded_run(run: str) -> str:
    apart = unicodedata.normalize("NFKD", run.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()


def words_in(text: str) -> list[str]:
    """The words of a text, folded: letters and digits; all else only parts them."""
    return _WORD.findall(folded(text))


def phrases(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where some folded words stand one after the other in a text, the last of them as a word's beginning.

    Yields:
        Start and end in ``text`` as it is written, in order; what overlaps an earlier place is left out.
    """
    if not words:
        return
    small = folded(text)
    places = None if text.isascii() else _places(text)
    for start, end in _found(small, words):
        yield (start, end) if places is None else (places[start], places[end - 1] + 1)


def _found(small: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    # Whether a word begins there is asked behind the first one: a pattern that begins with letters is quick.
    first, *rest = map(re.escape, words)
    pattern = re.compile(_BETWEEN.join([rf"{first}(?<![^\W_]{first})", *rest]))
    return (found.span() for found in pattern.finditer(small))


def _places(text: str) -> list[int]:
    """For each sign of the folded text, the sign of the text it comes from."""
    places: list[int] = []
    done = 0
    for run in _FOREIGN.finditer(text):
        places.extend(range(done, run.start()))
        for number, sign in enumerate(run[0], start=run.start()):
            places.extend([number] * len(_folded_run(sign)))
        done = run.end()
    places.extend(range(done, len(text)))
    return places
