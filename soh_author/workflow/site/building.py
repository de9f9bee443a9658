"""Build: every force's site, and the next time only what changed. The folder switches in one step."""

import gc
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.render.resources import template_version
from soh_author.render.site_folder import RECORD, SiteFolder, Staging, cannot_write
from soh_author.render.site_record import (
    LAYOUT,
    PageRecord,
    SiteRecord,
    read_names,
    read_pages,
    read_record,
    read_uses,
    write_record,
)
from soh_author.workflow.outputs import Shown
from soh_author.workflow.precious_folders import refuse_precious
from soh_author.workflow.site.book import Book, Public
from soh_author.workflow.site.crew import ENOUGH_FOR_SEVERAL, Crew, Work
from soh_author.workflow.site.lists import write_shared_files
from soh_author.workflow.site.making import (
    Made,
    SiteMaker,
    page_stamps,
    shared_layers,
    site_renderer,
    used_names,
)
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import CONTENT, LIVE, Workspace


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: ``outputs`` there are, ``written`` anew, files ``removed``; ``faults``: those of the
    written that name a fact, page or picture that is not there (a mark on the page shows it); ``seconds``."""

    site: Path
    outputs: int
    written: int
    removed: int
    faults: int
    seconds: float


@dataclass(slots=True)
class _Sum:
    made: dict[PageId, Made] = field(default_factory=dict)

    @property
    def gone(self) -> list[str]:
        return [path for made in self.made.values() for path in made.gone]

    @property
    def finished(self) -> set[PageId]:
        """Pages that were made for all who read them."""
        return {page for page, made in self.made.items() if made.is_for_all}

    @property
    def moved(self) -> set[str]:
        """Names of the pages whose address or title changed for somebody, or that are new."""
        return {f"page:{page}" for page, made in self.made.items() if made.is_moved}


def build(
    workspace: Workspace,
    out: Path,
    *,
    on: date,
    forces: Sequence[ForceId] = (),
    source: str = LIVE,
    processes: int | None = None,
    hold: Callable[[object], object] | None = None,
) -> Task[BuildReport]:
    """Build the sites of some forces (none named: all live ones) as they stand on a day.

    Args:
        out: a new folder, or one an earlier build made; below it each force has its own.
        source: ``published``, a draft, a release or a revision. Texts not saved as a version are not built.
        processes: how many to use at the most; None chooses.
        hold: is given what the build was made with; who ends with it keeps it, as taking it apart takes time.

    Raises (when run):
        NotFoundError: when the source or a force is unknown.
        OutputError: when ``out`` is no site of ours, or can't be written; the old site stays whole.
        Cancelled: likewise.
    """

    def work(progress: Progress) -> Outcome[BuildReport]:
        started = time.monotonic()
        refuse_precious(out)
        for force in forces:
            workspace.snapshot().force(force)
        revision = workspace.revision_of(source)
        site = SiteFolder(out)
        known = _known(site, _input(revision, on, forces))
        if known is not None:
            report = BuildReport(site.out, known, 0, 0, 0, time.monotonic() - started)
            return Outcome(report, notice=_NOTICE.format(report))
        with _without_collection():
            plan = _Build(workspace, revision, site, on, forces=tuple(forces), processes=processes)
            if hold is not None:
                hold(plan)
            report = plan.run(progress, started)
        return Outcome(report, notice=_NOTICE.format(report))

    return Task("Building the sites", work)


_NOTICE = "{0.outputs} pages, {0.written} of them new."
_INPUT = "input"


def _input(revision: str, on: date, forces: Iterable[ForceId]) -> str:
    """Names all that a build is made from."""
    return " ".join([str(LAYOUT), template_version(), revision, on.isoformat(), *sorted(forces)])


def _known(site: SiteFolder, made_from: str) -> int | None:
    """How many outputs a site has that was made from exactly this; None when it wasn't."""
    current = site.current
    found = read_names(current / RECORD, [_INPUT, "outputs"]) if current else {}
    return int(found.get("outputs", "0")) if found.get(_INPUT) == made_from else None


