"""Slow work runs beside the window; its answers come back in order, on the window's thread, or not at all."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from soh_author.desktop.task_runner import READERS, Job, TaskRunner, tell
from soh_author.domain.errors import NotFoundError
from soh_author.workflow.effects import Effects
from soh_author.workflow.task import Outcome, Progress, Step, Task


class Answers:
    """Collects what a task brought."""

    def __init__(self) -> None:
        self.values: list[object] = []
        self.errors: list[Exception] = []
        self.ends = 0

    def job(
        self, work: Callable[[Progress], object], *, writes: bool = False, topic: str = ""
    ) -> Job[object]:
        """A task of which this hears."""
        task = Task("Work", lambda progress: Outcome(work(progress)), writes=writes)
        return Job(
            task, lambda found: self.values.append(found.value), self.errors.append, self._ended, topic
        )

    def _ended(self) -> None:
        self.ends += 1


@pytest.fixture
def runner(qapp: object) -> Iterator[TaskRunner]:
    """A runner that is closed at the end."""
    del qapp
    made = TaskRunner()
    yield made
    made.close()


@pytest.fixture
def answers() -> Answers:
    """What came back."""
    return Answers()


def test_work_runs_on_another_thread_and_its_answer_comes_back_on_this_one(
    runner: TaskRunner, answers: Answers, qtbot: QtBot
) -> None:
    heard_on: list[threading.Thread] = []
    job = answers.job(lambda _progress: threading.current_thread())
    done = job.on_done

    def hear(outcome: Outcome[object]) -> None:
        heard_on.append(threading.current_thread())
        done(outcome)

    job.on_done = hear
    runner.start(job)
    qtbot.waitUntil(lambda: answers.ends == 1)
    assert heard_on == [threading.main_thread()]
    assert answers.values != [threading.main_thread()]


def test_a_late_answer_to_an_older_question_is_dropped(
    runner: TaskRunner, answers: Answers, qtbot: QtBot
) -> None:
    may_answer = threading.Event()
    runner.start(answers.job(lambda _progress: may_answer.wait() and "old", topic="preview"))
    runner.start(answers.job(lambda _progress: "new", topic="preview"))
    qtbot.waitUntil(lambda: answers.ends == 1)
    may_answer.set()
    qtbot.waitUntil(lambda: answers.ends == 2)
    assert answers.values == ["new"]


def test_writing_is_done_one_after_the_other_in_the_order_asked(
    runner: TaskRunner, answers: Answers, qtbot: QtBot
) -> None:
    for number in range(20):
        runner.start(answers.job(lambda _progress, number=number: number, writes=True))  # type: ignore[misc]  # a default binds the number
    qtbot.waitUntil(lambda: answers.ends == 20)
    assert answers.values == list(range(20))


def test_an_error_is_an_answer_too(runner: TaskRunner, answers: Answers, qtbot: QtBot) -> None:
    def fail(_progress: Progress) -> object:
        raise NotFoundError("There is no such page.")

    runner.start(answers.job(fail))
    qtbot.waitUntil(lambda: answers.ends == 1)
    assert [str(error) for error in answers.errors] == ["There is no such page."]
    assert answers.values == []


def test_a_cancelled_task_stops_and_nobody_hears_of_it_but_that_it_ended(
    runner: TaskRunner, answers: Answers, qtbot: QtBot
) -> None:
    began = threading.Event()

    def work(progress: Progress) -> object:
        began.set()
        while True:
            progress.check()

    job = runner.start(answers.job(work))
    began.wait()
    job.cancel()
    qtbot.waitUntil(lambda: answers.ends == 1)
    assert (answers.values, answers.errors, runner.jobs) == ([], [], ())


def test_what_was_written_is_told_even_when_cancel_came_too_late(
    runner: TaskRunner, answers: Answers, qtbot: QtBot
) -> None:
    began, may_end = threading.Event(), threading.Event()

    def work(_progress: Progress) -> object:
        began.set()
        may_end.wait()
        return "written"

    job = runner.start(answers.job(work, writes=True))
    began.wait()
    job.cancel()
    may_end.set()
    qtbot.waitUntil(lambda: answers.ends == 1)
    assert answers.values == ["written"]


def test_closing_lets_every_save_finish(qapp: object, answers: Answers) -> None:
    del qapp
    runner, written = TaskRunner(), list[int]()
    for number in range(5):
        runner.start(answers.job(lambda _progress, number=number: written.append(number), writes=True))  # type: ignore[misc]  # a default binds the number
    runner.close()
    assert written == [0, 1, 2, 3, 4]


def test_steps_are_passed_on_but_not_by_the_thousand(
    runner: TaskRunner, answers: Answers, qtbot: QtBot
) -> None:
    heard: list[Step] = []
    runner.job_stepped.connect(lambda _job, step: heard.append(step))

    def work(progress: Progress) -> object:
        for number in range(5000):
            progress.report(number, 5000, "Working")
        return None

    runner.start(answers.job(work))
    qtbot.waitUntil(lambda: answers.ends == 1)
    assert heard[0] == Step(0, 5000, "Working")
    assert len(heard) < 100


def test_an_outcome_says_what_was_touched(runner: TaskRunner, qtbot: QtBot) -> None:
    found: list[Outcome[str]] = []
    task = Task("Work", lambda _progress: Outcome("done", Effects(drafts=True), "It is done."))
    runner.start(Job(task, found.append, lambda _error: None))
    qtbot.waitUntil(lambda: bool(found))
    assert found == [Outcome("done", Effects(drafts=True), "It is done.")]


def test_what_nobody_waits_for_stands_still_while_somebody_writes_and_then_goes_on(
    runner: TaskRunner, answers: Answers, qtbot: QtBot
) -> None:
    steps, is_under_way, may_step = [], threading.Event(), threading.Event()

    def work(progress: Progress) -> str:
        is_under_way.set()
        may_step.wait(10)
        progress.check()
        steps.append("a step")
        return "behind"

    job = answers.job(work)
    job.gives_way = True
    runner.start(job)
    is_under_way.wait(10)
    runner.give_way()
    may_step.set()
    for number in range(READERS):
        runner.start(answers.job(lambda _progress, number=number: number))  # type: ignore[misc]  # the loop's value
    qtbot.waitUntil(lambda: len(answers.values) == READERS)
    assert steps == []
    assert runner.jobs == (job,)
    qtbot.waitUntil(lambda: answers.values[-1] == "behind")


def test_what_nobody_waits_for_is_not_even_begun_while_somebody_writes(
    runner: TaskRunner, answers: Answers, qtbot: QtBot
) -> None:
    runner.give_way()
    job = answers.job(lambda _progress: "behind")
    job.gives_way = True
    runner.start(job)
    runner.start(answers.job(lambda _progress: "asked for"))
    qtbot.waitUntil(lambda: len(answers.values) == 2)
    assert answers.values == ["asked for", "behind"]


def test_a_window_closes_at_once_while_something_stands_still(qapp: object, answers: Answers) -> None:
    del qapp
    runner = TaskRunner()
    runner.give_way()
    job = answers.job(lambda progress: progress.check())
    job.gives_way = True
    runner.start(job)
    runner.close()
    assert job.progress.is_cancelled


def test_a_dialog_that_was_closed_meanwhile_hears_nothing_and_nothing_breaks(qapp: object) -> None:
    assert qapp
    label = QLabel("before")
    tell(label.setText, "after")
    assert label.text() == "after"
    delete(label)
    tell(label.setText, "later")
