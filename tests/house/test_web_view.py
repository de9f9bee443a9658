"""What the preview stands on: Chromium starts here, off screen, with a font to lay text out in."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

_START_MS = 60_000


@pytest.fixture
def view(qapp: QApplication) -> Iterator[QWebEngineView]:
    """A web view laid out off screen, closed in the order Chromium wants: page, then profile."""
    profile = QWebEngineProfile(qapp)
    page = QWebEnginePage(profile)
    shown = QWebEngineView(page)
    shown.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    shown.resize(800, 600)
    shown.show()
    yield shown
    for thing in (shown, page, profile):
        shiboken6.delete(thing)


@pytest.mark.browser
def test_chromium_lays_out_a_page_off_screen(qtbot: QtBot, view: QWebEngineView) -> None:
    page = view.page()
    with qtbot.waitSignal(page.loadFinished, timeout=_START_MS) as loaded:
        page.setHtml("<!doctype html><p style='width: 40em'>Croeso i Heddlu Gwent</p>")
    assert loaded.args == [True]

    answers: list[object] = []
    page.runJavaScript(
        "JSON.stringify([document.body.innerText, document.body.offsetHeight > 0])", answers.append
    )
    qtbot.waitUntil(lambda: bool(answers), timeout=_START_MS)
    assert answers == ['["Croeso i Heddlu Gwent",true]']


@pytest.mark.usefixtures("qapp")
def test_there_is_a_font_with_welsh_letters() -> None:
    font = QFont()
    assert QFontInfo(font).family()
