"""Live check: whether the pages of a built site are those that were released, byte for byte."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from soh_author.domain.errors import OutputError
from soh_author.domain.ids import ForceId, PageId
from soh_author.render.renderer import Renderer
from soh_author.render.site_folder import Staging
from soh_author.workflow.approvals.releasing_files import find_release
from soh_author.workflow.outputs import Output, outputs_of
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
    """A page of a site that is not what was released; page and digest are empty where none was."""

    path: str
    deviation: Deviation
    page: str = ""
    digest: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong, in a sentence."""
        return {
            Deviation.MISSING: f"{self.path} was released and is not there.",
            Deviation.ALTERED: f"{self.path} is not what was released.",
            Deviation.UNKNOWN: f"{self.path} was never released.",
        }[self.deviation]


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of a site found: how many pages were looked at, and those that are not as released."""

    release: str
    pages: int
    strayed: tuple[Strayed, ...]

    @property
    def is_true(self) -> bool:
        """Whether every page is what was released."""
        return not self.strayed


def verify_site(workspace: Workspace, site: Path, release: str, on: date) -> Task[Verified]:
    """Compare a built site with what was live after a release.

    Args:
        site: the folder of a build, with a folder for each force; only forces with a folder are looked at.
        release: the release's id.
        on: the day the site was built for.

    Raises (when run):
        NotFoundError: when there is no such release.
        OutputError: when the folder can't be read, or holds no site.
    """

    def work(progress: Progress) -> Outcome[Verified]:
        find_release(workspace.snapshot(), release)
        revision = workspace.store.resolve(f"releases/{release}")
        forces = _forces(workspace, str(revision), site)
        plan = Work(workspace.folder / CONTENT, str(revision), on, forces)
        renderer = site_renderer()
        maker = SiteMaker(workspace.published_snapshot(str(revision)), renderer, on, plan.forces, plan.assets)
        found = _Verifying(maker, renderer, site, progress).run()
        pages, strayed = found
        notice = f"{pages} pages looked at; {len(strayed)} are not as released."
        return Outcome(Verified(release, pages, strayed), notice=notice)

    return Task("Checking the site", work)


def _forces(workspace: Workspace, revision: str, site: Path) -> tuple[ForceId, ...]:
    known = workspace.published_snapshot(revision).registry.forces
    found = tuple(force for force in known if (site / force).is_dir())
    if not found:
        raise OutputError(
            f"“{site}” holds no site of any force.",
            safe="Nothing was changed.",
            todo="Choose the folder that “soh-author build --out” made.",
        )
    return found


class _Verifying:
    def __init__(self, maker: SiteMaker, renderer: Renderer, site: Path, progress: Progress) -> None:
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
                deviation = self._deviation(path, *texts)
                if deviation is not None:
                    strayed.append(Strayed(path, deviation, str(page), digest))
        number_of_pages = len(expected)
        for path, data in self._beside():
            expected.add(path)
            deviation = self._deviation(path, data)
            if deviation is not None:
                strayed.append(Strayed(path, deviation))
        strayed += (Strayed(path, Deviation.UNKNOWN) for path in self._others(expected))
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

    def _deviation(self, path: str, *expected: bytes) -> Deviation | None:
        file = self._site / path
        try:
            present = file.read_bytes()
        except FileNotFoundError:
            return Deviation.MISSING
        except OSError:
            return Deviation.ALTERED
        return None if present in expected else Deviation.ALTERED

    def _others(self, expected: set[str]) -> Iterator[str]:
        """Pages of the site that are none of the release's."""
        for force in sorted(self._maker.forces):
            for file in sorted((self._site / force).rglob("*.html")):
                path = file.relative_to(self._site).as_posix()
                if path not in expected:
                    yield path
