"""Workspaces to measure in, in memory where the system has a folder there."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from soh_author.domain.ids import PageId
from soh_author.gitstore.store import Store
from soh_author.workflow.workspace import CONTENT, Person, Workspace
from tests.benchmarks.workload import Size, workload

ON = date(2026, 11, 22)
DRAFT = "bench"
LONG_PAGE = PageId("advice/long-page")
PERSON = Person("Jo Bloggs", "jo@national.example")
_MEMORY = Path("/dev/shm")


def now() -> datetime:
    """The time, for versions."""
    return datetime.now(UTC)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for a while, in memory if possible, so that the disk is not what is measured."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        yield Path(folder)


def make_workspace(folder: Path, size: Size) -> dict[str, bytes]:
    """Make a workspace of a size; its files."""
    files = workload(size)
    store = Store.create(folder / CONTENT)
    try:
        store.write("published", None, files, note="Workload", author=PERSON.author, when=now())
    finally:
        store.close()
    return files


def opened(folder: Path) -> Workspace:
    """The workspace in a folder, with nothing remembered from an earlier opening."""
    return Workspace.open(folder, person=PERSON, clock=now)


def publish(workspace: Workspace, path: str, data: bytes) -> None:
    """Save one file as the live version."""
    head = workspace.store.resolve("published")
    workspace.store.write("published", head, {path: data}, note="Change", author=PERSON.author, when=now())


def add_versions(folder: Path, files: dict[str, bytes], count: int) -> None:
    """Add versions, each of one page after the other, as git's own importer does it: thousands in seconds."""
    paths = sorted(path for path in files if path.endswith(".en.md"))

    def stream() -> Iterator[bytes]:
        for number in range(count):
            path = paths[number * 7919 % len(paths)]
            data = files[path] + b"\nVersion %d.\n" % number
            note = b"Version %d" % number
            yield b"commit refs/heads/published\ncommitter Jo Bloggs <jo@national.example> %d +0000\n" % (
                1_780_000_000 + number
            )
            yield b"data %d\n%s\n" % (len(note), note)
            if number == 0:
                yield b"from refs/heads/published^0\n"
            yield b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data)

    command = ["git", "-C", str(folder / CONTENT), "fast-import", "--quiet"]
    subprocess.run(command, input=b"".join(stream()), check=True)
