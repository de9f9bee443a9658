"""Lock files left behind by killed processes, and those that are alive."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from soh_author.domain.errors import WorkspaceError
from soh_author.gitstore import origin, refs, upkeep
from soh_author.gitstore.cloning import clone
from soh_author.gitstore.locks import alone, clear_stale_lock
from soh_author.gitstore.refs import RefMove
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Revision
from tests.gitstore.content import save
from tests.support.repositories import git


def _left_behind(lock: Path, seconds: float) -> Path:
    lock.write_bytes(b"")
    then = time.time() - seconds
    os.utime(lock, (then, then))
    return lock


@pytest.mark.parametrize("name", ["refs/heads/published.lock", "packed-refs.lock"])
@pytest.mark.parametrize("seconds", [60.0, -3600.0])
def test_a_lock_of_a_dead_process_does_not_stop_a_save(
    store: Store, live: Revision, name: str, seconds: float
) -> None:
    lock = _left_behind(store.folder / name, seconds)
    second = save(store, {"a": b"a"}, expected=live)
    store.create_branch("drafts/fees", second)
    store.discard_branch("drafts/fees", store.version(second).when)
    assert store.resolve("published") == second
    assert not lock.exists()


@pytest.mark.parametrize(
    "name",
    [
        "config.lock",
        "packed-refs.lock",
        "objects/info/commit-graph.lock",
        "refs/remotes/origin/published.lock",
    ],
)
def test_a_lock_of_a_dead_process_does_not_stop_getting_the_latest_or_tidying_up(
    store: Store, live: Revision, tmp_path: Path, name: str
) -> None:
    with clone(str(store.folder), tmp_path / "mine.git") as mine:
        theirs = save(store, {"a": b"a"}, expected=live)
        lock = _left_behind(mine.folder / name, 60)
        origin.set_origin(mine, str(store.folder))
        origin.fetch(mine)
        upkeep.tidy(mine.folder)
        assert mine.resolve("origin/published") == theirs
        assert not lock.exists()


def test_a_list_of_names_half_written_by_a_dead_process_stops_nothing(store: Store, live: Revision) -> None:
    store.create_branch("drafts/fees", live)
    store.create_branch("drafts/prices", live)
    git(store.folder, "pack-refs", "--all")
    half = _left_behind(store.folder / "packed-refs.new", 60)
    store.discard_branch("drafts/fees", store.version(live).when)
    assert not half.exists()
    _left_behind(half, 60)
    save(store, {"a": b"a"}, expected=live)
    upkeep.tidy(store.folder)
    assert not half.exists()
    assert {branch.name for branch in store.branches()} == {"published", "drafts/prices"}


def test_a_young_lock_is_left_alone(store: Store) -> None:
    lock = _left_behind(store.folder / "refs/heads/published.lock", 1)
    assert not clear_stale_lock(store.folder, lock, 5)
    assert lock.exists()


def test_a_lock_that_is_not_given_up_is_told_and_nothing_is_changed(store: Store, live: Revision) -> None:
    lock = store.folder / "refs/heads/published.lock"
    with pytest.raises(WorkspaceError, match="did not finish"):
        _with_lock_kept_young(store, live, lock)
    assert lock.exists()
    assert store.resolve("published") == live


def _with_lock_kept_young(store: Store, live: Revision, lock: Path) -> None:
    # Dated a little into the future, the lock stays younger than the limit for the whole wait.
    _left_behind(lock, -30)
    move = RefMove("refs/heads/published", live, None)
    refs.move_refs(store.folder, [move], moved=refs.moved_error("published"), stale_after=-4.5)


def test_only_one_process_clears_at_a_time(tmp_path: Path) -> None:
    broom = tmp_path / "broom"
    code = (
        "import pathlib, sys\n"
        "from soh_author.gitstore.locks import alone\n"
        "print('waiting', flush=True)\n"
        "with alone(pathlib.Path(sys.argv[1])):\n"
        "    print('inside', flush=True)\n"
    )
    with alone(broom):
        other = subprocess.Popen(
            [sys.executable, "-c", code, str(broom)], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
        )
        assert other.stdout is not None
        assert other.stdout.readline() == "waiting\n"
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(0.2)
    with other:
        assert other.stdout.readline() == "inside\n"
    assert other.returncode == 0
