"""Where somebody stands in the policy: what their key may do here, in sentences a person can act on."""

from soh_author.domain.errors import WorkspaceError
from soh_author.domain.judging.people import Grant, Person
from soh_author.domain.judging.policy import Policy
from soh_author.workflow.release.releasing_case import policy_of
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace


def standing_of(workspace: Workspace, line: str) -> Task[str]:
    """What the live policy says of a key.

    Args:
        line: the public key, without a comment.
    """

    def work(_progress: Progress) -> Outcome[str]:
        try:
            policy = policy_of(workspace.snapshot())
        except WorkspaceError:
            return Outcome("This content has no policy yet, so nobody signs here.")
        return Outcome(_standing(policy, line, workspace))

    return Task("Looking what your key may do", work)


def role_sentence(grant: Grant) -> str:
    """A role and how far it reaches: *reviewer (force:kent, Welsh)*."""
    scope = grant.scope
    limits = [part for part in (*scope.layers, *scope.pages) if part != "*"]
    if len(scope.languages) == 1:
        limits.append(scope.languages[0].label)
    role = grant.role.value.replace("-", " ").replace("welsh", "Welsh")
    return f"{role} ({', '.join(limits)})" if limits else role


def roles_sentence(person: Person) -> str:
    """All of somebody's roles, separated by commas; a dash when there are none."""
    return ", ".join(map(role_sentence, person.grants)) or "–"


def _standing(policy: Policy, line: str, workspace: Workspace) -> str:
    for person in policy.people.values():
        key = person.key(line)
        if key is not None:
            now = workspace.clock()
            why_not = key.why_not(now, now)
            if why_not:
                return (
                    f"The policy knows it as {person.name}’s, but it {why_not}. Ask the roots for a new one."
                )
            return f"The policy knows it as {person.name}’s: {roles_sentence(person)}."
    roots = " or ".join(policy.people[root].name for root in policy.roots)
    return f"The policy doesn’t know it yet, so nothing it signs counts. Send the line to {roots}."
