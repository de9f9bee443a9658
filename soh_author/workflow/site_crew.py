"""Who makes the pages of a build: this process alone, or several side by side for a large one."""

import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
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
from soh_author.workflow.site_making import Made, SiteMaker
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.sources import Memory, Sources
from soh_author.workflow.task import Progress

ENOUGH_FOR_SEVERAL = 120
"""Pages below which starting more processes (about half a second) costs more than it saves."""
CHUNK = 8


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
        self._pool: ProcessPoolExecutor | None = None

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
        if len(pages) < ENOUGH_FOR_SEVERAL or self._processes == 1:
            for number, page in enumerate(pages):
                progress.report(number, len(pages), f"Building {page}")
                yield page, self._maker.make(page, earlier.get(page), staging, is_whole=is_whole)
            return
        yield from self._make_together(pages, earlier, staging, progress, is_whole=is_whole)

    def _make_together(
        self,
        pages: Sequence[PageId],
        earlier: Mapping[str, PageRecord],
        staging: Staging,
        progress: Progress,
        *,
        is_whole: bool,
    ) -> Iterator[tuple[PageId, Made]]:
        pool = self._open()
        chunks = [pages[start : start + CHUNK] for start in range(0, len(pages), CHUNK)]
        waiting: list[Future[list[tuple[PageId, Made]]]] = [
            pool.submit(
                _make_chunk,
                chunk,
                {page: earlier[page] for page in chunk if page in earlier},
                staging.root,
                is_whole,
            )
            for chunk in chunks
        ]
        done = 0
        for future in as_completed(waiting):
            made = future.result()
            done += len(made)
            progress.report(done, len(pages), f"{done} of {len(pages)} pages built")
            yield from made

    def _open(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Not fork: a window's threads would be copied in the middle of what they do.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(
                self._processes, context, initializer=_begin, initargs=(self._work,)
            )
        return self._pool

    def dismiss(self) -> None:
        """End the other processes; what they have not begun is dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


class _Bench:
    """The maker of a helping process, made when it starts."""

    maker: SiteMaker


def _begin(work: Work) -> None:
    store = Store.open(work.store)
    entries = {path: entry.blob for path, entry in store.files(work.revision).items()}
    snapshot = Snapshot(Sources(entries, store.read_many, Memory()), work.revision)
    _Bench.maker = SiteMaker(snapshot, Renderer(), work.on, work.forces, work.assets)


def _make_chunk(
    pages: Sequence[PageId],
    earlier: Mapping[str, PageRecord],
    root: Path,
    is_whole: bool,  # noqa: FBT001 - passed between processes
) -> list[tuple[PageId, Made]]:
    staging = Staging(root)
    return [(page, _Bench.maker.make(page, earlier.get(page), staging, is_whole=is_whole)) for page in pages]
