"""Running a task on the command line: a line that tells how far it is; who stops it is obeyed cleanly."""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO, TypeVar

from soh_author.domain.errors import Cancelled, SohAuthorError
from soh_author.workflow.task import Outcome, Progress, Step, Task

T = TypeVar("T")

_EVERY_SECONDS = 0.1
_LONGEST = 100
_CLEAR = "\r\x1b[K"
_STOPPING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)
"""Ctrl+C; end the program; the terminal was closed (on Windows: Ctrl+Break)."""


def run(task: Task[T], *, is_shown: bool) -> Outcome[T]:
    """Run a task here and now.

    Args:
        is_shown: whether to tell how far it is, on the standard error.

    Raises:
        Cancelled: when a person pressed Ctrl+C, closed the terminal or logged out, or the system ends the
            program; a second time, it ends at once with KeyboardInterrupt.
    """
    line = StepLine(sys.stderr, time.monotonic) if is_shown else None
    progress = Progress(line.show) if line else Progress()
    try:
        with _stopped_by_signals(progress):
            return task.run(progress)
    except SohAuthorError:
        raise
    except Exception as error:
        if progress.is_cancelled:  # a helper process that was interrupted with us looks like a fault
            raise Cancelled from error
        raise
    finally:
        if line:
            line.clear()


class StepLine:
    """One line that is written over and over.

    Args:
        stream: where to.
        seconds: tells time; the line changes ten times a second at most.
    """

    def __init__(self, stream: TextIO, seconds: Callable[[], float]) -> None:
        self._stream = stream
        self._seconds = seconds
        self._last = float("-inf")
        self._is_there = False

    def show(self, step: Step) -> None:
        """Show how far the work is."""
        now = self._seconds()
        if now - self._last < _EVERY_SECONDS:
            return
        self._last = now
        share = f"{100 * step.done // step.total:3} %  " if step.total else ""
        self._stream.write(f"{_CLEAR}{share}{step.text[:_LONGEST]}")
        self._stream.flush()
        self._is_there = True

    def clear(self) -> None:
        """Take the line away."""
        if self._is_there:
            self._stream.write(_CLEAR)
            self._stream.flush()


@contextmanager
def _stopped_by_signals(progress: Progress) -> Iterator[None]:
    """Ends what was begun before the program ends: programs it runs, and what stands there by half."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        if progress.is_cancelled:
            signal.default_int_handler(number, frame)
        progress.cancel()

    before = {number: signal.getsignal(number) for number in _STOPPING}
    obeyed = [number for number, answer in before.items() if answer is not signal.SIG_IGN]  # nohup
    for number in obeyed:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in obeyed:
            signal.signal(number, before[number])
