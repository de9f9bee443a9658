"""Runs tasks on threads so that the window always answers: one thread writes, one keeps words, a few read.

Work nobody waits for has threads of its own and stands still while somebody writes.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from soh_author.domain.errors import Cancelled
from soh_author.workflow.task import Outcome, Progress, Step, Task

T = TypeVar("T")

READERS = 3
BEHIND = 2
STEP_SECONDS = 0.1
"""Steps are passed on at most this often: a fast task may report thousands a second."""
GIVE_WAY_MS = 700
"""So long after the last key work that gives way goes on."""


def _nothing() -> None:
    """What follows a task when nobody asked for anything."""


def tell(heard: Callable[[T], object], answer: T) -> None:
    """Give an answer to whoever waits for it; a dialog that was closed meanwhile is not there to hear it."""
    owner = getattr(heard, "__self__", None)
    if not isinstance(owner, QObject) or isValid(owner):
        heard(answer)


@dataclass(eq=False)
class Job(Generic[T]):
    """A task on its way, and who waits for it. It belongs to the window's thread, but for :meth:`work`.

    ``gives_way``: nobody waits for it; it reads, and stands still while somebody writes.
    """

    task: Task[T]
    on_done: Callable[[Outcome[T]], None]
    on_failed: Callable[[Exception], None]
    on_end: Callable[[], None] = _nothing
    topic: str = ""
    gives_way: bool = False
    is_wanted: bool = True
    is_over: bool = False
    progress: Progress = field(default_factory=Progress)

    def cancel(self) -> None:
        """Ask the task to stop; what it read is dropped."""
        self.is_wanted = False
        self.progress.cancel()

    def work(self) -> Outcome[T] | Exception:
        """Do the work; runs on a thread of the pool. Never raises: a failure is an answer too."""
        try:
            self.progress.check()
            return self.task.run(self.progress)
        except Cancelled as stop:
            return stop
        except Exception as error:  # noqa: BLE001 - whatever went wrong is shown to the person, with its details
            return error


class TaskRunner(QObject):
    """Starts tasks and brings their answers back to the window's thread, in the order they finish.

    Signals: ``job_started(Job)``, ``job_stepped(Job, Step)``, ``job_ended(Job)`` (once, whatever happened).
    """

    job_started = Signal(object)
    job_stepped = Signal(object, object)
    job_ended = Signal(object)
    _answered = Signal(object, object)
    _heard = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._keeper = ThreadPoolExecutor(1, thread_name_prefix="keeper")
        self._kept: list[Future[None]] = []
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._behind = ThreadPoolExecutor(BEHIND, thread_name_prefix="behind")
        self._jobs: list[Job[Any]] = []
        self._pause = QTimer(self, singleShot=True, interval=GIVE_WAY_MS)
        self._pause.timeout.connect(self._go_on)
        self._is_closed = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._heard.connect(self.job_stepped, Qt.ConnectionType.QueuedConnection)

    def cancel(self, topic: str) -> None:
        """Ask every task of a topic to stop: nobody waits for it any more."""
        for job in self._jobs:
            if job.topic == topic:
                job.cancel()

    @property
    def jobs(self) -> tuple[Job[Any], ...]:
        """Tasks that have not ended yet, oldest first."""
        return tuple(self._jobs)

    def start(self, job: Job[T]) -> Job[T]:
        """Run a task; an older one of the same topic is cancelled and what it read is dropped.

        What is typed is kept at once, however long something else is written; whatever writes waits for the
        words that were given to be kept before it, so that no older words come after newer ones.
        """
        assert threading.current_thread() is threading.main_thread(), (
            "tasks are started from the window's thread"
        )
        for older in [older for older in self._jobs if job.topic and older.topic == job.topic]:
            older.cancel()
        job.progress = Progress(self._listener(job))
        self._jobs.append(job)
        if job.gives_way:
            assert not job.task.writes, "what is written is waited for"
            if self._pause.isActive():
                job.progress.hold()
            self._behind.submit(self._work, job)
        elif job.task.never_waits:
            self._kept = [one for one in self._kept if not one.done()]
            self._kept.append(self._keeper.submit(self._work, job))
        elif job.task.writes:
            self._writer.submit(self._work_after, tuple(self._kept), job)
        else:
            self._readers.submit(self._work, job)
        self.job_started.emit(job)
        return job

    def give_way(self) -> None:
        """Somebody wrote a letter: what nobody waits for stands still until there is a pause.

        A thread that computes takes turns with the window; under the fingers that is felt.
        """
        if not self._pause.isActive():
            for job in self._jobs:
                if job.gives_way:
                    job.progress.hold()
        self._pause.start()

    def _go_on(self) -> None:
        for job in self._jobs:
            job.progress.let_go()

    def close(self) -> None:
        """Cancel what reads, let what writes finish (a save is never thrown away), and wait for all."""
        for job in self._jobs:
            job.is_wanted = False
            if not job.task.writes:
                job.cancel()
        self._keeper.shutdown(wait=True)
        self._writer.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self._behind.shutdown(wait=True)
        self._is_closed = True

    def _listener(self, job: Job[Any]) -> Callable[[Step], None]:
        last = 0.0

        def heard(step: Step) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= STEP_SECONDS:
                last = now
                self._heard.emit(job, step)

        return heard

    def _work_after(self, kept: tuple[Future[None], ...], job: Job[Any]) -> None:
        wait(kept)
        self._work(job)

    def _work(self, job: Job[Any]) -> None:
        self._answered.emit(job, job.work())

    def _deliver(self, job: Job[Any], answer: Outcome[Any] | Exception) -> None:
        self._jobs.remove(job)
        job.is_over = True
        if self._is_closed:  # nobody is left to hear it; asking a closed workspace would open it again
            return
        # What was written was written, even when Cancel came a moment too late: the screens must hear of it.
        if isinstance(answer, Outcome) and (job.is_wanted or job.task.writes):
            job.on_done(answer)
        elif job.is_wanted and isinstance(answer, Exception) and not isinstance(answer, Cancelled):
            tell(job.on_failed, answer)
        job.on_end()
        self.job_ended.emit(job)
