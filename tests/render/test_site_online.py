"""A site that is read where the public reads it, and a host that means no good."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from soh_author.domain.errors import NetworkError, UsageError
from soh_author.render.site_on_disk import Odd
from soh_author.render.site_online import OnlineSite
from tests.gitstore.https_origin import make_certificate

PAGE = b"<!DOCTYPE html><p>As released"
_OK = b"HTTP/1.1 200 OK\r\n"
_LENGTH = b"Content-Length: %d\r\n" % len(PAGE)
HONEST = _OK + _LENGTH + b"\r\n" + PAGE
Speak = Callable[[socket.socket], None]


def _moved(where: bytes) -> bytes:
    return b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + where + b"\r\n\r\n"


def _says(*answers: bytes) -> Speak:
    """A host that gives these answers one after the other, on as many lines as it takes."""
    waiting = list(answers)

    def speak(line: socket.socket) -> None:
        while waiting and line.recv(65_536):
            line.sendall(waiting.pop(0))

    return speak


def _never_ends(first: bytes, more: bytes) -> Speak:
    def speak(line: socket.socket) -> None:
        line.recv(65_536)
        line.sendall(first)
        with suppress(OSError):
            while True:
                line.sendall(more)
                line.settimeout(0.02)
                with suppress(TimeoutError):
                    if not line.recv(1):
                        return

    return speak


@contextmanager
def _host(speak: Speak, trust: ssl.SSLContext | None = None, family: int = socket.AF_INET) -> Iterator[str]:
    """A host on this computer; what it says goes to whoever calls, one after the other."""
    is_closing = threading.Event()
    here = "::1" if family == socket.AF_INET6 else "127.0.0.1"
    with socket.create_server((here, 0), family=family) as door:

        def serve() -> None:
            while not is_closing.is_set():
                line, _ = door.accept()
                with suppress(OSError), line:
                    if trust is None:
                        speak(line)
                    else:
                        with trust.wrap_socket(line, server_side=True) as sealed:
                            speak(sealed)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        port = door.getsockname()[1]
        name = f"[{here}]" if ":" in here else here
        try:
            yield f"{'https' if trust else 'http'}://{name}:{port}"
        finally:
            is_closing.set()
            with suppress(OSError):
                socket.create_connection(door.getsockname()[:2], timeout=5).close()
            thread.join(5)


def _read(speak: Speak, *, patience: float = 5) -> bytes | Odd | None:
    with _host(speak) as address, OnlineSite(address, patience=patience) as site:
        return site.read("kent/index.html", len(PAGE))


def test_a_page_that_is_served_plainly_is_read() -> None:
    kinds = b"Content-Type: Text/HTML; charset=UTF-8\r\nSet-Cookie: a=b\r\nX-Robots-Tag: none\r\n"
    link = b'Link: </a>; rel="canonical"\r\nContent-Disposition: inline\r\nContent-Encoding: identity\r\n'
    assert _read(_says(HONEST)) == PAGE
    assert _read(_says(_OK + _LENGTH + kinds + link + b"\r\n" + PAGE)) == PAGE


@pytest.mark.parametrize(
    ("header", "why"),
    [
        (b"Content-Type: text/plain", "it is served as “text/plain”"),
        (b"Content-Type: text/html; charset=utf-16", "charset=utf-16"),
        (b"Content-Type: text/html\r\nContent-Type: image/svg+xml", "svg"),
        (b"Content-Encoding: br", "packed, as “br”"),
        (b"Content-Encoding: gzip\r\nContent-Type: text/html", "packed, as “gzip”"),
        (b"Refresh: 0; url=https://elsewhere.example/", "leads its readers elsewhere"),
        (b"Link: <https://elsewhere.example/x.css>; rel=Stylesheet", "other styles"),
        (b"Content-Disposition: attachment; filename=page.exe", "kept as a file"),
    ],
)
def test_the_right_bytes_under_headers_that_make_a_browser_show_others_are_odd(
    header: bytes, why: str
) -> None:
    found = _read(_says(_OK + _LENGTH + header + b"\r\n\r\n" + PAGE))
    assert isinstance(found, Odd)
    assert why in found.why


@pytest.mark.parametrize(
    "where",
    [
        b"http://elsewhere.example/",
        b"//elsewhere.example/",
        b"http://[",
        b"http://127.0.0.1:99999/",
        b"file:///etc/passwd",
        b"javascript:alert(1)",
        b"ftp://127.0.0.1/",
        b"https://127.0.0.1/",
        b"http://[::1\x1b]/",
    ],
)
def test_a_redirect_that_leads_elsewhere_is_told_and_not_followed(where: bytes) -> None:
    found = _read(_says(_moved(where)))
    assert isinstance(found, Odd)
    assert found.why.startswith("it leads elsewhere, to “")
    assert found.why.isprintable()


def test_a_redirect_on_the_same_host_is_followed_to_the_very_address_it_names() -> None:
    asked: list[bytes] = []
    answers = [_moved(b"/caf\xc3\xa9 two/?v=1&w=a b"), HONEST]

    def speak(line: socket.socket) -> None:
        while answers and (request := line.recv(65_536)):
            asked.append(request.partition(b"\r\n")[0])
            line.sendall(answers.pop(0))

    assert _read(speak) == PAGE
    assert asked == [b"GET /kent/ HTTP/1.1", b"GET /caf%C3%A9%20two/?v=1&w=a%20b HTTP/1.1"]


def test_a_redirect_that_goes_round_ends_and_what_is_not_there_is_nothing() -> None:
    assert _read(_says(*[_moved(b"/round/")] * 9)) == Odd("it leads on and on")
    assert _read(_says(_moved(b""))) == Odd("the server answers 302")
    assert _read(_says(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")) is None


def test_a_longer_page_is_read_one_byte_further_and_the_next_one_is_read_as_well() -> None:
    chunked = b"Transfer-Encoding: chunked\r\n\r\n" + b"8000\r\n" + b"x" * 0x8000 + b"\r\n0\r\n\r\n"
    with _host(_says(_OK + chunked, HONEST)) as address, OnlineSite(address) as site:
        first = site.read("kent/index.html", len(PAGE))
        assert isinstance(first, bytes)
        assert len(first) == len(PAGE) + 1
        assert site.read("kent/index.html", len(PAGE)) == PAGE


def test_a_line_that_was_ended_while_it_lay_idle_is_opened_again() -> None:
    closing = _OK + _LENGTH + b"Connection: close\r\n\r\n" + PAGE
    with _host(_says(closing, HONEST, HONEST)) as address, OnlineSite(address) as site:
        assert [site.read("kent/index.html", len(PAGE)) for _ in range(3)] == [PAGE] * 3


@pytest.mark.parametrize(
    ("first", "more"),
    [
        (_OK + b"Content-Length: 99999999\r\n\r\n", b"x"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (_OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"Trailer: x\r\n"),
        (_OK, b"X"),
    ],
    ids=["a body", "go on", "trailers", "headers"],
)
def test_an_answer_that_never_ends_is_given_up(first: bytes, more: bytes) -> None:
    with (
        _host(_never_ends(first, more)) as address,
        OnlineSite(address, patience=0.2) as site,
        pytest.raises(NetworkError, match="doesn't end"),
    ):
        site.read("kent/index.html", 99_999_999)


def test_what_a_host_says_instead_of_an_answer_is_told_without_its_signs() -> None:
    with pytest.raises(NetworkError, match="can't be read") as told:
        _read(_says(b"\x1b[2J\x1b]0;mine\x07" + b"y" * 5_000 + b"\r\n\r\n"))
    assert str(told.value).isprintable()
    assert len(str(told.value)) < 600


def test_a_site_at_an_address_of_the_newer_kind_is_read() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this computer has no such addresses")
    with _host(_says(HONEST), family=socket.AF_INET6) as address, OnlineSite(address) as site:
        assert site.read("kent/index.html", len(PAGE)) == PAGE


def test_a_sealed_site_is_read_and_one_whose_certificate_nobody_vouches_for_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = make_certificate(tmp_path)
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(certificate, key)
    with _host(_says(HONEST), trust) as address:
        with OnlineSite(address) as site, pytest.raises(NetworkError, match="certificate"):
            site.read("kent/index.html", len(PAGE))
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with OnlineSite(address) as site:
            assert site.read("kent/index.html", len(PAGE)) == PAGE


def test_a_host_that_never_ends_its_greeting_is_given_up() -> None:
    greeting = _never_ends(b"\x16\x03\x03\x40\x00", b"\x02")
    with (
        _host(greeting) as address,
        OnlineSite(f"https{address[4:]}", patience=0.2) as site,
        pytest.raises(NetworkError, match="doesn't end"),
    ):
        site.read("kent/index.html", len(PAGE))


@pytest.mark.parametrize(
    "address",
    [
        f"http://{'a' * 64}.example/",
        "http://a b/",
        "http://[::1/",
        "http://site/?a",
        "http://site/\x1b",
        "gopher://x",
    ],
)
def test_what_is_no_address_of_a_site_is_refused_plainly(address: str) -> None:
    with pytest.raises(UsageError, match="no address of a site") as told:
        OnlineSite(address)
    assert str(told.value).isprintable()


def test_a_password_in_an_address_is_not_said_again() -> None:
    with pytest.raises(UsageError) as told:
        OnlineSite("https://me:secret@site/")
    assert "secret" not in str(told.value)
