"""The end of a command: at once, as the system takes back whole what would else be taken apart bit by bit."""

import atexit
import os
import sys
import threading


def end_at_once(code: int) -> None:
    """End this process: do what was put off to its end, send what was written, and go.

    Comes back where that would leave something undone: while another thread works, or when what was written
    can't be sent. Then the process has to end as any other.

    Args:
        code: the exit code.
    """
    if threading.active_count() > 1:
        return
    atexit._run_exitfuncs()  # noqa: SLF001 - what the interpreter calls; it has no other name
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # a program without a terminal may have none
                stream.flush()
    except (OSError, ValueError):
        return
    os._exit(code)
