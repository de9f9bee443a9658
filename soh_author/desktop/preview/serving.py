"""Gives the preview its bytes, and refuses everything else."""

import base64
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

from soh_author.desktop.preview.scheme import HOST, SCHEME

Asset: TypeAlias = tuple[bytes, str]
"""Content and its MIME type."""

_POLICY = (
    "default-src 'none'; style-src {styles}; img-src {scheme}:; font-src {scheme}:; script-src 'none'; "
    "connect-src 'none'; form-action 'none'; frame-src 'none'; base-uri 'none'; object-src 'none'; "
    "worker-src 'none'"
)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
"""Styles our own template wrote into the head of a page; text can't bring any, for it can't bring HTML."""


def policy(html: str = "") -> str:
    """What a page in the preview may load: its own styles, our pictures and fonts, nothing that runs."""
    head = html.partition("</head>")[0]
    hashes = [hashlib.sha256(style.encode()).digest() for style in _STYLE.findall(head)]
    inside = "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in hashes)
    return _POLICY.format(styles=f"{SCHEME}:{inside}", scheme=SCHEME)


class PreviewServer(QWebEngineUrlSchemeHandler):
    """Answers ``soh-preview://…``.

    The page being shown is set with :meth:`put`; everything else is asked of ``find_asset``, which knows no
    Qt and must answer at once (stylesheets and pictures from memory).
    """

    def __init__(self, find_asset: Callable[[str], Asset | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._find_asset = find_asset
        self._pages: dict[str, tuple[bytes, str]] = {}
        self.refused: list[str] = []

    def put(self, name: str, html: str) -> None:
        """Serve this page under ``soh-preview://local/<name>``, and no other page any more."""
        self._pages = {name: (html.encode(), policy(html))}

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        """Answer a request (called by Qt)."""
        url = job.requestUrl()
        name = url.path().lstrip("/")
        if job.requestMethod() != QByteArray(b"GET"):
            self.refused.append(url.toString())
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
        elif url.host() == HOST and name in self._pages:
            data, rules = self._pages[name]
            _reply(job, data, "text/html;charset=utf-8", rules)
        elif asset := self._find_asset(f"{url.host()}/{name}"):
            _reply(job, *asset, policy())
        else:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)


def _reply(job: QWebEngineUrlRequestJob, data: bytes, mime: str, rules: str) -> None:
    body = QBuffer(job)
    body.setData(data)
    headers = {
        "Content-Security-Policy": rules,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
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
