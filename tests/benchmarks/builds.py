"""Builds: all of it, nothing, one section, one override; against Hugo and against bare writing."""

import gc
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Self

from markdown_it import MarkdownIt

from soh_author.workflow.site.building import BuildReport, build
from tests.benchmarks.hugo_site import write_hugo_site
from tests.benchmarks.table import Row, seconds
from tests.benchmarks.workload import Size
from tests.benchmarks.worlds import ON, make_workspace, opened, publish, scratch


def measure_builds(pages: int, times: int) -> Iterator[Row]:
    """Measure builds of 44 forces × ``pages``."""
    with scratch() as folder:
        files = make_workspace(folder / "workspace", Size(pages))
        runs = _full(folder, times)
        yield from _full_rows(folder, pages, runs, _bare_parsing(files))
        yield from _changes(folder, pages, files, median(runs.ours), times)


@dataclass(slots=True)
class _Runs:
    """Full builds in turns with Hugo's, so that both meet the same machine: wall and processor seconds."""

    ours: list[float] = field(default_factory=list)
    peers: list[float] = field(default_factory=list)
    our_work: float = 0.0
    peers_work: float = 0.0
    megabytes: float = 0.0

    @property
    def ratio(self) -> float:
        """Median of ours to Hugo's, turn by turn."""
        return median(mine / peer for mine, peer in zip(self.ours, self.peers, strict=True))


def _full(folder: Path, times: int) -> _Runs:
    hugo = shutil.which("hugo")
    if hugo:
        with opened(folder / "workspace") as workspace:
            write_hugo_site(folder / "hugo", workspace.snapshot(), ON)
    runs = _Runs()
    for number in range(times):
        _clear(folder / "site")
        before = _children_work()
        with _Peak() as memory:
            runs.ours.append(seconds(lambda: _run_ours(folder)))
        runs.megabytes = max(runs.megabytes, memory.megabytes)
        between = _children_work()
        runs.our_work += between - before
        if hugo:
            out = folder / f"hugo-{number}"
            command = [hugo, "--quiet", "--noTimes", "--source", folder / "hugo", "--destination", out]
            runs.peers.append(seconds(lambda command=command: subprocess.run(command, check=True)))  # type: ignore[misc]  # a default binds the loop value
            runs.peers_work += _children_work() - between
            shutil.rmtree(out)
    shutil.rmtree(folder / "hugo", ignore_errors=True)
    return runs


def _children_work() -> float:
    """Processor seconds of all processes started so far that have ended."""
    spent = os.times()
    return spent.children_user + spent.children_system


