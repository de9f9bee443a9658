"""Freezes: times in which a force's pages change only in permitted ways. They are part of the policy."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from soh_author.domain.errors import UsageError
from soh_author.domain.judging.policy import Freeze
from soh_author.trust.policy_drafts import written_policy
from soh_author.workflow.release.policies import PolicyState, propose_policy
from soh_author.workflow.release.releasing_case import day_for, policy_of
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

DRAFT = "policy-freezes"
PERMITTED = {
    "fact": "values of facts",
    "added": "new pages",
    "removed": "pages that go",
    "emergency": "emergencies",
    "take-down": "taking down",
    "roll-back": "rolling back",
}
"""What a freeze may permit, in words."""


@dataclass(frozen=True, slots=True)
class FreezeState:
    """A freeze, and whether it holds today, is to come, or is over."""

    freeze: Freeze
    state: str


def freezes(workspace: Workspace) -> Task[tuple[FreezeState, ...]]:
    """All freezes of the live policy, those that hold first, then those to come.

    Raises (when run):
        WorkspaceError: when there is no policy.
    """

    def work(_progress: Progress) -> Outcome[tuple[FreezeState, ...]]:
        on = day_for(workspace)
        known = policy_of(workspace.snapshot()).freezes
        states = ("holds today", "to come", "over")

        def number(each: Freeze) -> int:
            return 0 if each.holds_on(on) else (1 if each.start > on else 2)

        found = sorted(known, key=lambda each: (number(each), each.start, each.force))
        return Outcome(tuple(FreezeState(each, states[number(each)]) for each in found))

    return Task("Looking up the freezes", work)


def propose_freezes(workspace: Workspace, wanted: Sequence[Freeze], draft: str = DRAFT) -> Task[PolicyState]:
    """Propose the next policy with these freezes in place of the present ones; its roots sign it.

    Raises (when run):
        WorkspaceError: when there is no policy.
        UsageError: when nothing would change.
        BadPolicyError: naming what is wrong with a freeze.
    """

    def work(progress: Progress) -> Outcome[PolicyState]:
        present = policy_of(workspace.snapshot())
        if set(wanted) == set(present.freezes):
            raise UsageError("These are the freezes that hold already.", safe="Nothing was changed.")
        text = written_policy(replace(present, freezes=tuple(wanted))).encode()
        outcome = propose_policy(workspace, text, draft, is_first=False).run(progress)
        *others, last = (present.people[root].name for root in present.roots)
        told = f"{present.threshold} of {', '.join(others)} and {last} sign it, then it is published."
        return Outcome(outcome.value, outcome.effects, f"{outcome.notice} {told}")

    return Task("Proposing a freeze", work, writes=True)
