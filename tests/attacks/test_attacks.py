"""Every attack is refused for its own reason, and the honest push beside it is accepted."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from soh_author.gitstore.served import all_refs
from tests.attacks import on_checks, on_comments, on_days, on_files, on_policy, on_records, on_versions
from tests.attacks.case import PLAIN, Attack, judged
from tests.attacks.world import World

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ATTACKS = (
    *on_records.ATTACKS,
    *on_files.ATTACKS,
    *on_versions.ATTACKS,
    *on_policy.ATTACKS,
    *on_comments.ATTACKS,
    *on_checks.ATTACKS,
    *on_days.ATTACKS,
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = World.make(tmp_path_factory.mktemp("prepared"), NOW)
    yield world
    world.store.close()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_is_refused_for_its_own_reason(attack: Attack, prepared: World, tmp_path: Path) -> None:
    world = prepared.copy(tmp_path / "attacked.git")
    found = judged(world, attack.tried)
    said = "\n".join(map(str, found))
    assert attack.rule in {refusal.rule for refusal in found}, said or "It was accepted."
    assert attack.words in said
    assert all(refusal.reason and refusal.todo for refusal in found), said
    world.store.close()


@pytest.mark.parametrize(
    "attack", [each for each in ATTACKS if each.twin is not PLAIN], ids=lambda each: each.name
)
def test_the_honest_twin_of_an_attack_is_accepted(attack: Attack, prepared: World, tmp_path: Path) -> None:
    world = prepared.copy(tmp_path / "honest.git")
    found = judged(world, attack.twin)
    assert not found, "\n".join(map(str, found))
    world.store.close()


def test_the_plain_release_from_which_most_attacks_differ_in_one_thing_is_accepted(prepared: World) -> None:
    assert not judged(prepared, PLAIN)


def test_judging_moves_nothing(prepared: World) -> None:
    before = all_refs(prepared.folder)
    for attack in ATTACKS[:3]:
        if not callable(attack.tried):
            judged(prepared, attack.tried)
    assert all_refs(prepared.folder) == before
