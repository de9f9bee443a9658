"""Quoted words are found again after edits, at the right one of several places, and nowhere when gone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soh_author.domain.comparing.quotation import Context, context_of, find_quotation

_TEXT = """If we have seized your vehicle, you have {{ fact.reclaim_days }} days.

- Bring your licence, or
  a passport
- Bring the notice

You pay £192 for a car. You pay £192 for a van.
"""
_NOWHERE = Context("", "")


def _at(quote: str, context: Context = _NOWHERE, text: str = _TEXT) -> str | None:
    found = find_quotation(text, quote, context)
    return None if found is None else text[found.start : found.end]


@pytest.mark.parametrize(
    "quote",
    [
        "you have {{ fact.reclaim_days }} days.",
        "licence, or a passport",
        "Bring the notice",
        "£192 for a van",
    ],
)
def test_words_are_found_however_the_lines_are_wrapped(quote: str) -> None:
    found = find_quotation(_TEXT, quote, _NOWHERE)
    assert found is not None
    assert found.is_exact
    assert " ".join(_TEXT[found.start : found.end].split()) == quote


def test_of_two_equal_places_the_one_in_the_same_surroundings_is_meant() -> None:
    first = find_quotation(_TEXT, "You pay £192", Context("Bring the notice", "for a car"))
    second = find_quotation(_TEXT, "You pay £192", Context("for a car.", "for a van"))
    assert first is not None
    assert second is not None
    assert _TEXT[first.end :].startswith(" for a car")
    assert _TEXT[second.end :].startswith(" for a van")


@pytest.mark.parametrize(
    ("quote", "context", "there"),
    [
        ("You pay only £200 for a van", _NOWHERE, "You pay £192 for a van"),
        ("passport", Context("your licence, or a", "Bring the notice"), "passport"),
        ("visa", Context("Bring your licence, or a", "Bring the notice. You pay £192"), "passport"),
    ],
)
def test_edited_words_lead_to_the_most_alike_place(quote: str, context: Context, there: str) -> None:
    assert _at(quote, context) == there


@pytest.mark.parametrize("quote", ["", " ", "nothing of this was ever said here", "visa"])
def test_words_that_are_gone_are_found_nowhere(quote: str) -> None:
    assert _at(quote) is None


@given(st.text(max_size=80), st.text(max_size=20), st.text(max_size=20))
def test_nonsense_is_found_within_the_text_or_not_at_all(text: str, quote: str, around: str) -> None:
    found = find_quotation(text, quote, Context(around, around))
    assert found is None or 0 <= found.start < found.end <= len(text)


@given(st.text(min_size=1, max_size=300), st.data())
def test_what_was_quoted_is_found_where_it_was_quoted(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    around = context_of(text, start, end)
    assert len(around.before) <= 120
    assert len(around.after) <= 120
    assert around.before in text
    assert around.after in text


def test_a_long_text_takes_no_longer_than_it_is_long() -> None:
    text = "the fee is not the fee we took then " * 6_000
    before = time.process_time()
    find_quotation(text, "the fee is never " * 100, Context("then", "the"))
    assert time.process_time() - before < 8
