"""The way from the command line to the window: by name only, because a server is installed without it."""

import importlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import cast

APP = "soh_author.desktop.app"
"""Its ``main(arguments) -> int`` opens the window, on the workspace named if any, until it is closed."""
READ_FIRST = "soh_author.workflow.workspace"
"""What the window stands on, without Qt: once that is there, it looks through the source of all modules."""
PICTURES = "soh_author.desktop.pictures"
"""Its ``take(workspace: Path, folder: Path)`` leaves a PNG of every room, light and dark, in a folder."""

_PICTURE_SECONDS = 420
_TRY_SECONDS = 30
_TRY = "import PySide6.QtGui; PySide6.QtGui.QGuiApplication([])"
_TAKE = (
    "import importlib, pathlib, sys; "
    "importlib.import_module(sys.argv[1]).take(*map(pathlib.Path, sys.argv[2:]))"
)


def is_installed() -> bool:
    """Whether the window can be opened on this computer at all."""
    return importlib.util.find_spec("PySide6") is not None and _has(APP)


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether there is a screen to open a window on."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def opens(environment: Mapping[str, str]) -> bool:
    """Whether a window opens here: installed, and the screen that is named answers.

    A process of its own tries, because Qt ends the one that names a screen which is not there.
    """
    if not (is_installed() and has_display(environment)):
        return False
    try:
        tried = subprocess.run(
            [sys.executable, "-c", _TRY],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TRY_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return tried.returncode == 0


def show(workspace: Path | None = None) -> int:
    """Open the window, on a workspace or where it was left; give its exit code when it is closed."""
    read_first()
    # By name: an installation without Qt has to get this far too.
    main = cast("Callable[[Sequence[str]], int]", importlib.import_module(APP).main)
    return main([str(workspace)] if workspace else [])


def read_first() -> None:
    """Read what can be read before Qt: a tenth of the start is saved by the order."""
    importlib.import_module(READ_FIRST)


def take_pictures(workspace: Path, folder: Path, *, module: str = PICTURES) -> str:
    """Leave pictures of the window's rooms in a folder.

    A process of its own takes them, off screen: whatever a graphics driver does to it, the caller goes on.

    Returns:
        Why there are none; empty when there are.
    """
    if not is_installed():
        return 'The window is not installed here (pip install ".[desktop]" in the program\'s folder).'
    if not _has(module):
        return "This version of the window takes none."
    folder.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            [sys.executable, "-c", _TAKE, module, str(workspace), str(folder)],
            env={**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PICTURE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"The window did not finish within {_PICTURE_SECONDS} seconds."
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = said[-1] if said else f"it ended with {done.returncode}"
        return f"The window could not be drawn here: {reason}"
    return ""


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None
