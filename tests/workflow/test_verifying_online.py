"""The live check of a site where the public reads it: a server on this computer stands for the internet."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from socketserver import BaseServer

import pytest

from soh_author.domain.errors import NetworkError, NotFoundError, UsageError
from soh_author.domain.ids import ForceId
from soh_author.render.site_online import OnlineSite
from soh_author.workflow.release.verifying_site import Deviation, verify_online
from soh_author.workflow.site.building import build
from tests.support.people import FEES, Office, agree, go_out, send, write


@dataclass
class Server:
    """A site served from a folder; ``moved`` leads a path elsewhere."""

    folder: Path
    address: str = ""
    moved: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, served: Server, request: socket, client: tuple[str, int], server: BaseServer) -> None:
        self._served = served
        super().__init__(request, client, server)

    def do_GET(self) -> None:
        self._served.asked.append(self.path)
        file = self._served.folder / self.path.lstrip("/")
        file = file / "index.html" if self.path.endswith("/") else file
        where = self._served.moved.get(self.path)
        data = file.read_bytes() if file.is_file() and not where else b""
        self.send_response(301 if where else 200 if data else 404)
        if where:
            self.send_header("Location", where)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Nothing is written down."""


@pytest.fixture
def served(people: Office, tmp_path: Path) -> Iterator[tuple[Server, str]]:
    """The site of a release, served; and the release's id."""
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    send(people, "fees")
    agree(people.sam, "fees")
    release = go_out(people.alex, "fees").release.id
    on = people.clock().date()
    build(people.alex.workspace, tmp_path / "site", on=on).run()
    made = Server(tmp_path / "site")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Answers, made))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    made.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield made, release
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_site_that_is_as_released_is_true_and_one_that_isnt_is_told(
    people: Office, served: tuple[Server, str]
) -> None:
    server, release = served
    workspace, on = people.alex.workspace, people.clock().date()
    assert verify_online(workspace, server.address, release, on).run().value.is_true
    page = next((server.folder / "kent").rglob("fees/index.html"))
    page.write_bytes(page.read_bytes().replace(b"What you have to pay.", b"Pay me."))
    gone = next((server.folder / "essex").rglob("fees/index.html"))
    gone.unlink()
    found = verify_online(workspace, server.address, release, on).run().value
    told = {each.path: each.deviation for each in found.strayed}
    assert told == {
        page.relative_to(server.folder).as_posix(): Deviation.ALTERED,
        gone.relative_to(server.folder).as_posix(): Deviation.MISSING,
    }


def test_the_site_of_one_force_is_looked_at_alone(people: Office, served: tuple[Server, str]) -> None:
    server, release = served
    server.asked.clear()
    task = verify_online(
        people.alex.workspace, f"{server.address}/kent", release, people.clock().date(), ForceId("kent")
    )
    assert task.run().value.is_true
    assert server.asked
    assert all(path.startswith("/kent/") for path in server.asked)


@pytest.mark.parametrize(
    "address",
    ["ftp://site", "https://", "file:///etc/passwd", "https://me:word@site", "http://site:99999", "x"],
)
def test_what_is_no_address_of_a_site_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="no address of a site"):
        OnlineSite(address)


def test_a_site_that_does_not_answer_and_a_release_that_is_not_there_are_told(people: Office) -> None:
    with OnlineSite("http://127.0.0.1:9") as site, pytest.raises(NetworkError, match="can't be read"):
        site.read("index.html", 1)
    with pytest.raises(NotFoundError):
        verify_online(people.alex.workspace, "http://127.0.0.1:9", "never", people.clock().date()).run()
