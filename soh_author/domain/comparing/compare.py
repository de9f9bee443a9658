"""Two versions of a page side by side: sections aligned, moves recognised, words that differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from soh_author.domain.comparing.block_diff import block_diff
from soh_author.domain.comparing.likeness import count_words, likeness
from soh_author.domain.comparing.token_diff import Hunk, longest_rising
from soh_author.domain.comparing.words import Word, joined, split_words
from soh_author.domain.ids import SectionId
from soh_author.domain.resolving.effective import EffectivePage, EffectiveSection

_AKIN = 0.6
"""How much of the words of two sections must be the same for one to be the other renamed."""


@dataclass(frozen=True, slots=True)
class AlignedSection:
    """A section of the left page beside the right page's that it corresponds to; one may be missing."""

    left: EffectiveSection | None
    right: EffectiveSection | None
    is_moved: bool = False

    @property
    def is_equal(self) -> bool:
        """Whether both say the same."""
        return self.left is not None and self.right is not None and self.left.pin == self.right.pin


def align(
    left: Sequence[EffectiveSection],
    right: Sequence[EffectiveSection],
    aliases: Mapping[SectionId, SectionId] | None = None,
) -> tuple[AlignedSection, ...]:
    """Put the sections of two versions side by side.

    They correspond by id, then by an alias, then by equal words, then by most of their words. The order is
    that of the right page; what only the left has stands where it stood. Of the sections that changed their
    order the fewest possible count as moved.
    """
    partner = _partners(left, right, aliases or {})
    moved = _moved([partner[number] for number in sorted(partner)])
    taken = {other: number for number, other in partner.items()}
    rows: list[AlignedSection] = []
    alone = _left_alone(left, partner)
    rows += [AlignedSection(section, None) for section in alone.get(None, ())]
    for other, section in enumerate(right):
        number = taken.get(other)
        if number is None:
            rows.append(AlignedSection(None, section))
            continue
        rows.append(AlignedSection(left[number], section, other in moved))
        rows += [AlignedSection(gone, None) for gone in alone.get(number, ())]
    return tuple(rows)


def _partners(
    left: Sequence[EffectiveSection],
    right: Sequence[EffectiveSection],
    aliases: Mapping[SectionId, SectionId],
) -> dict[int, int]:
    """Numbers of the left sections to those of the right ones that they correspond to."""
    places = {section.id: number for number, section in enumerate(right)}
    partner: dict[int, int] = {}
    for number, section in enumerate(left):
        if section.id in places:
            partner[number] = places.pop(section.id)
    for number, section in enumerate(left):
        if number not in partner and aliases.get(section.id) in places:
            partner[number] = places.pop(aliases[section.id])
    _match_by_words(left, right, partner)
    return partner


def _match_by_words(
    left: Sequence[EffectiveSection], right: Sequence[EffectiveSection], partner: dict[int, int]
) -> None:
    """Give left sections without a partner the right ones without one that are most alike."""
    alone = {number: count_words(section) for number, section in enumerate(left) if number not in partner}
    taken = set(partner.values())
    free = {number: count_words(section) for number, section in enumerate(right) if number not in taken}
    pairs = [
        (-alike, number, other)
        for number, words in alone.items()
        for other, candidate in free.items()
        if (alike := likeness(words, candidate)) >= _AKIN
    ]
    for _, number, other in sorted(pairs):
        if number in alone and other in free:
            partner[number] = other
            del alone[number], free[other]


def _moved(places: Sequence[int]) -> frozenset[int]:
    """Of places in a new order, the fewest that must have moved for the others to have stayed."""
    stayed = {place for place, _ in longest_rising([(place, number) for number, place in enumerate(places)])}
    return frozenset(place for place in places if place not in stayed)


def _left_alone(
    left: Sequence[EffectiveSection], partner: Mapping[int, int]
) -> dict[int | None, list[EffectiveSection]]:
    """Left sections without a partner, by the last one before them that has one (None at the head)."""
    found: dict[int | None, list[EffectiveSection]] = {}
    last: int | None = None
    for number, section in enumerate(left):
        if number in partner:
            last = number
        else:
            found.setdefault(last, []).append(section)
    return found


class RunKind(StrEnum):
    """What a run of words is in a comparison."""

    EQUAL = "equal"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words that both texts have, or one of them."""

    kind: RunKind
    text: str


def compare_texts(left: str, right: str) -> tuple[Run, ...]:
    """The differences of two Markdown texts by words; wrapping a paragraph otherwise is none.

    Equal words are shown as the right text has them.
    """
    old, new = split_words(left), split_words(right)
    runs: list[Run] = []
    at = 0
    for hunk in _readable(old, block_diff(old, new)):
        runs.append(Run(RunKind.EQUAL, joined(new[at : hunk.new_start])))
        runs.append(Run(RunKind.REMOVED, joined(old[hunk.start : hunk.end])))
        runs.append(Run(RunKind.ADDED, joined(new[hunk.new_start : hunk.new_end])))
        at = hunk.new_end
    runs.append(Run(RunKind.EQUAL, joined(new[at:])))
    return tuple(run for run in runs if run.text)


def _readable(old: Sequence[Word], hunks: Sequence[Hunk]) -> list[Hunk]:
    """Differences with nothing but a blank between them, as one: phrases read better than words."""
    found: list[Hunk] = []
    for hunk in hunks:
        last = found[-1] if found else None
        between = old[last.end : hunk.start] if last else ()
        if last and all(word.is_space and not word.ends_line for word in between):
            found[-1] = Hunk(last.start, hunk.end, last.new_start, hunk.new_end)
        else:
            found.append(hunk)
    return found


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A front matter field that differs; None where a page doesn't have it."""

    name: str
    left: str | None
    right: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two pages side by side."""

    fields: tuple[FieldDifference, ...]
    sections: tuple[AlignedSection, ...]

    @property
    def is_equal(self) -> bool:
        """Whether both pages read the same, in the same order."""
        return not self.fields and all(row.is_equal and not row.is_moved for row in self.sections)


def compare_pages(left: EffectivePage, right: EffectivePage) -> Comparison:
    """Compare two versions of a page, or the pages of two forces."""
    names = dict.fromkeys([*left.fields, *right.fields])
    found = ((name, left.fields.get(name), right.fields.get(name)) for name in names)
    fields = tuple(
        FieldDifference(name, one.value if one else None, other.value if other else None)
        for name, one, other in found
        if (one.value if one else None) != (other.value if other else None)
    )
    return Comparison(fields, align(left.sections, right.sections, {**left.aliases, **right.aliases}))
