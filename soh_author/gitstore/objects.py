"""Reading and writing git objects: one long-lived reader process, durable loose objects."""

import hashlib
import os
import subprocess
import tempfile
import threading
import weakref
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from soh_author.gitstore import sealed

# Requests sent before their answers are read. Small enough to fit the smallest pipe, so that neither side
# waits for the other.
_AHEAD = 80


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object as git holds it: its id, its kind (``blob``, ``tree``, ``commit``) and its bytes."""

    name: str
    kind: str
    data: bytes


class ObjectMeasurer:
    """One ``git cat-file --batch-check`` kept running: kinds and sizes, without the objects' bytes.

    What can't be answered is an error, never a missing object. For one thread.
    """

    def __init__(self, folder: Path, variables: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._variables = variables
        self._process: subprocess.Popen[bytes] | None = None
        self._stop: Callable[[], object] | None = None

    def measure(self, expressions: Sequence[str]) -> list[tuple[str, str, int] | None]:
        """Id, kind and size of what each expression names; None for what is missing or ambiguous.

        Args:
            expressions: short ones (ids), without line ends.

        Raises:
            GitFailedError: when git can't tell.
        """
        found: list[tuple[str, str, int] | None] = []
        for first in range(0, len(expressions), _AHEAD):
            try:
                found += self._ask(expressions[first : first + _AHEAD])
            except (EOFError, OSError) as error:
                raise sealed.GitFailedError(-1, f"objects can't be measured: {error}") from error
        return found

    def close(self) -> None:
        """End the process; the next question starts a new one."""
        stop, self._stop, self._process = self._stop, None, None
        if stop is not None:
            stop()

    def _ask(self, expressions: Sequence[str]) -> Iterator[tuple[str, str, int] | None]:
        process = self._process
        if process is None:
            process = sealed.start(self._folder, ["cat-file", "--batch-check"], variables=self._variables)
            self._stop = weakref.finalize(self, _stop, process)
            self._process = process
        _send(process, expressions)
        return (_head(process) for _ in expressions)


class ObjectReader:
    """One ``git cat-file --batch`` kept running; safe to use from several threads.

    A damaged object ends that process: the object then counts as missing, and the process is started again.
    """

    def __init__(self, folder: Path, variables: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._variables = variables
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stop: Callable[[], object] | None = None

    def get(self, expression: str) -> StoredObject | None:
        """The object an expression names, or None when it is missing, damaged or ambiguous."""
        return self.get_many([expression]).get(expression)

    def get_many(self, expressions: Sequence[str]) -> dict[str, StoredObject]:
        """The objects several expressions name; those missing or damaged are left out.

        Raises:
            WorkspaceError: when the whole folder is not there any more.
        """
        found: dict[str, StoredObject] = {}
        for first in range(0, len(expressions), _AHEAD):
            # Let go in between, so that a preview does not wait for a whole workspace to be read.
            with self._lock:
                self._ask(list(expressions[first : first + _AHEAD]), found)
        if len(found) < len(expressions) and not self._folder.is_dir():
            raise sealed.folder_gone(self._folder)
        return found

    def close(self) -> None:
        """End the process; the next question starts a new one."""
        with self._lock:
            self._end()

    def _ask(self, waiting: list[str], found: dict[str, StoredObject]) -> None:
        while waiting:
            process = self._running()
            try:
                _send(process, waiting)
                while waiting:
                    answer = _read_answer(process)
                    if answer is not None:
                        found[waiting[0]] = answer
                    waiting.pop(0)
            except (EOFError, OSError):
                # The process died over the first question: that object is damaged, the rest need not be.
                waiting.pop(0)
                self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            process = sealed.start(self._folder, ["cat-file", "--batch"], variables=self._variables)
            # A reader that nobody closed takes its process along when it is forgotten.
            self._stop = weakref.finalize(self, _stop, process)
            self._process = process
        return self._process

    def _end(self) -> None:
        stop, self._stop, self._process = self._stop, None, None
        if stop is not None:
            stop()


def _stop(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if process.stdin is not None:
            process.stdin.close()
    process.kill()
    if process.stdout is not None:
        process.stdout.close()
    process.wait()


def _send(process: subprocess.Popen[bytes], expressions: Sequence[str]) -> None:
    assert process.stdin is not None, "the process is started with a pipe for its questions"
    process.stdin.write("".join(f"{word}\n" for word in expressions).encode())
    process.stdin.flush()


def _head(process: subprocess.Popen[bytes]) -> tuple[str, str, int] | None:
    assert process.stdout is not None, "the process is started with a pipe for its answers"
    head = process.stdout.readline()
    if not head.endswith(b"\n"):
        raise EOFError
    words = head.decode("ascii", "replace").split()
    if len(words) != 3 or words[-1] in {"missing", "ambiguous"}:
        return None
    return words[0], words[1], int(words[2])


def _read_answer(process: subprocess.Popen[bytes]) -> StoredObject | None:
    head = _head(process)
    if head is None:
        return None
    assert process.stdout is not None, "the process is started with a pipe for its answers"
    name, kind, size = head
    data = process.stdout.read(size + 1)
    if len(data) != size + 1:
        raise EOFError
    return StoredObject(name, kind, data[:-1])


def object_id(kind: str, data: bytes) -> str:
    """Id git gives to these bytes (SHA-1 over a header and the bytes)."""
    return hashlib.sha1(b"%s %d\0" % (kind.encode(), len(data)) + data, usedforsecurity=False).hexdigest()


class ObjectWriter:
    """Writes loose objects so that they survive a power cut: synced, then named, then the folder synced."""

    def __init__(self, folder: Path) -> None:
        self._objects = folder / "objects"
        self._touched: set[Path] = set()

    def put(self, kind: str, data: bytes) -> str:
        """Store one object and answer its id.

        One that is there already is only touched, so that no clean-up takes it; a damaged one is mended.
        """
        name = object_id(kind, data)
        place = self._objects / name[:2] / name[2:]
        whole = b"%s %d\0" % (kind.encode(), len(data)) + data
        if _holds(place, whole):
            os.utime(place)
        else:
            self._write(place, whole)
        return name

    def settle(self) -> None:
        """Sync the folders written to; from here on a ref may name the objects."""
        for folder in sorted(self._touched):
            sync_folder(folder)
        self._touched.clear()

    def _write(self, place: Path, data: bytes) -> None:
        if not place.parent.is_dir():
            place.parent.mkdir(exist_ok=True)
            self._touched.add(self._objects)
        # The prefix is git's own: its clean-up removes such files when they are left behind.
        handle, aside = tempfile.mkstemp(prefix="tmp_obj_", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(zlib.compress(data, 1))
                file.flush()
                os.fsync(file.fileno())
            Path(aside).chmod(0o444)
            if place.exists():
                place.chmod(0o644)  # Windows does not replace what may not be written
            Path(aside).replace(place)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
        self._touched.add(place.parent)


def _holds(place: Path, whole: bytes) -> bool:
    try:
        return zlib.decompress(place.read_bytes()) == whole
    except (OSError, zlib.error):
        return False


def sync_folder(folder: Path) -> None:
    """Make renames within a folder durable, where the system can (Windows can't, and needs no such call)."""
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
