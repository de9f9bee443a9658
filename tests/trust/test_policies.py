"""The policy changes as its roots agree, one version after the other, and in no other way."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soh_author.domain.ids import ForceId, Language, PersonId
from soh_author.domain.judging.people import Grant, Person, PublicKey, Role, Scope
from soh_author.domain.judging.policy import Freeze, Policy, Rules
from soh_author.trust.canonical_json import dumps
from soh_author.trust.errors import BadPolicyError
from soh_author.trust.policies import (
    PolicySignature,
    check_first,
    check_next,
    policy_bytes,
    policy_hash,
    read_policy,
    read_signatures,
    sign_policy,
    signatures_bytes,
    signed_roots,
)
from soh_author.trust.policy_drafts import read_written_policy, written_policy
from soh_author.trust.signers import FileSigner
from tests.trust.signing import NOW, REPOSITORY, Keys, a_policy, with_person

NIA, SAM, EVE = PersonId("nia"), PersonId("sam"), PersonId("eve")


def _signed(data: bytes, **signers: FileSigner) -> bytes:
    return signatures_bytes(sign_policy(data, PersonId(name), signer) for name, signer in signers.items())


def _next(keys: Keys, following: Policy, **signers: FileSigner) -> Policy:
    data = policy_bytes(following)
    return check_next(a_policy(keys), data, _signed(data, **signers), NOW)


def _refusal(keys: Keys, following: Policy, **signers: FileSigner) -> str:
    with pytest.raises(BadPolicyError) as caught:
        _next(keys, following, **signers)
    return caught.value.reason


def _eve(keys: Keys) -> Person:
    return Person(EVE, "Eve", "eve@example", (PublicKey(keys.eve.line, NOW),), (Grant(Role.PUBLISHER),))


def test_the_next_version_follows_when_enough_roots_signed(keys: Keys) -> None:
    following = replace(with_person(a_policy(keys), _eve(keys)), version=2)
    assert _next(keys, following, nia=keys.nia, sam=keys.sam) == following


def test_nobody_grants_themselves_a_role(keys: Keys) -> None:
    following = replace(with_person(a_policy(keys), _eve(keys)), version=2)
    assert "2 roots of the present policy must sign it, and 0 did (nobody)" in _refusal(
        keys, following, eve=keys.eve
    )
    assert "and 1 did (Nia)" in _refusal(keys, following, nia=keys.nia)


@pytest.mark.parametrize("version", [1, 3])
def test_no_version_is_skipped_or_brought_back(keys: Keys, version: int) -> None:
    following = replace(a_policy(keys), version=version)
    assert "version 1 is followed by 2" in _refusal(keys, following, nia=keys.nia, sam=keys.sam)


def test_one_root_signing_twice_is_one_root(keys: Keys) -> None:
    nia = a_policy(keys).people[NIA]
    present = with_person(a_policy(keys), replace(nia, keys=(*nia.keys, PublicKey(keys.eve.line, NOW))))
    data = policy_bytes(replace(present, version=2))
    twice = signatures_bytes([sign_policy(data, NIA, keys.nia), sign_policy(data, NIA, keys.eve)])
    with pytest.raises(BadPolicyError, match=r"2 roots .* and 1 did \(Nia\)"):
        check_next(present, data, twice, NOW)
    both = signatures_bytes([sign_policy(data, NIA, keys.eve), sign_policy(data, SAM, keys.sam)])
    assert check_next(present, data, both, NOW).version == 2


def test_a_root_does_not_sign_for_another(keys: Keys) -> None:
    assert "and 1 did (Nia)" in _refusal(keys, replace(a_policy(keys), version=2), nia=keys.nia, sam=keys.nia)


def test_new_roots_have_to_agree_as_well(keys: Keys) -> None:
    changed = with_person(a_policy(keys), _eve(keys))
    following = replace(changed, version=2, roots=(NIA, EVE))
    assert "2 roots of the new policy" in _refusal(keys, following, nia=keys.nia, sam=keys.sam)
    assert "2 roots of the present policy" in _refusal(keys, following, nia=keys.nia, eve=keys.eve)
    assert _next(keys, following, nia=keys.nia, sam=keys.sam, eve=keys.eve).roots == (NIA, EVE)


def test_a_lower_threshold_does_not_help_the_version_that_brings_it(keys: Keys) -> None:
    roots = with_person(with_person(a_policy(keys), _eve(keys)), a_policy(keys).people[SAM])
    present = replace(roots, roots=(NIA, SAM, EVE), threshold=3)
    data = policy_bytes(replace(present, version=2, threshold=2))
    with pytest.raises(BadPolicyError, match="3 roots of the present policy"):
        check_next(present, data, _signed(data, nia=keys.nia, sam=keys.sam), NOW)
    whole = _signed(data, nia=keys.nia, sam=keys.sam, eve=keys.eve)
    assert check_next(present, data, whole, NOW).threshold == 2


@pytest.mark.parametrize(
    "changes", [{"revoked": NOW}, {"end": NOW - timedelta(seconds=1)}, {"start": NOW + timedelta(seconds=1)}]
)
def test_a_key_that_does_not_count_now_signs_no_policy(keys: Keys, changes: dict[str, object]) -> None:
    told = {"start": NOW - timedelta(days=2), **changes}
    sam = a_policy(keys).people[SAM]
    key = PublicKey(keys.sam.line, **told)  # type: ignore[arg-type] # the names are those of the fields
    present = with_person(a_policy(keys), replace(sam, keys=(key,)))
    data = policy_bytes(replace(present, version=2))
    with pytest.raises(BadPolicyError, match=r"and 1 did \(Nia\)"):
        check_next(present, data, _signed(data, nia=keys.nia, sam=keys.sam), NOW)


def test_the_policy_of_another_repository_does_not_follow(keys: Keys) -> None:
    following = replace(a_policy(keys), version=2, repository=REPOSITORY.replace("3", "4"))
    assert "another repository" in _refusal(keys, following, nia=keys.nia, sam=keys.sam)


def test_a_signature_under_another_version_counts_for_nothing(keys: Keys) -> None:
    first, second = (policy_bytes(replace(a_policy(keys), version=version)) for version in (1, 2))
    with pytest.raises(BadPolicyError, match="and 0 did"):
        check_next(a_policy(keys), second, _signed(first, nia=keys.nia, sam=keys.sam), NOW)


def test_a_signature_for_another_purpose_counts_for_nothing(keys: Keys) -> None:
    data = policy_bytes(replace(a_policy(keys), version=2))
    wrong = [
        PolicySignature(person, signer.sign(data, "soh-author/approve"))
        for person, signer in ((NIA, keys.nia), (SAM, keys.sam))
    ]
    assert not signed_roots(a_policy(keys), data, wrong, NOW)


def test_the_first_policy_is_the_one_that_was_pinned(keys: Keys) -> None:
    data = policy_bytes(a_policy(keys))
    signatures = _signed(data, nia=keys.nia, sam=keys.sam)
    assert check_first(data, signatures, policy_hash(data), NOW) == a_policy(keys)
    with pytest.raises(BadPolicyError, match="told to begin with"):
        check_first(data, signatures, policy_hash(b"another"), NOW)
    with pytest.raises(BadPolicyError, match="and 1 did"):
        check_first(data, _signed(data, nia=keys.nia), policy_hash(data), NOW)
    second = policy_bytes(replace(a_policy(keys), version=2))
    with pytest.raises(BadPolicyError, match="version 1"):
        check_first(second, _signed(second, nia=keys.nia, sam=keys.sam), policy_hash(second), NOW)


# --- what makes no sense, and other spellings ---

_Change = Callable[[Policy], Policy]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda policy: replace(policy, threshold=1), "In “threshold”"),
        (lambda policy: replace(policy, roots=(NIA,)), "2 roots must sign, but there are only 1"),
        (lambda policy: replace(policy, roots=(NIA, NIA)), "named twice as a root"),
        (lambda policy: replace(policy, roots=(NIA, EVE)), "nobody the policy knows"),
        (lambda policy: with_person(policy, replace(policy.people[SAM], keys=())), "no key to sign with"),
        (
            lambda policy: with_person(policy, replace(policy.people[SAM], email="NIA@example")),
            "two people's",
        ),
        (
            lambda policy: with_person(policy, replace(policy.people[SAM], keys=policy.people[NIA].keys)),
            "One key is given twice, for nia and sam",
        ),
        (
            lambda policy: replace(
                policy, freezes=(Freeze(ForceId("kent"), date(2026, 2, 2), date(2026, 2, 1), "Election"),)
            ),
            "ends before it begins",
        ),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(keys: Keys, change: _Change, reason: str) -> None:
    with pytest.raises(BadPolicyError, match=reason):
        policy_bytes(change(a_policy(keys)))


@pytest.mark.parametrize("of", ["{", '"schema":1', '"threshold":2'])
def test_a_policy_has_one_spelling(keys: Keys, of: str) -> None:
    data = policy_bytes(a_policy(keys))
    with pytest.raises(BadPolicyError):
        read_policy(data.replace(of.encode(), of.encode() + b" ", 1))


def test_people_and_keys_in_another_order_are_another_spelling(keys: Keys) -> None:
    value = json.loads(policy_bytes(a_policy(keys)))
    value["keys"].reverse()
    with pytest.raises(BadPolicyError, match="one form"):
        read_policy(dumps(value))


def test_signatures_have_one_spelling(keys: Keys) -> None:
    data = _signed(policy_bytes(a_policy(keys)), nia=keys.nia, sam=keys.sam)
    value = json.loads(data)
    value["signatures"].reverse()
    for other in (dumps(value), data + b" ", dumps({**value, "more": 1}), b""):
        with pytest.raises(BadPolicyError):
            read_signatures(other)
    assert [each.person for each in read_signatures(data)] == [NIA, SAM]


def test_a_key_of_an_unknown_kind_is_refused(keys: Keys) -> None:
    value = json.loads(policy_bytes(a_policy(keys)))
    value["keys"][0]["key"] = "ssh-dss " + "A" * 40
    with pytest.raises(BadPolicyError, match="of a key of nia, the key is of a kind that isn't taken"):
        read_policy(dumps(value))


SCOPES = st.builds(
    Scope,
    st.lists(st.sampled_from(["*", "shared", "group:*", "force:kent"]), min_size=1, unique=True).map(tuple),
    st.lists(st.sampled_from(["*", "advice/*", "report/fraud"]), min_size=1, unique=True).map(tuple),
    st.lists(st.sampled_from(list(Language)), min_size=1, unique=True).map(tuple),
)


@given(st.lists(st.builds(Grant, st.sampled_from(list(Role)), SCOPES), max_size=5), st.integers(1, 366))
def test_every_policy_is_read_as_it_was_written(keys: Keys, grants: list[Grant], days: int) -> None:
    policy = a_policy(keys)
    nia = replace(policy.people[NIA], name="Siân Môrgan", grants=tuple(grants))
    freeze = Freeze(ForceId("kent"), date(2026, 1, 1), date(2026, 1, 1), "Election", ("fact",))
    told = replace(
        with_person(policy, nia), rules=Rules(days, fact_checked_types=("disclosure",)), freezes=(freeze,)
    )
    assert read_policy(policy_bytes(told)) == told


# --- as people write it ---


def _written(keys: Keys) -> dict[str, object]:
    return {
        "people": [
            {"id": "sam", "name": "Sam", "email": "sam@example"},
            {"id": "nia", "name": "Nia", "email": "nia@example"},
        ],
        "keys": [
            {"person": "nia", "key": f"{keys.nia.line} Nia's laptop"},
            {"person": "sam", "key": keys.sam.line},
        ],
        "roles": [{"person": "nia", "role": "editor"}],
        "roots": {"people": ["nia", "sam"], "threshold": 2},
    }


def test_people_leave_out_the_obvious(keys: Keys) -> None:
    policy = read_written_policy(json.dumps(_written(keys), indent=4).encode(), REPOSITORY, 7, NOW)
    assert (policy.version, policy.repository, list(policy.people)) == (7, REPOSITORY, [NIA, SAM])
    assert policy.people[NIA].keys == (PublicKey(keys.nia.line, NOW),)
    assert policy.people[NIA].grants == (Grant(Role.EDITOR),)
    assert policy.rules == Rules()
    again = read_written_policy(written_policy(policy).encode(), REPOSITORY, 7, NOW + timedelta(days=1))
    assert again == policy


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"rooots": 1}, "“rooots” isn't a field"),
        ({"roots": {"people": ["nia"], "threshold": 2}}, "there are only 1"),
        ({"keys": "mine"}, "has to be a list"),
        ({"roles": [{"person": "bob", "role": "editor"}]}, "“bob”, whom it doesn't know"),
        ({"roles": [{"person": "nia", "role": "king"}]}, "isn't one of"),
        ({"rules": {"records_last_days": 0}}, "records_last_days"),
        ({"people": []}, "at least one"),
    ],
)
def test_what_people_write_wrong_is_named(keys: Keys, changes: dict[str, object], reason: str) -> None:
    with pytest.raises(BadPolicyError) as caught:
        read_written_policy(json.dumps({**_written(keys), **changes}).encode(), REPOSITORY, 1, NOW)
    assert reason in caught.value.reason


def test_a_file_that_is_no_json_is_told_with_its_line() -> None:
    with pytest.raises(BadPolicyError, match="in line 2"):
        read_written_policy(b'{\n"people": nobody}', REPOSITORY, 1, NOW)
