"""Pictures of the previewed page: read beside the page on its thread, so that the window never waits."""

import base64
import mimetypes
import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import unquote

from soh_author.desktop.preview.scheme import SCHEME
from soh_author.desktop.preview.serving import Asset
from soh_author.workflow.snapshot import Snapshot

MEDIA_HOST = "media"
_ADDRESS = re.compile(rf'{SCHEME}://{MEDIA_HOST}/([^"#?]+)')
_PAGE = re.compile(rf'href="{SCHEME}://[^"]*"')
_MOST = 64


class Pictures:
    """Contents of pictures by path, kept by their stamp. Filled on a thread, read on the window's."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}
        self._shown: Mapping[str, bytes] = {}

    def read(self, html: str, snapshot: Snapshot) -> dict[str, bytes]:
        """The pictures a page names, by path."""
        found = {}
        for path in {unquote(unescape(match)) for match in _ADDRESS.findall(html)}:
            key = (path, snapshot.sources.stamp(path))
            if key not in self._kept:
                if len(self._kept) >= _MOST:
                    self._kept.clear()
                self._kept[key] = snapshot.sources.data(path) or b""
            found[path] = self._kept[key]
        return found

    def show(self, pictures: Mapping[str, bytes]) -> None:
        """These belong to the page that is shown now."""
        self._shown = pictures

    def find(self, name: str) -> Asset | None:
        """The picture at ``media/<path>``; anything that is no picture is not given out."""
        host, _, path = name.partition("/")
        kind = mimetypes.guess_type(path)[0] or ""
        data = self._shown.get(path) if host == MEDIA_HOST else None
        return (data, kind) if data and kind.startswith("image/") else None


def standalone(html: str, pictures: Mapping[str, bytes]) -> str:
    """A page with its pictures inside; links to other pages, which are not there, lead nowhere."""

    def inside(match: re.Match[str]) -> str:
        path = unquote(unescape(match[1]))
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return f"data:{kind};base64,{base64.b64encode(pictures.get(path, b'')).decode()}"

    return _PAGE.sub('href="#"', _ADDRESS.sub(inside, html))