def _run_ours(folder: Path) -> None:
    """As anybody runs it: program start and all."""
    command = [sys.executable, "-m", "soh_author", "build", "--quiet", "--on", ON.isoformat()]
    command += [
        "--workspace",
        str(folder / "workspace"),
        "--out",
        str(folder / "site"),
        "--as",
        "Jo <jo@example.org>",
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _full_rows(folder: Path, pages: int, runs: _Runs, parsing: float) -> Iterator[Row]:
    what = f"full build, 44 × {pages:,}"
    took = median(runs.ours)
    yield Row(f"{what}, program start and all", took, None)
    if runs.peers:
        yield Row(f"{what}, of Hugo's", runs.ratio, 0.20, "×", f"Hugo {median(runs.peers):.2f} s")
        work = runs.our_work / runs.peers_work
        beside = f"{runs.our_work / len(runs.ours):.1f} s of Hugo's {runs.peers_work / len(runs.peers):.1f} s"
        yield Row(f"{what}, processor time, of Hugo's", work, None, "×", beside)
    bare = _bare_writing(folder)
    yield Row(f"{what}, of writing the same bytes", took / bare, 3.0, "×", f"bare writing {bare:.2f} s")
    beside = f"markdown-it-py alone {parsing:.2f} s, in two processes"
    yield Row(f"{what}, least with this parser, of writing", (parsing + bare) / bare, None, "×", beside)
    if runs.megabytes:
        yield Row(f"{what}, peak memory of all processes", runs.megabytes, 500, "MB")


def _bare_parsing(files: Mapping[str, bytes]) -> float:
    """Seconds in which two processes parse every text once, if they lose nothing by sharing them.

    No build that parses with this library takes less.
    """
    parser = MarkdownIt("commonmark").enable("table")
    texts = {data.decode() for path, data in files.items() if path.endswith(".md")}
    return median(seconds(lambda: [parser.parse(text) for text in texts]) for _ in range(3)) / 2


def _bare_writing(folder: Path) -> float:
    """Seconds to write all files of the built site from this process, which has them in memory."""
    site = folder / "site"
    found = {
        Path(top, name).relative_to(site).as_posix(): Path(top, name).read_bytes()
        for top, _folders, names in os.walk(site, followlinks=True)
        for name in names
        if not name.startswith(".")
    }
    target = folder / "bare"

    def write() -> None:
        made: set[str] = set()
        for path, data in found.items():
            parent = path.rpartition("/")[0]
            if parent not in made:
                (target / parent).mkdir(parents=True, exist_ok=True)
                made.add(parent)
            with open(f"{target}/{path}", "wb") as file:  # noqa: PTH123 - the barest way there is
                file.write(data)

    took = []
    for _ in range(3):
        took.append(seconds(write))
        shutil.rmtree(target)
    return median(took)


def _changes(folder: Path, pages: int, files: dict[str, bytes], full: float, times: int) -> Iterator[Row]:
    what = f"44 × {pages:,}"
    gc.collect()
    gc.freeze()  # what this process holds for measuring is no part of a build that looks through its own
    nothing = [_again(folder).seconds for _ in range(times)]
    yield Row(
        f"nothing changed, {what}, of the full build",
        median(nothing) / full,
        0.02,
        "×",
        f"{median(nothing) * 1000:.0f} ms",
    )
    shared = [path for path in files if path.startswith("shared/pages/advice") and path.endswith(".en.md")]
    own = [
        path
        for path in files
        if path.startswith("forces/force-07/pages/") and b"kind: page" not in files[path]
    ]
    yield from _edited(folder, f"one shared section edited, {what}", shared[:times], files, 0.3)
    yield from _edited(folder, f"one force's override edited, {what}", own[:times], files, 0.1)


def _edited(
    folder: Path, what: str, paths: list[str], files: dict[str, bytes], limit: float
) -> Iterator[Row]:
    reports = []
    for path in paths:
        with opened(folder / "workspace") as workspace:
            publish(workspace, path, files[path].rstrip() + b" And a few words more.\n")
        reports.append(_again(folder))
    written = sorted({report.written for report in reports})
    yield Row(
        what,
        median(report.seconds for report in reports),
        limit,
        beside=f"{written[0]}–{written[-1]} outputs written",
    )


def _again(folder: Path) -> BuildReport:
    """Build what changed, with nothing remembered; the report's seconds count the workspace's opening too."""
    started = time.perf_counter()
    with opened(folder / "workspace") as workspace:
        report = build(workspace, folder / "site", on=ON).run().value
    took = time.perf_counter() - started
    return BuildReport(report.site, report.outputs, report.written, report.removed, report.faults, took)


def _clear(site: Path) -> None:
    site.unlink(missing_ok=True)
    shutil.rmtree(site.parent / f".{site.name}.versions", ignore_errors=True)


class _Peak:
    """Watches the memory of this process's children and theirs, where /proc tells (Linux)."""

    def __init__(self) -> None:
        self.megabytes = 0.0
        self._is_over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._is_over.wait(0.05):
            used = sum(map(_resident, _below(os.getpid())))
            self.megabytes = max(self.megabytes, used / 1024)


def _below(process: int) -> Iterator[int]:
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield int(child)
                yield from _below(int(child))


def _resident(process: int) -> int:
    """Kilobytes of a process that are in memory, shared ones counted by their share."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
