"""The pages of what is read now, kept up to date: names at once, titles and addresses as they are read."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from soh_author.desktop.location import Location
from soh_author.desktop.session import Session
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import PageId
from soh_author.workflow.counting_problems import count_problems
from soh_author.workflow.effects import Effects
from soh_author.workflow.searching import PageIndex
from soh_author.workflow.snapshot import PageInfo, Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

BATCH = 400
SMALL_BATCH = 100
TOPIC = "page list"


class PageList(QObject):
    """Pages of the draft in hand (or of what is published)."""

    replaced = Signal()
    """Pages came or went."""
    learned = Signal(object)
    """Sequence[PageInfo]: more is known about these."""
    problems_counted = Signal(object)
    """Mapping[PageId, int]: what is to be mended in each page's files, as far as they were read."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._source: tuple[int, str] | None = None
        self.pages: dict[PageId, PageInfo] = {}
        self._index: PageIndex | None = None
        self.problems: dict[PageId, int] = {}
        session.location_changed.connect(self._place_changed)
        session.effects_happened.connect(self._touched)

    def load(self) -> None:
        """Read the list anew."""
        workspace = self._session.workspace
        self._source = (id(workspace), self._session.location.source)
        if workspace is None:
            self._replace({})
            return
        task = _names(workspace, self._session.location.source)
        self._session.run(task, self._got_names, self._failed, topic=TOPIC)

    def find(self, typed: str, most: int | None = None) -> list[PageInfo]:
        """The pages meant by what is typed, the likeliest first; all of them when nothing is."""
        if self._index is None:
            self._index = PageIndex(self.pages.values())
        return self._index.find(typed, most)

    def _got_names(self, found: tuple[Snapshot, tuple[PageId, ...]]) -> None:
        snapshot, ids = found
        self._replace({page: self.pages.get(page) or _unread(page) for page in ids})
        self.problems = {page: count for page, count in self.problems.items() if page in self.pages}
        self._read_on(snapshot, list(ids))

    def _failed(self, error: Exception) -> None:
        """The draft a person was in last may be gone by now; what is published is always there."""
        here = self._session.location
        draft = here.draft or here.reading
        if draft and isinstance(error, NotFoundError):
            self._session.notice.emit(f"The draft “{draft}” is not here any more. You see what is published.")
            self._session.go(here.in_draft(""))
        else:
            self._session.failed.emit(error)

    def _read_on(self, snapshot: Snapshot, rest: Sequence[PageId]) -> None:
        if rest:
            then = partial(self._got_infos, snapshot, rest[BATCH:])
            self._session.run(_infos(snapshot, rest[:BATCH]), then, topic=TOPIC)
        else:
            self._count_on(snapshot, list(self.pages))

    def _count_on(self, snapshot: Snapshot, rest: Sequence[PageId]) -> None:
        """Count the problems once all titles are there: it takes reading every file."""
        if rest and self._session.workspace is not None:
            then = partial(self._got_counts, snapshot, rest[SMALL_BATCH:])
            task = count_problems(snapshot, rest[:SMALL_BATCH], self._session.workspace.findings)
            self._session.run(task, then, topic=TOPIC, gives_way=True)

    def _got_counts(self, snapshot: Snapshot, rest: Sequence[PageId], counts: Mapping[PageId, int]) -> None:
        if any(self.problems.get(page, 0) != count for page, count in counts.items()):
            self.problems.update(counts)
            self.problems_counted.emit(self.problems)
        self._count_on(snapshot, rest)

    def _got_infos(self, snapshot: Snapshot, rest: Sequence[PageId], infos: Sequence[PageInfo]) -> None:
        self._learn(infos)
        self._read_on(snapshot, rest)

    def _learn(self, infos: Iterable[PageInfo]) -> None:
        news = [info for info in infos if self.pages.get(info.id) != info]
        self.pages.update((info.id, info) for info in news)
        if news:
            self._index = None
            self.learned.emit(news)

    def _replace(self, pages: Mapping[PageId, PageInfo]) -> None:
        came_or_went = self.pages.keys() != pages.keys()
        self.pages = dict(pages)
        self._index = None
        if came_or_went:
            self.replaced.emit()

    def _place_changed(self, location: Location) -> None:
        if self._source != (id(self._session.workspace), location.source):
            self.load()

    def _touched(self, effects: Effects) -> None:
        if effects.everything or effects.registry or effects.pages:
            self.load()


def _names(workspace: Workspace, source: str) -> Task[tuple[Snapshot, tuple[PageId, ...]]]:
    def work(_progress: Progress) -> Outcome[tuple[Snapshot, tuple[PageId, ...]]]:
        snapshot = workspace.snapshot(source)
        return Outcome((snapshot, snapshot.page_ids()))

    return Task("Looking up the pages", work)


def _infos(snapshot: Snapshot, pages: Sequence[PageId]) -> Task[list[PageInfo]]:
    def work(progress: Progress) -> Outcome[list[PageInfo]]:
        progress.check()
        return Outcome(snapshot.page_infos(pages))

    return Task("Reading the titles", work)


def _unread(page: PageId) -> PageInfo:
    return PageInfo(page, page.rpartition("/")[2].replace("-", " ").capitalize(), "", "", (), ())
