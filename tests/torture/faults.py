"""Faults, armed in a process that is about to do something: it is killed, or the system refuses, at a step.

A step is a call from Python into the operating system that changes something: a file opened for writing,
written, renamed, removed, synced; a statement of the database; a program started. Every thread counts.
"""

import errno
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_CALLS = frozenset(
    {
        *("write", "fsync", "flush", "close", "utime", "chmod", "truncate", "ftruncate", "link"),
        *("execute", "executescript", "fork_exec", "flock", "fchmod"),
    }
)
_EVENTS = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "shutil.move"})
_NEEDS_ROOM = frozenset({"os.rename", "os.mkdir", "shutil.move"})
"""What a full disk refuses beside new files; taking away goes on."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Fault(StrEnum):
    """What goes wrong."""

    NONE = "none"
    KILL_ALL = "killed with its programs"
    KILL_ALONE = "killed alone"
    KILL_BY_FILE = "killed at a change of a file"
    FULL = "disk full from here on"
    BROKEN = "one input or output error"
    SMALL_FILES = "no file may grow beyond a size"
    CUT = "line cut after so many bytes"
    HOOK_KILLED = "the server killed in its hook"
    HOOK_FULL = "the server's disk full in its hook"


@dataclass(slots=True)
class Countdown:
    """Counts steps; at one of them, something happens."""

    at: int
    act: Callable[[], None]
    lasts: bool = False
    """Whether it happens at every step from there on."""
    count: int = 0

    def step(self) -> None:
        """One more step is about to be done."""
        self.count += 1
        if self.count == self.at or (self.lasts and self.count > self.at):
            self.act()


def count_steps(countdown: Countdown) -> None:
    """Count every step of this process from now on, in all its threads."""

    def called(_frame: object, event: str, function: object) -> None:
        if event == "c_call" and getattr(function, "__name__", "") in _CALLS:
            countdown.step()

    sys.addaudithook(_auditor(countdown))
    threading.setprofile(called)
    sys.setprofile(called)


_armed: list[Countdown] = []
NEVER = 1 << 60


def calm() -> None:
    """Let nothing go wrong any more in this process."""
    sys.setprofile(None)
    for countdown in _armed:
        countdown.at = NEVER
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def arm(fault: Fault, at: int) -> Countdown:
    """Let a fault happen at a step of this process; at 0, steps are only counted."""
    countdown = Countdown(at or NEVER, lambda: None)
    _armed.append(countdown)
    if fault is Fault.SMALL_FILES:
        # Programs that are started get the signal and end by it; this process gets an error.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (at, resource.RLIM_INFINITY))
        return countdown
    if fault in {Fault.FULL, Fault.HOOK_FULL}:
        countdown.act, countdown.lasts = _refuse(errno.ENOSPC), True
        sys.addaudithook(_auditor(countdown, _NEEDS_ROOM))
        return countdown
    if fault is Fault.BROKEN:
        countdown.act = _refuse(errno.EIO)
        sys.addaudithook(_auditor(countdown))
        return countdown
    if fault is Fault.KILL_ALL:
        countdown.act = end_family
    elif fault is Fault.KILL_ALONE:
        countdown.act = end_alone
    elif fault is Fault.HOOK_KILLED:
        countdown.act = end_server
    count_steps(countdown)
    return countdown


def end_family(pid: int = 0) -> None:
    """Kill a process (this one) and every program it started."""
    wanted = pid or os.getpid()
    for each in [*descendants(wanted), wanted]:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


def end_children() -> None:
    """Kill every program this process started."""
    for each in descendants(os.getpid()):
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


def end_alone() -> None:
    """Kill this process; programs it started go on."""
    os.kill(os.getpid(), signal.SIGKILL)


def end_server() -> None:
    """Kill this process and what started it, up to the program that takes a push."""
    family = [os.getpid()]
    parent = os.getppid()
    while any(word in _words_of(parent) for word in ("receive-pack", "-receive")):
        family.append(parent)
        parent = _parent_of(parent)
    for pid in reversed(family):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def descendants(pid: int) -> list[int]:
    """Every process below one, those started last first."""
    children: dict[int, list[int]] = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            children.setdefault(_parent_of(int(place.name)), []).append(int(place.name))
    found: list[int] = []
    waiting = [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found[::-1]


def _auditor(
    countdown: Countdown, events: frozenset[str] = _EVENTS
) -> Callable[[str, tuple[object, ...]], None]:
    def heard(event: str, arguments: tuple[object, ...]) -> None:
        # What is opened by its number is a pipe, not a file.
        is_file = event == "open" and not isinstance(arguments[0], int) and arguments[0] != os.devnull
        flags = arguments[2] if is_file else 0
        if event in events or (isinstance(flags, int) and flags & _WRITING):
            countdown.step()

    return heard


def _refuse(number: int) -> Callable[[], None]:
    def act() -> None:
        raise OSError(number, os.strerror(number))

    return act


def _parent_of(pid: int) -> int:
    try:
        words = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return int(words.rpartition(")")[2].split()[1])


def _words_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
