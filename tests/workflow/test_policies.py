"""The policy on its way: proposed in a draft, signed by its roots, shown."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from soh_author.domain.errors import NotAllowedError, NotFoundError, RefusedError, UsageError
from soh_author.domain.ids import PersonId
from soh_author.domain.judging.people import Role
from soh_author.gitstore.store import Store
from soh_author.trust.errors import BadPolicyError, KeyFileError
from soh_author.trust.keys import create_key
from soh_author.trust.policies import (
    POLICY_PATH,
    SIGNATURES_PATH,
    check_first,
    read_signatures,
    signatures_bytes,
)
from soh_author.trust.signers import FileSigner, Signer, open_signer
from soh_author.workflow.drafting import new_draft, save_private
from soh_author.workflow.gate.installing import install
from soh_author.workflow.opening import open_address
from soh_author.workflow.release.policies import (
    as_written,
    propose_policy,
    sample_policy,
    show_policy,
    sign_proposal,
)
from soh_author.workflow.release.publishing import Wish, dry_run, plan, publish
from soh_author.workflow.release.reviewing_queue import QueueState, queue
from soh_author.workflow.together.merging import merge_file
from soh_author.workflow.together.sending_trust import trust_origin
from soh_author.workflow.together.syncing import get_latest
from soh_author.workflow.workspace import LIVE, Workspace
from tests.support.content import NOW, PERSON, small_content
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
    assert "and 1 did (Nia Morgan)" in once.missing
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


def test_two_roots_who_signed_at_the_same_moment_have_both_signed_once_they_met(people: Office) -> None:
    nia, sam = people.nia, people.sam
    propose_policy(nia.workspace, _written(people), "policy-2", is_first=False).run()
    get_latest(sam.workspace).run()
    sign_proposal(nia.workspace, "policy-2", nia.signer).run()
    apart = sign_proposal(sam.workspace, "policy-2", sam.signer).run()
    assert "It waits here" in apart.notice
    assert not get_latest(sam.workspace).run().value.pending
    met = show_policy(sam.workspace, "policy-2").run().value
    assert met.signed == {"nia", "sam"}
    assert not met.missing


def test_a_proposal_made_anew_stays_without_the_signatures_of_the_one_before(people: Office) -> None:
    state = show_policy(people.nia.workspace).run().value
    signed = (people.nia.workspace.snapshot().sources.data(SIGNATURES_PATH)) or b""
    own = read_signatures(signed)
    none, one = signatures_bytes(()), signatures_bytes(own[:1])
    assert state.signed == {each.person for each in own}
    assert merge_file(SIGNATURES_PATH, one, none, signed).data == signatures_bytes(own[1:])
    assert merge_file(SIGNATURES_PATH, none, one, signatures_bytes(own[1:])).data == signed
    assert merge_file(SIGNATURES_PATH, none, b"{}", signed).conflicts


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


def _real_time() -> datetime:
    """The gate's hook is a program of its own, and looks at the real clock."""
    return datetime.now(UTC)


@contextmanager
def _without_policy(folder: Path) -> Iterator[tuple[Workspace, Path, bytes, dict[str, Signer]]]:
    """A workspace and its origin, neither with a policy, and the first one as two roots wrote it down."""
    keys = {name: create_key(folder / name, name) for name in ("nia", "sam")}
    origin = folder / "origin.git"
    content = {path: text.encode() for path, text in small_content().items()}
    with Store.create(origin) as store:
        store.write("published", None, content, note="First", author=PERSON.author, when=NOW)
    text = json.dumps(
        {
            "people": [{"id": name, "name": name.title(), "email": f"{name}@example"} for name in keys],
            "keys": [{"person": name, "key": pair.line} for name, pair in keys.items()],
            "roles": [{"person": "nia", "role": "publisher"}],
            "roots": {"people": list(keys), "threshold": 2},
        }
    ).encode()
    with open_address(str(origin), folder / "works", PERSON, _real_time).run().value as workspace:
        trust_origin(workspace)
        yield workspace, origin, text, {name: open_signer(pair.path) for name, pair in keys.items()}


def test_the_first_policy_goes_out_through_a_gate_that_was_told_its_hash(tmp_path: Path) -> None:
    with _without_policy(tmp_path) as (workspace, origin, text, signers):
        nia, sam = signers["nia"], signers["sam"]
        proposed = propose_policy(workspace, text, "policy", is_first=True).run().value
        install(origin, _real_time(), sys.executable, pin=proposed.hash)
        sign_proposal(workspace, "policy", nia).run()
        with pytest.raises(BadPolicyError, match="2 roots of the policy must sign it, and 1 did"):
            plan(workspace, Wish(("policy",)), nia).run()
        assert queue(workspace).run().value[0].state is QueueState.POLICY_WAITS
        sign_proposal(workspace, "policy", sam).run()
        assert queue(workspace).run().value[0].state.may_go_out
        with pytest.raises(NotAllowedError, match="Sam is no publisher"):
            publish(workspace, plan(workspace, Wish(("policy",)), sam).run().value, sam).run()
        planned = plan(workspace, Wish(("policy",)), nia).run().value
        assert planned.is_ready
        assert dry_run(workspace, planned, nia).run().value == ()
        assert publish(workspace, planned, nia).run().value.is_sent
        assert show_policy(workspace).run().value.policy.threshold == 2
        assert not queue(workspace).run().value


def test_a_gate_that_was_told_another_first_policy_refuses_this_one(tmp_path: Path) -> None:
    with _without_policy(tmp_path) as (workspace, origin, text, signers):
        propose_policy(workspace, text, "policy", is_first=True).run()
        install(origin, _real_time(), sys.executable, pin="sha256:" + "1" * 64)
        for signer in signers.values():
            sign_proposal(workspace, "policy", signer).run()
        planned = plan(workspace, Wish(("policy",)), signers["nia"]).run().value
        live = workspace.revision_of("published")
        with pytest.raises(RefusedError, match="isn't the one that this server was told to begin with"):
            publish(workspace, planned, signers["nia"]).run()
        assert workspace.revision_of("published") == live
