"""Finding: pages by what they are called, and words anywhere in the content."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

from rapidfuzz import fuzz, process

from soh_author.cache.words import Holding
from soh_author.domain.counting import counted
from soh_author.domain.folding import folded, phrases, words_in
from soh_author.domain.ids import FactName
from soh_author.domain.layers import Layer
from soh_author.workflow.catalogue import FactsFile, PageFile
from soh_author.workflow.snapshot import PageInfo, Snapshot
from soh_author.workflow.sources import is_unsaved
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

LEAST_LIKENESS = 75
"""Of 100: below it, words are too unlike for one to be a slip of the pen for the other."""
MOST_MATCHES = 200
_AT_ONCE = 50
"""Texts taken from the store, and into the index, together."""
_FIRST = 10
"""So many first, then twice as many: words that are everywhere are found often enough in a few texts."""
_TOO_MANY = 4
"""An index that knows so many times the texts there are is made anew."""


TextFile = PageFile | FactsFile
"""A file with words for people."""
_FACT = re.compile(r"^([a-z][a-z0-9_]*):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Match:
    """Words found in a file: where (line from 1, column from 0, so many signs), and the line they stand in.

    Words that go on in the next line count to the end of theirs. ``fact`` is the fact they belong to, in a
    file of facts.
    """

    file: TextFile
    line: int
    column: int
    length: int
    text: str
    fact: FactName | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought: the first places, by pages and layers, and how many texts have any."""

    matches: tuple[Match, ...]
    files: int
    is_cut: bool

    @property
    def sentence(self) -> str:
        """How much was found, in a sentence."""
        if not self.files:
            return "Nothing was found."
        texts = counted(self.files, "text")
        if self.is_cut:
            shown = (
                "this is the first place"
                if len(self.matches) == 1
                else (f"these are the first {len(self.matches):,} places")
            )
            return f"In {texts}; {shown}. Type more to find fewer."
        places = counted(len(self.matches), "place")
        return f"{places} in {texts}."


def search(
    workspace: Workspace,
    snapshot: Snapshot,
    wanted: str,
    *,
    layers: Collection[Layer] = (),
    limit: int = MOST_MATCHES,
) -> Task[Found]:
    """Find words that stand one after the other, the last of them perhaps only begun.

    Small letters and capitals, accents, line ends and signs between the words make no difference. Texts the
    index doesn't know yet, and those saved in no version, are read instead: it makes this quick, never wrong.

    Args:
        layers: only in their texts (none: in all).
        limit: how many places are listed at most.
    """

    def work(progress: Progress) -> Outcome[Found]:
        words = words_in(wanted)
        files, stamps = _stamped(snapshot)
        if layers:
            wanted_ones = [file.layer in layers for file in files]
            files, stamps = list(compress(files, wanted_ones)), list(compress(stamps, wanted_ones))
        search = _Search(snapshot, words, limit, progress)
        if words:
            search.look_through(files, workspace.words.holding(words, stamps))
        found = search.found()
        return Outcome(found, notice=found.sentence)

    return Task("Searching", work)


def _stamped(snapshot: Snapshot) -> tuple[Sequence[TextFile], Sequence[str]]:
    """All files with words, those of pages first, and their stamps in the same order."""
    sources = snapshot.sources
    pages, stamps = sources.page_stamps
    facts = sources.catalogue.facts_files
    return (*pages, *facts), (*stamps, *(sources.stamp(file.path) for file in facts))


class _Search:
    """Goes through files in their order, in handfuls; reads those of which the index can't tell enough."""

    def __init__(self, snapshot: Snapshot, words: Sequence[str], limit: int, progress: Progress) -> None:
        self._snapshot = snapshot
        self._words = words
        self._limit = limit
        self._progress = progress
        self._matches: list[Match] = []
        self._files = 0

    def found(self) -> Found:
        return Found(tuple(self._matches[: self._limit]), self._files, len(self._matches) > self._limit)

    def look_through(self, files: Sequence[TextFile], holding: Holding) -> None:
        """Find the places, and go on counting texts once enough places are found."""
        places = sorted((*holding.found, *holding.unknown)) if holding.unknown else holding.found
        start, handful = 0, _FIRST
        while start < len(places):
            if len(self._matches) > self._limit:
                self._count(files, places[start:], holding)
                return
            self._read([files[place] for place in places[start : start + handful]])
            start, handful = start + handful, min(2 * handful, _AT_ONCE)

    def _count(self, files: Sequence[TextFile], places: Sequence[int], holding: Holding) -> None:
        unknown = frozenset(holding.unknown)
        unread = [files[place] for place in places if place in unknown] if unknown else []
        self._files += len(places) - len(unread)
        for start in range(0, len(unread), _AT_ONCE):
            self._read(unread[start : start + _AT_ONCE])

    def _read(self, files: Sequence[TextFile]) -> None:
        self._progress.check()
        texts = self._snapshot.sources.texts([file.path for file in files])
        for file in files:
            matches = _matches(file, texts.get(file.path, ""), self._words)
            first = next(matches, None)
            if first is not None:
                self._files += 1
                if len(self._matches) <= self._limit:
                    self._matches += [first, *matches]


