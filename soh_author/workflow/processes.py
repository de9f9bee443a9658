"""Processes that help with large work: each has a bench of its own and does the jobs it is sent."""

import gc
import multiprocessing
import signal
import sys
import threading
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Generic, TypeVar

from soh_author.domain.errors import OutputError

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, SpawnContext  # Windows has no first

Bench = TypeVar("Bench")
T = TypeVar("T")

AHEAD = 2
"""Jobs that a helper has at a time, so that it never waits for the next one."""
SINGLES = 8
"""How many of the last things are given one by one, so that all processes end at nearly the same time."""
_LISTEN = 1.0
"""Seconds after which whoever waits for helpers looks whether to wait on."""


class Job(ABC, Generic[Bench]):
    """A piece of work that can be sent to another process."""

    __slots__ = ()

    @abstractmethod
    def run(self, bench: Bench) -> object:
        """Do it on the bench of the process it was sent to; what it brings is sent back."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A helper's first word."""


@dataclass(frozen=True, slots=True)
class _Failed:
    error: Exception


@dataclass(slots=True)
class _Helper:
    number: int
    process: BaseProcess
    line: Connection
    is_ready: bool = False
    jobs: int = 0


def in_chunks(things: Sequence[T], size: int) -> list[tuple[T, ...]]:
    """Things to be given out some at a time, and the last ones one by one."""
    many = max(0, len(things) - SINGLES) // size * size
    chunks = [tuple(things[start : start + size]) for start in range(0, many, size)]
    return [*chunks, *((each,) for each in things[many:])]


class Helpers(Generic[Bench]):
    """Some helping processes, started when this is made; they take jobs as soon as they have started.

    Args:
        make_bench: makes a bench, in each of them; it must be possible to send it there.
        count: how many processes; there are fewer where the system starts no more.
        own_bench: where this process does jobs too; None when it only waits.
        are_copies: whether they are copies of this process, which saves them from starting (half a second of
            work each); only where :func:`may_be_copied` says so. An alarm that ends this process ends them.

    Raises:
        OSError: when the system starts none, and nobody else does jobs.
    """

    def __init__(
        self,
        make_bench: Callable[[], Bench],
        count: int,
        own_bench: Bench | None = None,
        *,
        are_copies: bool = False,
    ) -> None:
        context = _context(is_fork=are_copies)
        self._own_bench = own_bench
        self._helpers: list[_Helper] = []
        for number in range(count):
            ours, theirs = context.Pipe()
            # A copy has our ends of all lines too, and would never see that we are gone.
            not_theirs = [*(helper.line for helper in self._helpers), ours] if are_copies else []
            serve = partial(_serve_as_copy, signal.getitimer(signal.ITIMER_REAL)[0]) if are_copies else _serve
            process = context.Process(target=serve, args=(make_bench, theirs, not_theirs), daemon=True)
            try:
                process.start()
            except OSError:
                ours.close()
                if own_bench is None and not self._helpers:
                    raise
                break  # the system starts no more: the others do it
            finally:
                theirs.close()
            # A copy has everything already, so the first jobs needn't wait for its first word.
            self._helpers.append(_Helper(number, process, ours, is_ready=are_copies))

    @property
    def count(self) -> int:
        """How many processes; also the number of this process as a worker."""
        return len(self._helpers)

    @property
    def workers(self) -> int:
        """How many do jobs: the helpers by their numbers from 0, then, if it does, this process."""
        return self.count + (self._own_bench is not None)

    def share(
        self, next_job: Callable[[int], Job[Bench] | None], check: Callable[[], None] = lambda: None
    ) -> Iterator[tuple[int, object]]:
        """Let everybody work until there is nothing left to do.

        Args:
            next_job: the next job for a worker by its number, None when there is none.
            check: called now and then while this process waits; it may raise to stop.

        Yields:
            The worker and what its job brought, in the order in which jobs are done.

        Raises:
            OutputError: when a helping process was ended from outside.
            Exception: what a job raises.
        """
        for helper in self._helpers:
            _feed(helper, next_job)
        while True:
            own = None if self._own_bench is None else next_job(self.count)
            starting = [helper for helper in self._helpers if not helper.is_ready]
            busy = [helper for helper in self._helpers if helper.jobs]
            if not busy and own is None and (self._own_bench is not None or not starting):
                return
            ready = wait([helper.line for helper in busy + starting], timeout=0 if own else _LISTEN)
            check()
            for helper in [helper for helper in busy + starting if helper.line in ready]:
                result = _receive(helper)
                _feed(helper, next_job)  # before anything else, so that nobody idles
                if not isinstance(result, _Ready):
                    yield helper.number, result
            if own is not None and self._own_bench is not None:
                yield self.count, own.run(self._own_bench)

    def dismiss(self) -> None:
        """End all helpers at once, whatever they do."""
        for helper in self._helpers:
            helper.process.kill()
        for helper in self._helpers:
            helper.process.join()
            helper.line.close()


