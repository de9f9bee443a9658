"""Live check: whether the pages of a built site are those that were released, byte for byte."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Protocol

from soh_author.domain.errors import ContentError, OutputError
from soh_author.domain.ids import ForceId, PageId
from soh_author.render.renderer import Renderer
from soh_author.render.site_folder import Staging
from soh_author.render.site_on_disk import MOST_STRANGERS, Odd, SiteOnDisk
from soh_author.render.site_online import OnlineSite
from soh_author.workflow.approvals.releasing_files import find_release
from soh_author.workflow.outputs import Output, is_live, outputs_of
from soh_author.workflow.release.auditing_proof import fault_of_release
from soh_author.workflow.site.crew import Work
from soh_author.workflow.site.lists import write_lists, write_shared_files
from soh_author.workflow.site.making import SiteMaker, built_from, site_renderer
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import CONTENT, Workspace


class Deviation(StrEnum):
    """How a page of a site differs from what was released."""

    MISSING = "missing"
    ALTERED = "altered"
    UNKNOWN = "not released"


@dataclass(frozen=True, slots=True)
class Strayed:
    """A file of a site that is not what was released; page and digest are empty where none was.

    ``why`` says what is odd about it beyond other bytes, in words that follow *because*; it may be empty.
    """

    path: str
    deviation: Deviation
    page: str = ""
    digest: str = ""
    why: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong, in a sentence."""
        said = {
            Deviation.MISSING: "was released and is not there",
            Deviation.ALTERED: "is not what was released",
            Deviation.UNKNOWN: "was never released",
        }[self.deviation]
        return f"{_shown(self.path)} {said}{self.why and f': {self.why}'}."


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of a site found: how many pages were looked at, and those that are not as released."""

    release: str
    pages: int
    strayed: tuple[Strayed, ...]
    absent: tuple[ForceId, ...] = ()
    """Forces whose site should stand and of which the folder has nothing: they were not looked at."""

    @property
    def is_true(self) -> bool:
        """Whether every page that was looked at is what was released."""
        return not self.strayed


class Site(Protocol):
    """Where the pages of a site are read."""

    def holds(self, path: str) -> bool:
        """Whether a path of a build is looked at here at all."""

    def read(self, path: str, longest: int) -> bytes | Odd | None:
        """The bytes at a path, at most one more than ``longest``; None when there is nothing."""


def verify_online(
    workspace: Workspace, address: str, release: str, on: date, force: ForceId | None = None
) -> Task[Verified]:
    """As :func:`verify_site`, of a site where the public reads it; pages beyond the release's aren't seen.

    Args:
        address: where the site begins (http or https).
        force: the force whose site that is; without one, the site has a folder for each force.

    Raises (when run):
        NotFoundError: when there is no such release.
        ContentError: when its signatures don't hold.
        UsageError: when it is no address.
        NetworkError: when the site can't be reached.
    """

    def work(progress: Progress) -> Outcome[Verified]:
        revision = _revision(workspace, release)
        known = workspace.published_snapshot(revision).registry.forces
        forces = (force,) if force else tuple(each for each in known if is_live(known[each], on))
        with OnlineSite(address, str(force or "")) as site:
            return _verified(workspace, site, _At(release, revision, on, forces), progress)

    return Task("Checking the site where it is read", work)


def verify_site(workspace: Workspace, site: Path, release: str, on: date) -> Task[Verified]:
    """Compare a built site with what was live after a release.

    Args:
        site: the folder of a build, with a folder for each force; only forces with a folder are looked at.
        release: the release's id.
        on: the day the site was built for.

    Raises (when run):
        NotFoundError: when there is no such release.
        ContentError: when its signatures don't hold.
        OutputError: when the folder can't be read, or holds no site.
    """

    def work(progress: Progress) -> Outcome[Verified]:
        revision = _revision(workspace, release)
        known = workspace.published_snapshot(revision).registry.forces
        found = _forces_in(site, known)
        outcome = _verified(workspace, SiteOnDisk(site), _At(release, revision, on, found), progress)
        absent = tuple(sorted(each for each in known if each not in found and is_live(known[each], on)))
        return replace(outcome, value=replace(outcome.value, absent=absent))

    return Task("Checking the site", work)


@dataclass(frozen=True, slots=True)
class _At:
    """What a site should show: a release, its version, on a day, for some forces."""

    release: str
    revision: str
    on: date
    forces: tuple[ForceId, ...]


def _revision(workspace: Workspace, release: str) -> str:
    """The version of a release, whose signatures hold: a site is held against nothing less."""
    why = fault_of_release(workspace, find_release(workspace.snapshot(), release))
    if why:
        raise ContentError(
            f"The release “{release}” can't be proved, because {why}.",
            safe="Nothing was changed, and no site was looked at.",
            todo="Get the latest. If that doesn't help, tell who looks after the server.",
        )
    return str(workspace.store.resolve(f"releases/{release}"))


def _verified(workspace: Workspace, site: Site, what: _At, progress: Progress) -> Outcome[Verified]:
    plan = Work(workspace.folder / CONTENT, what.revision, what.on, what.forces)
    renderer = site_renderer()
    snapshot = workspace.published_snapshot(what.revision)
    maker = SiteMaker(snapshot, renderer, what.on, plan.forces, plan.assets)
    pages, strayed = _Verifying(maker, renderer, site, progress).run()
    notice = f"{pages} pages looked at; {len(strayed)} are not as released."
    return Outcome(Verified(what.release, pages, strayed), notice=notice)


def _forces_in(site: Path, known: Iterable[ForceId]) -> tuple[ForceId, ...]:
    found = tuple(force for force in known if (site / force).is_dir())
    if not found:
        raise OutputError(
            f"“{site}” holds no site of any force.",
            safe="Nothing was changed.",
            todo="Choose the folder that “soh-author build --out” made.",
        )
    return found


class _Verifying:
    def __init__(self, maker: SiteMaker, renderer: Renderer, site: Site, progress: Progress) -> None:
        self._maker = maker
        self._renderer = renderer
        self._site = site
        self._progress = progress

    def run(self) -> tuple[int, tuple[Strayed, ...]]:
        expected: set[str] = set()
        strayed: list[Strayed] = []
        pages = list(self._maker.snapshot.page_ids())
        for number, page in enumerate(pages):
            self._progress.report(number, len(pages), f"Checking {page}")
            # English and Welsh of a page may stand at one address; then either is right there.
            found: dict[str, tuple[str, list[bytes]]] = {}
            for output, html in self._outputs(page):
                path = built_from(output).path
                found.setdefault(path, (output.digest, []))[1].append(html)
            expected.update(found)
            for path, (digest, texts) in found.items():
                strayed += self._look(Strayed(path, Deviation.ALTERED, str(page), digest), texts)
        number_of_pages = len(expected)
        for path, data in self._beside():
            expected.add(path)
            strayed += self._look(Strayed(path, Deviation.ALTERED), [data])
        strayed += self._others(expected)
        return number_of_pages, tuple(sorted(strayed, key=lambda each: each.path))

    def _beside(self) -> Iterator[tuple[str, bytes]]:
        """What a site has beside its pages: lists, styles, pictures."""
        self._maker.book.take(self._maker.survey(self._maker.snapshot.page_ids()))
        with tempfile.TemporaryDirectory(prefix="soh-author-") as name:
            root = Path(name)
            for force in sorted(self._maker.forces):
                write_lists(Staging(root), self._maker, force)
            write_shared_files(Staging(root), self._maker)
            for file in sorted(each for each in root.rglob("*") if each.is_file()):
                yield file.relative_to(root).as_posix(), file.read_bytes()

    def _outputs(self, page: PageId) -> Iterator[tuple[Output, bytes]]:
        for force, language in outputs_of(self._maker.snapshot, page, self._maker.on):
            if force in self._maker.forces:
                audience = self._maker.audience(force, language)
                context = audience.site_context
                effective = audience.effective(page)
                output, page_made = audience.render_effective(page, effective, self._renderer, context)
                yield output, page_made.data

    def _look(self, wanted: Strayed, expected: Sequence[bytes]) -> Iterator[Strayed]:
        """What a path is, when it is not one of what it should be."""
        self._progress.check()
        if not self._site.holds(wanted.path):
            return
        present = self._site.read(wanted.path, max(map(len, expected)))
        if present is None:
            yield replace(wanted, deviation=Deviation.MISSING)
        elif isinstance(present, Odd):
            yield replace(wanted, why=present.why)
        elif present not in expected:
            yield wanted

    def _others(self, expected: set[str]) -> Iterator[Strayed]:
        """What lies in the site and is none of the release's, where it can be listed."""
        if isinstance(self._site, SiteOnDisk):
            found = islice(self._site.strangers(expected), MOST_STRANGERS)
            yield from (Strayed(path, Deviation.UNKNOWN, why=why) for path, why in found)


def _shown(path: str) -> str:
    """A path for people: signs that can't be shown are written out."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in path)
