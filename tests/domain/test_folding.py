"""Words are found as people type them: without capitals, accents, or the signs between words."""

import unicodedata
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from soh_author.domain.folding import folded, phrases, words_in

LETTERS = st.text(alphabet=st.sampled_from("aAbŵŴŷÂâïéßﬁİſΣς²½ łŁ-_.\n0१中\u0302\u0301’😀"), max_size=20)


def test_welsh_letters_are_found_by_plain_ones_and_the_other_way_round() -> None:
    assert words_in("Ŵyr y Tŷ’n-y-Groes") == ["wyr", "y", "ty", "n", "y", "groes"]
    assert list(phrases("Yn y tŷ", ["ty"])) == [(5, 7)]
    assert folded("TŶ") == folded(unicodedata.normalize("NFD", "tŷ")) == "ty"


@given(st.one_of(st.text(max_size=30), LETTERS))
def test_folding_twice_is_folding_once_and_goes_sign_by_sign(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded(text) == "".join(map(folded, text))


def by_hand(text: str, wanted: list[str]) -> list[tuple[int, int]]:
    """Places of a phrase, found by going through the words one after the other."""
    signs = [(small, number) for number, sign in enumerate(text) for small in folded(sign)]
    words: list[list[tuple[str, int]]] = [[]]
    for small, number in signs:
        if small.isalnum():
            words[-1].append((small, number))
        else:
            words.append([])
    words = [word for word in words if word]
    found, first = [], 0
    while first + len(wanted) <= len(words):
        here = ["".join(small for small, _ in word) for word in words[first : first + len(wanted)]]
        if here[:-1] == wanted[:-1] and here[-1].startswith(wanted[-1]):
            last = words[first + len(wanted) - 1][len(wanted[-1]) - 1][1]
            found.append((words[first][0][1], last + 1))
            first += len(wanted)
        else:
            first += 1
    return found


@given(LETTERS, st.lists(LETTERS.map(words_in), max_size=2).map(lambda found: [*chain(*found)][:2]))
def test_phrases_are_those_found_by_hand(text: str, wanted: list[str]) -> None:
    assert list(phrases(text, wanted)) == (by_hand(text, wanted) if wanted else [])
