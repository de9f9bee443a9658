"""Differences of two Markdown texts by words, found inside blocks that belong together."""

from collections import Counter
from collections.abc import Iterator, Sequence

from soh_author.domain.comparing.token_diff import Hunk, diff, join_touching
from soh_author.domain.comparing.words import Word, blocks, keys

_AKIN = 0.5
"""How much of two blocks must be equal for one to count as the other reworded."""
_MOST_PAIRS = 2500
"""Blocks of a gap, old times new, that are compared pair by pair; in longer gaps only their order counts."""

_Span = tuple[int, int]


def block_diff(old: Sequence[Word], new: Sequence[Word]) -> list[Hunk]:
    """The places where two texts differ, in order.

    Blocks are aligned first, equal ones and reworded ones, so that a word of one paragraph is never taken for
    the same word in another.
    """
    old_keys, new_keys = keys(old), keys(new)
    old_blocks, new_blocks = blocks(old), blocks(new)
    hunks: list[Hunk] = []
    for one, other in _aligned(old_keys, new_keys, old_blocks, new_blocks):
        inner = diff(old_keys[one[0] : one[1]], new_keys[other[0] : other[1]])
        hunks.extend(hunk.moved(one[0], other[0]) for hunk in inner)
    return join_touching(hunks)


def _aligned(
    old: Sequence[str], new: Sequence[str], old_blocks: Sequence[_Span], new_blocks: Sequence[_Span]
) -> Iterator[tuple[_Span, _Span]]:
    """Spans to compare, out of the blocks that changed: pairs that belong together, and what is left over."""
    said = [tuple(old[start:end]) for start, end in old_blocks]
    said_now = [tuple(new[start:end]) for start, end in new_blocks]
    for gap in diff(said, said_now):
        at, new_at = gap.start, gap.new_start
        for one, other in [*_pairs(said, said_now, gap), (gap.end, gap.new_end)]:
            yield _span(old_blocks, at, one, len(old)), _span(new_blocks, new_at, other, len(new))
            if one < gap.end and other < gap.new_end:
                yield old_blocks[one], new_blocks[other]
            at, new_at = one + 1, other + 1


def _span(spans: Sequence[_Span], first: int, end: int, length: int) -> _Span:
    """Words of blocks ``first`` to ``end``; an empty span where there are none."""
    start = spans[first][0] if first < len(spans) else length
    return (start, spans[end - 1][1] if end > first else start)


def _pairs(
    old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]], gap: Hunk
) -> list[tuple[int, int]]:
    """Numbers of blocks of a gap that belong together, in order: those most alike, if alike enough."""
    height, width = gap.end - gap.start, gap.new_end - gap.new_start
    if height * width > _MOST_PAIRS:
        return [(gap.start + n, gap.new_start + n) for n in range(min(height, width))]
    counts = [Counter(key for key in block if not key.isspace()) for block in old[gap.start : gap.end]]
    new_counts = [
        Counter(key for key in block if not key.isspace()) for block in new[gap.new_start : gap.new_end]
    ]
    alike = [[_likeness(one, other) for other in new_counts] for one in counts]
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for row in range(height - 1, -1, -1):
        for column in range(width - 1, -1, -1):
            paired = best[row + 1][column + 1] + alike[row][column] if alike[row][column] else 0.0
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    return list(_walk(alike, best, gap))


def _walk(alike: list[list[float]], best: list[list[float]], gap: Hunk) -> Iterator[tuple[int, int]]:
    row = column = 0
    while row < len(alike) and column < len(best[0]) - 1:
        here = best[row][column]
        if alike[row][column] and here == best[row + 1][column + 1] + alike[row][column]:
            yield gap.start + row, gap.new_start + column
            row, column = row + 1, column + 1
        elif here == best[row + 1][column]:
            row += 1
        else:
            column += 1


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    """How much of the words of two blocks is the same, in any order; 0 when they aren't akin."""
    total = old.total() + new.total()
    value = 2 * (old & new).total() / total if total else 1.0
    return value if value >= _AKIN else 0.0
