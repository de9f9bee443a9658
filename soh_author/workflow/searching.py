"""Finding: pages by what they are called, and words anywhere in the content."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from soh_author.domain.ids import Language, PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.page import Page
from soh_author.workflow.catalogue import PageFile
from soh_author.workflow.snapshot import PageInfo, Snapshot
from soh_author.workflow.task import Outcome, Progress, Task

LEAST_SCORE = 55
"""Of 100: below it, names are too unlike to be meant."""


@dataclass(frozen=True, slots=True)
class Match:
    """Words found in a file: where (line from 1, column from 0), and the line they stand in."""

    file: PageFile
    line: int
    column: int
    text: str


class PageIndex:
    """Pages by title, id, address and Welsh title; made once for a snapshot, asked at every key.

    Args:
        pages: the pages with their names in all languages.
    """

    def __init__(self, pages: Iterable[tuple[PageInfo, Sequence[str]]]) -> None:
        self._names: list[tuple[PageInfo, str]] = [
            (page, plain(name)) for page, names in pages for name in names if name
        ]

    @cached_property
    def _texts(self) -> list[str]:
        return [name for _page, name in self._names]

    def find(self, wanted: str, limit: int = 30) -> list[PageInfo]:
        """The pages meant by a few letters: names that begin so first, then words, then near misses."""
        text = plain(wanted)
        if not text:
            return list(dict.fromkeys(page for page, _name in self._names))[:limit]
        ranked = [(_rank(text, name), len(name), page) for page, name in self._names]
        exact = sorted((row for row in ranked if row[0] < _FAR), key=lambda row: (row[0], row[1], row[2].id))
        found = list(dict.fromkeys(page for _rank_, _length, page in exact))
        if len(found) < limit:
            near = process.extract(
                text,
                self._texts,
                scorer=fuzz.partial_ratio,
                limit=limit,
                score_cutoff=LEAST_SCORE + len(text),
            )
            found = list(dict.fromkeys([*found, *(self._names[place][0] for _name, _score, place in near)]))
        return found[:limit]


_FAR = 9


def _rank(wanted: str, name: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if f" {wanted}" in name:
        return 2
    words = wanted.split()
    if len(words) > 1 and all(word in name for word in words):
        return 3
    return 4 if wanted in name else _FAR


def plain(text: str) -> str:
    """A name for comparing: lower case, no accents, words apart by one space."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(
        re.sub(r"[^\w]+", " ", "".join(sign for sign in letters if not unicodedata.combining(sign))).split()
    )


def page_index(snapshot: Snapshot) -> Task[PageIndex]:
    """Read the names of all pages of a snapshot."""

    def work(progress: Progress) -> Outcome[PageIndex]:
        pages = snapshot.page_ids()
        named = []
        for number, page in enumerate(pages):
            progress.report(number, len(pages), "Reading titles")
            info = snapshot.page_info(page)
            named.append(
                (info, (info.title, str(page).replace("/", " "), info.url, _welsh_title(snapshot, page)))
            )
        return Outcome(PageIndex(named))

    return Task("Reading titles", work)


def search(
    snapshot: Snapshot, wanted: str, *, is_case_sensitive: bool = False, layers: Sequence[Layer] = ()
) -> Task[list[Match]]:
    """Find words in all pages and layers, line by line; without layers named, in all of them."""

    def work(progress: Progress) -> Outcome[list[Match]]:
        files = [file for files in snapshot.sources.catalogue.pages.values() for file in files]
        wanted_files = [file for file in files if not layers or file.layer in layers]
        pattern = re.compile(re.escape(wanted), 0 if is_case_sensitive else re.IGNORECASE)
        found: list[Match] = []
        texts = snapshot.sources.texts([file.path for file in wanted_files])
        for number, file in enumerate(wanted_files):
            progress.report(number, len(wanted_files), "Searching")
            found += _matches(file, texts.get(file.path, ""), pattern)
        return Outcome(found, notice=f"{len(found)} places found.")

    return Task("Searching", work)


def _matches(file: PageFile, text: str, pattern: re.Pattern[str]) -> Iterator[Match]:
    if pattern.search(text) is None:
        return
    for number, line in enumerate(text.split("\n"), start=1):
        for match in pattern.finditer(line):
            yield Match(file, number, match.start(), line.strip())


def _welsh_title(snapshot: Snapshot, page: PageId) -> str:
    file = snapshot.sources.catalogue.page_file(page, SHARED, Language.CY)
    value = snapshot.sources.read(file.path).value if file else None
    return value.fields.get("title", "") if isinstance(value, Page) else ""
