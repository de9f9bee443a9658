"""Two texts side by side: which lines belong together, and which words in them differ. No Qt."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")

Spans = tuple[tuple[int, int], ...]
"""Runs of letters, as (start, end)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of each text (None: the other has one more), and the runs of letters that differ."""

    left: str | None
    right: str | None
    left_marks: Spans = ()
    right_marks: Spans = ()

    @property
    def is_changed(self) -> bool:
        """Whether the two lines differ."""
        return self.left != self.right


def rows_of(left: str, right: str) -> list[Row]:
    """Lay two texts beside each other, line by line, so that equal lines stand level."""
    lefts, rights = left.splitlines(), right.splitlines()
    found: list[Row] = []
    for kind, low, high, start, end in SequenceMatcher(None, lefts, rights, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [Row(line, line) for line in lefts[low:high]]
        else:
            found += _changed(lefts[low:high], rights[start:end])
    return found


def changes(rows: Sequence[Row]) -> list[int]:
    """The rows at which a run of changed rows begins."""
    return [
        number
        for number, row in enumerate(rows)
        if row.is_changed and (number == 0 or not rows[number - 1].is_changed)
    ]


def _changed(lefts: Sequence[str], rights: Sequence[str]) -> Iterator[Row]:
    for left, right in zip_longest(lefts, rights):
        if left is None or right is None:
            yield Row(left, right, _whole(left), _whole(right))
        else:
            yield Row(left, right, *_words_apart(left, right))


def _words_apart(left: str, right: str) -> tuple[Spans, Spans]:
    lefts, rights = _WORDS.findall(left), _WORDS.findall(right)
    matcher = SequenceMatcher(None, lefts, rights, autojunk=False)
    if matcher.quick_ratio() < 0.3:
        return _whole(left), _whole(right)
    apart = [block for block in matcher.get_opcodes() if block[0] != "equal"]
    left_marks = [_span(lefts, low, high) for _kind, low, high, _start, _end in apart if high > low]
    right_marks = [_span(rights, start, end) for _kind, _low, _high, start, end in apart if end > start]
    return tuple(left_marks), tuple(right_marks)


def _span(words: Sequence[str], first: int, last: int) -> tuple[int, int]:
    start = sum(map(len, words[:first]))
    return start, start + sum(map(len, words[first:last]))


def _whole(line: str | None) -> Spans:
    return ((0, len(line)),) if line else ()
