"""Each check of the gate is needed: without it, the attack that belongs to it is not refused for its rule.

These tests put a check out of action on purpose; it is the one place where that is done.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from soh_author.workflow.gate import gatekeeping
from soh_author.workflow.gate.refusals import GateLimits
from tests.attacks.case import judged
from tests.attacks.mutants import MUTANTS, Mutant
from tests.attacks.test_attacks import ATTACKS, NOW
from tests.attacks.world import World, honest

_BY_NAME = {attack.name: attack for attack in ATTACKS}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = World.make(tmp_path_factory.mktemp("prepared"), NOW)
    yield world
    world.store.close()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant[1]}-{mutant[3]}")
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


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "is still to come: here it is 21"), (1, "ago: here it is 23")]
)
def test_a_server_whose_clock_is_a_day_wrong_says_what_both_clocks_say(
    prepared: World, days: int, words: str
) -> None:
    version = prepared.build(honest())
    there = World(prepared.folder, prepared.crew, NOW + timedelta(days=days), prepared.store)
    (refusal,) = there.judge(there.update(version))
    assert refusal.rule == "clock"
    assert "on 22 November 2026" in refusal.reason
    assert words in refusal.reason
    assert "the server's is wrong" in refusal.todo


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
