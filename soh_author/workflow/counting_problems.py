"""How much is to be mended in the files of each page: for badges in lists of thousands of pages."""

from collections.abc import Iterator, Sequence

from soh_author.cache.findings import FindingCache
from soh_author.domain.diagnostics import Severity
from soh_author.domain.ids import PageId
from soh_author.workflow.kept_findings import code_version, digest_of, whole_pages
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task


def count_problems(
    snapshot: Snapshot, pages: Sequence[PageId], cache: FindingCache
) -> Task[dict[PageId, int]]:
    """Count the errors and warnings in the files of pages; pages no file has words for are left out.

    Files that were read before, in this window or another, are not read again.
    """

    def work(progress: Progress) -> Outcome[dict[PageId, int]]:
        there = [page for page in pages if snapshot.sources.files_of(page)]
        keys = {page: _key(snapshot, page) for page in there}
        kept = cache.find({_topic(page): key for page, key in keys.items()})
        sound = whole_pages(snapshot, [page for page in there if kept.get(_topic(page), "").isdecimal()])
        counts = {page: int(kept[_topic(page)]) for page in sound}
        fresh = []
        for page in there:
            if page not in counts:
                progress.check()
                counts[page] = sum(1 for _ in _grave(snapshot, page))
                fresh.append((_topic(page), keys[page], str(counts[page])))
        if fresh:
            cache.keep(fresh)
        return Outcome(counts)

    return Task("Looking for problems", work)


def _grave(snapshot: Snapshot, page: PageId) -> Iterator[object]:
    paths = [file.path for file in snapshot.sources.files_of(page)]
    for read in snapshot.sources.read_all(paths).values():
        yield from (one for one in read.diagnostics if one.severity is not Severity.INFO)


def _topic(page: PageId) -> str:
    return f"count {page}"


def _key(snapshot: Snapshot, page: PageId) -> str:
    sources = snapshot.sources
    return digest_of(
        code_version(), [(file.path, sources.stamp(file.path)) for file in sources.files_of(page)]
    )
