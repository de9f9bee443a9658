"""Gives the preview its bytes, and refuses everything else."""

import hashlib
import re
from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QBuffer, QByteArray, QObject
from PySide6.QtWebEngineCore import (
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlSchemeHandler,
)

from soh_author.desktop.preview.scheme import HOST, ORIGIN, SCHEME

Asset: TypeAlias = tuple[bytes, str]
"""Content and its MIME type."""

POLICY = (
    f"default-src 'none'; style-src {SCHEME}:; img-src {SCHEME}:; font-src {SCHEME}:; script-src 'none'; "
    "connect-src 'none'; form-action 'none'; frame-src 'none'; base-uri 'none'; object-src 'none'; "
    "worker-src 'none'"
)
"""What a page in the preview may load: our styles, pictures and fonts, nothing that runs."""

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_STYLE_NAME = "style-{}.css"


def with_linked_styles(html: str) -> tuple[str, dict[str, str]]:
    """A page whose styles are files of their own, by name, so that the policy can forbid every style inside.

    Only the head is looked at, which our template wrote; a text can't bring styles, for it can't bring HTML.
    """
    head, closing, body = html.partition("</head>")
    styles: dict[str, str] = {}

    def outside(match: re.Match[str]) -> str:
        name = _STYLE_NAME.format(hashlib.sha256(match[1].encode()).hexdigest()[:16])
        styles[name] = match[1]
        return f'<link rel="stylesheet" href="{ORIGIN}{name}">'

    return _STYLE.sub(outside, head) + closing + body, styles


class PreviewServer(QWebEngineUrlSchemeHandler):
    """Answers ``soh-preview://…``.

    The page being shown is set with :meth:`put`; everything else is asked of ``find_asset``, which knows no
    Qt and must answer at once (stylesheets and pictures from memory).
    """

    def __init__(self, find_asset: Callable[[str], Asset | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._find_asset = find_asset
        self._pages: dict[str, Asset] = {}
        self.refused: list[str] = []

    def put(self, name: str, html: str) -> None:
        """Serve this page under ``soh-preview://local/<name>``, and no other page any more."""
        page, styles = with_linked_styles(html)
        self._pages = {name: (page.encode(), "text/html;charset=utf-8")}
        for style, text in styles.items():
            self._pages[style] = (text.encode(), "text/css;charset=utf-8")

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Answer a request (called by Qt)."""
        url = job.requestUrl()
        name = url.path().lstrip("/")
        if job.requestMethod() != QByteArray(b"GET"):
            self.refused.append(url.toString())
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
        elif url.host() == HOST and name in self._pages:
            _reply(job, *self._pages[name])
        elif asset := self._find_asset(f"{url.host()}/{name}"):
            _reply(job, *asset)
        else:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)


def _reply(job: QWebEngineUrlRequestJob, data: bytes, mime: str) -> None:
    body = QBuffer(job)
    body.setData(data)
    headers = {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    # Qt writes the values in lower case, so a policy can hold no hashes.
    # A key of the headers may have several values: PySide takes lists, though its stubs know one value.
    job.setAdditionalResponseHeaders(
        {QByteArray(key.encode()): [QByteArray(value.encode())] for key, value in headers.items()}  # type: ignore[misc]  # as above
    )
    job.reply(QByteArray(mime.encode()), body)


class OnlyOurs(QWebEngineUrlRequestInterceptor):
    """Refuses every request that is not for our own scheme, and remembers what it refused."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.refused: list[str] = []
        self.allowed: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Look at a request before it is made (called by Qt)."""
        url = info.requestUrl()
        is_ours = url.scheme() == SCHEME and info.requestMethod() == QByteArray(b"GET")
        (self.allowed if is_ours else self.refused).append(url.toString())
        if not is_ours:
            info.block(True)
        del self.allowed[:-50], self.refused[:-50]
