"""One story: the place is put back, somebody does something, it goes wrong, and what is left is looked at."""

import json
import os
import signal
import socket
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from soh_author.domain.errors import SohAuthorError
from tests.torture import faults
from tests.torture.faults import Fault
from tests.torture.stages import WHOLE, Lab
from tests.torture.verbs import VERBS, Verb, type_words
from tests.torture.verifier import Before, found_wrong, let_time_pass
from tests.torture.watching import Watch, wait_for_all

_HOOKS = {"judge": "soh_author.cli.gate_judge", "record": "soh_author.cli.gate_record"}
_DONE, _TOLD, _RAW = 0, 10, 11
_LONGEST = 100
_WORD = b"."
_BY_NAME = {verb.name: verb for verb in VERBS}


@dataclass(frozen=True, slots=True)
class Point:
    """Where in which story what goes wrong; ``hook`` names the origin's hook it goes wrong in."""

    verb: str
    fault: Fault
    at: int
    hook: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """How a story ended: ``killed``, ``done``, ``told`` (the person was told) or ``raw``; what is wrong."""

    point: Point
    end: str
    wrong: tuple[str, ...] = field(default=())


def tell(lab: Lab, point: Point) -> Told:
    """Tell one story."""
    verb = _BY_NAME[point.verb]
    if verb.mends:
        lab.restore(WHOLE)
        before = Before.of(lab)
        lab.restore(verb.stage)
    else:
        lab.restore(verb.stage)
        before = Before.of(lab)
    _plan_hook(lab, point)
    if point.fault is Fault.CUT:
        lab.over_ssh(verb.who, point.at)
    end = _disturbed(lab, verb, point)
    lab.mend()
    let_time_pass(lab)
    wrong: list[str] = []
    if end == "raw":
        wrong.append(lab.notes.read_text(encoding="utf-8"))
    code = _in_child(lab.notes, lambda: _look(lab, verb, before))
    if code != _DONE:
        wrong.append(lab.notes.read_text(encoding="utf-8") if lab.notes.exists() else f"ended with {code}")
    return Told(point, end, tuple(wrong))


def steps_of(lab: Lab, verb: Verb, fault: Fault, hook: str = "") -> int:
    """How many steps there are at which a fault may happen, found by doing it undisturbed."""
    lab.restore(verb.stage)
    if hook:
        _plan_hook(lab, Point(verb.name, fault, 0, hook))
        _in_child(lab.notes, lambda: _do(lab, verb, Fault.NONE, 0))
        lab.plan.unlink()
        return int(lab.plan.with_suffix(".count").read_text(encoding="utf-8"))
    if fault is Fault.KILL_BY_FILE:
        return _killed_at_file(lab, verb, faults.NEVER)[1]
    counting = fault if fault in {Fault.FULL, Fault.BROKEN} else Fault.KILL_ALL
    _in_child(lab.notes, lambda: _do(lab, verb, counting, 0))
    return int(lab.notes.read_text(encoding="utf-8"))


def _plan_hook(lab: Lab, point: Point) -> None:
    if point.hook:
        plan = {"module": _HOOKS[point.hook], "fault": point.fault.value, "at": point.at}
        lab.plan.write_text(json.dumps(plan), encoding="utf-8")


def _disturbed(lab: Lab, verb: Verb, point: Point) -> str:
    if point.fault is Fault.KILL_BY_FILE:
        code = _killed_at_file(lab, verb, point.at)[0]
    else:
        fault = Fault.NONE if point.hook or point.fault is Fault.CUT else point.fault
        code = _in_child(lab.notes, lambda: _do(lab, verb, fault, point.at))
    ends = {-signal.SIGKILL: "killed", _DONE: "done", _TOLD: "told", _RAW: "raw"}
    return ends.get(code, f"ended with {code}")


def _do(lab: Lab, verb: Verb, fault: Fault, at: int, line: socket.socket | None = None) -> int:
    """In a child: do it, with a fault armed; ``line`` tells when it is about to, and waits for a word."""
    with lab.desk(verb.who) as desk:
        if verb.is_typed:
            type_words(desk)
        if line is not None:
            line.send(_WORD)
            line.recv(1)
        countdown = None if fault is Fault.NONE else faults.arm(fault, at)
        try:
            verb.run(desk)
        finally:
            faults.calm()
        if countdown is not None and not at:
            lab.notes.write_text(str(countdown.count), encoding="utf-8")
    return _DONE


def _look(lab: Lab, verb: Verb, before: Before) -> int:
    """In a child: look at what is left."""
    wrong = list(found_wrong(lab, verb, before))
    lab.notes.write_text("\n".join(wrong), encoding="utf-8")
    return _RAW if wrong else _DONE


def _killed_at_file(lab: Lab, verb: Verb, at: int) -> tuple[int, int]:
    """Do it in a child, and kill that with git and all else at the change of a file.

    Returns:
        How it ended, and how many changes there were.
    """
    here, there = socket.socketpair()
    with here, there:
        pid = _started(lab.notes, lambda: _do(lab, verb, Fault.NONE, 0, there))
        here.recv(1)
        watch = Watch([lab.run])
        here.send(_WORD)
        handle = os.pidfd_open(pid)
        if watch.wait(handle, at, _LONGEST):
            faults.end_family(pid)
        os.close(handle)
        watch.close()
        return _ended(pid), watch.count


def _in_child(notes: Path, work: Callable[[], int]) -> int:
    """Run something in a process of its own; how it ended."""
    return _ended(_started(notes, work))


def _started(notes: Path, work: Callable[[], int]) -> int:
    pid = os.fork()
    if pid == 0:
        _child(work, notes)
    return pid


def _ended(pid: int) -> int:
    """Wait for a process and all that it started; how it ended."""
    _, status = os.waitpid(pid, 0)
    if not wait_for_all(20):
        faults.end_children()
        wait_for_all(20)
    return os.waitstatus_to_exitcode(status)


def _note(notes: Path, text: str) -> None:
    with suppress(OSError):
        notes.write_text(text, encoding="utf-8")


def _child(work: Callable[[], int], notes: Path) -> None:
    code = _RAW
    signal.alarm(_LONGEST)
    try:
        code = work()
    except SohAuthorError as error:
        faults.calm()
        code = _TOLD
        _note(notes, " ".join([f"{error}", *getattr(error.__cause__ or error, "__notes__", ())]))
    except BaseException:  # noqa: BLE001 - whatever it is, the story tells it
        faults.calm()
        _note(notes, traceback.format_exc()[-3000:])
    finally:
        os._exit(code)
