"""Lock files that a killed process left behind: told from live ones, and cleared.

Git marks a ref, or its list of refs, as busy with a ``.lock`` file that names no owner, and holds it for
milliseconds. Killed in between (18 of 36 kills of a plain commit), it leaves the file, and every later save
fails.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_BROOM = "soh-author.broom"


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
