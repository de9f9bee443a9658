"""Long git steps as a process that tells how far it is and can be cancelled."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from soh_author.domain.errors import Cancelled
from soh_author.gitstore import sealed
from soh_author.gitstore.sealed import GitFailedError
from soh_author.gitstore.values import IsCancelled, Report

_STEP = re.compile(
    r"(?:remote: )?(?P<step>[A-Z][a-z]+ [a-z]+):\s+(?:\d+% \((?P<done>\d+)/(?P<total>\d+)\)|(?P<count>\d+))"
)
_WORDS: Mapping[str, str] = {
    "Enumerating objects": "Looking for what is new",
    "Counting objects": "Counting what is new",
    "Compressing objects": "Making it small",
    "Receiving objects": "Receiving",
    "Resolving deltas": "Unpacking",
    "Writing objects": "Sending",
    "Checking connectivity": "Checking that all is there",
    "Checking objects": "Checking that all is there",
}
_LOOK_EVERY = 0.05


def no_report(done: int, total: int, text: str) -> None:
    """Tell nobody."""


def never() -> bool:
    """Never cancelled."""
    return False


@dataclass(slots=True)
class _Watch:
    """Reads what a process says, on threads of its own, so that neither pipe fills up."""

    output: bytearray = field(default_factory=bytearray)
    lines: list[str] = field(default_factory=list)
    step: tuple[int, int, str] | None = None

    def read_output(self, pipe: IO[bytes]) -> None:
        with pipe:
            while piece := pipe.read(65536):
                self.output += piece

    def read_errors(self, pipe: IO[bytes]) -> None:
        rest = b""
        with pipe:
            while piece := os.read(pipe.fileno(), 65536):
                *whole, rest = re.split(rb"[\r\n]", rest + piece)
                for line in whole:
                    self._hear(line.decode("utf-8", "replace"))
        self._hear(rest.decode("utf-8", "replace"))

    def _hear(self, line: str) -> None:
        found = _STEP.match(line)
        if found is None:
            if line.strip():
                self.lines.append(line)
            return
        words = _WORDS.get(found["step"], found["step"])
        self.step = (int(found["done"] or found["count"]), int(found["total"] or 0), words)


def run_watched(
    folder: Path | None,
    arguments: Sequence[str],
    *,
    settings: Mapping[str, str] | None = None,
    variables: Mapping[str, str] | None = None,
    report: Report = no_report,
    is_cancelled: IsCancelled = never,
) -> tuple[bytes, str]:
    """Run git, reporting its progress; answer its output and what else it said.

    Raises:
        Cancelled: when asked to stop; the process and its children are gone then.
        GitFailedError: when git ends with an error.
    """
    if is_cancelled():
        raise Cancelled
    process = sealed.start(
        folder,
        arguments,
        settings=settings,
        variables=variables,
        errors_to=subprocess.PIPE,
        own_group=True,
    )
    assert process.stdin is not None, "watched processes have three pipes"
    assert process.stdout is not None, "watched processes have three pipes"
    assert process.stderr is not None, "watched processes have three pipes"
    process.stdin.close()
    watch = _Watch()
    readers = [
        threading.Thread(target=watch.read_output, args=(process.stdout,), daemon=True),
        threading.Thread(target=watch.read_errors, args=(process.stderr,), daemon=True),
    ]
    for reader in readers:
        reader.start()
    try:
        _wait(process, watch, report, is_cancelled)
    finally:
        if process.poll() is None:
            _end(process)
        for reader in readers:
            reader.join()
    _tell(watch, report)
    text = "\n".join(watch.lines)
    if process.returncode:
        raise GitFailedError(process.returncode, text, bytes(watch.output))
    return bytes(watch.output), text


def _wait(process: subprocess.Popen[bytes], watch: _Watch, report: Report, is_cancelled: IsCancelled) -> None:
    """Wait for the end; reports come from this thread, so that a report may stop the work too."""
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK_EVERY)
            return
        if is_cancelled():
            raise Cancelled
        _tell(watch, report)


def _tell(watch: _Watch, report: Report) -> None:
    """Report the newest step, once."""
    step, watch.step = watch.step, None
    if step is not None:
        report(*step)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git and the ssh, https and packing processes it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
