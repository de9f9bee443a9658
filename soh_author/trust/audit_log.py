"""The log of what a server let in: a chain of signed lines, each naming the one before by its hash.

Cut at its head, in its middle or at its tail, edited, swapped or doubled, it no longer fits: in itself, with
the names as they stand, or with the heads that others saw. It is written after names moved, so that it never
lists a push that lost a race; what moved while nobody could write is written as *found* by the next push.
"""

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from soh_author.trust import canonical_json
from soh_author.trust.canonical_json import Json
from soh_author.trust.errors import BadRecordError, BadSignatureError
from soh_author.trust.moments import moment_text
from soh_author.trust.signatures import armour, unarmour, verify
from soh_author.trust.signers import Signer

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NAMESPACE = "soh-author/audit"
START = "0" * 64
"""What the first line names as the one before."""

INSTALLED = "installed"
ACCEPTED = "accepted"
FOUND = "found"
NOTHING = "0" * 40
_LONGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Move:
    """One name that moved: from one version to another, 40 zeros where there is none."""

    ref: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Happened:
    """What a new line is to tell."""

    what: str
    moves: tuple[Move, ...]
    when: datetime


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line: its number from 1, when, what happened (``installed``, ``accepted``, ``found``), what moved.

    ``head`` is the hash of the line, which the next one names.
    """

    number: int
    when: datetime
    what: str
    moves: tuple[Move, ...]
    head: str


@dataclass(frozen=True, slots=True)
class LogReport:
    """What was found in a log: its lines as far as they hold, and a sentence for each thing that is wrong."""

    entries: tuple[LogEntry, ...]
    faults: tuple[str, ...]

    @property
    def head(self) -> str:
        """Hash of the newest line; worth keeping elsewhere."""
        return self.entries[-1].head if self.entries else START

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class _Tail:
    number: int
    head: str
    entries: tuple[LogEntry, ...]
    is_sound: bool


def append(log: Path, happened: Happened, signer: Signer, places: Callable[[], Mapping[str, str]]) -> str:
    """Write one line, on the disk when this returns; what moved unseen is written down first.

    Args:
        log: the file; made when missing. A last line that was never finished is taken away.
        happened: what the line tells; moves that another push has found meanwhile are left out.
        signer: the server's key.
        places: answers every name with the version it stands at; asked while nobody else writes.

    Returns:
        The hash of the newest line.

    Raises:
        OSError: when it can't be written.
    """
    with _alone(log):
        tail = _tail(log)
        known = _places(tail.entries)
        told = {move for entry in tail.entries for move in entry.moves}
        fresh = tuple(move for move in happened.moves if known.get(move.ref) == move.old or move not in told)
        unseen = _unseen(known, fresh, places()) if tail.entries and tail.is_sound else ()
        lines: list[bytes] = []
        head = tail.head
        for each in (replace(happened, what=FOUND, moves=unseen), replace(happened, moves=fresh)):
            if each.moves or each.what == INSTALLED:
                lines.append(_line(tail.number + len(lines) + 1, head, each, signer))
                head = _hash(lines[-1])
        with log.open("ab") as file:
            file.write(b"".join(lines))
            file.flush()
            os.fsync(file.fileno())
    return head


def check_log(
    log: Path, key_line: str, now_at: Mapping[str, str], seen_heads: Iterable[str] = ()
) -> LogReport:
    """Look whether a log is whole.

    Args:
        log: the file.
        key_line: the server's public key.
        now_at: every name with the version it stands at now.
        seen_heads: hashes of newest lines that others saw earlier.
    """
    try:
        data = log.read_bytes()
    except OSError as error:
        return LogReport((), (f"The log can't be read ({error.strerror}).",))
    entries: list[LogEntry] = []
    faults: list[str] = []
    for number, line in enumerate(data.splitlines(keepends=True), 1):
        try:
            entries.append(_read(line, entries, key_line))
        except (BadRecordError, BadSignatureError) as error:
            faults.append(f"Line {number} of the log doesn't hold, because {error.reason}.")
            break
    if not entries and not faults:
        faults.append("The log is empty.")
    faults += _gaps(entries)
    if not faults:
        faults += _not_told(_places(entries), now_at)
    heads = {entry.head for entry in entries}
    faults += [
        f"The line {head[:12]}… that was seen earlier is gone." for head in seen_heads if head not in heads
    ]
    return LogReport(tuple(entries), tuple(faults))


def _line(number: int, before: str, happened: Happened, signer: Signer) -> bytes:
    body: dict[str, Json] = {
        "number": number,
        "before": before,
        "time": moment_text(happened.when),
        "what": happened.what,
        "moves": [{"ref": move.ref, "from": move.old, "to": move.new} for move in happened.moves],
    }
    signature = unarmour(signer.sign(canonical_json.dumps(body), NAMESPACE))
    return canonical_json.dumps({**body, "signature": signature.hex()})


def _read(line: bytes, entries: Sequence[LogEntry], key_line: str) -> LogEntry:
    value = canonical_json.loads(line, largest=_LONGEST)
    expected = {"number", "before", "time", "what", "moves", "signature"}
    if not isinstance(value, dict) or set(value) != expected:
        raise BadRecordError("it is no line of a log")
    body = {name: inner for name, inner in value.items() if name != "signature"}
    if value["number"] != len(entries) + 1:
        raise BadRecordError(f"line {len(entries) + 1} is missing")
    if value["before"] != (entries[-1].head if entries else START):
        raise BadRecordError("it doesn't follow the line before it")
    if key_line:
        verify(_signature(value["signature"]), canonical_json.dumps(body), NAMESPACE, key_line)
    return LogEntry(
        len(entries) + 1, _moment(value["time"]), str(value["what"]), _moves(value["moves"]), _hash(line)
    )


def _signature(value: object) -> bytes:
    try:
        return armour(bytes.fromhex(str(value)))
    except ValueError as error:
        raise BadRecordError("its signature is damaged") from error


def _moment(value: object) -> datetime:
    try:
        return datetime.strptime(str(value), "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise BadRecordError("its time can't be read") from error


def _moves(value: object) -> tuple[Move, ...]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise BadRecordError("what moved can't be read")
    return tuple(Move(str(each.get("ref")), str(each.get("from")), str(each.get("to"))) for each in value)


def _tail(log: Path) -> "_Tail":
    """Where a log ends; a last line that was being written when the machine stopped is cut off."""
    data = log.read_bytes() if log.exists() else b""
    whole = data[: data.rfind(b"\n") + 1]
    if whole != data:
        with log.open("r+b") as file:
            file.truncate(len(whole))
    lines = whole.splitlines(keepends=True)
    entries: list[LogEntry] = []
    try:
        for line in lines:
            entries.append(_read(line, entries, ""))
    except (BadRecordError, BadSignatureError):
        # Somebody altered it, which the check tells. New lines follow its last one all the same.
        return _Tail(len(lines), _hash(lines[-1]), tuple(entries), is_sound=False)
    return _Tail(len(lines), _hash(lines[-1]) if lines else START, tuple(entries), is_sound=True)


def _places(entries: Iterable[LogEntry]) -> dict[str, str]:
    """Where the log says that each name stands."""
    return {move.ref: move.new for entry in entries for move in entry.moves}


def _unseen(known: Mapping[str, str], moves: Iterable[Move], now_at: Mapping[str, str]) -> tuple[Move, ...]:
    """What moved without being written down, up to where the moves of this push began."""
    began = {**now_at, **{move.ref: move.old for move in moves}}
    return tuple(
        Move(ref, known.get(ref, NOTHING), began.get(ref, NOTHING))
        for ref in sorted(known.keys() | began.keys())
        if known.get(ref, NOTHING) != began.get(ref, NOTHING)
    )


def _gaps(entries: Iterable[LogEntry]) -> Iterator[str]:
    places: dict[str, str] = {}
    for entry in entries:
        for move in entry.moves:
            if entry.what != INSTALLED and places.get(move.ref, NOTHING) != move.old:
                yield f"Before line {entry.number}, {move.ref} moved without being written down."
            places[move.ref] = move.new


def _not_told(known: Mapping[str, str], now_at: Mapping[str, str]) -> Iterator[str]:
    for ref in sorted(known.keys() | now_at.keys()):
        told, found = known.get(ref, NOTHING), now_at.get(ref, NOTHING)
        if told != found:
            yield f"{ref} stands at {found[:8]}, and the log says {told[:8]}."


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


@contextmanager
def _alone(log: Path) -> Iterator[None]:
    """One writer at a time; the system gives the lock back when a process dies."""
    handle = os.open(log.with_name(log.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
