"""Each check of the gate is needed: without it, the attack that belongs to it is not refused for its rule.

These tests put a check out of action on purpose; it is the one place where that is done.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from soh_author.domain.ids import PersonId
from soh_author.gitstore.incoming import Incoming
from soh_author.workflow.gate import comments as gate_comments
from soh_author.workflow.gate import gatekeeping
from soh_author.workflow.gate import release as gate_release
from soh_author.workflow.gate import trees as gate_trees
from soh_author.workflow.gate.refs import RefUpdate
from soh_author.workflow.gate.refusals import GateLimits
from tests.attacks.case import judged
from tests.attacks.test_attacks import ATTACKS, NOW
from tests.attacks.world import World, honest

_BY_NAME = {attack.name: attack for attack in ATTACKS}


def _nothing(*_given: object) -> tuple[()]:
    return ()


def _no_list(*_given: object) -> list[object]:
    return []


def _no_mapping(*_given: object) -> dict[str, object]:
    return {}


def _any_version(incoming: Incoming, update: RefUpdate) -> bytes:
    return incoming.commit(update.new)


_JUDGEMENT = gate_release.Judgement
Mutant = tuple[object, str, Callable[..., object], str]
_MUTANTS: list[Mutant] = [
    (gatekeeping, "judge_files", _no_list, "a link"),
    (gatekeeping, "judge_files", _no_list, "a file of an unknown kind that all agreed to"),
    (gatekeeping, "judge_sizes", _no_list, "a page too large"),
    (gate_trees, "_twins", _nothing, "names that differ in capitals"),
    (gatekeeping, "judge_names", _no_list, "a foreign tag"),
    (gatekeeping, "judge_draft", _no_list, "a draft rewritten"),
    (gatekeeping, "judge_live_comments", _no_list, "a comment in what goes live"),
    (gatekeeping, "judge_comments", _no_list, "a comment taken away"),
    (gatekeeping, "suggesters_of", _no_mapping, "approval of one's own suggested words"),
    (gate_comments, "_judge_fresh", _nothing, "a comment signed by a stranger"),
    (gate_comments, "_judge_fresh", _nothing, "a comment from the future"),
    (gate_comments, "_judge_fresh", _nothing, "a comment whose key was revoked"),
    (gatekeeping, "judge_release_tag", _no_list, "the name of another release"),
    (gatekeeping, "check_version", _any_version, "a lost race"),
    (gatekeeping, "check_version", _any_version, "two versions"),
    (gatekeeping, "check_signer", lambda *_given: PersonId("pat"), "a stranger signed it"),
    (gatekeeping, "check_signer", lambda *_given: PersonId("pat"), "a clock behind"),
    (gatekeeping, "records_elsewhere", _no_mapping, "an approval withdrawn in a draft"),
    (gatekeeping, "editors_of", _no_mapping, "approval by who saved a version of the draft"),
    (gate_release, "live_since", _no_mapping, "kept back until after a roll-back"),
    (_JUDGEMENT, "_books", _nothing, "an old record taken away"),
    (_JUDGEMENT, "_claims", _nothing, "records not listed"),
    (_JUDGEMENT, "_claims", _nothing, "under another policy"),
    (_JUDGEMENT, "_of_records", _nothing, "a forged claim"),
    (_JUDGEMENT, "_untrue", _nothing, "a file not listed"),
    (_JUDGEMENT, "_untrue", _nothing, "an output not listed"),
    (_JUDGEMENT, "_repository", _nothing, "another repository's id"),
    (_JUDGEMENT, "_unmet", _nothing, "nobody approved it"),
    (_JUDGEMENT, "_new_faults", _nothing, "a group with a force nobody knows"),
    (_JUDGEMENT, "_policy_fault", lambda _self: "", "a policy that one root signed"),
    (_JUDGEMENT, "_open_emergencies", lambda _self: 0, "a third emergency while two wait"),
]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = World.make(tmp_path_factory.mktemp("prepared"), NOW)
    yield world
    world.store.close()


@pytest.mark.parametrize("mutant", _MUTANTS, ids=lambda mutant: f"{mutant[1]}-{mutant[3]}")
def test_without_a_check_its_attack_gets_through_it(
    mutant: Mutant, prepared: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = prepared.copy(tmp_path / "attacked.git")
    where, name, put, attack = mutant
    monkeypatch.setattr(where, name, put)
    tried = _BY_NAME[attack]
    assert tried.rule not in {refusal.rule for refusal in judged(world, tried.tried)}
    world.store.close()


def test_what_takes_too_long_is_refused(prepared: World) -> None:
    version = prepared.build(honest())
    found = prepared.judge(prepared.update(version), limits=GateLimits(seconds=-1))
    assert [refusal.rule for refusal in found] == ["deadline"]


def test_too_many_records_are_refused(prepared: World) -> None:
    version = prepared.build(honest())
    found = prepared.judge(prepared.update(version), limits=GateLimits(records=1))
    assert [refusal.rule for refusal in found] == ["many-records"]


def test_what_cannot_be_judged_is_refused(prepared: World) -> None:
    version = prepared.build(honest())
    wrong = World(prepared.folder, prepared.crew, NOW.replace(tzinfo=None), prepared.store)
    found = wrong.judge(prepared.update(version))
    assert [refusal.rule for refusal in found] == ["unjudged"]


def test_a_repository_that_is_gone_is_refused(prepared: World, tmp_path: Path) -> None:
    update = prepared.update(prepared.build(honest()))
    assert gatekeeping.judge_push(tmp_path / "nowhere", [update], NOW)


def test_another_pinned_policy_refuses_everything(prepared: World) -> None:
    update = prepared.update(prepared.build(honest()))
    found = gatekeeping.judge_push(prepared.folder, [update], NOW, pin="sha256:" + "1" * 64)
    assert [refusal.rule for refusal in found] == ["policy"]


def test_too_many_comments_in_a_draft_are_refused(prepared: World) -> None:
    attack = _BY_NAME["a comment taken away"]
    made = attack.twin(prepared) if callable(attack.twin) else None
    assert isinstance(made, list)
    found = prepared.judge(*made, limits=GateLimits(comments=0))
    assert [refusal.rule for refusal in found] == ["many-comments"]


def test_a_comment_is_refused_where_no_policy_says_whose_keys_count(prepared: World, tmp_path: Path) -> None:
    world = prepared.copy(tmp_path / "bare.git").with_files({"policy/policy.json": None})
    attack = _BY_NAME["a comment signed by a stranger"]
    made = attack.twin(world) if callable(attack.twin) else None
    assert isinstance(made, list)
    assert [refusal.rule for refusal in world.judge(*made)] == ["comment"]
    world.store.close()


def test_a_draft_under_another_name_brings_its_comments_along(prepared: World, tmp_path: Path) -> None:
    """Also when their key was revoked since: they were judged when they came."""
    world = prepared.copy(tmp_path / "renamed.git")
    attack = _BY_NAME["a comment whose key was revoked"]
    assert callable(attack.tried)
    made = attack.tried(world)
    assert isinstance(made, tuple)
    other, updates = made
    assert isinstance(updates, list)
    other.store.create_branch("drafts/before", updates[0].new)
    assert not other.judge(*updates)
    other.store.close()
