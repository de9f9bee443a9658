"""Whom it reaches, and comparing whole pages: what a person waits for after an edit."""

from collections.abc import Iterator
from pathlib import Path

from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.reading.paths import page_path
from soh_author.workflow.overrides.comparing import compare_views
from soh_author.workflow.overrides.reaching import reach_between
from soh_author.workflow.overrides.rebasing import plan
from soh_author.workflow.viewpoints import view_of
from soh_author.workflow.workspace import Workspace
from tests.benchmarks.table import Row, middle, seconds
from tests.benchmarks.workload import Size, force_name, long_page
from tests.benchmarks.worlds import ON, make_workspace, opened, publish, scratch

_LONG = PageId("advice/long-page")
_FORCE = ForceId(force_name(7))


def measure_reaches(pages: int, times: int) -> Iterator[Row]:
    """Impact of one shared section, a comparison of long pages, an update from shared."""
    with scratch() as folder:
        make_workspace(folder, Size(pages))
        yield from _impact(folder, pages, times)
        with opened(folder) as workspace:
            yield from _comparison(workspace, times)
            yield from _update(workspace, pages)


def _impact(folder: Path, pages: int, times: int) -> Iterator[Row]:
    with opened(folder) as workspace:
        before = workspace.snapshot()
        page = before.page_ids()[0]
        path = page_path(SHARED, page, Language.EN)
        text = before.text(path) or ""
        heading = text.index("\n## ") + 4

        def look(number: int) -> None:
            changed = f"{text[:heading]}New {number} {text[heading:]}"
            after = workspace.snapshot(unsaved={path: changed})
            reach_between(before, after, ON, workspace.renderer)

        cold = seconds(lambda: look(0))
        numbers = iter(range(1, times + 1))
        warm = middle(lambda: look(next(numbers)), times)
    yield Row(f"whom it reaches, one section, 44 forces, {pages:,} pages, first time", cold, 0.5)
    yield Row(f"whom it reaches, one section, 44 forces, {pages:,} pages, again", warm, 0.5)


def _comparison(workspace: Workspace, times: int) -> Iterator[Row]:
    path = page_path(SHARED, _LONG, Language.EN)
    left = long_page(_LONG, 5_000)
    publish(workspace, path, left.encode())
    before = workspace.snapshot()
    after = workspace.snapshot(
        unsaved={path: left.replace("police", "constabulary").replace("Your", "Their")}
    )
    views = [view_of(each, _LONG, SHARED, Language.EN, ON) for each in (before, after)]
    yield Row(
        "compare two pages of 5,000 words, by sections",
        middle(lambda: compare_views(views[0], views[1]), times),
        0.1,
    )


def _update(workspace: Workspace, pages: int) -> Iterator[Row]:
    layer = Layer.of_force(_FORCE)
    took = seconds(lambda: plan(workspace, "published", ON, layers=[layer]).run())
    yield Row(f"update from shared, the plan of one force, {pages:,} pages", took, None)
