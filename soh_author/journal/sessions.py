"""Which windows are open: each holds a file locked, and the system lets go of it when the window dies."""

import secrets
import sqlite3
from contextlib import closing, suppress
from pathlib import Path


class Session:
    """One window's presence beside a journal.

    SQLite's file lock is used because it works alike on every system, and within one process too.
    Without a journal (where nothing can be written) nobody needs to know of it.
    """

    def __init__(self, journal: Path | None) -> None:
        self.name = secrets.token_hex(8)
        self._file = _presence(journal, self.name) if journal else None
        self._connection = sqlite3.connect(
            self._file or ":memory:", isolation_level=None, check_same_thread=False
        )
        self._connection.execute("PRAGMA journal_mode=OFF")
        self._connection.execute("BEGIN EXCLUSIVE")

    def close(self) -> None:
        """Give the lock back and remove its file: from now on other windows may recover this one's texts."""
        with suppress(sqlite3.Error):
            self._connection.rollback()
        self._connection.close()
        if self._file is not None:
            with suppress(OSError):
                self._file.unlink()


def is_alive(journal: Path, session: str) -> bool:
    """Whether the window of that name is still open."""
    file = _presence(journal, session)
    if not file.exists():
        return False
    try:
        with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:
        pass
    with suppress(OSError):
        file.unlink()
    return False


def _presence(journal: Path, session: str) -> Path:
    assert session.isalnum(), "names of sessions are hexadecimal"
    return journal.with_name(f"{journal.name}-{session}.open")
