"""How alike two sections are, whatever the order of their words."""

from collections import Counter

from soh_author.domain.comparing.words import split_words
from soh_author.domain.resolving.effective import EffectiveSection


def count_words(section: EffectiveSection) -> Counter[str]:
    """The words of a section, heading and body, without blanks."""
    words = split_words(f"{section.heading}\n\n{section.body}")
    return Counter(word.key for word in words if not word.is_space)


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """From 0 to 1: the share of words that both have, in any order. Nothing is like nothing."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
