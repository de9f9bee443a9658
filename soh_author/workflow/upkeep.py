"""What keeps a workspace quick: done behind, in quiet moments; without it all is right, only slower."""

from soh_author.gitstore import upkeep
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace


def keep_quick(workspace: Workspace) -> Task[bool]:
    """Note which version touched which file, and pack what lies about once there is much of it.

    Safe beside reading and writing, also of other windows; whatever stops it leaves everything working.

    Returns:
        Whether it was packed.

    Raises (when run):
        WorkspaceError: when something is damaged; nothing was removed.
    """

    def work(progress: Progress) -> Outcome[bool]:
        folder = workspace.store.folder
        is_untidy = upkeep.needs_tidying(folder)
        if is_untidy:
            upkeep.tidy(folder, report=progress.report, is_cancelled=lambda: progress.is_cancelled)
        else:
            upkeep.index_history(folder, is_cancelled=lambda: progress.is_cancelled)
        return Outcome(is_untidy)

    return Task("Tidying up", work)
