"""One section across all forces: those that word it alike together, the commonest wording first."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from soh_author.domain.comparing.likeness import count_words, likeness
from soh_author.domain.pins import Pin
from soh_author.domain.resolving.effective import EffectiveSection

Who = TypeVar("Who", bound=Hashable)

NEAR = 0.85
"""How much of the words of two wordings must be the same, in any order, for them to be *nearly equal*."""


@dataclass(frozen=True, slots=True)
class Wording(Generic[Who]):
    """One wording and those who have exactly it; ``likeness`` is to the first wording of its cluster."""

    pin: Pin
    section: EffectiveSection
    who: tuple[Who, ...]
    likeness: float


@dataclass(frozen=True, slots=True)
class Cluster(Generic[Who]):
    """Wordings that are nearly equal, the commonest first."""

    wordings: tuple[Wording[Who], ...]

    @property
    def who(self) -> tuple[Who, ...]:
        """All who have one of the wordings."""
        return tuple(one for wording in self.wordings for one in wording.who)


def cluster_sections(sections: Mapping[Who, EffectiveSection]) -> tuple[Cluster[Who], ...]:
    """Cluster the wordings of one section.

    Equal wordings are one; nearly equal ones stand together, each compared with the commonest of its cluster.
    The result doesn't depend on the order of ``sections`` but for the order in which those with one wording
    are listed.

    Args:
        sections: the section as each force (or page) has it.
    """
    having: dict[Pin, list[Who]] = {}
    sample: dict[Pin, EffectiveSection] = {}
    for who, section in sections.items():
        having.setdefault(section.pin, []).append(who)
        sample.setdefault(section.pin, section)
    clusters: list[tuple[Counter[str], list[Wording[Who]]]] = []
    for pin in sorted(having, key=lambda each: (-len(having[each]), each)):
        words = count_words(sample[pin])
        best, value = _closest(words, [first for first, _ in clusters])
        is_near = best is not None and value >= NEAR
        wording = Wording(pin, sample[pin], tuple(having[pin]), value if is_near else 1.0)
        if is_near and best is not None:
            clusters[best][1].append(wording)
        else:
            clusters.append((words, [wording]))
    made = [Cluster(tuple(wordings)) for _, wordings in clusters]
    return tuple(sorted(made, key=lambda cluster: -len(cluster.who)))


def _closest(words: Counter[str], others: Sequence[Counter[str]]) -> tuple[int | None, float]:
    values = [likeness(words, other) for other in others]
    best = max(range(len(values)), key=values.__getitem__, default=None)
    return best, values[best] if best is not None else 0.0
