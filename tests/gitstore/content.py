"""Saving versions in few words."""

import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Author, Revision
from tests.support.repositories import git

ANN = Author("Ann Evans", "ann.evans@gwent.example")
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=1)))
BURGLARY = "shared/pages/advice/burglary.en.md"


def save(
    store: Store,
    changes: Mapping[str, bytes | None],
    *,
    expected: str | None,
    branch: str = "published",
    note: str = "Change",
    when: datetime = NOON,
) -> Revision:
    """Save one version by Ann at noon."""
    return store.write(branch, expected, changes, note=note, author=ANN, when=when)


def commit_entries(folder: Path, base: str, *entries: str) -> Revision:
    """Commit, with plain git, a tree that no save of ours would make; entries are ``mode,object,path``."""
    variables = {**os.environ, "GIT_INDEX_FILE": str(folder / "test.index")}

    def run(*words: str) -> str:
        done = subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@x", *words],
            cwd=folder, env=variables, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout.strip()

    run("read-tree", base)
    for entry in entries:
        run("update-index", "--add", "--cacheinfo", entry)
    return Revision(run("commit-tree", "-m", "odd", run("write-tree")))


def is_whole(folder: Path) -> bool:
    """Whether git's own strict check finds nothing broken or missing."""
    said = git(folder, "fsck", "--full", "--strict", "--no-dangling")
    return not said.strip()


def at(minutes: int) -> datetime:
    """A moment some minutes after six in the evening."""
    return datetime(2026, 11, 22, 18, 0, tzinfo=UTC) + timedelta(minutes=minutes)
