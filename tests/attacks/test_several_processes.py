"""The gate judges in several processes as it does in one; where one of them fails, nothing goes out."""

import errno
import hashlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from soh_author.domain.errors import OutputError
from soh_author.gitstore.served import all_refs
from soh_author.workflow import processes
from soh_author.workflow.approvals.transitions import Readers
from soh_author.workflow.gate import changing, release
from soh_author.workflow.gate.changing import Changing, Means, _Bench, find_changing
from soh_author.workflow.gate.refusals import GateLimits, Refusal, RefusedError
from soh_author.workflow.processes import Helpers, Job
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.sources import Memory, Sources
from tests.attacks.world import FEES, World, honest
from tests.support.content import TODAY, small_content

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a gate works in one process")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_RENAMED = {"title: Fees": "title: Charges", "url: /advice/fees/": "url: /advice/charges/"}


def _copies_alone(
    make: Callable[[], _Bench], _count: int, _own: _Bench, *, are_copies: bool
) -> Helpers[_Bench]:
    """Two copies do everything: in a small world this process would be done before they have begun."""
    return Helpers(make, 2, are_copies=are_copies)


@pytest.fixture(autouse=True)
def _shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """However little there is; and though the tests themselves may run in a process with other threads."""
    monkeypatch.setattr(changing, "ENOUGH_FOR_SEVERAL", 0)
    monkeypatch.setattr(changing, "_CHUNK", 1)
    monkeypatch.setattr(changing, "_cores", lambda: 2)
    monkeypatch.setattr(changing, "may_be_copied", lambda: True)
    monkeypatch.setattr(changing, "Helpers", _copies_alone)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World.make(tmp_path_factory.mktemp("prepared"), NOW)
    yield made
    made.store.close()


def _two_states() -> tuple[Snapshot, Snapshot]:
    """The small content, and as it stands after a page was renamed, another damaged, and a fact changed."""
    old = {path: text.encode() for path, text in small_content().items()}
    new = {path: data.replace(b'"30.00"', b'"31.00"') for path, data in old.items()}
    for words, others in _RENAMED.items():
        new[FEES] = new[FEES].replace(words.encode(), others.encode())
    new["forces/essex/pages/advice/fees.en.md"] = b"---\noverrides: advice/fees\nops:\n- {op: no}\n---\n"
    stamps = [
        {path: hashlib.sha256(data).hexdigest() for path, data in state.items()} for state in (old, new)
    ]
    texts = {
        stamps[number][path]: data for number, state in enumerate((old, new)) for path, data in state.items()
    }
    before = Sources(stamps[0], lambda names: {name: texts[name] for name in names}, Memory())
    differing = [path for path in new if stamps[0].get(path) != stamps[1][path]]
    return Snapshot(before), Snapshot(before.at(stamps[1], differing))


def _nothing() -> None:
    """Nothing to be done."""


def _found(most: int) -> Changing:
    return find_changing(*_two_states(), TODAY, Means(_nothing, _nothing, most))


def test_several_processes_find_what_one_finds_in_the_same_order() -> None:
    alone, together = _found(1), _found(2)
    assert len({output.move.page for output in alone.changes.outputs}) > 1
    assert alone.findings
    assert alone.arriving
    assert together == alone


def test_a_release_is_let_in_and_another_refused_by_several_as_by_one(world: World) -> None:
    assert world.judge_attempt(honest()) == []
    unspoken = honest(said=())
    several = world.judge_attempt(unspoken)
    limits = GateLimits(processes=1)
    assert several == world.judge(world.update(world.build(unspoken)), limits=limits)
    assert "approved" in {refusal.rule for refusal in several}


def test_what_is_pushed_is_read_by_a_line_of_its_own_in_each_process(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy that has kept no text reads all that it needs anew, while this process reads its own."""

    def forgetful(texts: release._Texts) -> None:
        texts._kept.clear()
        texts._incoming = texts._incoming.another()

    monkeypatch.setattr(release._Texts, "read_apart", forgetful)
    assert world.judge_attempt(honest()) == []


@pytest.fixture
def helped(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lets a signal reach each copy at its first page."""

    def reach(number: int) -> None:
        def compare(_bench: _Bench, _readers: Readers) -> None:
            os.kill(os.getpid(), number)

        monkeypatch.setattr(_Bench, "compare", compare)

    return reach


def test_a_push_is_refused_when_a_process_that_helps_is_killed(
    world: World, helped: Callable[[int], None]
) -> None:
    before = all_refs(world.folder)
    helped(signal.SIGKILL)
    found = world.judge_attempt(honest())
    assert [(refusal.subject, refusal.rule) for refusal in found] == [("What is sent", "unjudged")]
    assert "ended from outside" in found[0].reason
    assert all_refs(world.folder) == before


def test_nobody_waits_for_a_process_that_hangs_beyond_the_time_there_is(
    helped: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "_LISTEN", 0.01)
    late = RefusedError(
        Refusal("What is sent", "It could not be judged in the time there is.", "", "deadline")
    )
    moments = iter(range(20))

    def check() -> None:
        if next(moments, None) is None:
            raise late

    helped(signal.SIGSTOP)
    with pytest.raises(RefusedError) as raised:
        find_changing(*_two_states(), TODAY, Means(check, _nothing, 2))
    assert raised.value is late


def test_a_push_is_refused_when_an_answer_of_a_process_that_helps_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was not answered for would otherwise pass for unchanged."""
    whole = Helpers.share

    def lossy(
        helpers: Helpers[_Bench], next_job: Callable[[int], Job[_Bench] | None], check: Callable[[], None]
    ) -> Iterator[tuple[int, object]]:
        answers = whole(helpers, next_job, check)
        next(answers)
        yield from answers

    monkeypatch.setattr(Helpers, "share", lossy)
    with pytest.raises(OutputError, match="did not answer for all of it"):
        _found(2)


def test_a_deadline_that_passes_in_a_copy_is_told_as_it_is() -> None:
    """The clock is looked at in every process, and what it says comes back whole."""
    judge = os.getpid()
    late = Refusal("What is sent", "It could not be judged in the time there is.", "", "deadline")

    def check() -> None:
        if os.getpid() != judge:
            raise RefusedError(late)

    with pytest.raises(RefusedError) as raised:
        find_changing(*_two_states(), TODAY, Means(check, _nothing, 2))
    assert raised.value.refusal == late


def test_a_gate_that_gets_no_process_more_judges_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(changing, "Helpers", Helpers)
    monkeypatch.setattr(os, "fork", refuse)
    assert world.judge_attempt(honest()) == []
    assert "approved" in {refusal.rule for refusal in world.judge_attempt(honest(said=()))}
