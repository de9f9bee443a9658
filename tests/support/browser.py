"""The preview's Chromium for tests: lays pages out off screen, runs axe-core over them, takes pictures.

One page object is kept for the whole test run. axe-core comes from the wheel that carries it and is run in a
world of its own, so that the page's scripts stay off: each page gets a policy that refuses every script and
every request.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import files
from pathlib import Path
from typing import Self

import shiboken6
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile, QWebEngineScript
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication

WCAG_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")
"""The rules public bodies have to keep: WCAG 2.2, levels A and AA."""

_POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
)
_WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld
_WAIT_MS = 30_000
_POLL_MS = 2


# One page is changed for the next in place: loading it, and axe-core with it, takes as long as the audit
# itself. Parsed apart first, as Chromium parses a page it loads.
_SWAP = """
{ const parsed = new DOMParser().parseFromString(%s, "text/html");
document.replaceChild(document.adoptNode(parsed.documentElement), document.documentElement); }
scrollTo(0, 0);
""
"""
# Nothing has to be fetched, there are no frames, and only what is wrong is asked for.
_AXE_OPTIONS = {"resultTypes": ["violations"], "elementRef": False, "preload": False, "iframes": False}
# Ends in a text, because only texts come back from another world; the promise's outcome is asked for later.
_AXE_RUN = """
globalThis.found = "";
axe.run(document, %s).then(
  outcome => { globalThis.found = JSON.stringify(outcome.violations.map(rule => [
    rule.id, rule.help, rule.nodes.map(node => node.html + " " + node.failureSummary)])); },
  fault => { globalThis.found = JSON.stringify([["axe", String(fault), []]]); });
""
"""


class BrowserError(Exception):
    """The page could not be loaded, or gave no answer in time."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule a page breaks, and the elements that break it."""

    rule: str
    help: str
    elements: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule}: {self.help}\n  " + "\n  ".join(self.elements)


@cache
def axe_source() -> str:
    """Text of axe-core."""
    found = [path for path in files("axe-playwright-python") or () if path.name == "axe.min.js"]
    assert found, "The wheel axe-playwright-python carries axe.min.js."
    return Path(str(found[0].locate())).read_text(encoding="utf-8")


class _Page(QWebEnginePage):
    """A page that keeps what is said on the console instead of printing it."""

    def __init__(self, profile: QWebEngineProfile) -> None:
        super().__init__(profile)
        self.said: list[str] = []

    def javaScriptConsoleMessage(
        self, _level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, _line: int, _source: str
    ) -> None:
        self.said.append(message)


class Browser:
    """One off-screen web view. Close it, or use it in a ``with``."""

    def __init__(self, app: QApplication, width: int = 1280, height: int = 900) -> None:
        self._profile = QWebEngineProfile(app)
        self._page = _Page(self._profile)
        self._view = QWebEngineView(self._page)
        self._view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self._view.resize(width, height)
        self._has_axe = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the page before its profile, as Chromium wants it."""
        for thing in (self._view, self._page, self._profile):
            shiboken6.delete(thing)

    @property
    def console(self) -> Sequence[str]:
        """What pages said on the console since the last one was loaded."""
        return tuple(self._page.said)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Let pages be laid out, which Chromium does only in a view that is shown (here: off screen)."""
        self._view.show()
        try:
            yield
        finally:
            self._view.hide()

    def load(self, html: str, width: int = 1280, height: int = 900) -> None:
        """Load a page into a view of a width in CSS pixels."""
        self._view.resize(width, height)
        self._page.said.clear()
        self._has_axe = False
        loop = QEventLoop()
        outcome: list[bool] = []

        def loaded(is_loaded: bool) -> None:
            outcome.append(is_loaded)
            loop.quit()

        self._page.loadFinished.connect(loaded)
        QTimer.singleShot(_WAIT_MS, loop, loop.quit)
        self._page.setHtml(html.replace("<head>", f"<head>{_POLICY}", 1))
        loop.exec()
        self._page.loadFinished.disconnect(loaded)
        if outcome != [True]:
            raise BrowserError("The page could not be loaded.")

    def run(self, script: str) -> str:
        """Run a script in a world of its own; it must end with a text (use ``JSON.stringify``)."""
        answers: list[object] = []
        loop = QEventLoop()

        def answered(answer: object) -> None:
            answers.append(answer)
            loop.quit()

        self._page.runJavaScript(script, _WORLD.value, answered)
        QTimer.singleShot(_WAIT_MS, loop, loop.quit)
        if not answers:
            loop.exec()
        if not answers:
            raise BrowserError("The page gave no answer.")
        return str(answers[0] or "")

    def address(self) -> str:
        """Where the page is now, once what a script began has come to rest."""
        self._settle(50)
        return self._page.url().toString()

    def audit(self, html: str, width: int = 1280, tags: Sequence[str] = WCAG_TAGS) -> tuple[Violation, ...]:
        """Lay a page out and give every accessibility rule it breaks."""
        with self.shown():
            return self._audit(html, width, tags)

    def _audit(self, html: str, width: int, tags: Sequence[str]) -> tuple[Violation, ...]:
        self._view.resize(width, self._view.height())
        if not self._has_axe:
            self.load("<!doctype html><html lang=en><head><title>Empty</title></head></html>", width)
            self.run(f"{axe_source()}; ''")
            self._has_axe = True
        self.run(_SWAP % json.dumps(html))
        wanted = json.dumps({"runOnly": list(tags), **_AXE_OPTIONS})
        self.run(_AXE_RUN % wanted)
        found = self._poll("globalThis.found")
        return tuple(Violation(rule, text, tuple(nodes)) for rule, text, nodes in json.loads(found))

    def picture(self, html: str, width: int, path: Path, height: int | None = None) -> None:
        """Save a picture of a page, in its whole length unless a height is given."""
        with self.shown():
            self.load(html, width, 800)
            tall = height or int(self.run("String(document.documentElement.scrollHeight)"))
            self._view.resize(width, min(tall, 12_000))
            self._settle(300)
            self._view.grab().toImage().save(str(path))

    def _settle(self, milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop, loop.quit)
        loop.exec()

    def _poll(self, expression: str) -> str:
        for _ in range(_WAIT_MS // _POLL_MS):
            found = self.run(expression)
            if found:
                return found
            self._settle(_POLL_MS)
        raise BrowserError("The page gave no answer.")
