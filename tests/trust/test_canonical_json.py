"""One value, one spelling: whatever else says the same is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soh_author.trust.canonical_json import DEEPEST, Json, dumps, loads
from soh_author.trust.errors import BadRecordError

LETTERS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.integers(-(10**15) + 1, 10**15 - 1)
VALUES = st.recursive(
    st.one_of(LETTERS, NUMBERS, st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(LETTERS, inner, max_size=4)),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_written_is_read_again_and_written_alike(value: Json) -> None:
    data = dumps(value)
    read = loads(data)
    assert read == value
    assert dumps(read) == data
    assert json.loads(data) == value


@given(st.dictionaries(LETTERS, NUMBERS, min_size=2, max_size=6))
def test_the_order_in_which_something_was_made_is_not_seen(value: dict[str, int]) -> None:
    assert dumps(dict(reversed(value.items()))) == dumps(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a":1,"a":1}\n', "stands twice"),
        ('{"a":1,"a":2}\n', "stands twice"),
        ('{"a":{"b":1,"b":1}}\n', "stands twice"),
        ('{"b":1,"a":1}\n', "one form"),
        ('{"a": 1}\n', "one form"),
        ('{"a":1}', "one form"),
        ('{"a":1}\n\n', "one form"),
        (' {"a":1}\n', "one form"),
        ('{"a":"\\u0041"}\n', "one form"),
        ('{"a":"\\/"}\n', "one form"),
        ('{"a":-0}\n', "one form"),
        ('{"a":1.0}\n', "not whole"),
        ('{"a":1e3}\n', "not whole"),
        ('{"a":NaN}\n', "not whole"),
        ('{"a":-Infinity}\n', "not whole"),
        ('{"a":1000000000000000}\n', "too large"),
        ('{"a":' + "9" * 5000 + "}\n", "too large"),
        ('{"a":null}\n', "kind that isn't taken"),
        ('{"a":1}{"a":1}\n', "not JSON"),
        ("{'a':1}\n", "not JSON"),
        ("", "not JSON"),
        ('{"a":"\\ud800"}\n', "half of a letter"),
        ("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1) + "\n", "too deep"),
        ("[" * 100_000, "too deep"),
    ],
)
def test_every_other_spelling_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadRecordError) as caught:
        loads(text.encode())
    assert reason in caught.value.reason


@pytest.mark.parametrize("data", [b'{"a":"\xff"}\n', b'{"a":"\xed\xa0\x80"}\n', b'\xef\xbb\xbf{"a":1}\n'])
def test_what_is_no_plain_utf8_is_refused(data: bytes) -> None:
    with pytest.raises(BadRecordError):
        loads(data)


def test_more_than_is_allowed_is_not_looked_at() -> None:
    with pytest.raises(BadRecordError, match="larger than 10 bytes"):
        loads(dumps("a" * 20), largest=10)
    assert loads(dumps("a"), largest=10) == "a"


@pytest.mark.parametrize("value", [1.0, None, {1: "a"}, {"a": b"b"}, "\ud800", 10**15])
def test_what_could_not_be_read_again_is_not_written(value: Json) -> None:
    with pytest.raises(BadRecordError):
        dumps(value)
