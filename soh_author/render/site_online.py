"""A site where the public reads it: fetched page by page, with caps, and from the one host that was named.

Nothing that is fetched is run, unpacked, followed elsewhere or answered with a cookie. An answer that has the
right bytes and headers that make a browser show something else is not what was released.
"""

import http.client
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import Message
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from soh_author.domain.errors import NetworkError, UsageError
from soh_author.render.site_on_disk import Odd

PATIENCE = 20.0
"""Seconds within which a host must begin to answer, or go on."""
LONGEST_ANSWER = 60.0
"""Seconds within which an answer must have ended."""
MOST_REDIRECTS = 3
_KINDS = {"http": 80, "https": 443}
_MOVED = frozenset({301, 302, 303, 307, 308})
_SAID = 200
_PAGE_TYPES = frozenset({"text/html", "text/html;charset=utf-8", 'text/html;charset="utf-8"'})
_PATH_SIGNS = "/%:@!$&'()*+,;=~"
_ENDED = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)


class _Answer(NamedTuple):
    status: int
    where: str
    data: bytes
    odd: str


class OnlineSite:
    """Fetches files of a site over http or https, one after the other on one connection.

    Args:
        address: where the site begins; no name, password, query or fragment is taken in it.
        drop: a folder that paths begin with and the address doesn't (a site of one force alone).
        patience: seconds within which an answer must have ended.

    Raises:
        UsageError: for an address that isn't one of a site.
    """

    def __init__(self, address: str, drop: str = "", *, patience: float = LONGEST_ANSWER) -> None:
        self._base = _checked(address)
        self._drop = f"{drop}/" if drop else ""
        self._patience = patience
        self._trust = ssl.create_default_context() if self._base.scheme == "https" else None
        self._line: _Line | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def holds(self, path: str) -> bool:
        """Whether a path of a build lies within the site."""
        return path.startswith(self._drop)

    def read(self, path: str, longest: int) -> bytes | Odd | None:
        """The bytes of a file of the site, at most one more than ``longest``; None when there is none there.

        Raises:
            NetworkError: when the host can't be reached, or doesn't answer in time.
        """
        place = quote(path.removeprefix(self._drop).removesuffix("index.html"))
        target = urljoin(self._base.geturl(), place)
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._get(urlsplit(target), longest)
            if answer.status == http.client.OK:
                is_page = path.endswith(".html")
                return Odd(answer.odd) if answer.odd and is_page else answer.data
            if answer.status in {http.client.NOT_FOUND, http.client.GONE}:
                return None
            if answer.status not in _MOVED or not answer.where:
                return Odd(f"the server answers {answer.status}")
            target = _led(target, answer.where)
            if not target or _host(urlsplit(target)) != _host(self._base):
                return Odd(f"it leads elsewhere, to “{said_by_host(answer.where)}”")
        return Odd("it leads on and on")

    def _get(self, target: SplitResult, longest: int) -> _Answer:
        try:
            is_used = self._line is not None
            try:
                return self._ask(target, longest)
            except _ENDED:
                self._hang_up()
                if not is_used:
                    raise
                return self._ask(target, longest)  # the server had ended a connection that lay idle
        except (OSError, http.client.HTTPException) as error:
            self._hang_up()
            why = said_by_host(str(error)) or type(error).__name__
            raise NetworkError(
                f"“{self._base.geturl()}” can't be read ({why}).",
                safe="Nothing was changed.",
                todo="Look whether you are online and the address is right.",
            ) from error

    def _ask(self, target: SplitResult, longest: int) -> _Answer:
        line = self._line = self._line or _Line(self._base, self._trust, self._patience)
        with line.in_time():
            path = quote(target.path, safe=_PATH_SIGNS) or "/"
            query = f"?{quote(target.query, safe=f'{_PATH_SIGNS}?')}" if target.query else ""
            line.web.request("GET", path + query, headers={"Accept-Encoding": "identity"})
            answer = line.web.getresponse()
            data = answer.read(longest + 1)
        # What is left of an answer would be taken for the beginning of the next.
        if len(data) > longest or answer.will_close or not answer.isclosed():
            self._hang_up()
        return _Answer(answer.status, answer.getheader("Location") or "", data, _oddity(answer.headers))

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


