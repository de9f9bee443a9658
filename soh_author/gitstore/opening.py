"""Is this folder a workspace of ours? Looked at with plain file reading, before any git runs in it."""

import re
from pathlib import Path

from soh_author.domain.errors import DamagedError, OutputError, WorkspaceError
from soh_author.gitstore import names, refs, sealed
from soh_author.gitstore.configuration import check_settings, read_settings
from soh_author.gitstore.refs import RefMove
from soh_author.gitstore.values import Revision

_PUBLISHED = names.branch_ref(names.PUBLISHED)
_SEEN = f"refs/remotes/origin/{names.PUBLISHED}"
_DRAFTS = "refs/heads/drafts/"
_REVISION = re.compile(rb"[0-9a-f]{40}")
_FOREIGN = (
    ("objects/info/alternates", "its texts lie in another folder"),
    ("info/grafts", "its history is patched"),
    ("info/attributes", "it sets attributes"),
    ("commondir", "it is part of another repository"),
    ("config.worktree", "it has a second configuration"),
    ("modules", "it holds submodules"),
    ("refs/replace", "it replaces texts"),
)


def make_workspace(folder: Path) -> Path:
    """Make an empty bare repository; answer its absolute path.

    Raises:
        OutputError: when something is there already, or it can't be written.
        WorkspaceError: when git is missing.
    """
    sealed.check_git()
    place = folder.absolute()
    try:
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise OutputError(
                f"“{place}” is not empty.", safe="Nothing was changed.", todo="Choose a new folder."
            )
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"“{place}” can't be made ({error.strerror}).", todo="Choose another folder."
        ) from error
    start = f"--initial-branch={names.PUBLISHED}"
    sealed.run(
        None, "init", "--quiet", "--bare", "--template=", start, "--object-format=sha1", "--", str(place)
    )
    return place


def check_workspace(folder: Path) -> None:
    """Refuse what is no workspace, or not one of ours.

    Raises:
        WorkspaceError: no folder, no repository, a foreign, altered or shallow one.
    """
    if not folder.is_dir():
        raise WorkspaceError(f"There is no folder “{folder}”.", todo="Connect its drive, or choose another.")
    if (folder / ".git").exists():
        raise _foreign(folder, "it is a working copy of another program")
    if not ((folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()):
        if (folder / "objects").is_dir() or (folder / "refs").is_dir():
            raise DamagedError(f"“{folder}” is damaged: parts of it are missing.")
        raise WorkspaceError(
            f"“{folder}” is not a workspace.",
            todo="Choose the folder of a workspace, or make a new one.",
        )
    check_not_foreign(folder)


def check_not_foreign(folder: Path, *, may_be_unreadable: bool = False) -> None:
    """Refuse a repository that leads elsewhere, or could run something.

    Args:
        may_be_unreadable: whether its configuration may be missing or unreadable; then it sets nothing.

    Raises:
        WorkspaceError: when it is foreign, altered or shallow.
    """
    if not (may_be_unreadable and not is_readable(folder)):
        check_settings(folder)
    check_not_shallow(folder)
    for path, why in _FOREIGN:
        if (folder / path).exists():
            raise _foreign(folder, why)
    if (folder / "hooks").is_dir() and any((folder / "hooks").iterdir()):
        raise _foreign(folder, "it holds programs to be run (hooks)")


def is_readable(folder: Path) -> bool:
    """Whether git could be run on a repository at all: its own files say what it is."""
    try:
        read_settings(folder)
    except WorkspaceError:
        return False
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()


def check_not_shallow(folder: Path) -> None:
    """Refuse a repository whose older versions were left out.

    Raises:
        WorkspaceError: when it is shallow.
    """
    shallow = folder / "shallow"
    if shallow.is_file() and shallow.stat().st_size:
        raise WorkspaceError(
            f"“{folder}” is an incomplete copy: its older versions were left out.",
            safe="Nothing was changed.",
            todo="Get a complete copy (without “--depth”) and open that.",
        )


def empty_error(folder: Path) -> WorkspaceError:
    """The error for a workspace in which nothing was ever published.

    One that holds drafts, or a file that should name what is live, was not always so: nobody is to throw it
    away.
    """
    drafts = [ref.removeprefix(_DRAFTS) for ref, _ in refs.list_refs(folder, _DRAFTS)]
    if not drafts and not (folder / _PUBLISHED).exists():
        return WorkspaceError(
            f"“{folder}” is empty: nothing was saved in it yet.",
            todo="Make a new workspace in another folder.",
        )
    kept = f" It holds the drafts {', '.join(drafts)}." if drafts else ""
    return DamagedError(
        f"“{folder}” is damaged: what names the published version can't be read.",
        safe=f"Nothing was changed, and all that was saved is still there.{kept}",
    )


def mend_published(folder: Path) -> bool:
    """Name again what is live, where a crash of the computer left the file that names it unreadable.

    It is taken from where the origin had it when the latest was last got; getting the latest brings what was
    published since. Answers whether it was mended: without an origin it can't be.

    Raises:
        OutputError: when the disk refuses.
    """
    file = folder / _PUBLISHED
    seen = dict(refs.list_refs(folder, _SEEN)).get(_SEEN)
    if seen is None or not file.is_file() or _REVISION.fullmatch(file.read_bytes().strip()):
        return False
    try:
        file.unlink()
    except OSError:
        return False
    move = RefMove(_PUBLISHED, None, Revision(seen))
    refs.move_refs(folder, [move], moved=refs.moved_error(names.PUBLISHED))
    return True


def no_manifest_error(folder: Path, manifest: str) -> WorkspaceError:
    """The error for a repository that holds something else than content."""
    return WorkspaceError(
        f"“{folder}” is not a content repository of SOH Author: it has no file “{manifest}”.",
        safe="Nothing was changed.",
        todo="Choose the folder of a workspace.",
    )


def _foreign(folder: Path, why: str) -> WorkspaceError:
    return WorkspaceError(
        f"“{folder}” was not made by SOH Author: {why}.",
        safe="Nothing in it was run or changed.",
        todo="Get your own copy of it: New workspace, with this folder as the address.",
    )
