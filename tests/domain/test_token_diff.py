"""Differences between runs of tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soh_author.domain.comparing.token_diff import Hunk, diff

tokens = st.lists(st.sampled_from("abcdef"), max_size=30)


def shown(old: str, new: str) -> str:
    """The new text with what came marked +…+ and what went -…-."""
    out, at = "", 0
    for hunk in diff(old, new):
        gone, came = old[hunk.start : hunk.end], new[hunk.new_start : hunk.new_end]
        out += old[at : hunk.start] + (f"-{gone}-" if gone else "") + (f"+{came}+" if came else "")
        at = hunk.end
    return out + old[at:]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("abc", "abc", "abc"),
        ("", "abc", "+abc+"),
        ("abc", "", "-abc-"),
        ("abc", "axc", "a-b-+x+c"),
        ("abcd", "abxxcd", "ab+xx+cd"),
        ("aab", "aaab", "aa+a+b"),
        ("one two", "two one", "+two +one- two-"),
    ],
)
def test_the_difference_of_two_texts(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


@given(old=tokens, new=tokens)
def test_applying_the_difference_makes_the_new_run(old: list[str], new: list[str]) -> None:
    made, at = [], 0
    for hunk in diff(old, new):
        assert hunk.start > at or at == 0
        made += old[at : hunk.start] + new[hunk.new_start : hunk.new_end]
        at = hunk.end
    assert made + old[at:] == new


def test_texts_with_nothing_in_common_are_one_difference() -> None:
    old, new = list(range(5000)), list(range(5000, 10000))
    assert diff(old, new) == [Hunk(0, 5000, 0, 5000)]


def test_repeated_tokens_past_the_bound_still_make_a_right_difference() -> None:
    old, new = "ab" * 400, "ba" * 50 + "ccdd" * 200
    rebuilt, at = "", 0
    for hunk in diff(old, new):
        rebuilt += old[at : hunk.start] + new[hunk.new_start : hunk.new_end]
        at = hunk.end
    assert rebuilt + old[at:] == new