class _Line:
    """A connection to a host that can be cut from outside, whatever the host goes on sending."""

    def __init__(self, base: SplitResult, trust: ssl.SSLContext | None, patience: float) -> None:
        host, port = base.hostname or "", base.port or _KINDS[base.scheme]
        kind = http.client.HTTPSConnection if trust else http.client.HTTPConnection
        self.web = kind(host, port)
        self.web.auto_open = 0  # it would open another line, which nobody could cut
        self._patience = patience
        self._plain = socket.create_connection((host, port), timeout=min(PATIENCE, patience))
        self._cut = self._plain.dup()
        self.web.sock = self._plain
        if trust is not None:
            try:
                with self.in_time():
                    self.web.sock = trust.wrap_socket(self._plain, server_hostname=host)
            except BaseException:
                self.close()
                raise

    @contextmanager
    def in_time(self) -> Iterator[None]:
        """Cut the line when this takes too long.

        Raises:
            TimeoutError: when it was cut.
        """
        is_late = threading.Event()

        def cut() -> None:
            is_late.set()
            with suppress(OSError):  # it was hung up meanwhile
                self._cut.shutdown(socket.SHUT_RDWR)

        clock = threading.Timer(self._patience, cut)
        clock.daemon = True
        clock.start()
        try:
            yield
        except (OSError, http.client.HTTPException):
            if not is_late.is_set():
                raise
        finally:
            clock.cancel()
        if is_late.is_set():
            raise TimeoutError("its answer doesn't end")

    def close(self) -> None:
        """Close the connection and both handles on its socket."""
        self.web.close()
        self._plain.close()
        self._cut.close()


def said_by_host(text: str) -> str:
    """What a host said, for a sentence: short, and without signs that move what a terminal shows."""
    seen = "".join(sign if sign.isprintable() else " " for sign in text[: _SAID + 1])
    return seen if len(seen) <= _SAID else f"{seen[:_SAID]}…"


def _oddity(headers: Message) -> str:
    """Why a browser shows something else than the bytes of a page; empty when it shows them."""

    def said(name: str) -> list[str]:
        return [str(each).strip().lower() for each in headers.get_all(name, [])]

    if odd := [each for each in said("Content-Type") if each.replace(" ", "") not in _PAGE_TYPES]:
        return f"it is served as “{said_by_host(odd[0])}”"
    if odd := [each for each in said("Content-Encoding") if each not in {"", "identity"}]:
        return f"it is served packed, as “{said_by_host(odd[0])}”, which nobody asked for"
    if said("Refresh"):
        return "a header leads its readers elsewhere"
    if any("stylesheet" in each for each in said("Link")):
        return "a header gives it other styles"
    if any(each.startswith("attachment") for each in said("Content-Disposition")):
        return "it is offered to be kept as a file, instead of shown"
    return ""


def _led(target: str, where: str) -> str:
    """Where a redirect leads; empty when that is no address."""
    try:
        led = urljoin(target, quote(where.encode("latin-1"), safe=f"{_PATH_SIGNS}?#[]"))
        _host(urlsplit(led))
    except ValueError:
        return ""
    return led


def _host(address: SplitResult) -> tuple[str, str, int]:
    return address.scheme, address.hostname or "", address.port or _KINDS.get(address.scheme, 0)


def _checked(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        port = parts.port
        (parts.hostname or "").encode("idna")
    except ValueError as error:
        raise _no_address(address) from error
    is_plain = not (parts.username or parts.password or parts.query or parts.fragment)
    is_place = parts.scheme in _KINDS and bool(parts.hostname) and port != 0
    if not (is_plain and is_place and address.isprintable() and " " not in address):
        raise _no_address(address)
    path = quote(parts.path if parts.path.endswith("/") else f"{parts.path}/", safe=_PATH_SIGNS)
    return parts._replace(path=path)


def _no_address(address: str) -> UsageError:
    shown = re.sub(r"//[^/]*@", "//…@", address)  # a password is not said again
    return UsageError(
        f"“{said_by_host(shown)}” is no address of a site.",
        safe="Nothing was read.",
        todo="Write it as https://www.example.police.uk/, without name, password or question mark.",
    )
