"""Several processes at once, and processes killed while they save. Real processes, real kills."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from soh_author.domain.errors import WorldMovedError
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Revision
from tests.gitstore.content import BURGLARY, is_whole, save

_ROOT = Path(__file__).resolve().parent.parent.parent
_KILLS = 25


def _start(folder: Path, branch: str, writer: str, count: int) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.gitstore.writer_process", str(folder), branch, writer, str(count)],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_two_processes_on_two_drafts_do_not_disturb_each_other(store: Store, live: Revision) -> None:
    for name in ("one", "two"):
        store.create_branch(f"drafts/{name}", live)
    writers = [_start(store.folder, f"drafts/{name}", name, 10) for name in ("one", "two")]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    for name in ("one", "two"):
        tip = store.resolve(f"drafts/{name}")
        assert store.read_path(tip, f"{name}/a/file.txt") == b"10"
        assert len(store.versions_between(live, tip)) == 10
    assert is_whole(store.folder)


def test_two_processes_on_one_draft_lose_nothing(store: Store, live: Revision) -> None:
    store.create_branch("drafts/both", live)
    writers = [_start(store.folder, "drafts/both", name, 10) for name in ("one", "two")]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    tip = store.resolve("drafts/both")
    assert [store.read_path(tip, f"{name}/a/file.txt") for name in ("one", "two")] == [b"10", b"10"]
    assert len(store.versions_between(live, tip)) == 20
    assert is_whole(store.folder)


def test_of_two_windows_that_saw_the_same_version_one_is_told(store: Store, live: Revision) -> None:
    with Store.open(store.folder) as other:
        mine = save(store, {BURGLARY: b"mine"}, expected=live)
        with pytest.raises(WorldMovedError):
            save(other, {BURGLARY: b"theirs"}, expected=live)
        assert other.resolve("published") == mine
        theirs = save(other, {"theirs.txt": b"theirs"}, expected=mine)
    assert store.read_path(theirs, BURGLARY) == b"mine"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups to kill at once")
def test_a_kill_at_any_moment_leaves_the_old_version_or_the_new_one(store: Store, live: Revision) -> None:
    chance = random.Random(20261122)
    store.create_branch("drafts/kill", live)
    for _ in range(_KILLS):
        safe = _kill_while_saving(store.folder, chance)
        _clock_moves_on(store.folder)
        with Store.open(store.folder) as after:
            tip = after.resolve("drafts/kill")
            numbers = {after.read_path(tip, f"w/{part}/file.txt") for part in ("a", "b", "c")}
            assert len(numbers) == 1, "a version is all or nothing"
            assert int(numbers.pop() or b"0") >= safe, "what was said to be safe is there"
            blobs = {entry.blob for entry in after.files(tip).values()}
            assert after.read_many(blobs).keys() == blobs, "every text of it can be read"
            save(after, {f"w/{part}/file.txt": None for part in "abc"}, expected=tip, branch="drafts/kill")
    assert is_whole(store.folder)


def _kill_while_saving(folder: Path, chance: random.Random) -> int:
    """Start a writer, kill it and its git at a random moment; answer the last number it said was safe."""
    process = _start(folder, "drafts/kill", "w", 1000)
    time.sleep(chance.uniform(0, 0.06))
    if chance.random() < 0.5:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    said, _ = process.communicate()
    numbers = said.split()
    return int(numbers[-1]) if numbers else 0


def _clock_moves_on(folder: Path) -> None:
    """A person starts the program again some seconds later."""
    for lock in folder.rglob("*.lock"):
        os.utime(lock, (1, 1))
