"""Workspaces begin here: from a folder of content, or from an address."""

import shutil
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from soh_author.domain.counting import counted
from soh_author.domain.errors import OutputError, UsageError, WorkspaceError
from soh_author.gitstore.cloning import clone
from soh_author.gitstore.folders import read_folder
from soh_author.gitstore.store import Store
from soh_author.workflow.effects import EVERYTHING
from soh_author.workflow.precious_folders import refuse_precious
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import CONTENT, LIVE, PRIVATE, Clock, Person, Workspace

_ASIDE = f".{CONTENT}-"
"""What the folders begin with in which a workspace is made ready before it takes its place."""

_SECONDS_KEPT = 60.0


def init_workspace(folder: Path, from_folder: Path, person: Person, clock: Clock) -> Task[Workspace]:
    """Make a workspace whose first version is a folder of content files, byte for byte.

    Raises (when run):
        WorkspaceError: when ``folder`` is not new or empty, or ``from_folder`` holds no soh.yml.
    """

    def work(progress: Progress) -> Outcome[Workspace]:
        files = read_folder(from_folder)
        if "soh.yml" not in files:
            raise WorkspaceError(
                f"“{from_folder}” holds no soh.yml, so it is no folder of Single Online Home content.",
                safe="Nothing was changed.",
                todo="Choose the folder that holds soh.yml.",
            )
        was_there = _check_is_free(folder)
        progress.report(0, 1, f"Bringing in {counted(len(files), 'file')}")
        try:
            _make_content(folder, files, person, clock)
            workspace = Workspace.open(folder, person=person, clock=clock)
        except BaseException:
            _take_back(folder, was_there=was_there)
            raise
        return Outcome(workspace, EVERYTHING, "The workspace is ready.")

    return Task("Making a workspace", work, writes=True)


def open_address(address: str, folder: Path, person: Person, clock: Clock) -> Task[Workspace]:
    """Get a workspace from an address (https, ssh or a path); nothing of the origin's settings comes along.

    Raises (when run):
        WorkspaceError: when ``folder`` is not new or empty, or what lies there is no content of ours.
        NetworkError: when the origin can't be reached, or refuses us.
        Cancelled: when a person pressed Cancel; the folder is gone again.
    """

    def work(progress: Progress) -> Outcome[Workspace]:
        was_there = _check_is_free(folder)
        try:
            clone(
                address, folder / CONTENT, report=progress.report, is_cancelled=lambda: progress.is_cancelled
            ).close()
            workspace = Workspace.open(folder, person=person, clock=clock)
        except BaseException:
            _take_back(folder, was_there=was_there)
            raise
        return Outcome(workspace, EVERYTHING, "The workspace is ready.")

    return Task("Getting the workspace", work, writes=True)


def export(workspace: Workspace, source: str, folder: Path) -> Task[int]:
    """Write every file of a source into a new or empty folder, byte for byte; for people with other editors.

    Raises (when run):
        UsageError: when the folder is not empty.
        NotFoundError: when there is no such source.
        OutputError: when a file can't be written.
    """

    def work(progress: Progress) -> Outcome[int]:
        refuse_precious(folder)
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(
                f"“{folder}” is not empty.", safe="Nothing was changed.", todo="Choose a new folder."
            )
        entries = workspace.store.files(workspace.revision_of(source))
        contents = workspace.store.read_many(entry.blob for entry in entries.values())
        for number, (path, entry) in enumerate(entries.items()):
            progress.report(number, len(entries), f"Writing {path}")
            _write(folder / path, contents[entry.blob])
        return Outcome(len(entries), notice=f"{counted(len(entries), 'file')} written.")

    return Task("Writing the files out", work)


def _write(target: Path, data: bytes) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    except OSError as error:
        raise OutputError(
            f"“{target}” can't be written ({error.strerror}).",
            safe="The workspace is unchanged.",
            todo="Choose another folder, or make room.",
        ) from error


def _make_content(folder: Path, files: Mapping[str, bytes], person: Person, clock: Clock) -> None:
    """Make the repository aside, so that a workspace is there whole or not at all."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=_ASIDE, dir=folder, ignore_cleanup_errors=True) as name:
            aside = Path(name) / CONTENT
            with Store.create(aside) as store:
                store.write(LIVE, None, files, note="First version", author=person.author, when=clock())
            aside.rename(folder / CONTENT)
    except OSError as error:
        raise OutputError(
            f"The workspace can't be made in “{folder}” ({error.strerror}).",
            safe="Nothing was changed.",
            todo="Make room, or choose a folder that you may write to.",
        ) from error


def _check_is_free(folder: Path) -> bool:
    """Whether the folder is there already; it has to be empty then, but for what a killed program left."""
    was_there = folder.exists()
    for left in folder.glob(f"{_ASIDE}*") if was_there else ():
        if _is_forgotten(left):
            shutil.rmtree(left, ignore_errors=True)
    if was_there and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(
            f"“{folder}” is not empty.", safe="Nothing was changed.", todo="Choose a new or an empty folder."
        )
    return was_there


def _is_forgotten(left: Path) -> bool:
    """Whether nobody has written anything in a folder for a while."""
    newest = max((place.lstat().st_mtime for place in (left, *left.rglob("*"))), default=0.0)
    return not -_SECONDS_KEPT <= time.time() - newest <= _SECONDS_KEPT


def _take_back(folder: Path, *, was_there: bool) -> None:
    """Leave nothing of a workspace that came to nothing."""
    for part in [folder / CONTENT, folder / PRIVATE] if was_there else [folder]:
        shutil.rmtree(part, ignore_errors=True)
