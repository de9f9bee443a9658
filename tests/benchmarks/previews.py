"""Previews: from a key to new HTML, and from one force to the next."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.layers import SHARED
from soh_author.reading.paths import page_path
from soh_author.workflow.previewing import PreviewRequest, preview
from tests.benchmarks.table import Row, nearly_worst, seconds
from tests.benchmarks.workload import FORCES, Size, force_name, long_page
from tests.benchmarks.worlds import ON, make_workspace, opened, publish, scratch

KEYS = 60
_GOALS = ((600, 0.016), (5_000, 0.050), (50_000, 0.150))
_PAGE = PageId("advice/long-page")


def measure_previews() -> Iterator[Row]:
    """Type into pages of three lengths; look at one as every force."""
    with scratch() as folder:
        make_workspace(folder, Size(40))
        for words, goal in _GOALS:
            times, force_times = _typed(folder, words)
            yield Row(
                f"key → preview's HTML, {words:,} words, p95 of {KEYS}",
                nearly_worst(times),
                goal,
                beside=f"median {sorted(times)[KEYS // 2] * 1000:.1f} ms",
            )
            if words == _GOALS[1][0]:
                yield Row(
                    f"switch force in the preview, {words:,} words, p95 of {FORCES}",
                    nearly_worst(force_times),
                    0.050,
                )


def _typed(folder: Path, words: int) -> tuple[list[float], list[float]]:
    """Seconds from each key to the preview's HTML, and from each force to the next."""
    path = page_path(SHARED, _PAGE, Language.EN)
    text = long_page(_PAGE, words)
    with opened(folder) as workspace:
        publish(workspace, path, text.encode())
        at = text.index("\n\n", len(text) // 2)

        def show(typed: str, force: int) -> None:
            snapshot = workspace.snapshot(unsaved={path: typed})
            preview(snapshot, _request(force), workspace.renderer)

        show(text, 1)
        keys = [f"{text[:at]} {'and a few words more'[: key % 20]}{key}{text[at:]}" for key in range(KEYS)]
        times = [seconds(partial(show, typed, 1)) for typed in keys]
        return times, [seconds(partial(show, text, number)) for number in range(FORCES)]


def _request(force: int) -> PreviewRequest:
    return PreviewRequest(_PAGE, ForceId(force_name(force)), Language.EN, ON)
