"""Everyday waits in a large workspace: opening, saving, history, searching, the matrix, checks."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from soh_author.domain.ids import Language, PageId
from soh_author.domain.layers import SHARED
from soh_author.reading.paths import page_path
from soh_author.render.renderer import Renderer
from soh_author.workflow.checking import check
from soh_author.workflow.drafting import new_draft, save_private, save_version
from soh_author.workflow.history import history
from soh_author.workflow.overrides.compared_lines import compare_lines
from soh_author.workflow.overrides.matrix import matrix
from soh_author.workflow.searching import PageIndex, index_words, search
from soh_author.workflow.upkeep import keep_quick
from soh_author.workflow.workspace import Workspace
from tests.benchmarks.table import Row, middle, nearly_worst, seconds
from tests.benchmarks.workload import Size, long_page
from tests.benchmarks.worlds import ON, add_versions, make_workspace, opened, scratch


def measure_large_workspace(pages: int, versions: int, times: int) -> Iterator[Row]:
    """Open, save in, and search a workspace of so many pages × 44 forces with so many versions."""
    with scratch() as folder:
        files = make_workspace(folder, Size(pages))
        add_versions(folder, files, versions)
        size = f"{pages:,} pages, {versions:,} versions"
        yield Row(f"open a workspace to its tree of pages, {size}", middle(lambda: _open(folder), times), 1.5)
        with opened(folder) as workspace:
            yield from _everyday(workspace, size, times)
            yield from _finding(workspace, size)


def _open(folder: Path) -> None:
    with opened(folder) as workspace:
        workspace.snapshot().page_ids()


def _everyday(workspace: Workspace, size: str, times: int) -> Iterator[Row]:
    page = workspace.snapshot().page_ids()[0]
    path = page_path(SHARED, page, Language.EN)
    text = workspace.snapshot().text(path) or ""
    new_draft(workspace, "bench").run()
    saves = []
    for number in range(times):
        save_private(workspace, "bench", path, f"{text}\nSaved {number}.\n").run()
        saves.append(seconds(lambda: save_version(workspace, "bench", "A note").run()))
    yield Row(f"save a version, {size}", sorted(saves)[times // 2], 0.1)
    yield Row(f"history of a page before the first quiet moment, {size}", _history(workspace, page, 1), None)
    keep_quick(workspace).run()
    yield Row(f"history of a page, first screen, {size}", _history(workspace, page, times), 0.2)


def _history(workspace: Workspace, page: PageId, times: int) -> float:
    return middle(lambda: history(workspace, "published", page).run(), times)


def _finding(workspace: Workspace, size: str) -> Iterator[Row]:
    snapshot = workspace.snapshot()
    pages = [snapshot.page_info(page) for page in snapshot.page_ids()]
    yield Row(f"quick open, getting ready, {size}", seconds(lambda: PageIndex(pages)), None)
    index = PageIndex(pages)
    words = ["page 00", "vehic", "report cr", "topic 003 page", "polic", "zzzz", "insuranec", "a"]
    times = [seconds(partial(index.find, word, 50)) for word in words * 3]
    yield Row(f"quick open, a key, p95, {size}", nearly_worst(times), 0.05)
    asked = ("evidence", "zzzz", "report cr", "e", "report crime st")
    bare = [seconds(search(workspace, snapshot, word).run) for word in asked]
    yield Row(f"search all texts with no index, the longest, {size}", max(bare), None)
    took = seconds(index_words(workspace, snapshot).run)
    yield Row(f"index all texts, behind, {size}", took, None)
    found = [seconds(search(workspace, snapshot, word).run) for word in asked * 4]
    yield Row(f"search all texts, p95, {size}", nearly_worst(found), 0.05)


def measure_overviews(pages: int, times: int) -> Iterator[Row]:
    """The matrix and the checks of 44 forces × so many pages."""
    with scratch() as folder:
        make_workspace(folder, Size(pages))
        with opened(folder) as workspace:
            cold = seconds(lambda: matrix(workspace.snapshot(), ON).run())
            yield Row(f"matrix, 44 × {pages:,}, cold", cold, 2.0)
            yield Row(
                f"matrix, 44 × {pages:,}, warm",
                middle(lambda: matrix(workspace.snapshot(), ON).run(), times),
                0.15,
            )
        with opened(folder) as workspace:
            renderer = Renderer()
            cache = workspace.findings
            first = seconds(lambda: check(workspace.snapshot(), renderer, ON, cache=cache).run())
            second = middle(lambda: check(workspace.snapshot(), renderer, ON, cache=cache).run(), times)
            yield Row(
                f"check, 44 × {pages:,}, the second run of the first",
                second / first,
                0.02,
                "×",
                f"first {first:.1f} s, second {second:.2f} s",
            )
    left = long_page(PageId("advice/long-page"), 5_000)
    right = left.replace("police", "constabulary").replace("Your", "Their")
    yield Row("compare two texts of 5,000 words", middle(lambda: compare_lines(left, right), times), 0.1)
