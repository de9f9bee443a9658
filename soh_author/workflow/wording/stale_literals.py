"""Text that wrote a fact's value out by hand: right today perhaps, wrong when the fact changes, and nobody is
told.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from soh_author.domain.facts import DatedValue, Fact, FactType
from soh_author.domain.ids import Language, PageId, SectionId
from soh_author.domain.layers import Layer, Place
from soh_author.domain.override import Override
from soh_author.domain.page import Page, SectionText
from soh_author.markup.references import references
from soh_author.workflow.catalogue import PageFile
from soh_author.workflow.overrides.fact_words import value_in_words
from soh_author.workflow.overrides.written_values import written_values
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.wording.facts_in_use import facts_for

_SHORTEST_TEXT = 8
"""Letters of a text or address below which finding it somewhere means nothing."""
_HARMLESS = frozenset({"101", "999", "112", "111"})


class LiteralTime(StrEnum):
    """When a written value is, or was, the fact's."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class StaleLiteral:
    """A fact's value written out by hand; ``time`` tells whether the fact has it today."""

    page: PageId
    layer: Layer
    section: SectionId
    place: Place
    text: str
    fact: Fact
    time: LiteralTime
    today: str | None

    @property
    def sentence(self) -> str:
        """What was found, and what to write instead."""
        instead = f"write {{{{ fact.{self.fact.name} }}}} instead"
        if self.time is LiteralTime.PRESENT:
            return f"“{self.text}” is the value of “{self.fact.label}”: {instead}."
        if self.time is LiteralTime.FUTURE:
            return f"“{self.text}” is not yet the value of “{self.fact.label}”: {instead}."
        return f"“{self.text}” was the value of “{self.fact.label}”; today it is {self.today}: {instead}."


def stale_literals(
    snapshot: Snapshot, on: date, *, pages: Sequence[PageId] = ()
) -> Task[tuple[StaleLiteral, ...]]:
    """Find values of facts that text writes out by hand, past ones first.

    Days count only with their unit (*7 days*), and on pages that show the fact; bare numbers and the phone
    numbers everybody knows (999, 101) not at all.
    """

    def work(progress: Progress) -> Outcome[tuple[StaleLiteral, ...]]:
        wanted = list(pages) or list(snapshot.page_ids())
        books: dict[Layer, _Book] = {}
        found: list[StaleLiteral] = []
        for number, page in enumerate(wanted):
            progress.report(number, len(wanted), f"Reading {page}")
            named = _named(snapshot, page)
            for file in snapshot.files_of(page):
                if file.layer not in books:
                    books[file.layer] = _Book(facts_for(snapshot, file.layer, on), on)
                found += _in_file(snapshot, file, books[file.layer], named)
        times = list(LiteralTime)
        ordered = tuple(sorted(found, key=lambda each: (times.index(each.time), each.place.path)))
        past = sum(each.time is LiteralTime.PAST for each in ordered)
        notice = f"{len(ordered)} values are written out by hand, {past} of them past ones."
        return Outcome(ordered, notice=notice if ordered else "No fact's value is written out by hand.")

    return Task("Looking for values written by hand", work)


def _named(snapshot: Snapshot, page: PageId) -> frozenset[str]:
    """Names of the facts that a page shows for somebody."""
    values = (snapshot.sources.read(file.path).value for file in snapshot.files_of(page))
    return frozenset(
        each.name for value in values for text in _texts(value) for each in references(text.body)
    )


def _in_file(
    snapshot: Snapshot, file: PageFile, book: "_Book", named: frozenset[str]
) -> Iterator[StaleLiteral]:
    value = snapshot.sources.read(file.path).value
    for text in _texts(value):
        for words, start, fact, dated in book.find(text.body, file.language):
            if fact.type is FactType.DAYS and fact.name not in named:
                continue
            line = text.line + text.body.count("\n", 0, start) + (1 if text.heading else 0)
            time, today = book.time(fact, dated, file.language)
            yield StaleLiteral(
                file.page, file.layer, text.id, Place(file.path, line), words, fact, time, today
            )


def _texts(value: object) -> Iterator[SectionText]:
    if isinstance(value, Page):
        yield from value.sections
    elif isinstance(value, Override):
        yield from (op.text for op in value.ops if op.text)


_Found = tuple[str, int, Fact, DatedValue]


class _Book:
    """The values of some facts, by the words they would be shown in."""

    def __init__(self, facts: Sequence[Fact], on: date) -> None:
        self._on = on
        self._exact: dict[tuple[Language, str], tuple[Fact, DatedValue]] = {}
        self._words: dict[str, tuple[Fact, DatedValue]] = {}
        for fact in facts:
            for dated in fact.values:
                self._add(fact, dated)
        self._pattern = _any_of(self._words)

    def _add(self, fact: Fact, dated: DatedValue) -> None:
        # A later fact is of a more particular layer: its value is what that layer would show.
        if fact.type in {FactType.TEXT, FactType.ADDRESS, FactType.URL}:
            for words in (dated.value, dated.welsh):
                if len(words) >= _SHORTEST_TEXT:
                    self._words[words] = (fact, dated)
        elif fact.type is FactType.DAYS:
            for unit in ("days", "diwrnod"):
                self._words[f"{dated.value} {unit}"] = (fact, dated)
        elif fact.type is not FactType.COUNT and dated.value not in _HARMLESS:
            for language in Language:
                self._exact[language, value_in_words(fact.type, dated.value, language)] = (fact, dated)

    def find(self, body: str, language: Language) -> Iterator[_Found]:
        """The values a text writes out, with where they begin."""
        for value in written_values(body):
            known = self._exact.get((language, value.text)) or self._exact.get((language, _plain(value.text)))
            if known:
                yield (value.text, value.start, *known)
        for found in self._pattern.finditer(body) if self._pattern else ():
            yield (found.group(), found.start(), *self._words[found.group()])

    def time(self, fact: Fact, dated: DatedValue, language: Language) -> tuple[LiteralTime, str | None]:
        """When the fact has a value, and what it has today in words."""
        now = fact.on(self._on)
        today = value_in_words(fact.type, now.value, language) if now else None
        if now is not None and now.value == dated.value:
            return LiteralTime.PRESENT, today
        is_coming = dated.start is not None and dated.start > self._on
        return (LiteralTime.FUTURE if is_coming else LiteralTime.PAST), today


def _plain(text: str) -> str:
    """An amount without its needless pence, a phone number as it is."""
    return text.removesuffix(".00")


def _any_of(words: Mapping[str, object]) -> re.Pattern[str] | None:
    if not words:
        return None
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
