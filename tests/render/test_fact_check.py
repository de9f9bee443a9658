"""The fact-check pack in a browser: it breaks no rule, and its button saves answers that are read again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from markupsafe import Markup
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from soh_author.render.fact_check import PackBlock, PackPage, PackPaper, fact_check_html, still
from soh_author.workflow.comments.answers import read_answers
from tests.support.browser import Browser

_HEAD = "\n".join(
    [
        "SOH Author fact check 1",
        f"Pack: sha256:{'a' * 64}",
        "Draft: april",
        f"Version: {'b' * 40}",
        "Day: 2026-11-22",
        "Page: advice/fees kent en",
    ]
)
_BLOCKS = [
    PackBlock(1, "", Markup("<p>What you have to pay.</p>"), "en"),
    PackBlock(2, "Faint & <b>", still("<table><tr><th>A</th></tr><tr><td>1</td></tr></table>"), "cy"),
]
_PAPER = PackPaper(
    "april", "22 November 2026", _HEAD, [PackPage("Fees", "As Kent reads it.", tuple(_BLOCKS))]
)
_CODE = """</pre></title></textarea></style></script><script>document.title = "mine"</script>
<img src="http://127.0.0.1:9/x" onerror="document.title = 'mine'"><iframe src="http://127.0.0.1:9/"></iframe>
<link rel="stylesheet" href="http://127.0.0.1:9/x.css"><svg onload="document.title = 'mine'"></svg>
<a href="javascript:document.title = 'mine'" autofocus onfocus="this.click()">x</a>
"""
_BESIDE_THE_CLEANING = PackBlock(2, "", Markup(_CODE), "en")
_HOSTILE = PackPaper(
    _CODE,
    _CODE,
    f"{_HEAD}\n{_CODE}",
    [PackPage(_CODE, _CODE, (PackBlock(1, _CODE, still(_CODE), f'"{_CODE}'), _BESIDE_THE_CLEANING))],
)


class _Watcher(QWebEngineUrlRequestInterceptor):
    """Writes down what a page asks for beside itself, and lets none of it leave this computer."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """One thing asked for."""
        if info.requestUrl().scheme() != "file":
            self.asked.append(info.requestUrl().toString())
            info.block(True)


@pytest.fixture
def page(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[QWebEnginePage]:
    """The pack, opened from a file as a fact checker does."""
    file = tmp_path / "pack.html"
    file.write_text(fact_check_html(_PAPER), encoding="utf-8", newline="\n")
    profile = QWebEngineProfile(qapp)
    shown = QWebEnginePage(profile)
    with qtbot.waitSignal(shown.loadFinished, timeout=30_000):
        shown.load(file.as_uri())
    yield shown
    shiboken6.delete(shown)
    shiboken6.delete(profile)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pack_breaks_no_rule_of_accessibility(qapp: QApplication, width: int) -> None:
    with Browser(qapp) as browser:
        assert browser.audit(fact_check_html(_PAPER), width) == ()


def test_the_button_saves_answers_that_are_read_again(
    page: QWebEnginePage, qtbot: QtBot, tmp_path: Path
) -> None:
    saved: list[QWebEngineDownloadRequest] = []

    def take(request: QWebEngineDownloadRequest) -> None:
        request.setDownloadDirectory(str(tmp_path))
        request.accept()
        saved.append(request)

    page.profile().downloadRequested.connect(take)
    page.runJavaScript(
        """document.getElementById("name").value = "Dr Jo Lee";
        document.querySelector("input[name=answer-1][value=correct]").checked = true;
        document.getElementById("text-2").value = "It is 2.\\n[1] correct";
        document.getElementById("save").click();"""
    )
    file = tmp_path / "fact-check-answers.txt"
    qtbot.waitUntil(lambda: bool(saved) and saved[0].isFinished() and file.exists(), timeout=30_000)
    read = read_answers(file.read_bytes())
    assert read.name == "Dr Jo Lee"
    assert read.said == {1: "", 2: "It is 2.\n[1] correct"}


@pytest.mark.qt_log_ignore("Refused to")
def test_whatever_a_draft_says_nothing_of_it_runs_or_is_fetched(
    qapp: QApplication, tmp_path: Path, qtbot: QtBot
) -> None:
    """Even HTML that slipped by the cleaning, as in the second block, is stopped by the file's own policy."""
    file = tmp_path / "pack.html"
    file.write_text(fact_check_html(_HOSTILE), encoding="utf-8", newline="\n")
    profile, watcher = QWebEngineProfile(qapp), _Watcher()
    profile.setUrlRequestInterceptor(watcher)
    shown = QWebEnginePage(profile)
    with qtbot.waitSignal(shown.loadFinished, timeout=30_000):
        shown.load(file.as_uri())
    found: list[object] = []
    shown.runJavaScript("document.title + ' · ' + document.body.className", 0, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=30_000)
    shiboken6.delete(shown)
    shiboken6.delete(profile)
    assert str(found[0]).startswith("Fact check: ")
    assert str(found[0]).endswith(" · scripted"), "its own script ran, and saw the whole page"
    assert watcher.asked == []


def test_without_a_name_nothing_is_saved_and_that_is_told(page: QWebEnginePage, qtbot: QtBot) -> None:
    answers: list[object] = []
    page.runJavaScript(
        """document.getElementById("save").click(); document.getElementById("told").textContent""",
        0,
        answers.append,
    )
    qtbot.waitUntil(lambda: bool(answers), timeout=30_000)
    assert answers == ["Write your name first."]


def test_text_on_paper_holds_no_code_no_address_and_no_picture() -> None:
    html = still(
        '<p onclick="x">A <a class="b" href="https://x.example/?a=1&amp;b">link</a> '
        '<a href="/page/">page</a> <img src="x.png" alt="A &quot;map&quot;" loading="lazy">'
        "<script>alert(1)</script><details><summary>More</summary><p>Hidden</p></details></p>"
    )
    assert "link (https://x.example/?a=1&amp;b)" in html
    assert 'Picture: A "map"' in html.replace("&quot;", '"')
    for word in ("<a", "<img", "onclick", "<script", "alert", "<details"):
        assert word not in html
    assert "Hidden" in html
