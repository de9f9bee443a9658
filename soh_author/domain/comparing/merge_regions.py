"""The places of a text that one side, or both, changed: the first half of ``merge``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from soh_author.domain.comparing.block_diff import block_diff
from soh_author.domain.comparing.token_diff import Hunk
from soh_author.domain.comparing.words import BLOCK_END, Word, keys, sentences

_Span = tuple[int, int]


class Side(Enum):
    """Who changed a place."""

    MINE = 1
    THEIRS = 2
    BOTH = 3
    """Both, in the same way."""
    CONFLICT = 4
    """Both, differently."""


@dataclass(frozen=True, slots=True)
class Change:
    """Hunks of either side that touch each other; decided as one."""

    start: int
    end: int
    side: Side
    mine: tuple[Hunk, ...]
    theirs: tuple[Hunk, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A span of the base with the changes inside it: whole sentences where both sides changed something."""

    start: int
    end: int
    changes: tuple[Change, ...]

    @property
    def sides(self) -> frozenset[Side]:
        """Who changed something here."""
        return frozenset(change.side for change in self.changes)

    @property
    def is_joint(self) -> bool:
        """Whether both sides changed something here, and not the same alone."""
        return Side.CONFLICT in self.sides or len(self.sides) > 1

    def hunks(self, *, mine: bool) -> tuple[Hunk, ...]:
        """One side's differences inside, in order."""
        return tuple(hunk for change in self.changes for hunk in (change.mine if mine else change.theirs))


@dataclass(frozen=True, slots=True)
class Texts:
    """The three texts as words."""

    base: Sequence[Word]
    mine: Sequence[Word]
    theirs: Sequence[Word]


def find_regions(texts: Texts) -> list[Region]:
    """All places that were changed, in order; they don't overlap."""
    mine, theirs = block_diff(texts.base, texts.mine), block_diff(texts.base, texts.theirs)
    changes = [_change(texts, group) for group in _groups(texts, mine, theirs)]
    return _widen(texts, [Region(change.start, change.end, (change,)) for change in changes])


def widen_all(texts: Texts, hunks: Sequence[Hunk]) -> list[Region]:
    """Differences of one side as conflicts over whole sentences: for a merge whose base can't be found."""
    changes = [Change(hunk.start, hunk.end, Side.CONFLICT, (), (hunk,)) for hunk in hunks]
    return _widen(texts, [Region(change.start, change.end, (change,)) for change in changes])


_Sided = tuple[Hunk, bool]


def _groups(texts: Texts, mine: Sequence[Hunk], theirs: Sequence[Hunk]) -> Iterator[list[_Sided]]:
    """Hunks of either side, those that touch together."""
    sided = [*((hunk, True) for hunk in mine), *((hunk, False) for hunk in theirs)]
    sided.sort(key=lambda each: (each[0].start, each[0].end))
    group: list[_Sided] = []
    for each in sided:
        if group and not _touches(texts, group, each):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _touches(texts: Texts, group: Sequence[_Sided], each: _Sided) -> bool:
    """Whether a hunk overlaps a group, or stands directly beside it other than as whole blocks."""
    hunk, is_mine = each
    end = max(other.end for other, _ in group)
    if hunk.start < end:
        return True
    if hunk.start > end or all(other_is_mine == is_mine for _, other_is_mine in group):
        return False
    if hunk.start == hunk.end and all(other.start == other.end for other, _ in group):
        return True
    return not (
        (hunk.start == 0 or texts.base[hunk.start - 1].key == BLOCK_END)
        and all(_ends_block(texts, other) for other in group if other[0].end == end)
    )


def _ends_block(texts: Texts, sided: _Sided) -> bool:
    """Whether what a hunk brings, if anything, ends with the end of a block."""
    hunk, is_mine = sided
    words = texts.mine if is_mine else texts.theirs
    return hunk.new_start == hunk.new_end or words[hunk.new_end - 1].key == BLOCK_END


def _change(texts: Texts, group: Sequence[_Sided]) -> Change:
    mine = tuple(hunk for hunk, is_mine in group if is_mine)
    theirs = tuple(hunk for hunk, is_mine in group if not is_mine)
    start, end = min(hunk.start for hunk, _ in group), max(hunk.end for hunk, _ in group)
    if not mine or not theirs:
        return Change(start, end, Side.MINE if mine else Side.THEIRS, mine, theirs)
    said = keys(words_of(texts.mine, start, end, mine))
    is_same = said == keys(words_of(texts.theirs, start, end, theirs))
    return Change(start, end, Side.BOTH if is_same else Side.CONFLICT, mine, theirs)


def words_of(words: Sequence[Word], start: int, end: int, hunks: Sequence[Hunk]) -> Sequence[Word]:
    """One side's words for a span of the base that begins and ends where the hunks inside it allow."""
    first, last = hunks[0], hunks[-1]
    return words[first.new_start - (first.start - start) : last.new_end + end - last.end]


def _widen(texts: Texts, regions: list[Region]) -> list[Region]:
    """Where both sides changed a sentence, the sentence is one region; until nothing grows any more."""
    spans = sentences(texts.base)
    while (grown := _grow(texts, regions, spans)) != regions:
        regions = grown
    return regions


def _grow(texts: Texts, regions: Sequence[Region], spans: Sequence[_Span]) -> list[Region]:
    """The regions with the sentences they share, those that overlap then united. Both lists are in order."""
    wide: list[Region] = []
    first = 0
    for span in spans:
        while first < len(regions) and regions[first].end < span[0]:
            first += 1
        inside = []
        for number in range(first, len(regions)):
            if regions[number].start > span[1]:
                break
            if _is_inside(texts, regions[number], span):
                inside.append(regions[number])
        sides = frozenset(side for region in inside for side in region.sides)
        if Side.CONFLICT in sides or len(sides) > 1:
            wide.append(_unite(inside, span))
    return _united(sorted([*regions, *wide], key=lambda region: (region.start, -region.end)))


def _united(regions: Sequence[Region]) -> list[Region]:
    """Regions that overlap, or hold the same change, as one."""
    united: list[Region] = []
    for region in regions:
        last = united[-1] if united else None
        if last and (region.start < last.end or not set(region.changes).isdisjoint(last.changes)):
            united[-1] = _unite([last, region], (region.start, region.end))
        else:
            united.append(region)
    return united


def _unite(regions: Sequence[Region], span: _Span) -> Region:
    changes = {change for region in regions for change in region.changes}
    start = min([span[0], *(region.start for region in regions)])
    end = max([span[1], *(region.end for region in regions)])
    return Region(start, end, tuple(sorted(changes, key=lambda each: (each.start, each.end))))


def _is_inside(texts: Texts, region: Region, span: _Span) -> bool:
    """Whether a region has to do with a sentence; a whole line put in before or behind it has not."""
    if region.start < region.end:
        return region.start < span[1] and span[0] < region.end
    if not span[0] <= region.start <= span[1]:
        return False
    return not all(
        (region.start == span[0] and words[hunk.new_end - 1].ends_line)
        or (region.start == span[1] and words[hunk.new_start].ends_line)
        for words, mine in ((texts.mine, True), (texts.theirs, False))
        for hunk in region.hunks(mine=mine)
    )
