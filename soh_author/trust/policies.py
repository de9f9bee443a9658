"""The policy as files: ``policy/policy.json`` in one form, ``policy/policy.sigs`` with the roots' signatures.

It changes as TUF's root does (The Update Framework, specification 5.3): version + 1, signed by enough roots
of the present version and enough of the new one. The first version is pinned by its hash.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from soh_author.domain.ids import PersonId
from soh_author.domain.judging.approval import content_name
from soh_author.domain.judging.people import Grant, Person, PublicKey, Scope
from soh_author.domain.judging.policy import Freeze, Policy, Rules
from soh_author.domain.judging.soundness import faults_of
from soh_author.schema.checking import check
from soh_author.schema.fields import FileModel
from soh_author.schema.governance import PolicyFile, PolicySignaturesFile
from soh_author.trust import canonical_json
from soh_author.trust.canonical_json import Json
from soh_author.trust.errors import BadPolicyError, BadRecordError, BadSignatureError
from soh_author.trust.moments import moment_text
from soh_author.trust.public_keys import KeyBlob
from soh_author.trust.records import signing_key
from soh_author.trust.signers import Signer

POLICY_PATH = "policy/policy.json"
SIGNATURES_PATH = "policy/policy.sigs"
F = TypeVar("F", bound=FileModel)
NAMESPACE = "soh-author/policy"
SCHEMA = 1
LARGEST = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PolicySignature:
    """One root's signature under a policy."""

    person: PersonId
    signature: bytes


def policy_bytes(policy: Policy) -> bytes:
    """A policy in its one form.

    Raises:
        BadPolicyError: when it does not make sense.
    """
    value: dict[str, Json] = {
        "schema": SCHEMA,
        "version": policy.version,
        "repository": policy.repository,
        "people": [
            {"id": person.id, "name": person.name, "email": person.email} for person in policy.people.values()
        ],
        "keys": [_key(person, key) for person in policy.people.values() for key in person.keys],
        "roles": [_role(person, grant) for person in policy.people.values() for grant in person.grants],
        "roots": {"people": [*policy.roots], "threshold": policy.threshold},
        "rules": {
            "records_last_days": policy.rules.records_last_days,
            "open_emergencies": policy.rules.open_emergencies,
            "reviewers_of_marked": policy.rules.reviewers_of_marked,
            "fact_checked_types": [*policy.rules.fact_checked_types],
        },
        "freezes": [_freeze(freeze) for freeze in policy.freezes],
    }
    data = canonical_json.dumps(value)
    read_any_form(data)
    return data


def read_policy(data: bytes) -> Policy:
    """Read a policy's bytes; says nothing of who signed it.

    Raises:
        BadPolicyError: when anything in it is not as :func:`policy_bytes` writes it, or makes no sense.
    """
    policy = read_any_form(data)
    if policy_bytes(policy) != data:
        raise BadPolicyError("it is not written in its one form")
    return policy


def policy_hash(data: bytes) -> str:
    """What a first policy is pinned by: ``sha256:…`` of its bytes."""
    return content_name(data)


def signatures_bytes(signatures: Iterable[PolicySignature]) -> bytes:
    """The roots' signatures as a file, in order, without doubles."""
    pairs = sorted({(each.person, each.signature.decode("ascii", "replace")) for each in signatures})
    entries: list[Json] = [{"person": person, "signature": text} for person, text in pairs]
    return canonical_json.dumps({"schema": SCHEMA, "signatures": entries})


def read_signatures(data: bytes) -> tuple[PolicySignature, ...]:
    """Read what :func:`signatures_bytes` wrote.

    Raises:
        BadPolicyError: when anything in it is otherwise.
    """
    checked = _checked(PolicySignaturesFile, data, "its signatures")
    found = tuple(PolicySignature(each.person, each.signature.encode()) for each in checked.signatures)
    if signatures_bytes(found) != data:
        raise BadPolicyError("its signatures are not written in their one form")
    return found


def sign_policy(data: bytes, person: PersonId, signer: Signer) -> PolicySignature:
    """Sign the bytes of a policy as a root.

    Raises:
        BadPolicyError: when they are no policy.
        KeyFileError: when the key can't sign.
    """
    read_policy(data)
    return PolicySignature(person, signer.sign(data, NAMESPACE))


def signed_roots(
    policy: Policy, data: bytes, signatures: Iterable[PolicySignature], now: datetime
) -> frozenset[PersonId]:
    """The roots of a policy whose signature under some bytes holds, each once however often they signed."""
    return frozenset(
        each.person
        for each in signatures
        if each.person in policy.roots and _holds(policy.people[each.person], data, each, now)
    )


def check_next(present: Policy, data: bytes, signatures: bytes, now: datetime) -> Policy:
    """The policy that follows the present one.

    Raises:
        BadPolicyError: when it may not follow; nothing in it counts before it does.
    """
    following = read_policy(data)
    if following.repository != present.repository:
        raise BadPolicyError("it is of another repository")
    if following.version != present.version + 1:
        raise BadPolicyError(
            f"version {present.version} is followed by {present.version + 1}, not by {following.version}"
        )
    found = read_signatures(signatures)
    _check_enough(present, data, found, now, "the present policy")
    _check_enough(following, data, found, now, "the new policy")
    return following


