"""Values written out in text: amounts, phone numbers, dates, numbers, e-mail addresses; facts in waiting."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from soh_author.domain.days import MONTHS
from soh_author.domain.facts import FactType
from soh_author.domain.ids import Language
from soh_author.workflow.overrides.fact_words import value_in_words

_ALL_MONTHS = "|".join(month for months in MONTHS.values() for month in months)
_PATTERN = re.compile(
    rf"""
      (?P<skip>\{{\{{[^{{}}\n]*\}}\}} | \]\([^()\n]*\) | \{{[^{{}}\n]*\}} | `[^`\n]*` | <[^<>\s]*> | https?://\S+)
    | (?P<date>\b\d{{1,2}}\ (?:{_ALL_MONTHS})\ \d{{4}}\b)
    | (?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    | (?P<money>£\d[\d,]*(?:\.\d\d)?(?![\d]))
    | (?P<phone>(?<![\d£])(?:\+44\ ?|0)\d(?:\ ?\d){{8,9}}(?!\d))
    | (?P<count>(?<![\w£.,/:-])\d[\d,]*(?![\w%.,/:-]\w|%|\w))
    """,
    re.VERBOSE,
)
_TYPES = {
    "date": FactType.DATE,
    "email": FactType.EMAIL,
    "money": FactType.MONEY,
    "phone": FactType.PHONE,
    "count": FactType.COUNT,
}


@dataclass(frozen=True, slots=True)
class WrittenValue:
    """A value as it stands in a text: what it is, its words, and where they begin and end."""

    type: FactType
    text: str
    start: int
    end: int

    def stored(self) -> str | None:
        """The English value as a fact keeps it; None when the fact would not be shown in these very words."""
        found = _STORED.get(self.type, str)(self.text)
        shown = value_in_words(self.type, found, Language.EN)
        return found if shown == self.text else None


def _amount(text: str) -> str:
    return text.removeprefix("£").replace(",", "")


def _day(text: str) -> str:
    day, month, year = text.split()
    for months in MONTHS.values():
        if month in months:
            return f"{int(year):04}-{months.index(month) + 1:02}-{int(day):02}"
    return text


def _count(text: str) -> str:
    return text.replace(",", "")


_STORED = {FactType.MONEY: _amount, FactType.DATE: _day, FactType.COUNT: _count}


def written_values(text: str) -> tuple[WrittenValue, ...]:
    """The values written out in a Markdown text, in order; those in facts, links and code don't count."""
    return tuple(_values(text))


def _values(text: str) -> Iterator[WrittenValue]:
    for found in _PATTERN.finditer(text):
        kind = found.lastgroup
        if kind and kind != "skip":
            yield WrittenValue(_TYPES[kind], found.group(), found.start(), found.end())


def around(text: str) -> tuple[str, ...]:
    """What stands between the values of a text, whatever its line breaks: equal for texts that differ only in
    them.
    """
    at, pieces = 0, []
    for value in written_values(text):
        pieces.append(text[at : value.start])
        at = value.end
    pieces.append(text[at:])
    return tuple(" ".join(piece.split()) for piece in pieces)


def differ_in_values_only(one: str, other: str) -> bool:
    """Whether two texts say the same but for values written in them, each of the same type."""
    if around(one) != around(other):
        return False
    pairs = list(zip(written_values(one), written_values(other), strict=True))
    return bool(pairs) and all(left.type is right.type for left, right in pairs)
