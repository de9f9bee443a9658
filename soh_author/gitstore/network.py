"""Fetching from an origin and sending to it, as git processes with progress and cancel."""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from soh_author.domain.errors import RefusedError, WorldMovedError
from soh_author.gitstore import sealed
from soh_author.gitstore.addresses import Address, AddressKind
from soh_author.gitstore.facade import facade
from soh_author.gitstore.locks import patiently
from soh_author.gitstore.names import branch_ref, tag_ref
from soh_author.gitstore.network_words import network_error, sending_error, spoken_by_origin
from soh_author.gitstore.passing_folder import passing_folder
from soh_author.gitstore.sealed import GitFailedError
from soh_author.gitstore.values import IsCancelled, Report, Revision
from soh_author.gitstore.watched import never, no_report, run_watched

_HELPERS = frozenset({"manager", "manager-core", "osxkeychain", "libsecret", "wincred", "cache", "store"})


@dataclass(frozen=True, slots=True)
class Push:
    """One branch (``published``, ``drafts/x``) or release (``tags/x``) to send.

    Args:
        name: what to move at the origin.
        revision: where to; None takes it away there.
        expected: where the origin had it when it was last fetched; None: it is new there.
    """

    name: str
    revision: Revision | None
    expected: Revision | None

    @property
    def ref(self) -> str:
        """Full ref at the origin.

        Raises:
            InvalidNameError: for a name that is neither.
        """
        if self.name.startswith("tags/"):
            return tag_ref(self.name.removeprefix("tags/"))
        return branch_ref(self.name)


def fetch(
    folder: Path, address: Address, *, report: Report = no_report, is_cancelled: IsCancelled = never
) -> None:
    """Take over the origin's branches (below ``origin/``) and releases; nothing of ours moves.

    Raises:
        NetworkError: offline, sign-in, certificate, refused.
        WorkspaceError: when the origin is damaged, shallow, or changed a release.
        Cancelled: when asked to stop.
    """
    with _source(address) as place:
        arguments = (
            *("fetch", "--progress", "--atomic", "--prune", "--tags", "--no-write-fetch-head"),
            *("--no-auto-maintenance", "--no-recurse-submodules", "--", place),
            "+refs/heads/*:refs/remotes/origin/*",
        )
        settings = _settings(address)
        try:
            patiently(
                folder,
                lambda: run_watched(
                    folder, arguments, settings=settings, report=report, is_cancelled=is_cancelled
                ),
            )
        except GitFailedError as error:
            raise network_error(error.text, address) from error


def push(
    folder: Path,
    address: Address,
    pushes: Sequence[Push],
    *,
    trust_folder: bool = False,
    report: Report = no_report,
    is_cancelled: IsCancelled = never,
) -> str:
    """Send branches and releases: all or none, and only from where they were seen last.

    Args:
        trust_folder: an origin that is a folder runs its own programs (hooks, such as the publish gate) on
            this computer when something is sent to it. Only a person can say that it may.

    Returns:
        What the origin said.

    Raises:
        WorldMovedError: when somebody else was faster.
        RefusedError: when the origin's checks refuse, with their words; or for a folder that is not trusted.
        NetworkError: offline, sign-in, certificate.
        UnsureError: when the connection was lost meanwhile, so that nobody knows whether the origin took it.
        Cancelled: when asked to stop; whether the origin took it is known after the next fetch.
    """
    if address.kind is AddressKind.FOLDER and not trust_folder:
        raise RefusedError(
            f"The folder “{address}” may run programs when something is sent to it.",
            safe="Nothing was sent.",
            todo="Say that you trust it, or send to an https or ssh address.",
        )
    leases = [f"--force-with-lease={item.ref}:{item.expected or ''}" for item in pushes]
    specs = [f"{item.revision or ''}:{item.ref}" for item in pushes]
    arguments = (
        *("push", "--porcelain", "--progress", "--atomic", "--no-follow-tags", "--no-signed", "--no-verify"),
        *("--recurse-submodules=no", *leases, "--", address.text, *specs),
    )
    try:
        with _as_ours(address) as variables:
            _, said = run_watched(
                folder,
                arguments,
                settings=_settings(address),
                variables=variables,
                report=report,
                is_cancelled=is_cancelled,
            )
    except GitFailedError as error:
        raise sending_error(f"{error.text}\n{error.output.decode('utf-8', 'replace')}", address) from error
    return spoken_by_origin(said)


def behind_error(name: str) -> WorldMovedError:
    """The error for sending what does not build on what the origin has."""
    return WorldMovedError(
        f"The origin has versions of “{name}” that you do not have yet.",
        safe="Nothing was sent, and your work is kept here.",
        todo="Get the latest, then send again.",
    )


@contextmanager
def _source(address: Address) -> Iterator[str]:
    if address.kind is not AddressKind.FOLDER:
        yield address.text
        return
    with facade(address.folder) as front:
        yield str(front)


@contextmanager
def _as_ours(address: Address) -> Iterator[Mapping[str, str]]:
    """Let the receiving git work in a folder of another account: that one folder, for this one exchange.

    A folder on a shared drive often belongs to somebody else. Git refuses to receive there unless a
    *configuration file* says that the folder is safe: what we set through the environment is kept from the
    receiving side. A person has said so when they trusted the address. Versions of git differ in whether they
    compare the path as typed, the real one, or ``.``.
    """
    if address.kind is not AddressKind.FOLDER:
        yield {}
        return
    names = dict.fromkeys((address.folder.as_posix(), address.folder.resolve().as_posix(), "."))
    quoted = (name.replace("\\", "\\\\").replace('"', '\\"') for name in names)
    lines = "".join(f'\tdirectory = "{name}"\n' for name in quoted)
    with passing_folder({"safe": f"[safe]\n{lines}"}) as aside:
        yield {"GIT_CONFIG_GLOBAL": str(aside / "safe")}


def _settings(address: Address) -> Mapping[str, str]:
    return {"credential.helper": sign_in_helper()} if address.kind is AddressKind.HTTPS else {}


@cache
def sign_in_helper() -> str:
    """The system's own password keeper, if the host's git uses one of those we know; else nothing.

    It is the only thing taken from the host's configuration, and only as one of a few names.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        answer = subprocess.run(
            ["git", "config", "--get-all", "credential.helper"],
            env=kept,
            cwd=Path(Path.cwd().anchor),
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            creationflags=sealed.FLAGS,
        )
    except OSError:
        return ""
    names = answer.stdout.decode("utf-8", "replace").split()
    return next((name for name in reversed(names) if name in _HELPERS), "")