def check_first(data: bytes, signatures: bytes, pinned: str, now: datetime) -> Policy:
    """The first policy of a repository, which has to be the one that was pinned.

    Raises:
        BadPolicyError: when it is another, or not signed by enough of its own roots.
    """
    if policy_hash(data) != pinned:
        raise BadPolicyError("it isn't the one that this server was told to begin with")
    policy = read_policy(data)
    if policy.version != 1:
        raise BadPolicyError("the first policy has version 1")
    _check_enough(policy, data, read_signatures(signatures), now, "the policy")
    return policy


def _check_enough(
    policy: Policy, data: bytes, signatures: Iterable[PolicySignature], now: datetime, which: str
) -> None:
    signed = signed_roots(policy, data, signatures, now)
    if len(signed) < policy.threshold:
        raise BadPolicyError(
            f"{policy.threshold} roots of {which} must sign it, and {len(signed)} did"
            f" ({', '.join(policy.people[root].name for root in sorted(signed)) or 'nobody'})"
        )


def _holds(person: Person, data: bytes, signature: PolicySignature, now: datetime) -> bool:
    try:
        line = signing_key(person, signature.signature, data, NAMESPACE)
    except BadSignatureError:
        return False
    key = person.key(line)
    return key is not None and key.counts_at(now)


def read_any_form(data: bytes) -> Policy:
    """Read canonical JSON with the fields of a policy, whatever the order of its entries.

    Raises:
        BadPolicyError: when it makes no sense.
    """
    read = _checked(PolicyFile, data, "the policy")
    people = {entry.id: Person(entry.id, entry.name, entry.email) for entry in read.people}
    if len(people) != len(read.people):
        raise BadPolicyError("somebody stands twice in it")
    keys, grants = _keys(read), _grants(read)
    for name in (*keys, *grants):
        if name not in people:
            raise BadPolicyError(f"it gives something to “{name}”, whom it doesn't know")
    policy = Policy(
        version=read.version,
        repository=read.repository,
        people={
            name: Person(
                name, person.name, person.email, tuple(keys.get(name, ())), tuple(grants.get(name, ()))
            )
            for name, person in people.items()
        },
        roots=tuple(read.roots.people),
        threshold=read.roots.threshold,
        rules=Rules(
            records_last_days=read.rules.records_last_days,
            open_emergencies=read.rules.open_emergencies,
            reviewers_of_marked=read.rules.reviewers_of_marked,
            fact_checked_types=tuple(read.rules.fact_checked_types),
        ),
        freezes=tuple(
            Freeze(each.force, each.start, each.until, each.why, tuple(each.permitted))
            for each in read.freezes
        ),
    )
    faults = faults_of(policy)
    if faults:
        raise BadPolicyError(" ".join(faults[:3]).rstrip("."))
    return policy


def _checked(model: type[F], data: bytes, what: str) -> F:
    try:
        value = canonical_json.loads(data, largest=LARGEST)
    except BadRecordError as error:
        raise BadPolicyError(error.reason) from error
    if not isinstance(value, dict):
        raise BadPolicyError(f"this is not {what}")
    checked = check(model, value)
    if checked.faults or checked.value is None:
        raise BadPolicyError("; ".join(fault.message.rstrip(".") for fault in checked.faults[:3]))
    return checked.value


def _keys(read: PolicyFile) -> dict[PersonId, list[PublicKey]]:
    found: dict[PersonId, list[PublicKey]] = {}
    for entry in read.keys:
        try:
            line = KeyBlob.of_line(entry.key).line
        except BadSignatureError as error:
            raise BadPolicyError(f"of a key of {entry.person}, {error.reason}") from error
        found.setdefault(entry.person, []).append(PublicKey(line, entry.start, entry.until, entry.revoked))
    return found


def _grants(read: PolicyFile) -> dict[PersonId, list[Grant]]:
    found: dict[PersonId, list[Grant]] = {}
    for entry in read.roles:
        scope = Scope(tuple(entry.layers), tuple(entry.areas), tuple(entry.languages))
        found.setdefault(entry.person, []).append(Grant(entry.role, scope))
    return found


def _key(person: Person, key: PublicKey) -> dict[str, Json]:
    value: dict[str, Json] = {"person": person.id, "key": key.line, "from": moment_text(key.start)}
    if key.end is not None:
        value["until"] = moment_text(key.end)
    if key.revoked is not None:
        value["revoked"] = moment_text(key.revoked)
    return value


def _role(person: Person, grant: Grant) -> dict[str, Json]:
    return {
        "person": person.id,
        "role": grant.role.value,
        "layers": [*grant.scope.layers],
        "areas": [*grant.scope.pages],
        "languages": [language.value for language in grant.scope.languages],
    }


def _freeze(freeze: Freeze) -> dict[str, Json]:
    return {
        "force": freeze.force,
        "from": freeze.start.isoformat(),
        "until": freeze.end.isoformat(),
        "why": freeze.why,
        "permitted": [*freeze.permitted],
    }
