"""One file of the cache: opened when first asked, made anew when damaged, in memory where none can be."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_BUSY_SECONDS = 5
_PATIENT = ("SQLITE_BUSY", "SQLITE_LOCKED")


class CacheFile:
    """An SQLite file that several windows share; safe to use from several threads.

    Nothing in it is precious. A damaged file is thrown away, and on a full or read-only disk a copy in memory
    takes its place: no error of it ever reaches a person.

    Args:
        path: the file. Its name should tell the version of what is in it, so that programs don't mix.
        schema: statements that make its tables where they are missing.
    """

    def __init__(self, path: Path, schema: str) -> None:
        self._path = path
        self._schema = schema
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._is_in_memory = False

    def close(self) -> None:
        """Close the file; the next question opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def ask(self, step: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """What ``step`` reads, all of it from one moment; ``otherwise`` when the file can't be read now."""
        return self._run(step, otherwise, "BEGIN")

    def change(self, step: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Do ``step`` wholly or not at all; ``otherwise`` when it was not done."""
        return self._run(step, otherwise, "BEGIN IMMEDIATE")

    def _run(self, step: Callable[[sqlite3.Connection], T], otherwise: T, begin: str) -> T:
        with self._lock:
            for _attempt in range(3):
                try:
                    return self._attempt(step, begin)
                except sqlite3.ProgrammingError:
                    raise
                except sqlite3.Error as error:
                    if _is_in_use(error):
                        return otherwise
                    self._recover(error)
            return otherwise

    def _attempt(self, step: Callable[[sqlite3.Connection], T], begin: str) -> T:
        run = self._connection
        if run is None:
            run = self._connection = self._opened()
        with run:
            run.execute(begin)
            return step(run)

    def _opened(self) -> sqlite3.Connection:
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self._path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            # Not in step with the disk: after a power cut the file may be damaged, and is made again.
            connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;")
            connection.executescript(f"BEGIN IMMEDIATE;{self._schema}COMMIT;")
        except BaseException:
            connection.close()
            raise
        return connection

    def _recover(self, error: sqlite3.Error) -> None:
        """Go on after an error: with a new file where the old one is damaged, in memory where none can be."""
        is_refused = isinstance(error, sqlite3.OperationalError)
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None
        if is_refused or self._is_in_memory or not self._thrown_away():
            self._connection = self._in_memory(is_whole=is_refused)

    def _thrown_away(self) -> bool:
        try:
            for end in ("-wal", "-shm", ""):
                self._path.with_name(self._path.name + end).unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def _in_memory(self, *, is_whole: bool) -> sqlite3.Connection:
        memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._is_in_memory = True
        if is_whole and self._path.is_file():
            # Without the small file that windows share, which can't be made on a full or read-only disk.
            with (
                suppress(sqlite3.Error),
                closing(
                    sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
                ) as file,
            ):
                file.backup(memory)
        with suppress(sqlite3.Error):  # a damaged copy is found out by the next question
            memory.executescript(f"BEGIN;{self._schema}COMMIT;")
        return memory


def _is_in_use(error: sqlite3.Error) -> bool:
    """Whether another window is only writing just now."""
    return getattr(error, "sqlite_errorname", "").startswith(_PATIENT)
