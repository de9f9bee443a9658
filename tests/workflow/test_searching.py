"""Finding words everywhere: the same with and without the index, in stored and in unsaved texts."""

import random

import pytest

from soh_author.cache.words import NAME
from soh_author.domain.errors import Cancelled
from soh_author.domain.folding import phrases, words_in
from soh_author.domain.layers import SHARED, Layer
from soh_author.workflow.drafting import new_draft, save_private
from soh_author.workflow.searching import Found, index_words, search
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Progress, Step
from soh_author.workflow.workspace import PRIVATE, Workspace
from tests.support.content import FEES, VEHICLES

FEES_PATH = "shared/pages/advice/fees.en.md"


def find(workspace: Workspace, snapshot: Snapshot, wanted: str, limit: int = 200) -> Found:
    return search(workspace, snapshot, wanted, limit=limit).run().value


def by_reading(snapshot: Snapshot, wanted: str) -> list[tuple[str, int, int]]:
    """Path, line and column of every place, found by reading every text from its beginning."""
    places = []
    pages = [file.path for files in snapshot.sources.catalogue.pages.values() for file in files]
    facts = [file.path for file in snapshot.sources.catalogue.facts_files]
    for path in (*pages, *facts):
        text = snapshot.text(path) or ""
        for start, _end in phrases(text, words_in(wanted)):
            above = text[:start].split("\n")
            places.append((path, len(above), len(above[-1])))
    return places


def test_a_place_tells_the_file_the_line_and_the_words(workspace: Workspace) -> None:
    found = find(workspace, workspace.snapshot(), "YOUR vehicle, you")
    assert [
        (one.file.path, one.file.layer, one.text[one.column :][: one.length]) for one in found.matches
    ] == [("shared/pages/advice/seized-vehicles.en.md", SHARED, "your vehicle, you")]
    assert VEHICLES.split("\n")[found.matches[0].line - 1] == found.matches[0].text
    assert found.sentence == "1 place in 1 text."


def test_search_is_the_same_without_index_with_half_of_it_and_with_all_of_it(workspace: Workspace) -> None:
    chance = random.Random(7)
    new_draft(workspace, "words").run()
    letters = "abŵ é.\n"
    for number in range(6):
        words = "".join(chance.choice(letters) for _ in range(120))
        save_private(workspace, "words", f"shared/pages/advice/p{number}.en.md", f"{FEES}{words}\n").run()
    live, draft = workspace.snapshot(), workspace.snapshot("words")
    asked = ["a", "ab", "a b", "ŵ e", "fee", "storage is", "vehicle", "nothing of this", "", "—"]
    answers: dict[tuple[str, str, bool], Found] = {}
    for state in ("none", "half", "all", "damaged"):
        if state == "half":
            workspace.words.add({live.sources.stamp(FEES_PATH): FEES})
        elif state == "all":
            assert index_words(workspace, draft).run().value > 0
            assert index_words(workspace, draft).run().value == 0
        elif state == "damaged":
            workspace.words.close()
            (workspace.folder / PRIVATE / NAME).write_bytes(b"x" * 9000)
        for snapshot in (live, draft):
            for wanted in asked:
                found = find(workspace, snapshot, wanted, limit=30)
                places = [(one.file.path, one.line, one.column) for one in found.matches]
                every = by_reading(snapshot, wanted)
                assert places == every[:30]
                assert found.files == len({path for path, _line, _column in every})
                assert found.is_cut == (len(every) > 30)
                answer = answers.setdefault((snapshot.revision, wanted, snapshot is draft), found)
                assert answer == found


def test_unsaved_words_are_found_and_those_written_over_are_not(workspace: Workspace) -> None:
    index_words(workspace, workspace.snapshot()).run()
    over = workspace.snapshot(unsaved={FEES_PATH: FEES.replace("Storage", "Safekeeping")})
    assert [one.file.path for one in find(workspace, over, "safekeep").matches] == [FEES_PATH]
    assert not find(workspace, over, "storage is").matches


def test_only_wanted_layers_are_looked_through(workspace: Workspace) -> None:
    snapshot = workspace.snapshot()
    layers = {file.layer for files in snapshot.sources.catalogue.pages.values() for file in files}
    own = {layer for layer in layers if layer != SHARED}
    assert own
    for layer in own:
        found = search(workspace, snapshot, "e", layers=[layer]).run().value
        assert {one.file.layer for one in found.matches} <= {layer}
    assert not search(workspace, snapshot, "e", layers=[Layer.of_force("nobody")]).run().value.files


def test_facts_are_found_by_their_words_values_and_names_with_the_index_and_without(
    workspace: Workspace,
) -> None:
    snapshot = workspace.snapshot()
    for _time in ("read", "from the index"):
        for wanted in ("26.00", "Storage", "storage_fee"):
            places = {
                (one.file.path, one.fact, "26.00" in one.text)
                for one in find(workspace, snapshot, wanted).matches
            }
            assert ("shared/facts.yml", "storage_fee", wanted == "26.00") in places, wanted
        (number,) = search(workspace, snapshot, "101", layers=[Layer.of_force("kent")]).run().value.matches
        assert (number.file.path, number.fact) == ("forces/kent/facts.yml", "non_emergency")
        index_words(workspace, snapshot).run()
    over = workspace.snapshot(unsaved={"shared/facts.yml": "storage_fee:\n  label: Safekeeping\n"})
    assert [one.fact for one in find(workspace, over, "safekeep").matches] == ["storage_fee"]


def test_an_index_stopped_halfway_is_taken_up_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soh_author.workflow.searching._AT_ONCE", 1)
    steps: list[Step] = []

    def stop(step: Step) -> None:
        steps.append(step)
        if len(steps) == 3:
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(Cancelled):
        index_words(workspace, workspace.snapshot()).run(progress)
    left = steps[0].total - 3
    assert 0 < left == index_words(workspace, workspace.snapshot()).run().value
    assert find(workspace, workspace.snapshot(), "vehicle").files > 0
