"""Is this folder a workspace of ours? Looked at with plain file reading, before any git runs in it."""

from pathlib import Path

from soh_author.domain.errors import OutputError, WorkspaceError
from soh_author.gitstore import names, sealed
from soh_author.gitstore.configuration import check_settings

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
        raise WorkspaceError(
            f"“{folder}” is not a workspace.",
            todo="Choose the folder of a workspace, or make a new one.",
        )
    check_settings(folder)
    check_not_shallow(folder)
    for path, why in _FOREIGN:
        if (folder / path).exists():
            raise _foreign(folder, why)
    if (folder / "hooks").is_dir() and any((folder / "hooks").iterdir()):
        raise _foreign(folder, "it holds programs to be run (hooks)")


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
    """The error for a workspace without a single version."""
    return WorkspaceError(
        f"“{folder}” is empty: nothing was saved in it yet.",
        todo="Delete the folder and make the workspace again.",
    )


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
