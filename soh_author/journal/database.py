"""The journal's file: made, opened, and set aside when it is damaged."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from soh_author.domain.errors import OutputError, WorkspaceError
from soh_author.journal.borrowed import is_in_use, read_into_memory

T = TypeVar("T")
VERSION = 1
_BUSY_SECONDS = 10
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    draft TEXT NOT NULL, path TEXT NOT NULL, session TEXT NOT NULL,
    text BLOB NOT NULL, saved_text BLOB, base_blob TEXT, changed TEXT NOT NULL,
    PRIMARY KEY (draft, path, session)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS discarded (
    number INTEGER PRIMARY KEY, draft TEXT NOT NULL, path TEXT NOT NULL,
    text BLOB NOT NULL, base_blob TEXT, moment TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS closed_sessions (session TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_STRANGE = (
    "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%' LIMIT 1"
)


NO_PLACE = (
    "Nothing can be saved in this workspace: its disk is full, or its folder can't be written."
    " You can read, check and build. Make room, then open the workspace again."
)


class Database:
    """One connection to the journal's file, used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Open, or make, the file; where nothing can be written, what it says is read into memory.

        Raises:
            OutputError: when it can't be opened, not even for reading.
            WorkspaceError: when a newer program wrote it.
        """
        self._path = path
        self._lock = threading.RLock()
        self.notice = ""
        self._is_sealed = False
        try:
            self._connection = self._connect()
        except OutputError as error:
            self._connection = _borrowed(path, error)
            self.notice = NO_PLACE

    @property
    def is_borrowed(self) -> bool:
        """Whether nothing can be written here, and texts are only there to be read."""
        return self.notice == NO_PLACE

    def seal(self) -> None:
        """From now on refuse to write, where what is written would not last."""
        self._is_sealed = self.is_borrowed

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._connection.close()

    def _connect(self) -> sqlite3.Connection:
        """Open the file; a damaged one is set aside and a new one started."""
        try:
            return connect(self._path)
        except sqlite3.DatabaseError:
            aside = set_aside(self._path)
            self.notice = (
                f"The file with unsaved texts was damaged. It was kept as “{aside}”,"
                " and a new one was started. Saved versions are not affected;"
                " look through your drafts for the last words you typed."
            )
            return connect(self._path)

    def transaction(self, step: Callable[[sqlite3.Connection], T], *, durable: bool = True) -> T:
        """Run ``step`` wholly or not at all; once more on a new file when this one turns out damaged.

        Args:
            durable: on the disk when this returns; otherwise safe from a crash of the program only.

        Raises:
            OutputError: when it can't be written.
        """
        with self._lock:
            if self._is_sealed:
                raise _no_place(self._path)
            try:
                return self._attempt(step, durable=durable)
            except sqlite3.OperationalError as error:
                raise unwritable(self._path, error) from error
            except sqlite3.ProgrammingError:
                raise
            except sqlite3.DatabaseError:
                self._connection.close()
                self._connection = self._connect()
                try:
                    return self._attempt(step, durable=durable)
                except sqlite3.Error as error:
                    raise unwritable(self._path, error) from error

    def _attempt(self, step: Callable[[sqlite3.Connection], T], *, durable: bool) -> T:
        run = self._connection
        run.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
        with run:
            run.execute("BEGIN IMMEDIATE")
            return step(run)

    def write(self, words: str, *values: str | bytes | int | None, durable: bool = True) -> int:
        """Run one statement; answer how many rows it touched. Errors as :meth:`transaction`."""
        return self.transaction(lambda run: run.execute(words, values).rowcount, durable=durable)

    def query(self, words: str, *values: str | None) -> list[Any]:
        """All rows of a question.

        Raises:
            WorkspaceError: when the file can't be read any more.
        """
        with self._lock:
            try:
                return self._connection.execute(words, values).fetchall()
            except sqlite3.Error as error:
                raise unreadable(self._path, error) from error


def connect(path: Path) -> sqlite3.Connection:
    """Open the file, making it when it is new.

    Raises:
        sqlite3.DatabaseError: when it is damaged.
        WorkspaceError: when a newer program wrote it.
        OutputError: when it can't be opened.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
    except (OSError, sqlite3.OperationalError) as error:
        raise unwritable(path, error) from error
    try:
        _prepare(connection, path)
    except sqlite3.OperationalError as error:
        connection.close()
        raise unwritable(path, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _borrowed(path: Path, error: OutputError) -> sqlite3.Connection:
    memory = None if is_in_use(error.__cause__) else read_into_memory(path)
    if memory is None:
        raise error
    _prepare(memory, path)
    return memory


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise WorkspaceError(
            f"The unsaved texts in “{path}” were written by a newer SOH Author.",
            safe="They are untouched.",
            todo="Open the workspace with the newest SOH Author.",
        )
    (health,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if health != "ok":
        raise sqlite3.DatabaseError(health)
    strange = connection.execute(_STRANGE).fetchone()
    if strange is not None:  # it came with somebody else's folder, and would act on every word that is kept
        raise sqlite3.DatabaseError(f"“{strange[0]}” in it is nothing that this program makes")
    connection.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}PRAGMA user_version={VERSION};COMMIT;")


def set_aside(path: Path) -> Path:
    """Rename a damaged file and what belongs to it; answer the new name.

    Raises:
        OutputError: when another program holds it.
    """
    aside = next(
        place
        for number in count(1)
        if not (place := path.with_name(f"{path.name}.damaged-{number}")).exists()
    )
    try:
        path.replace(aside)
    except OSError as error:
        raise unwritable(path, error) from error
    for end in ("-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + end).replace(aside.with_name(aside.name + end))
    return aside


def unwritable(path: Path, error: Exception) -> OutputError:
    """The error for a file that can't be opened or written."""
    return OutputError(
        f"Unsaved text can't be kept in “{path}” ({error}).",
        safe="What is on the screen is still there.",
        todo="Make sure that the disk has space, close other windows of SOH Author, and save again.",
    )


def _no_place(path: Path) -> OutputError:
    return OutputError(
        f"Text can't be kept in “{path}”: the disk is full, or the folder can't be written.",
        safe="What was saved before is untouched, and what is on the screen is still there.",
        todo="Make room, or let the folder be written; then open the workspace again.",
    )


def unreadable(path: Path, error: Exception) -> WorkspaceError:
    """The error for a file that can't be read any more."""
    return WorkspaceError(
        f"Unsaved text can't be read from “{path}” ({error}).",
        safe="Saved versions are not affected, and the file is kept.",
        todo="Close SOH Author and start it again; it sets the damaged file aside.",
    )