@contextmanager
def _without_collection() -> Iterator[None]:
    """What a build makes lives until it ends: looking for cycles in it took a tenth of it, and found none.

    In a thread of the window nothing is changed, because others work beside it.
    """
    is_changed = gc.isenabled() and threading.current_thread() is threading.main_thread()
    if is_changed:
        gc.disable()
    try:
        yield
    finally:
        if is_changed:
            gc.enable()


class _Build:
    def __init__(
        self,
        workspace: Workspace,
        revision: str,
        site: SiteFolder,
        on: date,
        *,
        forces: tuple[ForceId, ...],
        processes: int | None,
    ) -> None:
        self.site = site
        self.snapshot: Snapshot = workspace.snapshot(revision)
        self.work = Work(workspace.folder / CONTENT, revision, on, forces)
        self.maker = SiteMaker(self.snapshot, site_renderer(), on, forces, self.work.assets)
        self.crew = Crew(self.work, self.maker, processes)

    def run(self, progress: Progress, started: float) -> BuildReport:
        current = self.site.current
        record_file = current / RECORD if current else None
        earlier = read_record(record_file) if record_file else None
        names = used_names(self.snapshot, self.work.on)
        settings = self._settings()
        stamps = page_stamps(self.maker)
        is_whole = earlier is None or record_file is None or dict(earlier.settings) != settings
        if is_whole or earlier is None or record_file is None:
            return self._run(progress, started, _Plan(None, None, list(stamps), [], names, settings))
        changed, asking = _changed_pages(earlier, stamps, names, record_file)
        gone = [page for page in earlier.stamps if page not in stamps]
        if not changed and not gone:
            return self._nothing_to_do(record_file, started)
        return self._run(
            progress, started, _Plan(earlier, record_file, changed, gone, names, settings, asking)
        )

    def _settings(self) -> dict[str, str]:
        return {
            "layout": str(LAYOUT),
            "template": template_version(),
            "forces": " ".join(sorted(self.maker.forces)),
            "profiles": shared_layers(self.snapshot, self.work.on),
        }

    def _nothing_to_do(self, record_file: Path, started: float) -> BuildReport:
        totals = read_record(record_file)
        outputs = int(totals.names.get("outputs", "0")) if totals else 0
        return BuildReport(self.site.out, outputs, 0, 0, 0, time.monotonic() - started)

    def _run(self, progress: Progress, started: float, plan: "_Plan") -> BuildReport:
        staging = self.site.begin()
        try:
            report = self._fill(staging, progress, started, plan)
        except BaseException:
            self.site.abandon(staging)
            raise
        finally:
            self.crew.dismiss()
        return report

    def _fill(self, staging: Staging, progress: Progress, started: float, plan: "_Plan") -> BuildReport:
        rows = read_pages(plan.file, [*plan.changed, *plan.gone]) if plan.file else {}
        rows.update(_for_all(rows, plan.asking))
        total = _Sum()
        if plan.is_whole or len(plan.changed) >= ENOUGH_FOR_SEVERAL:
            self.crew.survey(plan.changed, progress)
        for page, made in self.crew.make(plan.changed, rows, staging, progress, is_whole=plan.is_whole):
            total.made[page] = made
        moved = {f"page:{page}" for page in plan.gone} | total.moved
        if not plan.is_whole and plan.file and moved:
            followers = _users_of(plan.file, moved, total.finished)
            rows.update(_for_all(read_pages(plan.file, followers), followers))
            for page, made in self.crew.make(followers, rows, staging, progress, is_whole=False):
                total.made[page] = made
        lost = [built.path for page in plan.gone for built in rows[page].outputs.values()]
        names = self._names(plan, total.made)
        self._write_record(staging, plan, total.made, names)
        if plan.is_whole or moved:
            self._write_lists(staging, progress, plan)
        if plan.is_whole or plan.has_new_media:
            write_shared_files(staging, self.maker)
        progress.check()
        gone = [path for path in [*total.gone, *lost] if not (staging.root / path).exists()]
        self.site.finish(staging, gone, is_whole=plan.is_whole)
        written = sum(made.written for made in total.made.values())
        faults = sum(made.faults for made in total.made.values())
        seconds = time.monotonic() - started
        return BuildReport(self.site.out, int(names["outputs"]), written, len(gone), faults, seconds)

    def _write_lists(self, staging: Staging, progress: Progress, plan: "_Plan") -> None:
        if not plan.is_whole:  # the book knows only what was made now; the record knows all
            known = Book(self.maker.forces)
            for page, row in read_pages(staging.root / RECORD).items():
                known.note(PageId(page), _seen(row))
            self.crew.learn(known)
        self.crew.write_lists(staging, progress)

    def _names(self, plan: "_Plan", made: Mapping[PageId, Made]) -> dict[str, str]:
        old = dict(plan.earlier.names) if plan.earlier else {}
        names = {name: stamp for name, stamp in old.items() if name.startswith("count:")}
        names.update(plan.names)
        for page in plan.gone:
            names.pop(f"count:{page}", None)
        for page, done in made.items():
            names[f"count:{page}"] = str(done.outputs)
        names[_INPUT] = _input(self.work.revision, self.work.on, self.work.forces)
        names["outputs"] = str(
            sum(int(number) for name, number in names.items() if name.startswith("count:"))
        )
        return names

    def _write_record(
        self, staging: Staging, plan: "_Plan", made: Mapping[PageId, Made], names: Mapping[str, str]
    ) -> None:
        record = SiteRecord(plan.settings, names, {})
        changed = [done.row for done in made.values()]
        try:
            write_record(staging.root / RECORD, record, changed, plan.gone, earlier=plan.file)
        except sqlite3.Error as error:
            raise cannot_write(staging.root / RECORD, OSError(str(error))) from error


