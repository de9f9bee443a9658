"""The order of titles: the English alphabet, and the Welsh one, whose letters may have two signs."""

import unicodedata
from functools import cache, lru_cache

from soh_author.domain.ids import Language

LETTERS = {
    Language.EN: tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    Language.CY: (
        *("A", "B", "C", "CH", "D", "DD", "E", "F", "FF", "G", "NG", "H", "I", "J", "L", "LL", "M", "N"),
        *("O", "P", "PH", "R", "RH", "S", "T", "TH", "U", "W", "Y"),
    ),
}
OTHER = "#"
"""Where titles stand that begin with a digit, or with a letter the alphabet does not have."""

_ARTICLES = {Language.EN: ("a ", "an ", "the "), Language.CY: ("y ", "yr ")}


# Every force lists nearly the same titles.
@lru_cache(maxsize=16_384)
def letter_of(title: str, language: Language) -> str:
    """The letter a title stands under.

    Its first, without article and accent; :data:`OTHER` when it has none.
    """
    letters = _spelt(_plain(title, language), language)
    return letters[0] if letters and letters[0] in LETTERS[language] else OTHER


@lru_cache(maxsize=16_384)
def sort_key(title: str, language: Language) -> tuple[tuple[int, ...], str]:
    """Where a title stands in the alphabet; equal titles stand as they are written."""
    places = _places(language)
    spelt = _spelt(_plain(title, language), language)
    return tuple(places.get(letter, -1) for letter in spelt), title


@cache
def _places(language: Language) -> dict[str, int]:
    return {letter: place for place, letter in enumerate(LETTERS[language])}


def _plain(title: str, language: Language) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFD", title) if not unicodedata.combining(sign))
    lower = bare.strip().lower()
    for article in _ARTICLES[language]:
        if lower.startswith(article):
            return lower.removeprefix(article).upper()
    return lower.upper()


def _spelt(word: str, language: Language) -> list[str]:
    """The letters of a word; in Welsh ``LL`` is one letter."""
    letters = _places(language)
    if language is Language.EN:
        return list(word)
    out: list[str] = []
    at = 0
    while at < len(word):
        double = word[at : at + 2]
        size = 2 if len(double) == 2 and double in letters else 1
        out.append(word[at : at + size])
        at += size
    return out
