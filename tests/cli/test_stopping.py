"""Ctrl+C stops a verb at its next step, and nothing is left half done; the line that tells how far it is."""

import io
import signal
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from soh_author.cli import progress
from soh_author.cli.main import main
from soh_author.cli.progress import StepLine
from soh_author.domain.errors import Cancelled, NotFoundError
from soh_author.workflow.task import Outcome, Progress, Step, Task
from tests.cli.terminal import Impatient, Terminal

PAGE = "advice/vehicle-recovery/seized-vehicles"


def _site(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.html") if path.is_file()
    }


def test_a_stopped_build_leaves_the_old_site_whole(writer: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "site"
    writer.ask("build", "--out", out, "--force", "kent")
    before = _site(out)
    writer.ask("export", tmp_path / "files")
    facts = tmp_path / "files" / "shared" / "facts.yml"
    facts.write_bytes(facts.read_bytes() + b"# touched\n")
    for page in (tmp_path / "files" / "shared" / "pages" / "advice").rglob("*.en.md"):
        page.write_bytes(page.read_bytes() + b"\nOne sentence more.\n")
    writer.ask("apply", tmp_path / "files", "--draft", "april", "--note", "More")
    typed = ["build", "--out", str(out), "--force", "kent", "--revision", "april"]
    assert writer.workspace is not None
    with redirect_stderr(Impatient()) as terminal:
        code = main([*typed, "--workspace", str(writer.workspace)], writer.world)
    assert terminal.has_pressed
    assert code == 130
    assert _site(out) == before
    assert writer.ask(*typed)["written"] > 0


def test_a_stopped_sample_can_be_made_again(elsewhere: Terminal, tmp_path: Path) -> None:
    with redirect_stderr(Impatient()) as terminal:
        code = main(["sample", str(tmp_path / "try")], elsewhere.world)
    assert terminal.has_pressed
    assert code == 130
    assert not (tmp_path / "try" / "workspace" / "content.git").exists()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_ctrl_c_a_closed_terminal_and_being_ended_stop_work_at_its_next_step(name: str) -> None:
    if not hasattr(signal, name):
        pytest.skip("this system has no such signal")

    def work(running: Progress) -> Outcome[None]:
        signal.raise_signal(getattr(signal, name))
        running.check()
        return Outcome(None)

    with pytest.raises(Cancelled):
        progress.run(Task("Waiting", work), is_shown=False)


def test_ctrl_c_twice_stops_work_that_does_not_listen() -> None:
    def work(_running: Progress) -> Outcome[None]:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        return Outcome(None)

    with pytest.raises(KeyboardInterrupt):
        progress.run(Task("Deaf", work), is_shown=False)


def test_every_signal_means_again_what_it_meant_before_and_an_ignored_one_stays_ignored() -> None:
    def work(running: Progress) -> Outcome[None]:
        signal.raise_signal(signal.SIGTERM)
        running.check()
        return Outcome(None)

    interrupt, before = signal.getsignal(signal.SIGINT), signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        progress.run(Task("Going on", work), is_shown=False)
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGINT) is interrupt
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_fault_of_interrupted_helping_processes_is_no_fault() -> None:
    def work(running: Progress) -> Outcome[None]:
        running.cancel()
        raise EOFError("the other end went away")

    with pytest.raises(Cancelled):
        progress.run(Task("Waiting", work), is_shown=False)


def test_an_error_stays_the_error_it_is() -> None:
    def work(_running: Progress) -> Outcome[None]:
        raise NotFoundError("There is no such page.")

    with pytest.raises(NotFoundError):
        progress.run(Task("Looking", work), is_shown=False)


def test_the_line_says_how_far_the_work_is_and_goes_away() -> None:
    shown = io.StringIO()
    line = StepLine(shown, iter([0.0, 0.05, 0.2]).__next__)
    line.show(Step(1, 4, "Checking advice/one"))
    line.show(Step(2, 4, "Checking advice/two"))
    line.show(Step(3, 0, "Checking advice/three"))
    line.clear()
    assert shown.getvalue().split("\r\x1b[K") == [
        "",
        " 25 %  Checking advice/one",
        "Checking advice/three",
        "",
    ]


def test_a_line_that_was_never_shown_is_not_taken_away() -> None:
    shown = io.StringIO()
    StepLine(shown, lambda: 0.0).clear()
    assert not shown.getvalue()


def test_nothing_is_shown_where_nobody_watches(reader: Terminal, tmp_path: Path) -> None:
    printed = reader.type("build", "--out", tmp_path / "site", "--force", "kent")
    assert printed.code == 0
    assert not printed.err
