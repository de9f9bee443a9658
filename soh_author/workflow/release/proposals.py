"""The policy as it holds, and the policies that are proposed in drafts, with who has signed each."""

from collections.abc import Iterator
from dataclasses import dataclass

from soh_author.domain.errors import NotFoundError, SohAuthorError
from soh_author.domain.ids import DraftName, PersonId
from soh_author.gitstore.names import DRAFTS
from soh_author.trust.policies import POLICY_PATH
from soh_author.workflow.release.policies import PolicyState, show_policy
from soh_author.workflow.release.releasing_content import head_of
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import LIVE, Workspace


@dataclass(frozen=True, slots=True)
class Proposed:
    """A policy that is proposed in a draft."""

    draft: DraftName
    state: PolicyState

    def name(self, person: PersonId) -> str:
        """Name of a person; their id when this policy doesn't know them."""
        known = self.state.policy.people.get(person)
        return known.name if known else str(person)

    @property
    def sentence(self) -> str:
        """How far its signing is, in a sentence."""
        signed = ", ".join(self.name(person) for person in sorted(self.state.signed)) or "nobody"
        rest = f"It waits, because {self.state.missing}." if self.state.missing else "It may be published."
        return f"“{self.draft}”: version {self.state.policy.version}. Signed by {signed}. {rest}"


@dataclass(frozen=True, slots=True)
class PolicyBook:
    """The policy that holds (None: there is none yet), and those that are proposed."""

    live: PolicyState | None
    proposed: tuple[Proposed, ...]


def look_at_policy(workspace: Workspace) -> Task[PolicyBook]:
    """The policy and what is proposed; a proposal that can't be read hides no other.

    Raises (when run):
        BadPolicyError: when the live one can't be taken.
    """

    def work(progress: Progress) -> Outcome[PolicyBook]:
        try:
            live = show_policy(workspace).run(progress).value
        except NotFoundError:
            live = None
        return Outcome(PolicyBook(live, tuple(_proposed(workspace, live, progress))))

    return Task("Looking at the policy", work)


def _proposed(workspace: Workspace, live: PolicyState | None, progress: Progress) -> Iterator[Proposed]:
    store = workspace.store
    branches = [*store.branches(), *store.branches(of_origin=True)]
    names = {one.name.removeprefix(DRAFTS) for one in branches if one.name.startswith(DRAFTS)}
    present = store.files(workspace.revision_of(LIVE)).get(POLICY_PATH)
    for name in sorted(names):
        found = store.files(head_of(workspace, name)).get(POLICY_PATH)
        if found is None or (present is not None and found.blob == present.blob):
            continue
        try:
            state = show_policy(workspace, name).run(progress).value
        except SohAuthorError:
            continue
        if live is None or state.policy.version > live.policy.version:
            yield Proposed(DraftName(name), state)
