"""Differences between two runs of tokens, in the way a person would see them.

First what occurs once on both sides is matched in order (patience), then the gaps by shortest edit, up to a
bound: past it two texts have so little in common that matching single words would only scatter them.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

_LONGEST_EDIT = 120
"""Edits after which a gap counts as rewritten; finding the shortest edit costs the square of it."""


_Span = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Hunk:
    """``old[start:end]`` became ``new[new_start:new_end]``; one of the two runs may be empty."""

    start: int
    end: int
    new_start: int
    new_end: int

    def moved(self, by: int, new_by: int) -> "Hunk":
        """The same difference seen from the beginning of longer runs."""
        return Hunk(self.start + by, self.end + by, self.new_start + new_by, self.new_end + new_by)


def diff(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Hunk]:
    """The places where two runs differ, in order; between two hunks at least one token is equal."""
    found: list[Hunk] = []
    todo: list[_Span] = [(0, len(old), 0, len(new))]
    while todo:
        start, end, new_start, new_end = _trim(old, new, todo.pop())
        if start == end and new_start == new_end:
            continue
        if start == end or new_start == new_end:
            found.append(Hunk(start, end, new_start, new_end))
            continue
        anchors = _anchors(old, new, (start, end, new_start, new_end))
        if not anchors:
            found.extend(_shortest_edit(old[start:end], new[new_start:new_end], start, new_start))
            continue
        at, new_at = start, new_start
        for mine, theirs in [*anchors, (end, new_end)]:
            todo.append((at, mine, new_at, theirs))
            at, new_at = mine + 1, theirs + 1
    return join_touching(sorted(found, key=lambda hunk: (hunk.start, hunk.new_start)))


def _trim(old: Sequence[Hashable], new: Sequence[Hashable], span: _Span) -> _Span:
    """The span without what is equal at its beginning and end."""
    start, end, new_start, new_end = span
    while start < end and new_start < new_end and old[start] == new[new_start]:
        start, new_start = start + 1, new_start + 1
    while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
        end, new_end = end - 1, new_end - 1
    return start, end, new_start, new_end


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], span: _Span) -> list[tuple[int, int]]:
    """Pairs of places of tokens that occur once on either side, in the longest order common to both."""
    start, end, new_start, new_end = span
    counts, new_counts = Counter(old[start:end]), Counter(new[new_start:new_end])
    places = {old[at]: at for at in range(start, end) if counts[old[at]] == 1}
    pairs = [
        (places[new[at]], at)
        for at in range(new_start, new_end)
        if new_counts[new[at]] == 1 and new[at] in places
    ]
    return longest_rising(pairs)


def longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs (in order of their second places) whose first places rise."""
    tails: list[int] = []
    last_of: list[int] = []
    before: list[int] = []
    for number, (place, _) in enumerate(pairs):
        height = bisect_left(tails, place)
        before.append(last_of[height - 1] if height else -1)
        if height == len(tails):
            tails.append(place)
            last_of.append(number)
        else:
            tails[height], last_of[height] = place, number
    chain: list[tuple[int, int]] = []
    at = last_of[-1] if last_of else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _shortest_edit(
    old: Sequence[Hashable], new: Sequence[Hashable], start: int, new_start: int
) -> list[Hunk]:
    """Myers' shortest edit of two short runs; one hunk for all when they differ too much."""
    trail = _search(old, new)
    if trail is None:
        return [Hunk(start, start + len(old), new_start, new_start + len(new))]
    hunks: list[Hunk] = []
    at, new_at = len(old), len(new)
    for depth in range(len(trail) - 1, 0, -1):
        reach = trail[depth - 1]
        diagonal = at - new_at
        is_insert = diagonal == -depth or (
            diagonal != depth and reach.get(diagonal - 1, -1) < reach.get(diagonal + 1, -1)
        )
        from_diagonal = diagonal + 1 if is_insert else diagonal - 1
        at = reach[from_diagonal]
        new_at = at - from_diagonal
        hunks.append(Hunk(at, at + (not is_insert), new_at, new_at + is_insert).moved(start, new_start))
    return hunks[::-1]


def _search(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[dict[int, int]] | None:
    """How far each diagonal is reached after 0, 1, 2 … edits, until both ends are; None past the bound."""
    trail: list[dict[int, int]] = []
    reach = {1: 0}
    for depth in range(min(len(old) + len(new), _LONGEST_EDIT) + 1):
        now: dict[int, int] = {}
        for diagonal in range(-depth, depth + 1, 2):
            left, right = reach.get(diagonal - 1, -1), reach.get(diagonal + 1, -1)
            at = right if diagonal == -depth or (diagonal != depth and left < right) else left + 1
            new_at = at - diagonal
            while at < len(old) and new_at < len(new) and old[at] == new[new_at]:
                at, new_at = at + 1, new_at + 1
            now[diagonal] = at
            if at >= len(old) and new_at >= len(new):
                return [*trail, now]
        trail.append(now)
        reach = now
    return None


def join_touching(hunks: Sequence[Hunk]) -> list[Hunk]:
    """Hunks that touch, as one."""
    joined: list[Hunk] = []
    for hunk in hunks:
        last = joined[-1] if joined else None
        if last and last.end == hunk.start and last.new_end == hunk.new_start:
            joined[-1] = Hunk(last.start, hunk.end, last.new_start, hunk.new_end)
        else:
            joined.append(hunk)
    return joined
