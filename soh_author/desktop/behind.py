"""What the window can do without for a moment is read and made behind, once the pages are in the list."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from soh_author.desktop.late import Late
from soh_author.desktop.pages.page_list import TOPIC as PAGES
from soh_author.desktop.session import Session
from soh_author.desktop.task_runner import Job
from soh_author.workflow.task import Outcome, Progress, Task

TOPIC = "reading ahead"


class Behind(QObject):
    """Reads the modules of everything late on a thread, one after the other; makes what listens.

    Args:
        listening: made as soon as read: they tell of others' work or what waits, without being asked.
        others: only read, so that entering them later takes a moment and no more.
    """

    def __init__(self, session: Session, listening: Sequence[Late[Any]], others: Sequence[Late[Any]]) -> None:
        super().__init__(session)
        self._session = session
        self._listening = list(listening)
        self._rest = [*listening, *others]
        self._is_reading = False
        session.runner.job_ended.connect(self._begin)

    def _begin(self, job: Job[Any]) -> None:
        if job.topic == PAGES and not self._is_reading:
            self._go_on()

    def _go_on(self) -> None:
        if self._rest:
            self._is_reading = True
            late = self._rest.pop(0)
            done = partial(self._have_read, late)
            self._session.runner.start(Job(_reading(late), done, self._session.failed.emit, topic=TOPIC))

    def _have_read(self, late: Late[Any], _read: Outcome[None]) -> None:
        if late in self._listening:
            late()
        self._go_on()


def _reading(late: Late[Any]) -> Task[None]:
    def work(progress: Progress) -> Outcome[None]:
        progress.check()
        late.read()
        return Outcome(None)

    return Task("Reading ahead", work)
