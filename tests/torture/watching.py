"""Watches folders for changes of files, as the system tells them, so that git itself can be killed at one."""

import ctypes
import os
import select
import struct
import time
from collections.abc import Iterable
from pathlib import Path

_MODIFY, _CLOSED, _FROM, _TO, _CREATE, _DELETE = 0x2, 0x8, 0x40, 0x80, 0x100, 0x200
_MASK = _MODIFY | _CLOSED | _FROM | _TO | _CREATE | _DELETE
_FOLDER = 0x40000000
_HEAD = struct.Struct("iIII")
_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True)


class Watch:
    """Counts changes below some folders."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._handle = _libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        self._places: dict[int, Path] = {}
        self.count = 0
        for folder in folders:
            self._add(folder)

    def wait(self, process: int, until: int, seconds: float) -> bool:
        """Wait for the change of a number; False when the process, given by its handle, ended before."""
        poll = select.poll()
        poll.register(self._handle, select.POLLIN)
        poll.register(process, select.POLLIN)
        deadline = time.monotonic() + seconds
        while self.count < until and time.monotonic() < deadline:
            ready = [handle for handle, _ in poll.poll(1000)]
            if self._handle in ready:
                self._read()
            elif process in ready:
                return False
        return self.count >= until

    def close(self) -> None:
        """Stop watching."""
        os.close(self._handle)

    def _add(self, folder: Path) -> None:
        number = _libc.inotify_add_watch(self._handle, os.fsencode(folder), _MASK)
        if number >= 0:
            self._places[number] = folder
            for below in folder.iterdir() if folder.is_dir() else ():
                if below.is_dir():
                    self._add(below)

    def _read(self) -> None:
        data = os.read(self._handle, 65536)
        place = 0
        while place < len(data):
            number, mask, _, length = _HEAD.unpack_from(data, place)
            name = data[place + _HEAD.size : place + _HEAD.size + length].rstrip(b"\0")
            place += _HEAD.size + length
            self.count += 1
            if mask & _FOLDER and mask & (_CREATE | _TO) and number in self._places:
                self._add(self._places[number] / os.fsdecode(name))


def adopt_orphans() -> None:
    """Become the parent of every program whose own parent dies, so that all of them can be waited for."""
    _libc.prctl(_SUBREAPER, 1, 0, 0, 0)


def wait_for_all(seconds: float) -> bool:
    """Wait until no program below this one runs any more; whether that was in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                select.select([], [], [], 0.005)
        except ChildProcessError:
            return True
    return False