def _matches(file: TextFile, text: str, words: Sequence[str]) -> Iterator[Match]:
    line, start = 1, 0
    facts = (
        [(found.start(), found[1]) for found in _FACT.finditer(text)] if isinstance(file, FactsFile) else []
    )
    for first, last in phrases(text, words):
        line += text.count("\n", start, first)
        start = text.rfind("\n", 0, first) + 1
        end = text.find("\n", first)
        end = len(text) if end < 0 else end
        above = [name for place, name in facts if place <= first]
        fact = FactName(above[-1]) if above and FactName.is_valid(above[-1]) else None
        yield Match(file, line, first - start, min(last, end) - first, text[start:end].rstrip("\r"), fact)
        start = first


def index_words(workspace: Workspace, snapshot: Snapshot) -> Task[int]:
    """Take those stored texts of a snapshot into the index that it doesn't know; how many those were.

    What is done stays done when this is cancelled or killed.
    """

    def work(progress: Progress) -> Outcome[int]:
        # In the order a search lists them: then what the index answers is nearly in that order too.
        stamps = dict.fromkeys(stamp for stamp in _stamped(snapshot)[1] if not is_unsaved(stamp))
        index = workspace.words
        index.look_over()
        if index.count() > _TOO_MANY * len(stamps) + 1000:
            index.forget_all()
        missing = index.missing(stamps)
        for start in range(0, len(missing), _AT_ONCE):
            progress.report(start, len(missing), "Getting ready to search")
            names = missing[start : start + _AT_ONCE]
            texts = workspace.store.read_many(names)  # a damaged text is left out, and looked for again
            if not index.add({name: data.decode("utf-8", "replace") for name, data in texts.items()}):
                break  # another window is at it
        # What it knows, and where in the row each text stands, is looked up now, not at the first key.
        index.holding(["a"], _stamped(snapshot)[1])
        return Outcome(len(missing))

    return Task("Getting ready to search", work)


class PageIndex:
    """Pages by title in any language, id and address; made once for a list of pages, asked at every key."""

    def __init__(self, pages: Iterable[PageInfo]) -> None:
        self._pages = [_Named.of(page) for page in pages]

    @property
    def pages(self) -> list[PageInfo]:
        """All of them, in the order they were given."""
        return [named.page for named in self._pages]

    def find(self, typed: str, most: int | None = None) -> list[PageInfo]:
        """Pages whose names hold every word typed, or, where there are none, words like them.

        The order: the title begins with it, has a word that begins with it, holds it; then other titles, id
        and address; among equals by title.
        """
        words = folded(typed).split()
        if not words:
            return self.pages[:most]
        fitting = self._holding(words) or self._holding(self._mended(words))
        return [named.page for _rank, _title, _id, named in sorted(fitting)[:most]]

    def _holding(self, words: Sequence[str]) -> list[tuple[int, str, str, "_Named"]]:
        if not words:
            return []
        first, *rest = sorted(words, key=len, reverse=True)
        holding = [named for named in self._pages if first in named.whole]
        for word in rest:
            holding = [named for named in holding if word in named.whole]
        return [(_rank(words, named.title), named.title, named.page.id, named) for named in holding]

    def _mended(self, words: Sequence[str]) -> list[str]:
        """Each word as some page has it: itself, or the one most like it; none when one is like nothing."""
        mended = []
        for word in words:
            if any(word in known for known in self._vocabulary):
                mended.append(word)
                continue
            like = process.extractOne(word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
            if like is None:
                return []
            mended.append(like[0])
        return mended

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted({word for named in self._pages for word in words_in(named.whole)})


@dataclass(frozen=True, slots=True, order=True)
class _Named:
    """A page with what it is called, folded: its title with its words apart, and all its names."""

    title: str
    whole: str
    page: PageInfo

    @classmethod
    def of(cls, page: PageInfo) -> "_Named":
        names = (page.title, page.id, page.url, *page.other_titles)
        return cls(f" {' '.join(words_in(page.title))}", "\n".join(map(folded, names)), page)


def _rank(words: Sequence[str], title: str) -> int:
    if title.startswith(f" {words[0]}"):
        return 0
    if all(f" {word}" in title for word in words):
        return 1
    return 2 if all(word in title for word in words) else 3