def may_be_copied() -> bool:
    """Whether this process may be copied: on Linux, when it has no other thread, not even one of a library's.

    A copy has the calling thread alone; what another was doing, holding a lock say, would never end in it.
    """
    try:
        return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def _context(*, is_fork: bool) -> "ForkContext | SpawnContext":
    return multiprocessing.get_context("fork") if is_fork else multiprocessing.get_context("spawn")


def _feed(helper: _Helper, next_job: Callable[[int], Job[Bench] | None]) -> None:
    while helper.is_ready and helper.jobs < AHEAD and (job := next_job(helper.number)) is not None:
        helper.jobs += 1
        with suppress(BrokenPipeError):  # whoever has ended is noticed when its answer is awaited
            helper.line.send(job)


def _receive(helper: _Helper) -> object:
    try:
        answer: object = helper.line.recv()
    except (EOFError, ConnectionResetError) as error:
        raise OutputError(
            "A process that helped with the work was ended from outside.",
            safe="What was there before is unchanged.",
            todo="Try again; if it happens once more, make room in memory by closing other programs.",
        ) from error
    if isinstance(answer, _Failed):
        raise answer.error
    if isinstance(answer, _Ready):
        helper.is_ready = True
    else:
        helper.jobs -= 1
    return answer


def _serve_as_copy(
    alarm: float, make_bench: Callable[[], Bench], line: Connection, not_ours: Sequence[Connection]
) -> None:
    """As :func:`_serve`; a copy is born without the alarm of whoever it is a copy of.

    Args:
        alarm: seconds until it rings; 0 for never.
    """
    signal.setitimer(signal.ITIMER_REAL, alarm)
    _serve(make_bench, line, not_ours)


def _serve(make_bench: Callable[[], Bench], line: Connection, not_ours: Sequence[Connection]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for whoever sends the jobs, and ends us then
    for other in not_ours:
        other.close()
    gc.disable()  # what is made here lives until the build ends; looking for cycles cost a tenth of it
    jobs: SimpleQueue[Job[Bench] | None] = SimpleQueue()
    try:
        bench = make_bench()
    except Exception as error:  # noqa: BLE001 - raised again where it can be told
        _say(line, _failed(error))
        return
    if not _say(line, _Ready()):
        return
    # Jobs are taken in while one is done, so that whoever sends them never has to wait.
    threading.Thread(target=_take_in, args=(line, jobs), daemon=True).start()
    while (job := jobs.get()) is not None:
        try:
            answer = job.run(bench)
        except Exception as error:  # noqa: BLE001 - raised again where the job came from
            answer = _failed(error)
        if not _say(line, answer):
            return


def _say(line: Connection, answer: object) -> bool:
    """Send something; False when nobody waits for us any more."""
    try:
        line.send(answer)
    except OSError:
        return False
    return True


def _take_in(line: Connection, jobs: "SimpleQueue[Job[Bench] | None]") -> None:
    try:
        while True:
            jobs.put(line.recv())
    except (EOFError, OSError):
        jobs.put(None)  # nobody waits for us any more


def _failed(error: Exception) -> _Failed:
    error.add_note(traceback.format_exc())
    return _Failed(error)
