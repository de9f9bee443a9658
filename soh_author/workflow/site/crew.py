"""Who makes the pages of a build: this process alone, or several side by side for a large one."""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from soh_author.domain.ids import ForceId, PageId
from soh_author.gitstore.store import Store, open_again
from soh_author.render.assets import script_asset, style_asset
from soh_author.render.site_folder import Staging
from soh_author.render.site_record import PageRecord
from soh_author.workflow.processes import Helpers, Job, in_chunks, may_be_copied
from soh_author.workflow.site.book import Book
from soh_author.workflow.site.lists import write_lists
from soh_author.workflow.site.making import Made, SiteMaker, site_renderer
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.sources import Memory, Sources
from soh_author.workflow.task import Progress

ENOUGH_FOR_SEVERAL = 60
"""Pages below which other processes would have started (half a second) when all is done."""
CHUNK = 4
"""Pages that a process is given at a time."""


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

    def open(self, known: Snapshot | None = None) -> SiteMaker:
        """A maker for a helping process, with a store of its own.

        Args:
            known: the same content as it was read before by the process that this one is a copy of.
        """
        if known is not None:
            read = open_again(self.store).read_many
            snapshot = known.read_through(known.sources.fetched_by(read))
        else:
            store = Store.open(self.store)
            entries = {path: entry.blob for path, entry in store.files(self.revision).items()}
            snapshot = Snapshot(Sources(entries, store.read_many, Memory()), self.revision)
        return SiteMaker(snapshot, site_renderer(), self.on, self.forces, self.assets)


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
        self._informed: set[int] = set()

    def survey(self, pages: Sequence[PageId], progress: Progress) -> None:
        """Find out how pages appear to others, before any of them is made: links and lists need it.

        Raises:
            Cancelled: when a person pressed Cancel.
        """
        if len(pages) >= ENOUGH_FOR_SEVERAL and self._processes > 1:
            self._hire()
        chunks = deque(in_chunks(pages, CHUNK))
        for worker, book in self._share(lambda _worker: _Survey(chunks.popleft()) if chunks else None):
            assert isinstance(book, Book), "a survey brings a book"
            self._reader.update(dict.fromkeys(book.pages, worker))
            self._maker.book.take(book)
            progress.report(len(self._reader), len(pages), f"{len(self._reader)} of {len(pages)} pages read")
        self._informed.clear()

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
        waiting = self._own_chunks(pages)

        def next_job(worker: int) -> Job[SiteMaker] | None:
            if any(waiting) and self._must_learn(worker):
                return _Learn(self._maker.book)
            chunk = _own_or_other(waiting, worker)
            before = {str(page): earlier[page] for page in chunk if page in earlier}
            return _Make(chunk, before, staging.root, is_whole) if chunk else None

        done = 0
        for _worker, made in self._share(next_job):
            for page, result in made if isinstance(made, list) else ():
                done += 1
                yield page, result
            progress.report(done, len(pages), f"{done} of {len(pages)} pages built")

    def _own_chunks(self, pages: Sequence[PageId]) -> list[deque[tuple[PageId, ...]]]:
        """The pages for each worker: those that it has read."""
        count = self._helpers.workers if self._helpers else 1
        own: list[list[PageId]] = [[] for _ in range(count)]
        for number, page in enumerate(pages):
            own[self._reader.get(page, number % count)].append(page)
        return [deque(in_chunks(part, CHUNK)) for part in own]

    def write_lists(self, staging: Staging, progress: Progress) -> None:
        """Write the lists of every force, of the pages that are in the maker's book.

        Raises:
            Cancelled: when a person pressed Cancel.
            OutputError: when the disk is full or may not be written.
        """
        waiting = deque(sorted(self._maker.forces))

        def next_job(worker: int) -> Job[SiteMaker] | None:
            if waiting and self._must_learn(worker):
                return _Learn(self._maker.book)
            return _List(waiting.popleft(), staging.root) if waiting else None

        for _ in self._share(next_job):
            progress.check()

    def learn(self, pages: Book) -> None:
        """Know how more pages appear."""
        self._maker.book.take(pages)
        self._informed.clear()

    def _hire(self) -> None:
        # A window's thread would make the window stutter if it did a share itself.
        takes_part = threading.current_thread() is threading.main_thread()
        own = self._maker if takes_part else None
        are_copies = may_be_copied()
        make = partial(self._work.open, self._maker.snapshot) if are_copies else self._work.open
        self._helpers = Helpers(make, self._processes - takes_part, own, are_copies=are_copies)

    def _share(self, next_job: Callable[[int], Job[SiteMaker] | None]) -> Iterator[tuple[int, object]]:
        if self._helpers is not None:
            yield from self._helpers.share(next_job)
            return
        while (job := next_job(0)) is not None:
            yield 0, job.run(self._maker)

    def _must_learn(self, worker: int) -> bool:
        """Whether a worker must first be told what the book says; it is taken for told then."""
        is_here = self._helpers is None or worker == self._helpers.count
        if is_here or worker in self._informed:
            return False
        self._informed.add(worker)
        return True

    def dismiss(self) -> None:
        """End the other processes at once; they hold nothing that must be put away."""
        if self._helpers is not None:
            self._helpers.dismiss()
            self._helpers = None


def _own_or_other(waiting: Sequence[deque[tuple[PageId, ...]]], worker: int) -> tuple[PageId, ...]:
    """A worker's own next chunk, else the last of who has most left; nothing when all are done."""
    if waiting[worker]:
        return waiting[worker].popleft()
    most = max(waiting, key=len)
    return most.pop() if most else ()


@dataclass(frozen=True, slots=True)
class _Survey(Job[SiteMaker]):
    pages: tuple[PageId, ...]

    def run(self, bench: SiteMaker) -> Book:
        bench.read_ahead(self.pages)
        return bench.survey(self.pages)


@dataclass(frozen=True, slots=True)
class _Learn(Job[SiteMaker]):
    book: Book

    def run(self, bench: SiteMaker) -> None:
        bench.book.take(self.book)


@dataclass(frozen=True, slots=True)
class _Make(Job[SiteMaker]):
    pages: tuple[PageId, ...]
    earlier: Mapping[str, PageRecord]
    root: Path
    is_whole: bool

    def run(self, bench: SiteMaker) -> list[tuple[PageId, Made]]:
        whole = [page for page in self.pages if bench.touched(page, self.earlier.get(page)) is None]
        bench.read_ahead(whole)
        staging = Staging(self.root)
        return [
            (page, bench.make(page, self.earlier.get(page), staging, is_whole=self.is_whole))
            for page in self.pages
        ]


@dataclass(frozen=True, slots=True)
class _List(Job[SiteMaker]):
    force: ForceId
    root: Path

    def run(self, bench: SiteMaker) -> None:
        write_lists(Staging(self.root), bench, self.force)
