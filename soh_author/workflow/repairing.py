"""Repairing a workspace whose stored versions are damaged; it needs not be one that can be opened."""

from pathlib import Path

from soh_author.domain.errors import WorkspaceError
from soh_author.gitstore import repairing
from soh_author.gitstore.repairing import Repaired
from soh_author.workflow.effects import EVERYTHING
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import CONTENT, Clock


def repair_workspace(folder: Path, clock: Clock) -> Task[Repaired]:
    """Make a damaged workspace whole from what can be read of it and from its origin.

    Nothing is thrown away: the damaged files are kept beside, texts in no version yet aren't touched.

    Raises (when run):
        WorkspaceError: when there is no workspace of ours, or nothing that is live can be read anywhere.
        OutputError: when the disk refuses.
        Cancelled: when a person pressed Cancel. Nothing was changed in any of these.
    """

    def work(progress: Progress) -> Outcome[Repaired]:
        content = folder / CONTENT
        if not content.is_dir() and not any(folder.glob(f"{CONTENT}-damaged-*")):
            raise WorkspaceError(
                f"“{folder.absolute()}” is not a workspace: it has no {CONTENT}.",
                safe="Nothing was changed.",
                todo="Choose the folder of a workspace.",
            )
        done = repairing.repair(
            content, clock(), report=progress.report, is_cancelled=lambda: progress.is_cancelled
        )
        return Outcome(done, EVERYTHING, told(done))

    return Task("Repairing the workspace", work, writes=True)


def told(done: Repaired) -> str:
    """What came of a repair, in sentences."""
    if done.aside is None:
        return "Nothing is damaged; nothing was changed."
    said = ["The workspace is whole again."]
    said += [_shortened(each.name, each.lost, is_kept=each.is_kept) for each in done.shortened]
    if done.gone:
        said.append(f"Of {_names(done.gone)} nothing could be read.")
    if done.found:
        count = "A version" if done.found == 1 else f"{done.found} versions"
        said.append(f"{count} that had lost its name can be brought back from the discarded drafts.")
    if not done.is_fetched:
        said.append("The origin could not be asked; get the latest when you are online.")
    said.append(f"The damaged files are kept in “{done.aside.name}”; remove them when you miss nothing.")
    return " ".join(said)


def _shortened(name: str, lost: int, *, is_kept: bool) -> str:
    versions = "the newest version" if lost == 1 else f"the newest {lost} versions"
    kept = "what could be read of it is kept on top" if is_kept else "it stands at the one before"
    return f"Of {_names((name,))}, {versions} could not be read whole; {kept}."


def _names(names: tuple[str, ...]) -> str:
    return " and ".join(f"“{name.removeprefix('drafts/')}”" for name in names)
