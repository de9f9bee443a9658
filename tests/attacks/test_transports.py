"""What an ordinary git client pushes is judged the same over the file transport and over ssh.

The ssh here is a stand-in that runs the other side's program on this computer: what travels is what would
travel through ssh. Where sshd is installed, a real one is asked too.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from soh_author.domain.errors import RefusedError
from soh_author.gitstore.network import Push
from soh_author.gitstore.origin import push, set_origin
from soh_author.gitstore.served import all_refs
from soh_author.workflow.gate.installing import install
from soh_author.workflow.gate.recording import audit
from soh_author.workflow.release.reviewing import submit
from soh_author.workflow.together.syncing import get_latest
from tests.attacks.world import World, edited, honest
from tests.support.people import FEES, Clock, agree, go_out, office, write
from tests.support.ssh_server import SSHD, ssh_server

_LINE = Path(__file__).resolve().parent.parent / "torture" / "ssh_line.py"
_TRANSPORTS = ("file", "ssh")
_TWICE = re.compile(r"- ([^:]+): \1: ")
_SAID = re.compile(r"^remote: ?(.*?)\s*$", re.MULTILINE)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = World.make(tmp_path_factory.mktemp("prepared"), datetime.now(UTC))
    yield world
    world.store.close()


class Origins:
    """The same guarded origin twice, one reached over each transport, and one client."""

    def __init__(self, prepared: World, folder: Path) -> None:
        self.mine = prepared.copy(folder / "mine.git")
        self.places = {name: folder / f"{name}.git" for name in _TRANSPORTS}
        for place in self.places.values():
            prepared.copy(place).store.close()
            install(place, prepared.now, sys.executable)

    def push(self, *words: str) -> Mapping[str, subprocess.CompletedProcess[str]]:
        """Push the same over each transport with plain git."""
        return {name: self._push(name, *words) for name in _TRANSPORTS}

    def _push(self, name: str, *words: str) -> subprocess.CompletedProcess[str]:
        place = self.places[name]
        address = place.as_uri() if name == "file" else f"ssh://localhost{place}"
        ssh = f'"{sys.executable}" -S "{_LINE}" "{place}.none"'
        settings = ["-c", f"core.sshCommand={ssh}", "-c", "ssh.variant=ssh"]
        command = ["git", *settings, "-C", str(self.mine.folder), "push", "--atomic", address, *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.fixture
def origins(prepared: World, tmp_path: Path) -> Iterator[Origins]:
    made = Origins(prepared, tmp_path)
    yield made
    made.mine.store.close()


def test_an_approved_release_is_accepted_and_logged_over_each(origins: Origins) -> None:
    version = origins.mine.build(honest())
    done = origins.push(f"{version}:refs/heads/published", f"{version}:refs/tags/releases/2026-11-22-fees")
    for name, place in origins.places.items():
        assert done[name].returncode == 0, done[name].stderr
        assert all_refs(place)["refs/heads/published"] == version
        assert audit(place).is_sound
        assert [entry.what for entry in audit(place).entries] == ["installed", "accepted"]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(lambda world: world.build(honest(said=())), "Nobody has sent", id="nobody approved it"),
        pytest.param(
            lambda world: world.build(honest(modes={"soh.yml": 0o120000})), "It is a link", id="a link"
        ),
        pytest.param(
            lambda world: world.build(honest(changes=edited(new="{{ fact.nowhere }}"))),
            "No layer has a fact",
            id="an unknown fact",
        ),
    ],
)
def test_what_is_refused_is_refused_in_the_same_words_and_nothing_moves(
    origins: Origins, make: Callable[[World], str], words: str
) -> None:
    version = make(origins.mine)
    before = {name: all_refs(place) for name, place in origins.places.items()}
    done = origins.push(f"{version}:refs/heads/published")
    said = {name: _SAID.findall(each.stderr) for name, each in done.items()}
    assert all(each.returncode for each in done.values())
    assert said["file"] == said["ssh"]
    assert any(words in line for line in said["ssh"]), said
    assert not any(_TWICE.match(line) for line in said["ssh"]), said
    assert {name: all_refs(place) for name, place in origins.places.items()} == before


@pytest.mark.skipif(SSHD is None, reason="no sshd is installed here; the stand-in speaks the same words")
def test_over_a_real_ssh_a_release_is_judged_too(prepared: World, tmp_path: Path) -> None:
    mine, place = prepared.copy(tmp_path / "mine.git"), tmp_path / "origin.git"
    prepared.copy(place).store.close()
    install(place, prepared.now, sys.executable)
    refused, accepted = mine.build(honest(said=())), mine.build(honest())
    with ssh_server(tmp_path / "ssh") as server:
        ssh = f"core.sshCommand={server.programs / 'ssh'}"
        client = ["git", "-c", ssh, "-C", str(mine.folder), "push", "--atomic", server.address(place)]
        said = subprocess.run(
            [*client, f"{refused}:refs/heads/published"], capture_output=True, text=True, check=False
        )
        assert said.returncode
        assert "Nobody has sent" in said.stderr, said.stderr
        assert [entry.what for entry in audit(place).entries] == ["installed"]
        subprocess.run([*client, f"{accepted}:refs/heads/published"], capture_output=True, check=True)
    assert all_refs(place)["refs/heads/published"] == accepted
    assert audit(place).is_sound
    mine.store.close()


@pytest.mark.skipif(SSHD is None, reason="no sshd is installed here")
def test_over_a_real_ssh_people_send_agree_publish_and_get_the_latest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        ssh_server(tmp_path / "ssh") as server,
        office(tmp_path / "office", clock=Clock(datetime.now(UTC) - timedelta(minutes=5))) as people,
    ):
        monkeypatch.setenv("PATH", str(server.programs), prepend=os.pathsep)
        install(people.origin, people.clock(), sys.executable)
        for desk in (people.nia, people.sam, people.alex):
            set_origin(desk.workspace.store, server.address(people.origin))
        write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
        submit(people.nia.workspace, "fees", people.nia.signer).run()
        store = people.nia.workspace.store
        around_the_app = Push("published", store.resolve("drafts/fees"), store.resolve("published"))
        with pytest.raises(RefusedError, match=r"refused: .*published"):
            push(store, [around_the_app])
        agree(people.sam, "fees")
        go_out(people.alex, "fees")
        get_latest(people.nia.workspace).run()
        assert "What you have to pay." in (people.nia.workspace.snapshot().text(FEES) or "")
    assert audit(people.origin).is_sound
