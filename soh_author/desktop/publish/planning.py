"""What the room of publishers asks for: a plan, what may go out, and what went out. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from soh_author.domain.judging.release import Release
from soh_author.trust.signers import Signer
from soh_author.workflow.release.publishing import Plan, Wish, plan
from soh_author.workflow.release.receipts import list_releases
from soh_author.workflow.release.reviewing_queue import Queued, queue
from soh_author.workflow.release.rolling_back import kind_of_drafts
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Table:
    """What lies before a publisher: drafts that were sent, and releases, the latest first."""

    drafts: tuple[Queued, ...]
    releases: tuple[Release, ...]


def look_at_table(workspace: Workspace) -> Task[Table]:
    """Drafts and releases at once.

    Raises (when run):
        WorkspaceError: when there is no policy.
        ContentError: when a release's file was written by hand.
    """

    def work(progress: Progress) -> Outcome[Table]:
        drafts = queue(workspace).run(progress).value
        return Outcome(Table(tuple(drafts), list_releases(workspace).run(progress).value))

    return Task("Looking what may go out", work)


def plan_drafts(workspace: Workspace, drafts: Sequence[str], signer: Signer) -> Task[Plan]:
    """The plan of a release; drafts that take a release back are known as such.

    Raises (when run):
        NotFoundError: when there is no such draft.
        WorldMovedError: when drafts can't go out together, or not as they are.
        KeyFileError: when the key is nobody's in the policy.
    """

    def work(progress: Progress) -> Outcome[Plan]:
        kind, back = kind_of_drafts(workspace, drafts)
        reason = f"It takes back {back}." if back else ""
        return plan(workspace, Wish(tuple(drafts), kind=kind, supersedes=back, reason=reason), signer).run(
            progress
        )

    return Task("Planning the release", work)
