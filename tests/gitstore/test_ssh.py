"""Fetching and sending over a real ssh, and every way it can fail. The server's session is really killed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from soh_author.domain.errors import CertificateError, OfflineError, RefusedError, SignInError, SohAuthorError
from soh_author.gitstore import origin
from soh_author.gitstore.cloning import clone
from soh_author.gitstore.network import Push
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Revision
from tests.gitstore.content import BURGLARY, is_whole, save
from tests.support.ssh_server import SSHD, SshServer, ssh_server

pytestmark = pytest.mark.skipif(SSHD is None, reason="no sshd is installed here")

# Much more than is said before the texts themselves travel, and nothing that could be made smaller.
_PICTURE = Random(7).randbytes(400_000)
_IN_THE_MIDDLE = 200_000


def _know_another(server: SshServer) -> None:
    server.know("elsewhere")


def _cut_at_once(server: SshServer) -> None:
    server.cut(10)


def _cut_in_the_middle(server: SshServer) -> None:
    server.cut(_IN_THE_MIDDLE)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    with ssh_server(tmp_path_factory.mktemp("ssh") / "server") as server:
        yield server


@pytest.fixture
def server(served: SshServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[SshServer]:
    """The server as it should be: it knows the client, and is known."""
    monkeypatch.setenv("PATH", str(served.programs), prepend=":")
    yield served
    served.mend()
    served.accept()
    served.know()


@pytest.fixture
def mine(store: Store, live: Revision, server: SshServer, tmp_path: Path) -> Iterator[Store]:
    assert live
    with clone(server.address(store.folder), tmp_path / "mine.git") as made:
        yield made


def test_a_workspace_is_got_and_sent_over_ssh(store: Store, mine: Store, live: Revision) -> None:
    ours = save(mine, {BURGLARY: b"ours"}, expected=live)
    origin.push(mine, [Push("published", ours, live)])
    assert store.resolve("published") == ours
    theirs = save(store, {BURGLARY: b"theirs"}, expected=ours)
    origin.fetch(mine)
    assert mine.resolve("origin/published") == theirs


class Trouble(NamedTuple):
    """What goes wrong, as which error it is told, and what there is to do."""

    begin: Callable[[SshServer], None]
    kind: type[SohAuthorError]
    todo: str


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(
            Trouble(SshServer.know_nobody, CertificateError, "not met it before"), id="unknown host"
        ),
        pytest.param(Trouble(_know_another, CertificateError, "key change"), id="another host key"),
        pytest.param(
            Trouble(SshServer.accept_nobody, SignInError, "unlock your key"), id="a key not accepted"
        ),
        pytest.param(Trouble(_cut_at_once, OfflineError, "are connected"), id="killed at once"),
        pytest.param(Trouble(_cut_in_the_middle, OfflineError, "are connected"), id="killed in the middle"),
    ],
)
def test_what_goes_wrong_is_told_apart_and_moves_nothing(
    store: Store, mine: Store, server: SshServer, trouble: Trouble
) -> None:
    live = store.resolve("published")
    store.create_branch("drafts/x", live)
    theirs = save(store, {"picture": _PICTURE}, expected=live, branch="drafts/x")
    ours = save(mine, {"other": _PICTURE[::-1]}, expected=live)
    trouble.begin(server)
    for attempt in (lambda: origin.fetch(mine), lambda: origin.push(mine, [Push("published", ours, live)])):
        with pytest.raises(trouble.kind) as told:
            attempt()
        assert trouble.todo in told.value.todo
        assert "kept" in told.value.safe
    assert store.resolve("published") == live
    assert [branch.name for branch in mine.branches(of_origin=True)] == ["published"]
    assert is_whole(store.folder)
    assert is_whole(mine.folder)
    server.mend()
    server.accept()
    server.know()
    origin.fetch(mine)
    origin.push(mine, [Push("published", ours, live)])
    assert mine.resolve("origin/drafts/x") == theirs
    assert store.resolve("published") == ours


def test_a_copy_that_was_cut_short_leaves_nothing_behind(
    store: Store, live: Revision, server: SshServer, tmp_path: Path
) -> None:
    save(store, {"picture": _PICTURE}, expected=live)
    server.cut(_IN_THE_MIDDLE)
    with pytest.raises(OfflineError):
        clone(server.address(store.folder), tmp_path / "half" / "mine.git")
    assert not [*(tmp_path / "half").iterdir()]


def test_a_place_that_holds_nothing_is_refused(server: SshServer, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="holds no content repository"):
        clone(server.address(tmp_path / "nothing.git"), tmp_path / "mine.git")
