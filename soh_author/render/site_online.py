"""A site where the public reads it: fetched page by page, with caps, and from the one host that was named."""

import http.client
from types import TracebackType
from typing import Self
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from soh_author.domain.errors import NetworkError, UsageError

LARGEST = 20 * 1024 * 1024
"""Bytes of a page beyond which it is taken for another one."""
PATIENCE = 20
MOST_REDIRECTS = 3
_KINDS = {"http": 80, "https": 443}
_MOVED = frozenset({301, 302, 303, 307, 308})


class OnlineSite:
    """Fetches files of a site over http or https, one after the other on one connection.

    Args:
        address: where the site begins; no name, password, query or fragment is taken in it.
        drop: a folder that paths begin with and the address doesn't (a site of one force alone).

    Raises:
        UsageError: for an address that isn't one of a site.
    """

    def __init__(self, address: str, drop: str = "") -> None:
        self._base = _checked(address)
        self._drop = f"{drop}/" if drop else ""
        self._connection: http.client.HTTPConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()

    def holds(self, path: str) -> bool:
        """Whether a path of a build lies within the site."""
        return path.startswith(self._drop)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file of the site; None when there is none there, b"" when it is no page of it.

        Raises:
            NetworkError: when the host can't be reached, or doesn't answer in time.
        """
        place = quote(path.removeprefix(self._drop).removesuffix("index.html"))
        target = urljoin(self._base.geturl(), place)
        for _ in range(MOST_REDIRECTS + 1):
            status, where, data = self._get(urlsplit(target))
            if status == http.client.OK:
                return data
            if status in {http.client.NOT_FOUND, http.client.GONE}:
                return None
            if status not in _MOVED or not where:
                return b""
            target = urljoin(target, where)
            if _host(urlsplit(target)) != _host(self._base):
                return b""  # another host says nothing of this one
        return b""

    def _get(self, target: SplitResult) -> tuple[int, str, bytes]:
        try:
            try:
                return self._ask(target)
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self._connection = None  # the server ended a connection that lay idle
                return self._ask(target)
        except (OSError, http.client.HTTPException) as error:
            raise NetworkError(
                f"“{self._base.geturl()}” can't be read ({str(error) or type(error).__name__}).",
                safe="Nothing was changed.",
                todo="Look whether you are online and the address is right.",
            ) from error

    def _ask(self, target: SplitResult) -> tuple[int, str, bytes]:
        if self._connection is None:
            self._connection = _connected(self._base)
        self._connection.request("GET", target.path or "/", headers={"Accept-Encoding": "identity"})
        answer = self._connection.getresponse()
        data = answer.read(LARGEST + 1)
        if not answer.isclosed() and answer.will_close is False and answer.length:
            self._connection.close()
            self._connection = None
        return answer.status, answer.getheader("Location") or "", b"" if len(data) > LARGEST else data


def _connected(base: SplitResult) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if base.scheme == "https" else http.client.HTTPConnection
    return kind(base.hostname or "", base.port or _KINDS[base.scheme], timeout=PATIENCE)


def _host(address: SplitResult) -> tuple[str, str, int]:
    return address.scheme, address.hostname or "", address.port or _KINDS.get(address.scheme, 0)


def _checked(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise _no_address(address) from error
    is_plain = not (parts.username or parts.password or parts.query or parts.fragment)
    is_place = parts.scheme in _KINDS and bool(parts.hostname) and port != 0
    if not (is_plain and is_place and address.isprintable()):
        raise _no_address(address)
    path = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    return parts._replace(path=path)


def _no_address(address: str) -> UsageError:
    return UsageError(
        f"“{address}” is no address of a site.",
        safe="Nothing was read.",
        todo="Write it as https://www.example.police.uk/, without name, password or question mark.",
    )
