"""Work that has not run yet: the surface decides where it runs, sees how far it is, and may cancel it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from soh_author.domain.errors import Cancelled
from soh_author.workflow.effects import NOTHING, Effects

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """How far a task is: ``done`` of ``total`` (0 when unknown) and what it is doing, in words."""

    done: int
    total: int
    text: str


def _nobody(_step: Step) -> None:
    """Listener for work nobody watches."""


class Progress:
    """Passed to running work: it reports steps, learns of a wish to cancel, and may be held for a moment.

    Safe across threads.
    """

    def __init__(self, listener: Callable[[Step], None] = _nobody) -> None:
        self._listener = listener
        self._cancelled = threading.Event()
        self._may_go_on = threading.Event()
        self._may_go_on.set()

    def report(self, done: int, total: int, text: str) -> None:
        """Tell how far the work is; also the place where a cancelled task stops.

        Raises:
            Cancelled: when a person asked to stop.
        """
        self.check()
        self._listener(Step(done, total, text))

    def check(self) -> None:
        """Stop here if a person asked to; wait here while it is held.

        Raises:
            Cancelled: when a person asked to stop.
        """
        self._may_go_on.wait()
        if self._cancelled.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()
        self._may_go_on.set()

    def hold(self) -> None:
        """Let the work wait at its next step until it is let go; what is cancelled ends instead."""
        if not self._cancelled.is_set():
            self._may_go_on.clear()

    def let_go(self) -> None:
        """Let held work go on."""
        self._may_go_on.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether a person asked to stop."""
        return self._cancelled.is_set()


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a task brought: its value, what it touched, and a sentence for the status line (may be empty)."""

    value: T
    effects: Effects = NOTHING
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Task(Generic[T]):
    """A verb that has not run. ``writes`` tasks run one at a time per workspace, others side by side.

    ``never_waits``: keeps words in the journal and nothing else, so it need not wait behind a long write.
    """

    title: str
    work: Callable[[Progress], Outcome[T]]
    writes: bool = False
    never_waits: bool = False

    def run(self, progress: Progress | None = None) -> Outcome[T]:
        """Do the work here and now.

        Raises:
            SohAuthorError: what the work raises.
            Cancelled: when a person cancelled.
        """
        return self.work(progress or Progress())
