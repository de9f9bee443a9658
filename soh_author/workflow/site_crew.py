"""Who makes the pages of a build: this process alone, or several side by side for a large one."""

import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from soh_author.domain.ids import ForceId, PageId
from soh_author.gitstore.store import Store
from soh_author.render.assets import script_asset, style_asset
from soh_author.render.renderer import Renderer
from soh_author.render.site_folder import Staging
from soh_author.render.site_record import PageRecord
from soh_author.workflow.site_book import Book
from soh_author.workflow.site_helpers import Helpers, Job
from soh_author.workflow.site_lists import write_lists
from soh_author.workflow.site_making import Made, SiteMaker
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.sources import Memory, Sources
from soh_author.workflow.task import Progress

ENOUGH_FOR_SEVERAL = 120
"""Pages below which starting more processes (about half a second) costs more than it saves."""
CHUNK = 8
"""Pages that a helping process is given at a time."""


@dataclass(frozen=True)
class Work:
    """What a build is of: a store, a revision, a day, and for whom (empty: every live force)."""

    store: Path
    revision: str
    on: date
    forces: tuple[ForceId, ...]

    @cached_property
    def assets(self) -> tuple[tuple[str, ...], str]:
        """Addresses of stylesheet and script in the built site."""
        return (f"/{style_asset().path}",), f"/{script_asset().path}"

    def open(self) -> SiteMaker:
        """A maker for a helping process, with a store of its own."""
        store = Store.open(self.store)
        entries = {path: entry.blob for path, entry in store.files(self.revision).items()}
        snapshot = Snapshot(Sources(entries, store.read_many, Memory()), self.revision)
        return SiteMaker(snapshot, Renderer(), self.on, self.forces, self.assets)


class Crew:
    """Makes pages, in as many processes as are worth it.

    Args:
        work: what the build is of; other processes open it for themselves.
        maker: makes pages in this process.
        processes: the most to use; None: one for each core.
    """

    def __init__(self, work: Work, maker: SiteMaker, processes: int | None) -> None:
        self._work = work
        self._maker = maker
        self._processes = processes or os.cpu_count() or 1
        self._helpers: Helpers[SiteMaker] | None = None
        self._reader: dict[PageId, int] = {}

    def survey(self, pages: Sequence[PageId], progress: Progress) -> None:
        """Find out how pages appear to others, before any of them is made: links and lists need it.

        Raises:
            Cancelled: when a person pressed Cancel.
        """
        if len(pages) < ENOUGH_FOR_SEVERAL or self._processes == 1:
            for number, page in enumerate(pages):
                progress.report(number, len(pages), f"Reading {page}")
                self._maker.book.take(self._maker.survey([page]))
            return
        self._helpers = Helpers(self._work.open, self._processes)
        chunks = deque(_Survey(tuple(chunk)) for chunk in _chunks(pages))
        for helper, book in self._helpers.share(lambda _helper: chunks.popleft() if chunks else None):
            self._reader.update(dict.fromkeys(book.pages, helper))
            self._maker.book.take(book)
            progress.report(len(self._reader), len(pages), f"{len(self._reader)} of {len(pages)} pages read")
        self._helpers.tell(_Learn(self._maker.book))

    def make(
        self,
        pages: Sequence[PageId],
        earlier: Mapping[str, PageRecord],
        staging: Staging,
        progress: Progress,
        *,
        is_whole: bool,
    ) -> Iterator[tuple[PageId, Made]]:
        """Make pages, in any order.

        Raises:
            Cancelled: when a person pressed Cancel.
            OutputError: when the disk is full or may not be written.
        """
        if self._helpers is None:
            for number, page in enumerate(pages):
                progress.report(number, len(pages), f"Building {page}")
                yield page, self._maker.make(page, earlier.get(page), staging, is_whole=is_whole)
            return
        done = 0
        waiting = self._own_chunks(pages, earlier, staging, is_whole=is_whole)
        for _helper, made in self._helpers.share(lambda helper: _next(waiting, helper)):
            done += len(made)
            progress.report(done, len(pages), f"{done} of {len(pages)} pages built")
            yield from made

    def _own_chunks(
        self,
        pages: Sequence[PageId],
        earlier: Mapping[str, PageRecord],
        staging: Staging,
        *,
        is_whole: bool,
    ) -> list[deque["_Make"]]:
        """The pages for each helper: those that it has read."""
        count = self._processes
        own: list[list[PageId]] = [[] for _ in range(count)]
        for number, page in enumerate(pages):
            own[self._reader.get(page, number % count)].append(page)
        return [
            deque(
                _Make(
                    tuple(chunk),
                    {page: earlier[page] for page in chunk if page in earlier},
                    staging.root,
                    is_whole=is_whole,
                )
                for chunk in _chunks(part)
            )
            for part in own
        ]

    def write_lists(self, staging: Staging, progress: Progress) -> None:
        """Write the lists of every force, of the pages that are in the maker's book.

        Raises:
            Cancelled: when a person pressed Cancel.
            OutputError: when the disk is full or may not be written.
        """
        forces = sorted(self._maker.forces)
        if self._helpers is None:
            for number, force in enumerate(forces):
                progress.report(number, len(forces), f"Listing the pages of {force}")
                write_lists(staging, self._maker, force)
            return
        self._helpers.tell(_Learn(self._maker.book))
        waiting = deque(_List(force, staging.root) for force in forces)
        for _ in self._helpers.share(lambda _helper: waiting.popleft() if waiting else None):
            progress.check()

    def dismiss(self) -> None:
        """End the other processes at once; they hold nothing that must be put away."""
        if self._helpers is not None:
            self._helpers.dismiss()
            self._helpers = None


def _chunks(pages: Sequence[PageId]) -> list[Sequence[PageId]]:
    return [pages[start : start + CHUNK] for start in range(0, len(pages), CHUNK)]


def _next(waiting: Sequence[deque["_Make"]], helper: int) -> "_Make | None":
    """A helper's own next chunk, else the last of who has most left."""
    if waiting[helper]:
        return waiting[helper].popleft()
    most = max(waiting, key=len)
    return most.pop() if most else None


@dataclass(frozen=True, slots=True)
class _Survey(Job[SiteMaker, Book]):
    pages: tuple[PageId, ...]

    def run(self, bench: SiteMaker) -> Book:
        bench.read_ahead(self.pages)
        return bench.survey(self.pages)


@dataclass(frozen=True, slots=True)
class _Learn(Job[SiteMaker, None]):
    book: Book

    def run(self, bench: SiteMaker) -> None:
        bench.book.take(self.book)


@dataclass(frozen=True, slots=True)
class _Make(Job[SiteMaker, list[tuple[PageId, Made]]]):
    pages: tuple[PageId, ...]
    earlier: Mapping[str, PageRecord]
    root: Path
    is_whole: bool

    def run(self, bench: SiteMaker) -> list[tuple[PageId, Made]]:
        staging = Staging(self.root)
        return [
            (page, bench.make(page, self.earlier.get(page), staging, is_whole=self.is_whole))
            for page in self.pages
        ]


@dataclass(frozen=True, slots=True)
class _List(Job[SiteMaker, None]):
    force: ForceId
    root: Path

    def run(self, bench: SiteMaker) -> None:
        write_lists(Staging(self.root), bench, self.force)
