"""Whether a policy makes sense in itself, whoever signed it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from soh_author.domain.judging.policy import Policy

FEWEST_ROOTS = 2


def faults_of(policy: Policy) -> tuple[str, ...]:
    """What is wrong with a policy, a sentence each; nothing when it is sound.

    Two different people stand behind everything only if no key and no address is two people's, and nobody
    alone can change the policy.
    """
    return tuple(_faults(policy))


def _faults(policy: Policy) -> Iterator[str]:
    if policy.version < 1:
        yield "Versions are counted from 1."
    yield from _faults_of_roots(policy)
    people = policy.people.values()
    for key in _doubled(key.line for person in people for key in person.keys):
        owners = " and ".join(person.id for person in people if person.key(key))
        yield f"One key is given twice, for {owners}; every key is one person's."
    for email in _doubled(person.email.casefold() for person in people):
        yield f"The address {email} is two people's; everybody is in the policy once."
    for freeze in policy.freezes:
        if freeze.end < freeze.start:
            yield f"The freeze of {freeze.force} ends before it begins."


def _faults_of_roots(policy: Policy) -> Iterator[str]:
    if policy.threshold < FEWEST_ROOTS:
        yield "At least two roots must sign a policy."
    if len(policy.roots) < policy.threshold:
        yield f"{policy.threshold} roots must sign, but there are only {len(policy.roots)}."
    for root in _doubled(policy.roots):
        yield f"“{root}” is named twice as a root."
    for root in policy.roots:
        if root not in policy.people:
            yield f"The root “{root}” is nobody the policy knows."
        elif not policy.people[root].keys:
            yield f"The root “{root}” has no key to sign with."


def _doubled(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]
