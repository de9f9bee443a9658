"""The journal where nothing can be written: its texts, read into memory, so that people can still read."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

_PATIENT = ("SQLITE_BUSY", "SQLITE_LOCKED")


def is_in_use(error: BaseException | None) -> bool:
    """Whether another window is only writing just now, so that trying again helps."""
    return getattr(error, "sqlite_errorname", "").startswith(_PATIENT)


def read_into_memory(path: Path) -> sqlite3.Connection | None:
    """A journal in memory with the texts of the file at ``path``; None when they can't be read.

    A file that was never made is an empty one.
    """
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        if path.exists() and not _copied(path, memory):
            memory.close()
            return None
    except OSError:
        memory.close()
        return None
    return memory


def _copied(path: Path, memory: sqlite3.Connection) -> bool:
    # On a full or read-only disk SQLite can't make the small file it shares between windows; `immutable` does
    # without, and is true there.
    for way in ("mode=ro", "mode=ro&immutable=1"):
        with (
            suppress(sqlite3.Error),
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?{way}", uri=True)) as file,
        ):
            file.backup(memory)
            return True
    return False
