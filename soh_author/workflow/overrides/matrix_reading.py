"""Rows of many pages at once: files are fetched together, and read only as far as their drift needs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from soh_author.domain.ids import Language, PageId, SectionId
from soh_author.domain.layers import SHARED, LayerKind
from soh_author.domain.override import Override
from soh_author.domain.page import Page, PageKind
from soh_author.reading.files import ReadFile
from soh_author.reading.outlines import outline
from soh_author.workflow.catalogue import Catalogue, PageFile
from soh_author.workflow.overrides.matrix_rows import PageRow, Roster, make_row
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.sources import Memory, Sources
from soh_author.workflow.task import Progress
from soh_author.workflow.uncollected import uncollected

_AT_ONCE = 200
"""Pages whose files are fetched together."""


def rows_of(snapshot: Snapshot, pages: Sequence[PageId], roster: Roster, progress: Progress) -> list[PageRow]:
    """The rows of pages, in their order; those made before from the same files are not made again."""
    memory = snapshot.sources.memory
    keys = {page: _key(snapshot, page, roster) for page in pages}
    fresh = [page for page in pages if not memory.knows(keys[page])]
    with uncollected():
        for start in range(0, len(fresh), _AT_ONCE):
            progress.report(start, len(fresh), "Comparing pages with the shared text")
            some = fresh[start : start + _AT_ONCE]
            outlined = outlined_snapshot(snapshot, some)
            for page in some:
                memory.keep(keys[page], make_row(outlined, page, roster))
    return [memory.recall(keys[page], _maker(snapshot, page, roster)) for page in pages]


def _maker(snapshot: Snapshot, page: PageId, roster: Roster) -> Callable[[], PageRow]:
    return lambda: make_row(snapshot, page, roster)


def _key(snapshot: Snapshot, page: PageId, roster: Roster) -> tuple[object, ...]:
    sources = snapshot.sources
    stamps = tuple((file.path, sources.stamp(file.path)) for file in sources.files_of(page))
    return ("matrix row", page, stamps, roster.stamp)


def outlined_snapshot(snapshot: Snapshot, pages: Iterable[PageId]) -> Snapshot:
    """The same content with the files of some pages read as outlines, where they have a usual shape."""
    sources = snapshot.sources
    files = {page: sources.files_of(page) for page in pages}
    data = sources.data_of([file.path for some in files.values() for file in some])
    values: dict[str, Page | Override] = {}
    for some in files.values():
        values.update(_outlines(some, data))
    return snapshot.read_through(_Outlined(sources, values))


def _outlines(files: Sequence[PageFile], data: Mapping[str, bytes]) -> dict[str, Page | Override]:
    """The files of one page as outlines; nothing when one of them has to be read in full."""
    found: dict[str, Page | Override] = {}
    pinned: set[SectionId] = set()
    translated: set[SectionId] = set()
    is_whole = False
    ordered = sorted(
        files, key=lambda file: (file.language is Language.EN and file.layer == SHARED, file.path)
    )
    for file in ordered:
        is_english_base = file.layer == SHARED and file.language is Language.EN
        needed = None if is_whole and is_english_base else pinned | translated
        value = outline(file.path, data.get(file.path, b""), needed)
        if value is None:
            return {}
        found[file.path] = value
        (pinned if file.language is Language.EN else translated).update(_pinned(value))
        is_whole = is_whole or _takes_over(value)
    return _with_pins(found, files, data, translated)


def _pinned(value: Page | Override) -> set[SectionId]:
    """The sections whose normal form somebody compares."""
    if isinstance(value, Page):
        return set(value.translates)
    return {op.section for op in value.ops if op.translates or not op.kind.is_additive}


def _takes_over(value: Page | Override) -> bool:
    return isinstance(value, Page) and value.kind is PageKind.TAKEOVER


def _with_pins(
    found: dict[str, Page | Override],
    files: Sequence[PageFile],
    data: Mapping[str, bytes],
    translated: set[SectionId],
) -> dict[str, Page | Override]:
    """Pages of groups and forces again, with the normal forms that other files turned out to need."""
    for file in files:
        value = found[file.path]
        is_own = isinstance(value, Page) and file.layer != SHARED and file.language is Language.EN
        needed = None if is_own and file.layer.kind is LayerKind.GROUP else translated
        if is_own and (needed is None or needed):
            again = outline(file.path, data[file.path], needed)
            found[file.path] = again or value
    return found


def _nothing(_stamps: Iterable[str]) -> Mapping[str, bytes]:
    """Bytes are asked of the sources below."""
    return {}


class _Outlined(Sources):
    """Sources that give outlines of some files, and read all others as the sources below do."""

    def __init__(self, below: Sources, values: Mapping[str, Page | Override]) -> None:
        super().__init__(below.stamps, _nothing, Memory())
        self._full = below
        self._values = values

    def read(self, path: str) -> ReadFile:
        """An outline without findings, or the whole file."""
        value = self._values.get(path)
        return self._full.read(path) if value is None else ReadFile(value, ())

    def data(self, path: str) -> bytes | None:
        """The bytes of a file."""
        return self._full.data(path)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The files by what they are for."""
        return self._full.catalogue

    def files_of(self, page: PageId) -> tuple[PageFile, ...]:
        """All files with words for a page."""
        return self._full.files_of(page)
