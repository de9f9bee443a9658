"""Starts the window: puts the pieces together and runs Qt."""

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

import soh_author
from soh_author.desktop.furnishing import Home, furnished_window
from soh_author.desktop.location import RoomId
from soh_author.desktop.network import NetworkWatch
from soh_author.desktop.pace import SETTLED_MS, CycleLook, keep_pace, settle_down
from soh_author.desktop.preview import scheme
from soh_author.desktop.welcome.opening import last_workspace
from soh_author.settings.data_files import resources_dir
from soh_author.settings.file import load
from soh_author.settings.locations import Locations

NAME = "SOH Author"


def main(arguments: Sequence[str] = ()) -> int:
    """Show the window until it is closed.

    Args:
        arguments: at most one: the folder of a workspace to open, or ``sample``.

    Returns:
        The exit code.
    """
    keep_pace()
    app = application()
    places = Locations.of_this_computer()
    home = Home(places.settings_file, places.window_file, places.sample, _now, date.today)
    is_bound = bool(arguments) or last_workspace(load(home.personal).settings) is not None
    window, opening = furnished_window(home, RoomId.EDITOR if is_bound else RoomId.WELCOME)
    NetworkWatch(window.session)
    window.show()
    QTimer.singleShot(SETTLED_MS, settle_down)
    if arguments[:1] == ["sample"]:
        opening.open_sample()
    elif arguments:
        opening.open_folder(Path(arguments[0]))
    else:
        opening.open_last()
    return app.exec()


def application() -> QApplication:
    """The Qt application, named and ready for web pages; what has to come before it comes before it."""
    scheme.register()
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    CycleLook(app)
    app.setApplicationName("soh-author")
    app.setApplicationDisplayName(NAME)
    app.setApplicationVersion(soh_author.__version__)
    app.setDesktopFileName("soh-author")
    app.setWindowIcon(QIcon(str(resources_dir() / "icons" / "app.svg")))
    return app


def _now() -> datetime:
    return datetime.now(UTC).astimezone()
