"""What holds for every test: an isolated process, Qt ready for web pages, no window left behind."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support import environment

_HOME = environment.isolate()

# Only now: Qt reads the environment when it is first used.
from PySide6.QtCore import QCoreApplication, QEvent, Qt  # noqa: E402 - the environment has to stand first
from PySide6.QtWidgets import QApplication  # noqa: E402 - the same

from soh_author.desktop.preview import scheme  # noqa: E402 - the same

_ROOT = Path(__file__).resolve().parent.parent
_POPS_UP = frozenset({Qt.WindowType.Popup, Qt.WindowType.ToolTip})

# How long an example takes depends on what else the machine does; a test that minds measures for itself.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_unconfigure() -> None:
    """Remove the home of this process, and let go of what a test has copied.

    Off screen, Qt itself keeps that and deletes it after Python has ended, with which the process ends badly.
    """
    if isinstance(app := QApplication.instance(), QApplication):
        app.clipboard().clear()
    environment.clean_up(_HOME)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that opens windows, so that nobody has to remember to; begin with the slow ones.

    A slow test that comes last keeps one process busy while the others have nothing left to do.
    """
    for item in items:
        if {"qapp", "qtbot"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.qt)
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """Make the preview's kind of address known before there is an application."""
    scheme.register()
    return QApplication


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Name the application, and let it hold web pages (both have to happen before it is made)."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    return ["soh-author"]


@pytest.fixture(autouse=True)
def cycles_are_looked_for_between_tests(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where windows are open, cycles end on their thread alone, as in the program: here, once all is over."""
    if request.node.get_closest_marker("qt") is None:
        yield
        return
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def no_window_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that ends with a window still shown: it would disturb the next one.

    What was never shown is ended too: each change of colours or size dresses all that there is, so that a
    hundred panels of tests long over make every later window five times as slow. What pops up is left to what
    it belongs to, which isn't its parent: a QCompleter deletes its list itself, and where that is gone the
    process ends.
    """
    if request.node.get_closest_marker("qt") is None:
        yield
        return
    before = set(QApplication.topLevelWidgets())
    yield
    shown = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    names = [f"{type(window).__name__} “{window.windowTitle()}”" for window in shown]
    for window in shown:
        window.hide()
        window.deleteLater()
    for left in set(QApplication.topLevelWidgets()) - before:
        if left.parent() is None and left.windowType() not in _POPS_UP:
            left.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not names, f"The test left windows open: {', '.join(names)}"


@pytest.fixture
def resources() -> Path:
    """Folder of templates, styles, texts and sample content."""
    return _ROOT / "resources"


@pytest.fixture
def sample_content() -> Path:
    """Folder of the sample content; tests only read it."""
    return _ROOT / "resources" / "sample_content"
