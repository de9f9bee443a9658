"""What an ordinary git client pushes is judged the same over the file transport and over ssh.

The ssh here is a stand-in that runs the other side's program on this computer: what travels is what would
travel through ssh. Where sshd is installed, a real one is asked too.
"""

import getpass
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from soh_author.gitstore.served import all_refs
from soh_author.trust.keys import create_key
from soh_author.workflow.gate.installing import install
from soh_author.workflow.gate.recording import audit
from tests.attacks.world import World, edited, honest

_LINE = Path(__file__).resolve().parent.parent / "torture" / "ssh_line.py"
_TRANSPORTS = ("file", "ssh")
_SSHD = shutil.which("sshd", path=os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/usr/local/sbin"]))
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


@pytest.mark.skipif(_SSHD is None, reason="no sshd is installed here; the stand-in speaks the same words")
def test_over_a_real_ssh_a_release_is_judged_too(prepared: World, tmp_path: Path) -> None:
    mine, place = prepared.copy(tmp_path / "mine.git"), tmp_path / "origin.git"
    prepared.copy(place).store.close()
    install(place, prepared.now, sys.executable)
    refused, accepted = mine.build(honest(said=())), mine.build(honest())
    with _served(tmp_path) as ssh:
        address = f"ssh://{getpass.getuser()}@127.0.0.1{place}"
        push = ["git", "-c", f"core.sshCommand={ssh}", "-C", str(mine.folder), "push", "--atomic", address]
        said = subprocess.run(
            [*push, f"{refused}:refs/heads/published"], capture_output=True, text=True, check=False
        )
        assert "Nobody has sent" in said.stderr, said.stderr
        subprocess.run([*push, f"{accepted}:refs/heads/published"], capture_output=True, check=True)
    assert all_refs(place)["refs/heads/published"] == accepted
    assert audit(place).is_sound
    mine.store.close()


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Run sshd on this computer; answer the command that reaches it."""
    host, own = create_key(folder / "ssh", "host", name="host"), create_key(folder / "ssh", "me", name="me")
    (folder / "authorized").write_text(f"{own.line}\n", encoding="ascii")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lines = (
        *(f"Port {port}", "ListenAddress 127.0.0.1", f"HostKey {host.path}", "PidFile none"),
        *(f"AuthorizedKeysFile {folder / 'authorized'}", "StrictModes no", "UsePAM no"),
        *("PasswordAuthentication no", "PermitRootLogin yes"),
    )
    settings = folder / "sshd.config"
    settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [str(_SSHD), "-D", "-e", "-f", str(settings)]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"sshd can't run here: {tried.stderr.strip()}")
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        _wait_for(port)
        options = "-o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -F none"
        yield f'ssh -p {port} -i "{own.path}" -o UserKnownHostsFile="{folder / "hosts"}" {options}'
        server.terminate()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            continue
        return
