"""A real ssh server on this computer: own host key, own port, own list of accepted keys; and a client's ssh.

The client is the real one too: a program called ``ssh`` that reads our settings instead of the person's, so
that the program under test calls it with its own words.
"""

import getpass
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from soh_author.trust.keys import create_key

_PLACES = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])
SSHD = shutil.which("sshd", path=_PLACES)
SSH = shutil.which("ssh")
_ROOM = Path("/run/sshd")
_WAITS = 20
_LINE = Path(__file__).resolve().parent.parent / "torture" / "ssh_line.py"
_GUARD = """\
#!/bin/sh
# Runs what the client asked for; where the line is cut, the server's process for this session is killed too.
{python} -S {line} {cut} "$SSH_ORIGINAL_COMMAND"
code=$?
[ -e {cut} ] && kill -9 $PPID
exit $code
"""


@dataclass(frozen=True, slots=True)
class SshServer:
    """A server that answers, and the client of somebody whom it knows."""

    folder: Path
    port: int

    @property
    def programs(self) -> Path:
        """Folder with the client's ``ssh``; belongs first into PATH."""
        return self.folder / "programs"

    def address(self, place: Path) -> str:
        """Of a repository on this computer, as people write it."""
        return f"ssh://{getpass.getuser()}@127.0.0.1:{self.port}{place}"

    def know_nobody(self) -> None:
        """The client never met this server."""
        self._hosts.write_bytes(b"")

    def know(self, name: str = "host") -> None:
        """The client knows a key of this server: its own, or another one it once had."""
        line = create_key(self.folder, name, name=name).line if name != "host" else self._host
        self._hosts.write_text(f"[127.0.0.1]:{self.port} {line}\n", encoding="ascii")

    def accept_nobody(self) -> None:
        """Take the client's key off the list."""
        (self.folder / "authorized").write_bytes(b"")

    def accept(self) -> None:
        """Put the client's key on the list."""
        guard, key = self.folder / "guard", (self.folder / "me.pub").read_text(encoding="ascii")
        (self.folder / "authorized").write_text(f'command="{guard}" {key}', encoding="utf-8")

    def cut(self, count: int) -> None:
        """Kill every session from now on when so many bytes went to and fro in it."""
        (self.folder / "cut").write_text(str(count), encoding="ascii")

    def mend(self) -> None:
        """Let everything through again."""
        (self.folder / "cut").unlink(missing_ok=True)

    @property
    def _hosts(self) -> Path:
        return self.folder / "hosts"

    @property
    def _host(self) -> str:
        return (self.folder / "host.pub").read_text(encoding="ascii").strip()


@contextmanager
def ssh_server(folder: Path) -> Iterator[SshServer]:
    """Start a server that accepts the client's key, and that the client knows."""
    assert SSHD is not None, "tests that need it are skipped where it isn't installed"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = _furnish(folder, port)
    if os.geteuid() == 0:
        _ROOM.mkdir(mode=0o755, exist_ok=True)  # what starts the system's own server makes it too
    command = [SSHD, "-D", "-E", str(folder / "log"), "-f", str(settings)]
    with subprocess.Popen(command, start_new_session=True) as running:
        try:
            _wait_for(port, running)
            server = SshServer(folder, port)
            server.accept()
            server.know()
            yield server
        finally:
            os.killpg(running.pid, signal.SIGTERM)


def _furnish(folder: Path, port: int) -> Path:
    """Keys, settings and programs of both sides; answers the server's settings."""
    host, own = create_key(folder, "host", name="host"), create_key(folder, "me", name="me")
    guard, settings = folder / "guard", folder / "sshd.settings"
    parts = {"python": sys.executable, "line": _LINE, "cut": folder / "cut"}
    quoted = {name: shlex.quote(str(part)) for name, part in parts.items()}
    guard.write_text(_GUARD.format(**quoted), encoding="utf-8")
    guard.chmod(0o755)
    lines = (
        *(f"Port {port}", "ListenAddress 127.0.0.1", f"HostKey {host.path}", "PidFile none"),
        *(f"AuthorizedKeysFile {folder / 'authorized'}", "StrictModes no", "UsePAM no"),
        *("PasswordAuthentication no", "KbdInteractiveAuthentication no", "PermitRootLogin yes"),
        "SetEnv GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1",
    )
    settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
    client = folder / "ssh.settings"
    answers = (
        *(f"IdentityFile {own.path}", "IdentitiesOnly yes", "IdentityAgent none"),
        *(f"UserKnownHostsFile {folder / 'hosts'}", "GlobalKnownHostsFile /dev/null"),
    )
    client.write_text("\n".join(answers) + "\n", encoding="utf-8")
    (folder / "programs").mkdir()
    program = folder / "programs" / "ssh"
    program.write_text(f'#!/bin/sh\nexec {SSH} -F {shlex.quote(str(client))} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return settings


def _wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _WAITS
    while time.monotonic() < deadline:
        assert running.poll() is None, "the server ended by itself; its log says why"
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            continue
        return
    raise AssertionError("the server doesn't answer")
