"""Judges the push that git tells its pre-receive hook of; :mod:`soh_author.cli.gate_judge` starts it."""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from soh_author.domain.errors import SohAuthorError
from soh_author.workflow.gate.installing import REFUSED, judge
from soh_author.workflow.gate.refusals import GateLimits, in_words

_LONGEST_INPUT = 1024 * 1024
_GRACE = 20
"""Seconds beyond the gate's own limit after which the system ends this process, whatever it does."""


def main() -> int:
    """Judge the push on the standard input, in the repository's folder; give the exit code.

    It is 0 when the push is accepted, `REFUSED` when refused, anything else when it could not be judged.
    """
    limits = GateLimits()
    _end_in_time(int(limits.seconds) + _GRACE)
    try:
        found = judge(Path.cwd(), sys.stdin.read(_LONGEST_INPUT), os.environ, datetime.now(UTC), limits)
    except SohAuthorError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    if not found:
        return 0
    # Git hands it on to the pusher as it is; a server often has no language set.
    sys.stderr.buffer.write(f"{in_words(found)}\n".encode())
    return REFUSED


def _end_in_time(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds)
