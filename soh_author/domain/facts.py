"""Facts: typed, dated values used in text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from soh_author.domain.ids import FactName, Language
from soh_author.domain.layers import Layer, Place


class FactType(StrEnum):
    """What a fact's values are."""

    TEXT = "text"
    PHONE = "phone"
    MONEY = "money"
    COUNT = "count"
    DAYS = "days"
    DATE = "date"
    URL = "url"
    EMAIL = "email"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value that applies from a day (from the beginning when None) until the next one's day."""

    value: str
    start: date | None = None
    welsh: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of one layer; ``values`` are in order of their first day, the undated one first."""

    name: FactName
    type: FactType
    label: str
    values: tuple[DatedValue, ...]
    layer: Layer
    place: Place
    source: str = ""

    def on(self, day: date) -> DatedValue | None:
        """The value on a day, or None when the first one starts later."""
        reached = [value for value in self.values if value.start is None or value.start <= day]
        return reached[-1] if reached else None

    def after(self, day: date) -> tuple[DatedValue, ...]:
        """The values that start later than a day, as far as is known now."""
        return tuple(value for value in self.values if value.start is not None and value.start > day)

    def since(self, day: date) -> tuple[DatedValue | None, ...]:
        """The value on a day, and all that follow: what anybody can read from that day on."""
        return (self.on(day), *self.after(day))


FactSheet = Mapping[FactName, Fact]
"""The facts of one layer, by name."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A use of a fact: ``{{ fact.name }}`` or ``{{ force.name }}``; ``line`` counts from 1 in the text."""

    scope: str
    name: str
    line: int = 1

    @property
    def key(self) -> str:
        """``fact.name`` or ``force.name``."""
        return f"{self.scope}.{self.name}"


@dataclass(frozen=True, slots=True)
class LaterValue:
    """What a fact will be from a day on, with nobody changing anything; empty where it will have no value."""

    start: date
    type: FactType
    value: str


@dataclass(frozen=True, slots=True)
class FactValue:
    """A fact as one output shows it: its value on the day, in the language, and where it was given.

    ``later`` tells what the same output will show on days to come: who says yes to it says yes to that too.
    """

    key: str
    type: FactType
    value: str
    layer: Layer
    place: Place
    language: Language
    later: tuple[LaterValue, ...] = ()
