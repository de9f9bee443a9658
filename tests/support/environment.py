"""A world of its own for every test process: own home, no git configuration, no network, windows off screen.

Done before anything else is imported, because Qt, git and fontconfig read their variables once.
"""

import os
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

_KEPT_GIT = frozenset({"GIT_EXEC_PATH"})
_FORGOTTEN = (
    "DBUS_SESSION_BUS_ADDRESS",
    "EDITOR",
    "PAGER",
    "QT_QPA_PLATFORMTHEME",
    "QT_SCALE_FACTOR",
    "QT_STYLE_OVERRIDE",
    "SSH_AGENT_PID",
    "SSH_ASKPASS",
    "SSH_AUTH_SOCK",
    "VISUAL",
)
_MEMORY = Path("/dev/shm")
_ROOM = 4 << 30
"""Bytes: three processes with windows and pages take half of it, the files a tenth."""


_made_in: list[Path] = []


class OutsideWorldError(Exception):
    """A test tried to reach another machine."""


def isolate() -> Path:
    """Give this process an empty home and a plain, fixed environment.

    Returns:
        The new home; give it to :func:`clean_up` when the process ends.
    """
    _write_to_memory()
    home = Path(tempfile.mkdtemp(prefix="soh-author-tests-"))
    _made_in.append(home)
    for name in list(os.environ):
        if (name.startswith("GIT_") and name not in _KEPT_GIT) or name in _FORGOTTEN:
            del os.environ[name]
    os.environ.update(_git(home) | _folders(home) | _language())
    for name, value in _qt().items():
        # What the person running the tests chose wins, so that windows can be watched: QT_QPA_PLATFORM=xcb.
        os.environ.setdefault(name, value)
    if hasattr(time, "tzset"):
        time.tzset()
    sys.addaudithook(_stay_here)
    return home


def lasting_folder() -> Path:
    """A new folder that is there until this process ends: for what is made once and copied by many tests."""
    return Path(tempfile.mkdtemp(prefix="lasting-", dir=_made_in[-1]))


def clean_up(home: Path) -> None:
    """Remove what :func:`isolate` made."""
    shutil.rmtree(home, ignore_errors=True)


def _write_to_memory() -> None:
    """Where there is memory to spare, it holds the files of tests, which nobody will read tomorrow.

    The program asks the disk to keep each version for good; thousands of such versions, with folders made and
    taken away around each, are a third of all the work of the tests. TMPDIR, when somebody set it, decides.
    """
    if sys.platform != "linux" or "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK):
        return
    place = os.statvfs(_MEMORY)
    spare = re.search(r"^MemAvailable: +(\d+) kB$", Path("/proc/meminfo").read_text("ascii"), re.MULTILINE)
    room = min(place.f_bavail * place.f_frsize, int(spare[1]) * 1024 if spare else 0)
    if room >= _ROOM and not place.f_flag & os.ST_NOEXEC:  # hooks are run from there
        os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)


def _git(home: Path) -> dict[str, str]:
    empty = home / "empty.gitconfig"
    empty.touch()
    return {
        "GIT_CONFIG_GLOBAL": str(empty),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_SYSTEM": str(empty),
        "GIT_TERMINAL_PROMPT": "0",
    }


def _folders(home: Path) -> dict[str, str]:
    folders = {"HOME": home, "USERPROFILE": home}
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        folders[f"XDG_{name}_HOME"] = home / name.lower()
    folders["XDG_RUNTIME_DIR"] = home / "runtime"
    for folder in folders.values():
        folder.mkdir(mode=0o700, exist_ok=True)
    return {name: str(folder) for name, folder in folders.items()}


def _language() -> dict[str, str]:
    return {"LANG": "C.UTF-8", "LANGUAGE": "", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _qt() -> dict[str, str]:
    return {
        "QT_QPA_PLATFORM": "offscreen",
        # Build machines have no graphics card, little shared memory, and often only the root account, with
        # which Chromium's sandbox cannot start. Users always keep the sandbox.
        "QTWEBENGINE_CHROMIUM_FLAGS": "--disable-gpu --disable-dev-shm-usage",
        "QTWEBENGINE_DISABLE_SANDBOX": "1",
    }


def _stay_here(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook (PEP 578): refuse to connect to anything but this machine."""
    if event != "socket.connect":
        return
    address = arguments[1]
    host = address[0] if isinstance(address, tuple) else "localhost"
    if host not in {"localhost", "127.0.0.1", "::1"}:
        raise OutsideWorldError(f"A test tried to connect to {host!r}; tests stay on this machine.")