@dataclass(frozen=True, slots=True)
class _Plan:
    earlier: SiteRecord | None
    file: Path | None
    changed: Sequence[PageId]
    gone: Sequence[str]
    names: Mapping[str, str]
    settings: Mapping[str, str]
    asking: Sequence[PageId] = ()

    @property
    def is_whole(self) -> bool:
        return self.file is None

    @property
    def has_new_media(self) -> bool:
        old = self.earlier.names if self.earlier else {}
        return any(name.startswith("media:") and old.get(name) != stamp for name, stamp in self.names.items())


def _changed_pages(
    earlier: SiteRecord, stamps: Mapping[PageId, str], names: Mapping[str, str], file: Path
) -> tuple[list[PageId], list[PageId]]:
    """Pages whose files changed or that use something that did; then the latter alone."""
    changed = {page for page, stamp in stamps.items() if earlier.stamps.get(page) != stamp}
    old = {name: stamp for name, stamp in earlier.names.items() if name.startswith(("fact:", "media:"))}
    others = {name for name in {*old, *names} if old.get(name) != names.get(name)}
    asking = [page for page in _users_of(file, others, set()) if page in stamps] if others else []
    return sorted(changed.union(asking)), asking


def _for_all(rows: Mapping[str, PageRecord], pages: Iterable[PageId]) -> dict[str, PageRecord]:
    """Some rows without their files: more than these changed, and whom that concerns isn't told by a path."""
    return {page: replace(rows[page], files={}) for page in pages if page in rows}


def _users_of(file: Path, names: set[str], done: set[PageId]) -> list[PageId]:
    users = (PageId(page) for page, uses in read_uses(file).items() if names.intersection(uses))
    return sorted(page for page in users if page not in done)


def _seen(row: PageRecord) -> dict[Public, Shown]:
    seen: dict[Public, Shown] = {}
    for key, built in row.outputs.items():
        force, _, language = key.partition("/")
        seen[ForceId(force), Language(language)] = Shown(built.url, built.title, built.summary)
    return seen
