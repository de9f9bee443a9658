"""Processes that help with a large build: each has a bench of its own and does the jobs it is sent."""

import gc
import multiprocessing
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar, cast

from soh_author.domain.errors import OutputError

Bench = TypeVar("Bench")
Result = TypeVar("Result")


class Job(ABC, Generic[Bench, Result]):
    """A piece of work that can be sent to another process."""

    __slots__ = ()

    @abstractmethod
    def run(self, bench: Bench) -> Result:
        """Do it on the bench of the process it was sent to."""


@dataclass(frozen=True, slots=True)
class _Failed:
    error: Exception


@dataclass(frozen=True, slots=True)
class _Helper:
    number: int
    process: BaseProcess
    line: Connection


class Helpers(Generic[Bench]):
    """Some helping processes, started when this is made.

    Args:
        make_bench: makes a bench, in each of them; it must be possible to send it there.
        count: how many processes.
    """

    def __init__(self, make_bench: Callable[[], Bench], count: int) -> None:
        # Not fork: a window's threads would be copied in the middle of what they do.
        context = multiprocessing.get_context("spawn")
        self._helpers: list[_Helper] = []
        for number in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(make_bench, theirs), daemon=True)
            process.start()
            theirs.close()
            self._helpers.append(_Helper(number, process, ours))

    def share(self, next_job: Callable[[int], Job[Bench, Result] | None]) -> Iterator[tuple[int, Result]]:
        """Let everybody work until there is nothing left to do.

        Args:
            next_job: the next job for a helper by its number, None when there is none.

        Yields:
            The helper and what its job brought, in the order in which jobs are done.

        Raises:
            OutputError: when a helping process was ended from outside.
            Exception: what a job raises.
        """
        busy = [helper for helper in self._helpers if _send(helper, next_job(helper.number))]
        while busy:
            ready = wait([helper.line for helper in busy])
            for helper in [helper for helper in busy if helper.line in ready]:
                result = cast("Result", _receive(helper))  # it is what the job sent there brings
                if not _send(helper, next_job(helper.number)):  # before anything else, so that nobody idles
                    busy.remove(helper)
                yield helper.number, result

    def tell(self, job: Job[Bench, Result]) -> None:
        """Let every helper do the same job."""
        jobs = {helper.number: job for helper in self._helpers}
        for _ in self.share(lambda number: jobs.pop(number, None)):
            pass

    def dismiss(self) -> None:
        """End all helpers at once, whatever they do."""
        for helper in self._helpers:
            helper.process.kill()
        for helper in self._helpers:
            helper.process.join()
            helper.line.close()


def _send(helper: _Helper, job: Job[Bench, Result] | None) -> bool:
    if job is None:
        return False
    with suppress(BrokenPipeError):  # whoever has ended is noticed when its answer is awaited
        helper.line.send(job)
    return True


def _receive(helper: _Helper) -> object:
    try:
        answer = helper.line.recv()
    except (EOFError, ConnectionResetError) as error:
        raise OutputError(
            "A process that helped with the build was ended from outside.",
            safe="The site that was there is unchanged.",
            todo="Make room in memory by closing other programs, then build again.",
        ) from error
    if isinstance(answer, _Failed):
        raise answer.error
    return answer


def _serve(make_bench: Callable[[], Bench], line: Connection) -> None:
    gc.disable()  # what is made here lives until the build ends; looking for cycles cost a tenth of it
    bench = make_bench()
    while True:
        try:
            job: Job[Bench, object] = line.recv()
        except EOFError:
            return  # nobody waits for us any more
        answer: object
        try:
            answer = job.run(bench)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised again where the job came from
            error.add_note(traceback.format_exc())
            answer = _Failed(error)
        line.send(answer)
