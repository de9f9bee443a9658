"""A bare repository that others push to: its settings, its hooks, what it keeps of drafts thrown away."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from soh_author.domain.errors import OutputError, WorkspaceError
from soh_author.gitstore import refs, sealed
from soh_author.gitstore.locks import clear_stale_lock, patiently
from soh_author.gitstore.objects import sync_folder
from soh_author.gitstore.sealed import GitFailedError

PRE_RECEIVE = "pre-receive"
POST_RECEIVE = "post-receive"
DRAFT_REFS = "refs/heads/drafts/"
_MARK = "# Written by soh-author gate install."
_STRICT: Mapping[str, str] = {
    "receive.fsckObjects": "true",
    "transfer.fsckObjects": "true",
    "receive.denyNonFastForwards": "true",
    "receive.denyDeleteCurrent": "refuse",
    "receive.maxInputSize": str(600 * 1024 * 1024),
    "receive.autogc": "false",
    "receive.advertiseAtomic": "true",
    "receive.advertisePushOptions": "false",
    "receive.shallowUpdate": "false",
    "core.logAllRefUpdates": "true",
    "core.fsync": "committed,added,reference",
}
_HIDDEN = ("refs/discarded", "refs/soh")
_SETTING = "soh"
_STALE_AFTER = 60.0
"""Seconds after which a lock on a server is that of a push that ended; git holds them for milliseconds."""


def check_bare(folder: Path) -> None:
    """Make sure that a folder is a bare repository.

    Raises:
        WorkspaceError: when it is something else.
    """
    is_one = (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()
    if not is_one or (folder / ".git").exists() or _setting(folder, "core.bare") != "true":
        raise WorkspaceError(
            f"“{folder}” is not a bare repository.",
            safe="Nothing was changed.",
            todo="Name the folder that people push to; “git init --bare” makes one.",
        )


def harden(folder: Path, settings: Mapping[str, str]) -> None:
    """Set what a strict server sets, and our own settings (``soh.…``) beside it."""
    for name, value in {**_STRICT, **{f"{_SETTING}.{key}": value for key, value in settings.items()}}.items():
        sealed.run(folder, "config", "--file", str(folder / "config"), "--replace-all", name, value)
    for number, ref in enumerate(_HIDDEN):
        how = "--replace-all" if number == 0 else "--add"
        sealed.run(folder, "config", "--file", str(folder / "config"), how, "transfer.hideRefs", ref)


def own_setting(folder: Path, name: str) -> str:
    """One of our own settings; empty when it isn't set."""
    return _setting(folder, f"{_SETTING}.{name}")


def _setting(folder: Path, name: str) -> str:
    """A setting of the repository's own file; empty when it isn't set, or the file can't be read."""
    try:
        output = sealed.run(
            None, "config", "--no-includes", "--file", str(folder.absolute() / "config"), "--get", name
        )
    except GitFailedError:
        return ""
    return output.decode("utf-8", "replace").strip()


def write_hooks(folder: Path, scripts: Mapping[str, str]) -> None:
    """Put hooks in place, each whole or not at all.

    Raises:
        OutputError: when somebody else's hook is there, or it can't be written.
    """
    hooks = folder / "hooks"
    for name in scripts:
        present = hooks / name
        if present.is_symlink() or (present.exists() and _MARK not in present.read_text("utf-8", "replace")):
            raise OutputError(
                f"“{present}” is there already, and was not written by SOH Author.",
                safe="Nothing was changed.",
                todo="Take it out of the folder first, if it isn't needed.",
            )
    try:
        hooks.mkdir(exist_ok=True)
        for name, script in scripts.items():
            aside = hooks / f".{name}.new"
            aside.write_bytes(f"#!/bin/sh\n{_MARK}\n{script}".encode())
            aside.chmod(0o755)
            aside.replace(hooks / name)
        sync_folder(hooks)
    except OSError as error:
        raise OutputError(
            f"The hooks in “{hooks}” can't be written ({error.strerror}).", todo="Check who may write there."
        ) from error


def all_refs(folder: Path) -> dict[str, str]:
    """Every branch and tag with the object it names."""
    return {
        ref: sha for prefix in ("refs/heads/", "refs/tags/") for ref, sha in refs.list_refs(folder, prefix)
    }


def keep_discarded(folder: Path, gone: Iterable[tuple[str, str]], when: datetime) -> None:
    """Keep the last versions of drafts (name of the ref, version) that were taken away by a push."""
    stamp = when.astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    for ref, tip in gone:
        kept = f"refs/discarded/{ref.removeprefix(DRAFT_REFS)}/{stamp}"
        patiently(folder, partial(sealed.run, folder, "update-ref", "--no-deref", kept, tip))


def clear_stale_locks(folder: Path, names: Iterable[str]) -> None:
    """Take away the locks that a push left when the server stopped in its middle; no later one got by them.

    Args:
        folder: the repository.
        names: full names that are about to move, known to be names.
    """
    for lock in ("packed-refs.lock", "packed-refs.new", *(f"{name}.lock" for name in names)):
        clear_stale_lock(folder, folder / lock, _STALE_AFTER)
