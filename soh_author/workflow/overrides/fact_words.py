"""The value of a fact in the words people read: £198, 5 February 2025."""

from soh_author.domain.facts import FactType, FactValue
from soh_author.domain.ids import Language
from soh_author.render import formats


def in_words(found: FactValue) -> str:
    """A fact's value as a page shows it."""
    return value_in_words(found.type, found.value, found.language)


def over_time(found: FactValue) -> str:
    """A fact's value as a page shows it, and what it will show later: ``£26; from 1 December 2026 £30``."""
    said = [in_words(found)]
    for each in found.later:
        words = value_in_words(each.type, each.value, found.language) if each.value else "no value"
        said.append(f"from {formats.day(each.start.isoformat(), Language.EN)} {words}")
    return "; ".join(said)


def value_in_words(kind: FactType, value: str, language: Language) -> str:
    """A value of a type of fact as a page shows it; what is no such value stays as written."""
    if kind is FactType.MONEY:
        return formats.money(value)
    if kind in {FactType.COUNT, FactType.DAYS}:
        return formats.count(value)
    return formats.day(value, language) if kind is FactType.DATE else value
