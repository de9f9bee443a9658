"""The log of a guarded repository: whatever is done to it is told, and a stopped machine harms nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from soh_author.trust.audit_log import (
    ACCEPTED,
    INSTALLED,
    NOTHING,
    Happened,
    LogReport,
    Move,
    append,
    check_log,
)
from soh_author.trust.keys import create_key
from soh_author.trust.signers import FileSigner

REF = "refs/heads/published"
BEGAN = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Log:
    """A log with its key and the names it tells of."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "log.jsonl"
        self.signer = FileSigner(create_key(folder, "gate", name="key").path)
        self.places: dict[str, str] = {REF: "1" * 40}
        self.write(INSTALLED, (Move(REF, NOTHING, "1" * 40),))

    def write(self, what: str, moves: tuple[Move, ...]) -> str:
        when = BEGAN + timedelta(minutes=len(self.lines) if self.path.exists() else 0)
        return append(self.path, Happened(what, moves, when), self.signer, lambda: self.places)

    def push(self, new: str) -> str:
        move = Move(REF, self.places[REF], new * 40)
        self.places[REF] = move.new
        return self.write(ACCEPTED, (move,))

    @property
    def lines(self) -> list[bytes]:
        return self.path.read_bytes().splitlines(keepends=True)

    def check(self, *seen: str) -> LogReport:
        return check_log(self.path, self.signer.line, self.places, seen)


@pytest.fixture
def log(tmp_path: Path) -> Log:
    made = Log(tmp_path)
    for name in "2345":
        made.push(name)
    return made


def test_a_log_nobody_touched_is_whole(log: Log) -> None:
    report = log.check()
    assert report.is_sound, report.faults
    assert [entry.number for entry in report.entries] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(
            lambda lines: [*lines[:2], lines[2].replace(b"accepted", b"acceptee"), *lines[3:]], id="edited"
        ),
        pytest.param(lambda lines: lines[1:], id="cut at its head"),
        pytest.param(lambda lines: [*lines[:2], *lines[3:]], id="cut in the middle"),
        pytest.param(lambda lines: lines[:-1], id="cut at its tail"),
        pytest.param(lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], id="swapped"),
        pytest.param(lambda lines: [*lines, lines[-1]], id="repeated"),
        pytest.param(lambda _lines: [], id="emptied"),
        pytest.param(lambda lines: [*lines, b"{}\n"], id="something at its end"),
    ],
)
def test_what_is_done_to_a_log_is_told(log: Log, harm: Callable[[list[bytes]], list[bytes]]) -> None:
    log.path.write_bytes(b"".join(harm(log.lines)))
    assert not log.check().is_sound


def test_a_log_written_anew_with_another_key_is_told(log: Log, tmp_path: Path) -> None:
    other = Log(tmp_path / "other")
    log.path.write_bytes(other.path.read_bytes())
    assert any("another key" in fault for fault in log.check().faults)


def test_a_tail_cut_off_together_with_its_release_shows_to_who_kept_the_head(log: Log) -> None:
    head = log.check().head
    log.path.write_bytes(b"".join(log.lines[:-1]))
    log.places[REF] = "4" * 40
    assert log.check().is_sound
    assert not log.check(head).is_sound


def test_a_line_half_written_when_the_machine_stopped_is_cut_off_and_the_move_found(log: Log) -> None:
    whole = log.path.read_bytes()
    log.push("6")
    torn = log.path.read_bytes()[: len(whole) + 40]
    log.path.write_bytes(torn)
    log.push("7")
    report = log.check()
    assert report.is_sound, report.faults
    assert [entry.what for entry in report.entries[-2:]] == ["found", "accepted"]


def test_what_another_push_has_found_is_not_written_twice(log: Log) -> None:
    late = Move("refs/heads/drafts/a", NOTHING, "8" * 40)
    log.places[late.ref] = late.new
    log.push("6")
    before = len(log.lines)
    log.write(ACCEPTED, (late,))
    assert len(log.lines) == before
    assert log.check().is_sound
