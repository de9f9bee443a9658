"""Welsh whose English moved on is on the plan too: what the English said and says, and ours in Welsh."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from soh_author.domain.comparing.rebase import SectionWords
from soh_author.domain.errors import UsageError
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.workflow.drafting import new_draft, save_private
from soh_author.workflow.overrides.rebase_answers import Answer, AnswerKind, fitting
from soh_author.workflow.overrides.rebase_items import RebaseItem
from soh_author.workflow.overrides.rebasing import apply, plan
from soh_author.workflow.pinning import new_pins, write_pins
from soh_author.workflow.workspace import Workspace
from tests.support.content import TODAY, publish, small_content, small_workspace

PAGE, BRING = PageId("advice/seized-vehicles"), SectionId("bring")
SHARED_FILE = "shared/pages/advice/seized-vehicles.en.md"
GWENT_EN = "forces/gwent/pages/advice/seized-vehicles.en.md"
GWENT_CY = "forces/gwent/pages/advice/seized-vehicles.cy.md"
WELSH_OP = """---
overrides: advice/seized-vehicles
ops:
- {op: replace, section: bring}
---
## Beth i ddod {#bring}
Dewch â'ch pasbort.
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Gwent says one section in its own words, in both languages."""
    files = small_content()
    files[GWENT_EN] = files["forces/kent/pages/advice/seized-vehicles.en.md"]
    files[GWENT_CY] = WELSH_OP
    with small_workspace(tmp_path, files) as made:
        snapshot = made.snapshot()
        publish(made, dict(write_pins(snapshot, list(new_pins(snapshot, TODAY))).texts))
        new_draft(made, "update").run()
        yield made


def edit(made: Workspace, path: str, old: str, new: str) -> None:
    text = made.snapshot("update").text(path) or ""
    assert old in text
    save_private(made, "update", path, text.replace(old, new)).run()


def welsh(made: Workspace) -> list[RebaseItem]:
    return [each for each in plan(made, "update", TODAY).run().value.items if each.welsh_pin]


def late(made: Workspace) -> list[str | None]:
    shown = made.snapshot("update").effective(PAGE, ForceId("gwent"), Language.CY, TODAY)
    return [found.section for found in shown.diagnostics if found.code == "outdated-welsh"]


def test_shared_welsh_is_told_with_the_english_of_then_and_now(workspace: Workspace) -> None:
    edit(workspace, SHARED_FILE, "not insured", "not taxed")
    (item,) = welsh(workspace)
    assert item.then is not None
    assert item.now is not None
    assert item.ours is not None
    assert item.then.body.strip() == "We seize vehicles that are not insured."
    assert item.now.body.strip() == "We seize vehicles that are not taxed."
    assert item.ours == SectionWords("Pam", "Heb yswiriant.\n\n")
    assert item.sentence == "the shared text, Why we seize vehicles: Welsh outdated"
    assert fitting(item) == (AnswerKind.STILL_RIGHT, AnswerKind.WRITE)


def test_welsh_that_is_still_right_is_pinned_anew_and_reads_the_same(workspace: Workspace) -> None:
    edit(workspace, SHARED_FILE, "not insured", "not taxed")
    report = (
        apply(workspace, "update", [Answer(welsh(workspace)[0], AnswerKind.STILL_RIGHT)], TODAY).run().value
    )
    assert welsh(workspace) == []
    assert late(workspace) == []
    assert report.proofs[0].is_proved


def test_welsh_is_written_anew(workspace: Workspace) -> None:
    edit(workspace, SHARED_FILE, "not insured", "not taxed")
    words = SectionWords("Pam", "Heb dreth.")
    apply(workspace, "update", [Answer(welsh(workspace)[0], AnswerKind.WRITE, words=words)], TODAY).run()
    shown = workspace.snapshot("update").effective(PAGE, ForceId("gwent"), Language.CY, TODAY)
    found = shown.section(SectionId("why"))
    assert found is not None
    assert found.body.strip() == "Heb dreth."
    assert late(workspace) == []


def test_a_force_s_own_welsh_follows_its_own_english(workspace: Workspace) -> None:
    edit(workspace, GWENT_EN, "passport", "logbook")
    (item,) = welsh(workspace)
    assert item.change.place.path == GWENT_CY
    assert item.then is not None
    assert "passport" in item.then.body
    answer = Answer(item, AnswerKind.STILL_RIGHT, why="The Welsh says both")
    apply(workspace, "update", [answer], TODAY).run()
    assert late(workspace) == []
    assert "2026-11-22 Jo Bloggs: The Welsh says both" in (workspace.snapshot("update").text(GWENT_CY) or "")


def test_welsh_can_not_be_given_back(workspace: Workspace) -> None:
    edit(workspace, GWENT_EN, "passport", "logbook")
    with pytest.raises(UsageError, match="no answer"):
        apply(workspace, "update", [Answer(welsh(workspace)[0], AnswerKind.GIVE_BACK)], TODAY).run()


def test_english_and_welsh_of_one_layer_are_answered_together(workspace: Workspace) -> None:
    edit(workspace, SHARED_FILE, "Bring the notice.", "Bring two notices.")
    items = plan(workspace, "update", TODAY).run().value.items
    english = [each for each in items if not each.welsh_pin and each.change.place.path == GWENT_EN]
    answers = [Answer(each, AnswerKind.STILL_RIGHT) for each in [*english, *welsh(workspace)]]
    apply(workspace, "update", answers, TODAY).run()
    assert late(workspace) == []
    assert [each.layer_label for each in plan(workspace, "update", TODAY).run().value.items] == ["Kent"]
