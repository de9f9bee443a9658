"""The policy on its way: proposed in a draft, signed by its roots, shown."""

import json
from pathlib import Path

import pytest

from soh_author.domain.errors import NotFoundError, UsageError
from soh_author.domain.ids import PersonId
from soh_author.domain.people import Role
from soh_author.trust.errors import BadPolicyError, KeyFileError
from soh_author.trust.keys import create_key
from soh_author.trust.policies import POLICY_PATH, SIGNATURES_PATH, check_first
from soh_author.trust.signers import FileSigner
from soh_author.workflow.drafting import new_draft, save_private
from soh_author.workflow.release.policies import (
    as_written,
    propose_policy,
    sample_policy,
    show_policy,
    sign_proposal,
)
from soh_author.workflow.workspace import LIVE, Workspace
from tests.support.content import NOW
from tests.support.people import REPOSITORY, Office


def _written(people: Office) -> bytes:
    return as_written(show_policy(people.nia.workspace).run().value.policy).encode()


def test_the_sample_has_three_people_whose_roles_do_and_whose_keys_sign(tmp_path: Path) -> None:
    made = sample_policy(tmp_path, REPOSITORY, NOW)
    policy = check_first(made.files[POLICY_PATH], made.files[SIGNATURES_PATH], made.hash, NOW)
    assert list(policy.roots) == ["nia", "sam", "alex"]
    assert policy.threshold == 2
    roles = {person.id: {grant.role for grant in person.grants} for person in policy.people.values()}
    assert Role.EDITOR in roles[PersonId("nia")]
    assert {Role.REVIEWER, Role.WELSH_REVIEWER} <= roles[PersonId("sam")]
    assert Role.PUBLISHER in roles[PersonId("alex")]
    assert {name: FileSigner(path).line for name, path in made.keys.items()} == {
        person.id: person.keys[0].line for person in policy.people.values()
    }


def test_keys_of_an_earlier_sample_are_used_again(tmp_path: Path) -> None:
    assert sample_policy(tmp_path, REPOSITORY, NOW) == sample_policy(tmp_path, REPOSITORY, NOW)


def test_the_live_policy_tells_who_signed_it(people: Office) -> None:
    state = show_policy(people.nia.workspace).run().value
    assert state.policy.version == 1
    assert state.signed == {"nia", "sam", "alex"}
    assert not state.missing


def test_the_next_policy_waits_until_enough_roots_signed(people: Office) -> None:
    workspace = people.nia.workspace
    proposed = propose_policy(workspace, _written(people), "policy-2", is_first=False).run().value
    assert (proposed.policy.version, proposed.signed) == (2, frozenset())
    assert "and 0 did" in proposed.missing
    once = sign_proposal(workspace, "policy-2", people.nia.signer).run().value
    assert once.signed == {"nia"}
    assert "and 1 did (nia)" in once.missing
    again = sign_proposal(workspace, "policy-2", people.nia.signer).run().value
    assert again == once
    twice = sign_proposal(workspace, "policy-2", people.sam.signer).run().value
    assert twice.signed == {"nia", "sam"}
    assert not twice.missing
    assert show_policy(workspace, LIVE).run().value.policy.version == 1


def test_proposing_anew_takes_the_signatures_off(people: Office) -> None:
    workspace = people.nia.workspace
    propose_policy(workspace, _written(people), "policy-2", is_first=False).run()
    sign_proposal(workspace, "policy-2", people.nia.signer).run()
    value = json.loads(_written(people))
    value["rules"]["records_last_days"] = 30
    changed = propose_policy(workspace, json.dumps(value).encode(), "policy-2", is_first=False).run().value
    assert changed.policy.rules.records_last_days == 30
    assert not changed.signed


def test_only_a_root_signs(people: Office, tmp_path: Path) -> None:
    propose_policy(people.nia.workspace, _written(people), "policy-2", is_first=False).run()
    eve = FileSigner(create_key(tmp_path / "eve", "Eve").path)
    with pytest.raises(KeyFileError, match="no root's"):
        sign_proposal(people.nia.workspace, "policy-2", eve).run()
    assert not show_policy(people.nia.workspace, "policy-2").run().value.signed


def test_a_policy_with_a_fault_changes_nothing(people: Office) -> None:
    text = _written(people).replace(b'"threshold": 2', b'"threshold": 4')
    with pytest.raises(BadPolicyError, match="roots must sign"):
        propose_policy(people.nia.workspace, text, "policy-2", is_first=False).run()
    with pytest.raises(NotFoundError):
        show_policy(people.nia.workspace, "policy-2").run()


def test_a_policy_is_not_mixed_with_privately_saved_text(people: Office) -> None:
    workspace = people.nia.workspace
    new_draft(workspace, "policy-2").run()
    save_private(workspace, "policy-2", "shared/facts.yml", "{}\n").run()
    with pytest.raises(UsageError, match="changes alone"):
        propose_policy(workspace, _written(people), "policy-2", is_first=False).run()


def test_the_first_policy_is_the_first_and_the_next_one_is_not(people: Office, workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="has a policy already"):
        propose_policy(people.nia.workspace, _written(people), "policy", is_first=True).run()
    with pytest.raises(UsageError, match="no policy yet"):
        propose_policy(workspace, _written(people), "policy", is_first=False).run()
    with pytest.raises(NotFoundError, match="no policy"):
        show_policy(workspace).run()
    first = propose_policy(workspace, _written(people), "policy", is_first=True).run().value
    assert first.policy.version == 1
    assert "2 roots must sign it, and 0 did" in first.missing
    sign_proposal(workspace, "policy", people.nia.signer).run()
    assert not sign_proposal(workspace, "policy", people.sam.signer).run().value.missing
