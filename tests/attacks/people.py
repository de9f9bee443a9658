"""People with keys, and the policy they are in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from soh_author.domain.ids import Language, PersonId
from soh_author.domain.judging.people import Grant, Person, PublicKey, Role, Scope
from soh_author.domain.judging.policy import Policy
from soh_author.trust.keys import create_key
from soh_author.trust.policies import PolicySignature, policy_bytes, sign_policy, signatures_bytes
from soh_author.trust.signers import FileSigner

REPOSITORY = "0b9d6b0e-58b3-4c0b-9e07-2f4a1c9b7d55"
BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
_NATIONAL = Scope()
_KENT = Scope(layers=("force:kent",))
_GRANTS: Mapping[str, tuple[Grant, ...]] = {
    "nia": (Grant(Role.EDITOR, _NATIONAL),),
    "ed": (Grant(Role.EDITOR, _NATIONAL), Grant(Role.REVIEWER, _NATIONAL)),
    "sam": (
        Grant(Role.REVIEWER, _NATIONAL),
        Grant(Role.WELSH_REVIEWER, Scope(languages=(Language.CY,))),
        Grant(Role.EDITOR, _NATIONAL),
    ),
    "rae": (
        Grant(Role.REVIEWER, _NATIONAL),
        Grant(Role.WELSH_REVIEWER, Scope(languages=(Language.CY,))),
    ),
    "kim": (Grant(Role.EDITOR, _KENT), Grant(Role.REVIEWER, _KENT)),
    "pat": (Grant(Role.PUBLISHER, _NATIONAL),),
    "kay": (Grant(Role.PUBLISHER, _KENT),),
    "ola": (),
}


@dataclass(frozen=True)
class Crew:
    """Everybody's keys; ``second`` is Ed's second key, ``stranger`` is nobody's."""

    signers: Mapping[str, FileSigner]
    second: FileSigner
    stranger: FileSigner
    policy: Policy

    def signed(self, policy: Policy, *roots: str) -> dict[str, bytes]:
        """The two files of a policy, signed by some people as roots."""
        data = policy_bytes(policy)
        return {"policy/policy.json": data, "policy/policy.sigs": self.signatures(data, *roots)}

    def signatures(self, data: bytes, *roots: str) -> bytes:
        """Signatures under a policy."""
        made: list[PolicySignature] = [
            sign_policy(data, PersonId(root), self.signers[root]) for root in roots
        ]
        return signatures_bytes(made)

    def with_person(self, name: str, **changes: object) -> Policy:
        """The present policy with one person otherwise, as its next version."""
        person = replace(self.policy.people[PersonId(name)], **changes)  # type: ignore[arg-type]  # fields by their names
        return replace(
            self.policy, version=self.policy.version + 1, people={**self.policy.people, person.id: person}
        )


def make_crew(folder: Path) -> Crew:
    """Make keys and a policy of version 1; Nia and Sam are its roots, and both have to sign."""
    signers = {name: FileSigner(create_key(folder, name, name=name).path) for name in _GRANTS}
    second = FileSigner(create_key(folder, "second", name="second").path)
    stranger = FileSigner(create_key(folder, "stranger", name="stranger").path)
    people = {
        PersonId(name): Person(
            PersonId(name), name.title(), f"{name}@national.example", _keys(name, signers, second), grants
        )
        for name, grants in _GRANTS.items()
    }
    roots = (PersonId("nia"), PersonId("sam"))
    return Crew(signers, second, stranger, Policy(1, REPOSITORY, people, roots, 2))


def _keys(name: str, signers: Mapping[str, FileSigner], second: FileSigner) -> tuple[PublicKey, ...]:
    own = PublicKey(signers[name].line, BEGAN)
    return (own, PublicKey(second.line, BEGAN)) if name == "ed" else (own,)
