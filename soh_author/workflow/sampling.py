"""The sample: real in everything but the wording, with a history and a local origin, to try things on."""

from datetime import datetime, timedelta
from pathlib import Path

from soh_author.domain.errors import WorkspaceError
from soh_author.gitstore.folders import read_folder
from soh_author.gitstore.store import Store
from soh_author.settings.data_files import resources_dir
from soh_author.workflow.opening import open_address
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import LIVE, Clock, Person, Workspace

ORIGIN = "origin.git"
NATIONAL = Person("Nia Morgan", "nia.morgan@national.example")
FORCES = Person("Sam Okafor", "sam.okafor@forces.example")


def make_sample(folder: Path, person: Person, clock: Clock) -> Task[Workspace]:
    """Make the sample in a new or empty folder: ``origin.git`` and a workspace that was got from it.

    Its history has three versions: the content as it was first brought in, the forces' overrides, and later edits
    of the national text, which some overrides have not followed.

    Raises (when run):
        WorkspaceError: when the folder is not new or empty.
    """

    def work(progress: Progress) -> Outcome[Workspace]:
        if folder.exists() and any(folder.iterdir()):
            raise WorkspaceError(
                f"“{folder}” is not empty.",
                safe="Nothing was changed.",
                todo="Choose a new or an empty folder.",
            )
        progress.report(0, 3, "Writing the sample content")
        _write_origin(folder / ORIGIN, clock())
        progress.report(1, 3, "Getting the workspace")
        outcome = open_address(str((folder / ORIGIN).absolute()), folder / "workspace", person, clock).run(
            progress
        )
        return Outcome(
            outcome.value, outcome.effects, "The sample is ready. Nothing you do in it leaves this machine."
        )

    return Task("Making the sample", work, writes=True)


def _write_origin(folder: Path, now: datetime) -> None:
    final = read_folder(resources_dir() / "sample_content")
    earlier = {**final, **read_folder(resources_dir() / "sample_earlier")}
    national = {path: data for path, data in earlier.items() if not _is_override(path)}
    with Store.create(folder) as store:
        first = store.write(
            LIVE,
            None,
            national,
            note="National text brought in",
            author=NATIONAL.author,
            when=now - timedelta(days=400),
        )
        second = store.write(
            LIVE,
            first,
            dict(earlier),
            note="Text of forces and groups",
            author=FORCES.author,
            when=now - timedelta(days=300),
        )
        store.write(
            LIVE,
            second,
            dict(final),
            note="National wording revised",
            author=NATIONAL.author,
            when=now - timedelta(days=30),
        )


def _is_override(path: str) -> bool:
    return path.startswith(("forces/", "groups/")) and "/pages/" in path
