"""``python -m soh_author``: without arguments the window, else the command line."""

import gc
import os
import sys

from soh_author.cli import window
from soh_author.cli.ending import end_at_once
from soh_author.cli.main import main as run_command

_OBJECTS_BETWEEN_LOOKS = 100_000
_NOT_INSTALLED = """\
The window is not installed here. The command line is: try “soh-author --help”.
To add the window, in the folder it was installed from: pip install ".[desktop]"
"""
_NO_SCREEN = """\
There is no screen to open the window on. The command line works without: try “soh-author --help”,
or “soh-author demo” to see what it does.
"""


def main() -> int:
    """Start the window, or the command line; give the exit code."""
    speak_utf8()
    begin()
    if len(sys.argv) > 1:
        held: list[object] = []
        code = run_command(hold=held.append)
        end_at_once(code)
        gc.freeze()  # nor is there reason to look through everything before the process gives it all back
        return code
    if not window.is_installed():
        sys.stderr.write(_NOT_INSTALLED)
        return 2
    if not (window.has_display(os.environ) or os.environ.get("QT_QPA_PLATFORM")):
        sys.stderr.write(_NO_SCREEN)
        return 2
    return window.show()


def speak_utf8() -> None:
    """Begin again with names of files as UTF-8, where the system's language (``LC_ALL=C``) says otherwise.

    Git and everybody else here read and write them as UTF-8: a folder with an accent in its name would be
    looked for elsewhere than it is.
    """
    if sys.platform != "win32" and sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode:
        again = [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
        os.execv(sys.executable, again)  # noqa: S606 - this same program; a shell has no part in it


def begin() -> None:
    """Look for cycles less often: after every 700 objects it takes a sixth of the start, and finds none."""
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)


if __name__ == "__main__":
    sys.exit(main())
