"""Git as a process in a sealed environment.

Plain git runs programs named in configuration, hooks, attributes and the environment. Here it sees none of
them: no system or global configuration, no variable of the host but an allow-listed few, no hook, no filter,
no template, no protocol but https, ssh and file, no missing object fetched behind our back.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from soh_author.domain.errors import WorkspaceError

# What git, ssh and the system's sign-in programs need of the host; all else, above all GIT_*, is left out.
_KEPT = (
    *(
        "PATH",
        "HOME",
        "USER",
        "LOGNAME",
        "USERNAME",
        "TMPDIR",
        "TEMP",
        "TMP",
        "SSH_AUTH_SOCK",
        "SSH_AGENT_PID",
    ),
    *(
        "HTTPS_PROXY",
        "https_proxy",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "all_proxy",
        "NO_PROXY",
        "no_proxy",
    ),
    *("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "DISPLAY", "WAYLAND_DISPLAY"),
    *("SYSTEMROOT", "SystemRoot", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "HOMEDRIVE", "HOMEPATH"),
    *("APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES"),
)

_NOWHERE = os.devnull
_SYSTEM: dict[str, str] = {}
if sys.platform == "win32":
    FLAGS = subprocess.CREATE_NO_WINDOW
    # Git for Windows says so in its system configuration, which is left out: trust what Windows trusts.
    _SYSTEM["http.sslBackend"] = "schannel"
else:
    FLAGS = 0
OLDEST_GIT = (2, 34)

# Never asks at a terminal nobody sees, gives up on a dead line, runs nothing on the way.
_SSH_OPTIONS = "-oBatchMode=yes -oConnectTimeout=20 -oServerAliveInterval=15 -oPermitLocalCommand=no"

# Highest of git's precedences: a value in the repository's own configuration can't win against these.
_SETTINGS: Mapping[str, str] = {
    "advice.graftFileDeprecated": "false",
    "core.hooksPath": _NOWHERE,
    "core.fsmonitor": "false",
    "core.attributesFile": _NOWHERE,
    "core.excludesFile": _NOWHERE,
    "core.alternateRefsCommand": "",
    "core.askPass": "",
    "core.editor": "false",
    "core.gitProxy": "",
    "core.pager": "cat",
    "core.fsync": "committed,added,reference",
    "core.filesRefLockTimeout": "100",
    "core.packedRefsTimeout": "100",
    "core.quotePath": "false",
    "core.sshCommand": f"ssh {_SSH_OPTIONS}",
    "core.logAllRefUpdates": "false",
    "credential.helper": "",
    "diff.external": "",
    "fetch.fsckObjects": "true",
    "fetch.recurseSubmodules": "false",
    "fetch.writeCommitGraph": "false",
    "gc.auto": "0",
    "http.followRedirects": "initial",
    "http.lowSpeedLimit": "1000",
    "http.lowSpeedTime": "60",
    "i18n.logOutputEncoding": "UTF-8",
    "init.templateDir": "",
    "log.mailmap": "false",
    "log.showSignature": "false",
    "maintenance.auto": "false",
    "protocol.allow": "never",
    "protocol.file.allow": "always",
    "protocol.https.allow": "always",
    "protocol.ssh.allow": "always",
    "push.recurseSubmodules": "no",
    "receive.fsckObjects": "true",
    # The folder may lie on a shared drive and belong to another user; nothing in it can run anything.
    "safe.directory": "*",
    "ssh.variant": "ssh",
    "submodule.recurse": "false",
    "transfer.fsckObjects": "true",
    "user.name": "SOH Author",
    "user.email": "soh-author@localhost",
}


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Whole environment of a git process; ``extra`` holds further git settings (``http.sslBackend``…)."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    fixed = {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_SYSTEM": _NOWHERE,
        "GIT_CONFIG_GLOBAL": _NOWHERE,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": _NOWHERE,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_ALLOW_PROTOCOL": "https:ssh:file",
        "GIT_PROTOCOL_FROM_USER": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_MERGE_AUTOEDIT": "no",
        "GIT_ASKPASS": "",
        "LC_ALL": "C",
        "LANGUAGE": "C",
    }
    certificates = os.environ.get("SSL_CERT_FILE")
    if certificates:
        # Where a network inspects its traffic, its own certificates are named here.
        fixed["GIT_SSL_CAINFO"] = certificates
    return kept | fixed | _as_variables({**_SETTINGS, **_SYSTEM, **(extra or {})})


def _as_variables(settings: Mapping[str, str]) -> dict[str, str]:
    pairs = {"GIT_CONFIG_COUNT": str(len(settings))}
    for number, (key, value) in enumerate(settings.items()):
        pairs |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return pairs


def start(
    folder: Path | None,
    arguments: Sequence[str],
    *,
    settings: Mapping[str, str] | None = None,
    variables: Mapping[str, str] | None = None,
    errors_to: int = subprocess.DEVNULL,
    own_group: bool = False,
) -> subprocess.Popen[bytes]:
    """Start git on the bare repository ``folder`` (``None``: on none) with pipes for input and output.

    ``variables`` are handed on as they are; a server names the place of what is being pushed with them.

    Raises:
        WorkspaceError: when git or the folder is missing, or the system lets no program start.
    """
    place = ["--git-dir", str(folder)] if folder else []
    try:
        return subprocess.Popen(
            ["git", "--no-pager", *place, *arguments],
            env=environment(settings) | dict(variables or {}),
            cwd=folder or Path(Path.cwd().anchor),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors_to,
            creationflags=FLAGS,
            start_new_session=own_group,
        )
    except FileNotFoundError as error:
        raise _no_git(folder) from error
    except OSError as error:
        raise WorkspaceError(
            f"The program git could not be started ({error.strerror}).",
            safe="Nothing was changed.",
            todo="Close other programs and try again.",
        ) from error


def folder_gone(folder: Path) -> WorkspaceError:
    """The error for a workspace whose drive was taken away."""
    return WorkspaceError(
        f"The workspace “{folder}” is not there any more.", todo="Connect its drive, or open another."
    )


def _no_git(folder: Path | None) -> WorkspaceError:
    if folder and not folder.is_dir():
        return folder_gone(folder)
    return WorkspaceError(
        "The program git was not found on this computer.",
        todo="Install git (version 2.34 or newer) and start again.",
    )


_REASONS = ("No space left on device", "Read-only file system", "Permission denied", "Disk quota exceeded")


def why_of(text: str) -> str:
    """Why the system refused, in brackets, where git tells; the rest of its words is for no screen."""
    return next((f" ({reason})" for reason in _REASONS if reason in text), "")


class GitFailedError(WorkspaceError):
    """A git process ended with an error. Most are caught in this package and told in better words.

    Args:
        code: its exit code.
        text: what it wrote to its error output.
        output: what it wrote to its output.
    """

    def __init__(self, code: int, text: str, output: bytes = b"") -> None:
        super().__init__(
            f"The workspace could not be read or changed{why_of(text)}.",
            safe="What is saved in other versions is not affected.",
            todo="Try again; if it stays so, repair the workspace (in Welcome, or “soh-author repair”).",
        )
        self.add_note(f"Exit code {code}: {text.strip()[:2000]}")  # for whoever reads the copied details
        self.code = code
        self.text = text
        self.output = output


def run(
    folder: Path | None,
    *arguments: str,
    data: bytes = b"",
    settings: Mapping[str, str] | None = None,
    variables: Mapping[str, str] | None = None,
) -> bytes:
    """Run git to its end and answer its output.

    Raises:
        GitFailedError: when it ends with an error.
        WorkspaceError: when git or the folder is missing.
    """
    with start(
        folder, arguments, settings=settings, variables=variables, errors_to=subprocess.PIPE
    ) as process:
        output, errors = process.communicate(data)
    if process.returncode:
        raise GitFailedError(process.returncode, errors.decode("utf-8", "replace"), output)
    return output


@cache
def check_git() -> None:
    """Make sure that git is there and new enough; asked once.

    Raises:
        WorkspaceError: when it is missing or older than 2.34.
    """
    words = run(None, "version").decode("utf-8", "replace").split()
    numbers = tuple(int(part) for part in words[2].split(".")[:2]) if len(words) > 2 else ()
    if numbers < OLDEST_GIT:
        shown = words[2] if len(words) > 2 else "unknown"
        raise WorkspaceError(
            f"The git on this computer ({shown}) is too old.", todo="Install git 2.34 or newer."
        )
