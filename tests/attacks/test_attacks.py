"""Every attack is refused for its own reason, and the honest push beside it is accepted."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from soh_author.gitstore.served import all_refs
from tests.attacks import on_records
from tests.attacks.case import Attack, judged
from tests.attacks.world import World

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ATTACKS = (*on_records.ATTACKS,)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World.make(tmp_path_factory.mktemp("prepared"), NOW)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_is_refused_and_its_twin_accepted(attack: Attack, prepared: World, tmp_path: Path) -> None:
    world = prepared.copy(tmp_path / "attacked.git")
    found = judged(world, attack.tried)
    said = "\n".join(map(str, found))
    assert attack.rule in {refusal.rule for refusal in found}, said or "It was accepted."
    assert attack.words in said
    assert all(refusal.reason and refusal.todo for refusal in found), said
    twin = prepared.copy(tmp_path / "honest.git")
    assert not judged(twin, attack.twin)
    world.store.close()
    twin.store.close()


def test_judging_moves_nothing(prepared: World) -> None:
    before = all_refs(prepared.folder)
    for attack in ATTACKS[:3]:
        if not callable(attack.tried):
            judged(prepared, attack.tried)
    assert all_refs(prepared.folder) == before
