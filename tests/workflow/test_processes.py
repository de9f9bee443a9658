"""Helping processes do what they are sent, and tell what went wrong."""

import errno
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess

import pytest

from soh_author.domain.errors import NotFoundError, OutputError
from soh_author.workflow.processes import AHEAD, Helpers, Job, may_be_copied

_ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes are always started anew")


@dataclass
class Bench:
    done: list[int] = field(default_factory=list)


def make_bench() -> Bench:
    return Bench()


def broken_bench() -> Bench:
    raise NotFoundError("The store is gone.", todo="Open another one.")


@dataclass(frozen=True)
class Square(Job[Bench]):
    number: int

    def run(self, bench: Bench) -> tuple[int, int]:
        bench.done.append(self.number)
        return self.number, self.number**2


@dataclass(frozen=True)
class Fail(Job[Bench]):
    def run(self, bench: Bench) -> None:  # noqa: ARG002 - it ends before it needs one
        raise OutputError("The disk is full.", safe="The old site is whole.")


@dataclass(frozen=True)
class Die(Job[Bench]):
    def run(self, bench: Bench) -> None:  # noqa: ARG002 - it ends before it needs one
        os._exit(1)


@pytest.fixture(params=[False, pytest.param(True, marks=_ON_LINUX)], ids=["started anew", "copies"])
def are_copies(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def _shared(helpers: Helpers[Bench], jobs: list[Job[Bench]]) -> Iterator[tuple[int, object]]:
    waiting = deque(jobs)
    try:
        yield from helpers.share(lambda _worker: waiting.popleft() if waiting else None)
    finally:
        helpers.dismiss()


def test_every_job_is_done_once_by_somebody(are_copies: bool) -> None:
    helpers = Helpers(make_bench, 2, are_copies=are_copies)
    found = [result for _worker, result in _shared(helpers, [Square(number) for number in range(50)])]
    assert sorted(found, key=str) == sorted(((number, number**2) for number in range(50)), key=str)


def test_this_process_does_a_share_and_begins_at_once(are_copies: bool) -> None:
    bench = Bench()
    helpers = Helpers(make_bench, 1, bench, are_copies=are_copies)
    found = list(_shared(helpers, [Square(number) for number in range(50)]))
    assert len(found) == 50
    first = next(result for worker, result in found if worker == helpers.count)
    assert first == ((AHEAD, AHEAD**2) if are_copies else (0, 0)), "those that start anew are still starting"
    assert len(bench.done) == len([worker for worker, _ in found if worker == helpers.count])


def test_what_a_job_raises_is_raised_here_word_for_word(are_copies: bool) -> None:
    with pytest.raises(OutputError, match="The disk is full") as raised:
        list(_shared(Helpers(make_bench, 1, are_copies=are_copies), [Fail()]))
    assert raised.value.safe == "The old site is whole."


def test_a_bench_that_cannot_be_made_is_told(are_copies: bool) -> None:
    with pytest.raises(NotFoundError, match="The store is gone"):
        list(_shared(Helpers(broken_bench, 1, are_copies=are_copies), [Square(1)]))


def test_a_process_that_is_ended_from_outside_is_told(are_copies: bool) -> None:
    with pytest.raises(OutputError, match="ended from outside"):
        list(_shared(Helpers(make_bench, 1, are_copies=are_copies), [Die(), Square(1), Square(2)]))


@dataclass(frozen=True)
class Alarm(Job[Bench]):
    def run(self, bench: Bench) -> float:  # noqa: ARG002 - it looks at the clock alone
        return signal.getitimer(signal.ITIMER_REAL)[0]


@_ON_LINUX
def test_an_alarm_that_would_end_this_process_ends_copies_of_it_too() -> None:
    before = signal.setitimer(signal.ITIMER_REAL, 600)
    try:
        [(_worker, left)] = _shared(Helpers(make_bench, 1, are_copies=True), [Alarm()])
    finally:
        signal.setitimer(signal.ITIMER_REAL, *before)
    assert isinstance(left, float)
    assert 0 < left <= 600


def test_where_the_system_starts_no_process_this_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_process: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(BaseProcess, "start", refuse)
    helpers = Helpers(make_bench, 2, Bench())
    assert [result for _worker, result in _shared(helpers, [Square(2), Square(3)])] == [(2, 4), (3, 9)]
    with pytest.raises(BlockingIOError):
        Helpers(make_bench, 2)


def test_a_process_with_other_threads_is_not_copied() -> None:
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)
    other.start()
    try:
        assert not may_be_copied()
    finally:
        ended.set()
        other.join()


_ORPHANED = """
import os, time
from tests.workflow.test_processes import Square, make_bench
from soh_author.workflow.processes import Helpers
helpers = Helpers(make_bench, 2, are_copies=True)
jobs = iter([Square(number) for number in range(200)])
next(helpers.share(lambda _worker: next(jobs, None)))
print(*(helper.process.pid for helper in helpers._helpers), flush=True)
os.kill(os.getpid(), 9)
"""


@_ON_LINUX
def test_copies_end_when_whoever_sends_them_jobs_is_killed() -> None:
    killed = subprocess.run([sys.executable, "-c", _ORPHANED], capture_output=True, check=False)
    # Their standard output is ours: that it was read to its end tells that they are gone.
    assert len(killed.stdout.split()) == 2
    assert not killed.stderr, "they end without a word"
