"""Windows as people meet them: how long until one can begin, from a key to the text, and axe-core's pace."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

from PySide6.QtWidgets import QApplication

from soh_author.domain.ids import Language
from soh_author.domain.layers import SHARED
from soh_author.reading.paths import page_path
from soh_author.render.renderer import Renderer
from soh_author.workflow.drafting import new_draft
from soh_author.workflow.outputs import outputs_of
from soh_author.workflow.previewing import PreviewRequest, preview
from tests.benchmarks.painted import READY
from tests.benchmarks.table import Row, nearly_worst, seconds
from tests.benchmarks.workload import Size, long_page
from tests.benchmarks.worlds import (
    DRAFT,
    LONG_PAGE,
    ON,
    add_versions,
    make_workspace,
    opened,
    publish,
    scratch,
)
from tests.support.browser import Browser

WORDS = 5_000
_LONGEST = 300
_BEGIN = (
    "import runpy, sys; sys.argv = sys.argv[1:]; module = sys.argv[0]; "
    "from soh_author import __main__ as program; "
    "from soh_author.cli import window; "
    "(program.begin(), window.read_first()) if module.endswith(('own_window', 'beating_window')) else None; "
    "runpy.run_module(module, run_name='__main__')"
)
"""Ours begins as the program does; what needs no Qt is read first."""


def measure_windows(pages: int, versions: int, times: int) -> Iterator[Row]:
    """Open a window on so many pages, and type into a long one."""
    with scratch() as folder:
        files = make_workspace(folder, Size(pages))
        add_versions(folder, files, versions)
        _add_long_page(folder)
        ours, floors = [], []
        for _ in range(times):
            floors.append(_until_ready("bare_window"))
            ours.append(_until_ready("own_window", str(folder)))
        beyond = median(mine - floor for mine, floor in zip(ours, floors, strict=True))
        yield Row(
            f"open a window on {pages:,} pages, {versions:,} versions, beyond a bare one",
            beyond,
            1.5,
            beside=f"bare {median(floors):.2f} s",
        )
        typed = _typed(folder)
        yield Row(
            f"key → text painted, {WORDS:,} words, p95 of {len(typed)}",
            nearly_worst(typed),
            0.016,
            beside=f"median {median(typed) * 1000:.1f} ms",
        )


def measure_answering(pages: int) -> Iterator[Row]:
    """Enter every room for the first time, and let jobs run: how long does the window not answer?"""
    with scratch() as folder:
        make_workspace(folder, Size(pages))
        _add_long_page(folder)
        process = _started("beating_window", str(folder))
        try:
            assert process.stdout is not None, "it is started with a pipe"
            found = json.loads(process.stdout.readline())
        finally:
            _end(process)
    for what, longest, work in found:
        yield Row(
            f"the window answers while {what}, 44 × {pages:,}",
            longest,
            0.1,
            beside=f"its own work {work * 1000:.0f} ms",
        )


def _add_long_page(folder: Path) -> None:
    with opened(folder) as workspace:
        publish(workspace, page_path(SHARED, LONG_PAGE, Language.EN), long_page(LONG_PAGE, WORDS).encode())
        new_draft(workspace, DRAFT).run()


def _started(module: str, *arguments: str) -> subprocess.Popen[str]:
    variables = dict(os.environ)
    if sys.platform == "linux" and not (variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY")):
        variables.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, "-c", _BEGIN, f"tests.benchmarks.{module}", *arguments]
    return subprocess.Popen(
        command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def _until_ready(module: str, *arguments: str) -> float:
    """Seconds from starting a program to its saying that a person could begin."""
    started = perf_counter()
    process = _started(module, *arguments)
    try:
        _expect_ready(process)
        return perf_counter() - started
    finally:
        _end(process)


def _typed(folder: Path) -> list[float]:
    process = _started("own_window", str(folder), "type")
    try:
        _expect_ready(process)
        assert process.stdout is not None, "it is started with a pipe"
        return list(json.loads(process.stdout.readline()))
    finally:
        _end(process)


def _expect_ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None, "it is started with a pipe"
    for line in process.stdout:
        if line.strip() == READY:
            return
    raise RuntimeError("The window ended before it was ready. As root: set QTWEBENGINE_DISABLE_SANDBOX=1.")


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    if process.stdout is not None:
        process.stdout.close()
    process.wait(_LONGEST)


def measure_audits(pages: int) -> Iterator[Row]:
    """Lay out and audit distinct renderings one after the other in one process."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication), "nobody else makes one here"
    with scratch() as folder, Browser(app) as browser:
        make_workspace(folder, Size(pages))
        with opened(folder) as workspace:
            snapshot, renderer = workspace.snapshot(), Renderer()
            shown = [
                preview(
                    snapshot,
                    PreviewRequest(page, *reader, ON, annotate=False, is_standalone=True),
                    renderer,
                ).html
                for page in snapshot.page_ids()
                for reader in islice(outputs_of(snapshot, page, ON), 2)
            ]
        browser.audit(shown[0])
        took = seconds(lambda: [browser.audit(html) for html in shown])
        yield Row(
            f"axe-core, a rendering, of {len(shown)}",
            took / len(shown),
            0.2,
            beside=f"{len(shown) / took:.1f} a second in one process",
        )
