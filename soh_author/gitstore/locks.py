"""Lock files that a killed process left behind: told from live ones, and cleared.

Git marks a ref, or its list of refs, as busy with a ``.lock`` file that names no owner, and holds it for
milliseconds. Killed in between (18 of 36 kills of a plain commit), it leaves the file, and every later save
fails.
"""

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from soh_author.gitstore.sealed import GitFailedError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

T = TypeVar("T")
STALE_AFTER = 5.0
"""Seconds after which a lock is taken for that of a dead process; git holds them for milliseconds."""

_BROOM = "soh-author.broom"
# Sentences of git 2.34 to 2.5x under LC_ALL=C (lockfile.c, config.c).
_TOLD = re.compile(r"Unable to create '(?P<lock>[^\n]+\.lock)': File exists")
# Git writes the list of refs anew beside the old one, and never over what a killed process left of that.
_TOLD_NEW = re.compile(r"unable to create file '?(?P<lock>[^\n']+packed-refs\.new)'?: File exists")
_TOLD_OF = re.compile(r"could not lock config file (?P<file>[^\n]+): File exists")


def clear_stale_lock(folder: Path, lock: Path, stale_after: float) -> bool:
    """Remove ``lock`` when it is older than ``stale_after`` seconds; tell whether it was removed.

    Only one process clears at a time and looks again before it does, so that no live lock is taken.
    """
    if not _is_stale(lock, stale_after):
        return False
    with alone(folder / _BROOM):
        if _is_stale(lock, stale_after):
            with suppress(OSError):
                lock.unlink()
                return True
    return False


def patiently(folder: Path, work: Callable[[], T], stale_after: float = STALE_AFTER) -> T:
    """Do something with git in a repository; a lock in its way is waited for, and cleared when it is stale.

    Args:
        folder: the repository.
        work: may be done again when it fails over a lock.
        stale_after: seconds after which a lock file nobody gave up is taken for a dead process's.

    Raises:
        GitFailedError: when it fails for another reason, or another program holds the lock too long.
    """
    deadline = time.monotonic() + stale_after + 5
    while True:
        try:
            return work()
        except GitFailedError as error:
            lock = _told_lock(error.text)
            if lock is None or folder not in lock.parents or time.monotonic() > deadline:
                raise
            if not clear_stale_lock(folder, lock, stale_after):
                time.sleep(0.2)


def is_about_a_lock(text: str) -> bool:
    """Whether git says that a lock is in its way."""
    return _told_lock(text) is not None


def _told_lock(text: str) -> Path | None:
    """The lock that git says is in its way."""
    lock, file = _TOLD.search(text) or _TOLD_NEW.search(text), _TOLD_OF.search(text)
    if lock is not None:
        return Path(lock["lock"])
    return None if file is None else Path(f"{file['file']}.lock")


def _is_stale(lock: Path, stale_after: float) -> bool:
    try:
        age = time.time() - lock.stat().st_mtime
    except OSError:
        return False
    # A date in the future comes from a clock that was put right since; nobody holds a lock for long.
    return age > stale_after or age < -60


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on a file; the system gives it back when the process dies."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
