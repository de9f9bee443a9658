"""Waits until a window has drawn what it is asked for, and keeps a picture of it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QDialog

from soh_author.desktop.main_window import MainWindow
from soh_author.domain.errors import OutputError

_LONGEST_MS = 15_000
_QUIET_MS = 900
"""Nothing under way for so long: what is drawn has settled. Chromium paints a moment after it has loaded."""


def photograph(window: MainWindow, file: Path, dialog: QDialog | None = None) -> None:
    """Keep a picture of a window, with a dialog in front of it.

    Raises:
        OutputError: when it can't be written.
    """
    settle(window)
    file.parent.mkdir(parents=True, exist_ok=True)
    picture = window.grab()
    if dialog is not None:
        _put_in_front(picture, dialog)
    if not picture.save(str(file)):
        raise OutputError(
            f"The picture “{file}” can't be written.", todo="Make room or choose another folder."
        )


def _put_in_front(picture: QPixmap, dialog: QDialog) -> None:
    """A dialog with a plain frame and its title: off screen nobody draws them."""
    shown, ground = dialog.grab(), dialog.palette()
    bar = dialog.fontMetrics().height() + 12
    left = (picture.width() - shown.width()) // 2
    top = (picture.height() - shown.height()) // 3
    painter = QPainter(picture)
    frame = QRect(left - 1, top - bar, shown.width() + 2, shown.height() + bar + 1)
    painter.fillRect(frame, ground.window())
    painter.setPen(ground.windowText().color())
    painter.drawRect(frame)
    painter.drawText(
        QRect(left, top - bar, shown.width(), bar), Qt.AlignmentFlag.AlignCenter, dialog.windowTitle()
    )
    painter.drawPixmap(left, top, shown)
    painter.end()


def settle(window: MainWindow, quiet_ms: int = _QUIET_MS) -> None:
    """Let the window finish what it is doing."""
    clock = QElapsedTimer()
    clock.start()

    def is_quiet() -> bool:
        if window.session.runner.jobs:
            clock.restart()
        return clock.hasExpired(quiet_ms)

    run_until(is_quiet, _LONGEST_MS)


def run_until(is_done: Callable[[], bool], longest_ms: int) -> None:
    """Let the window live until something is done, but not longer than so many milliseconds."""
    loop = QEventLoop()
    watch = QTimer()
    watch.setInterval(30)
    watch.timeout.connect(lambda: loop.quit() if is_done() else None)
    watch.start()
    QTimer.singleShot(longest_ms, loop.quit)
    loop.exec()
    watch.stop()
