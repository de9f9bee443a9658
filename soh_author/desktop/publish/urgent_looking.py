"""What the panel of emergencies asks for: drafts, publishers, and what waits for its review. No Qt."""

from dataclasses import dataclass

from soh_author.domain.ids import DraftName, PersonId
from soh_author.domain.judging.people import Role
from soh_author.gitstore.names import DRAFTS
from soh_author.workflow.release.publishing_emergency import REVIEWS, Emergencies, emergencies
from soh_author.workflow.release.releasing_case import policy_of
from soh_author.workflow.release.releasing_content import waits_to_go_out
from soh_author.workflow.release.reviewing_queue import queue
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Urgency:
    """Drafts by name with a word about each; who may publish; the emergencies that wait."""

    drafts: tuple[tuple[str, str], ...]
    publishers: frozenset[PersonId]
    publisher_names: str
    open: Emergencies
    reviewed: frozenset[str]
    """The drafts that hold a review which has not gone out yet."""


def look_at_urgency(workspace: Workspace) -> Task[Urgency]:
    """Everything at once.

    Raises (when run):
        WorkspaceError: when there is no policy.
    """

    def work(progress: Progress) -> Outcome[Urgency]:
        known = {str(each.draft): each.state.value for each in queue(workspace).run(progress).value}
        branches = [*workspace.store.branches(), *workspace.store.branches(of_origin=True)]
        names = {one.name.removeprefix(DRAFTS) for one in branches if one.name.startswith(DRAFTS)}
        drafts = tuple(
            (name, known.get(name, "not sent for review"))
            for name in sorted(names, key=lambda name: (name not in known, name))
            if not name.startswith(REVIEWS) and waits_to_go_out(workspace, DraftName(name))
        )
        people = policy_of(workspace.snapshot()).people.values()
        publishers = [each for each in people if any(each.scopes(Role.PUBLISHER))]
        return Outcome(
            Urgency(
                drafts,
                frozenset(each.id for each in publishers),
                " or ".join(each.name for each in publishers),
                emergencies(workspace).run(progress).value,
                frozenset(name for name in known if name.startswith(REVIEWS)),
            )
        )

    return Task("Looking what can't wait", work)
