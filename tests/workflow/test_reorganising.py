"""Forces are renamed, closed and merged by plan: nothing is lost, clashes are told, the day counts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from soh_author.domain.errors import ContentError, NotFoundError, UsageError, WorldMovedError
from soh_author.domain.ids import ForceId, GroupId, Language, PageId, SectionId
from soh_author.workflow.drafting import new_draft, save_private
from soh_author.workflow.forces.reorganising import (
    Reorganisation,
    apply_reorganisation,
    plan_closing,
    plan_merging,
    plan_renaming,
)
from soh_author.workflow.outputs import is_live
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.workspace import Workspace
from tests.support.content import TODAY, force_files, small_content, small_workspace

PAGE = PageId("advice/seized-vehicles")
KENT, ESSEX, NEW = ForceId("kent"), ForceId("essex"), ForceId("thames-estuary")
KENT_FILE = "forces/kent/pages/advice/seized-vehicles.en.md"
ESSEX_FILE = "forces/essex/pages/advice/seized-vehicles.en.md"
DAY = date(2027, 4, 1)
ESSEX_TEXT = """---
overrides: advice/seized-vehicles
ops:
- {op: append, section: why, why: Local rule, owner: essex-web, review_by: 2027-03-01}
- {op: replace, section: bring, why: Ours, owner: essex-web, review_by: 2027-03-01}
---
## Why {#why}
Nor those without tax.

## What to bring {#bring}
Bring everything.
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Kent and Essex word one section differently; Essex adds to another; Kent has a picture."""
    files = small_content() | force_files("surrey", "Surrey")
    files[ESSEX_FILE] = ESSEX_TEXT
    files["forces/essex/facts.yml"] += (
        'desk:\n  type: phone\n  label: Desk\n  source: none\n  values: [{value: "01245 491491"}]\n'
    )
    files["forces/kent/media/map.png"] = "a picture"
    with small_workspace(tmp_path, files) as made:
        new_draft(made, "change").run()
        yield made


def written(made: Workspace, plan: Reorganisation) -> Snapshot:
    apply_reorganisation(made, "change", plan, "").run()
    return made.snapshot("change")


def section(snapshot: Snapshot, force: ForceId, name: str) -> str:
    found = snapshot.effective(PAGE, force, Language.EN, TODAY).section(SectionId(name))
    return found.body.strip() if found else ""


def test_a_renamed_force_keeps_every_word_picture_and_membership(workspace: Workspace) -> None:
    before = workspace.snapshot()
    plan = plan_renaming(workspace, "change", KENT, ForceId("kent-and-medway")).run().value
    after = written(workspace, plan)
    new = ForceId("kent-and-medway")
    assert section(after, new, "bring") == section(before, KENT, "bring")
    assert after.sources.data("forces/kent-and-medway/media/map.png") == b"a picture"
    assert KENT not in after.registry.forces
    assert [member.force for member in after.registry.groups[GroupId("south-east")].members] == [new, ESSEX]
    assert after.force(new).name() == before.force(KENT).name()
    assert not [path for path in after.sources.stamps if path.startswith("forces/kent/")]


def test_a_closed_force_goes_on_a_day_and_its_texts_stay(workspace: Workspace) -> None:
    plan = plan_closing(workspace, "change", KENT, date(2027, 3, 31)).run().value
    assert plan.lost == ("advice/seized-vehicles (English)",)
    after = written(workspace, plan)
    force = after.force(KENT)
    assert (is_live(force, date(2027, 3, 31)), is_live(force, DAY)) == (True, False)
    assert after.text(KENT_FILE) is not None
    group = after.registry.groups[GroupId("south-east")]
    assert [member.force for member in group.members if member.is_member_on(DAY)] == [ESSEX]


def test_merging_joins_what_agrees_and_tells_what_clashes(workspace: Workspace) -> None:
    plan = plan_merging(
        workspace, "change", [KENT, ESSEX], NEW, DAY, name="Thames Estuary Police", host="www.te.example"
    ).run().value  # fmt: skip
    assert plan.clashes == (
        "advice/seized-vehicles (English), section bring: kent, essex have it in different ways",
    )
    after = written(workspace, plan)
    assert section(after, NEW, "why").endswith("Nor those without tax.")
    assert after.text("forces/thames-estuary/force.yml") is not None
    assert after.force(NEW).name() == "Thames Estuary Police"
    assert after.sources.data("forces/thames-estuary/media/map.png") == b"a picture"
    assert {str(name) for name in after.facts_of(after.force(NEW).layer)} == {"non_emergency", "desk"}
    assert after.sources.read("forces/thames-estuary/force.yml").diagnostics == ()


def test_until_the_day_the_old_forces_stand_and_from_it_the_new_one(workspace: Workspace) -> None:
    after = written(workspace, plan_merging(workspace, "change", [KENT, ESSEX], NEW, DAY).run().value)
    standing = {
        day: {force.id for force in after.registry.forces.values() if is_live(force, day)}
        for day in (date(2027, 3, 31), DAY)
    }
    assert standing[date(2027, 3, 31)] == {"kent", "essex", "gwent", "surrey"}
    assert standing[DAY] == {"thames-estuary", "gwent", "surrey"}
    group = after.registry.groups[GroupId("south-east")]
    assert [member.force for member in group.members if member.is_member_on(DAY)] == [NEW]


def test_a_force_that_takes_another_in_keeps_its_own_text_where_they_clash(workspace: Workspace) -> None:
    plan = plan_merging(workspace, "change", [ESSEX, KENT], KENT, DAY).run().value
    assert len(plan.clashes) == 1
    after = written(workspace, plan)
    assert section(after, KENT, "bring") == "Bring the notice and your passport."
    assert section(after, KENT, "why").endswith("Nor those without tax.")
    assert after.sources.read(KENT_FILE).diagnostics == ()


def test_texts_only_one_had_are_told(workspace: Workspace) -> None:
    surrey = ForceId("surrey")
    plan = plan_merging(workspace, "change", [KENT, surrey], surrey, DAY).run().value
    assert plan.one_sided == ("advice/seized-vehicles (English): only kent had it",)


def test_a_plan_is_refused_when_a_file_changed_since(workspace: Workspace) -> None:
    plan = plan_renaming(workspace, "change", KENT, ForceId("kent-and-medway")).run().value
    apply_reorganisation(workspace, "change", plan, "Once").run()
    with pytest.raises(WorldMovedError):
        apply_reorganisation(workspace, "change", plan, "Twice").run()


def test_half_written_texts_of_the_forces_are_saved_first(workspace: Workspace) -> None:
    plan = plan_renaming(workspace, "change", KENT, ForceId("kent-and-medway")).run().value
    save_private(workspace, "change", KENT_FILE, "half written").run()
    with pytest.raises(ContentError, match="privately"):
        apply_reorganisation(workspace, "change", plan, "").run()


def test_what_makes_no_sense_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UsageError):
        plan_renaming(workspace, "change", KENT, ESSEX).run()
    with pytest.raises(UsageError):
        plan_merging(workspace, "change", [KENT], KENT, DAY).run()
    with pytest.raises(NotFoundError):
        apply_reorganisation(workspace, "nothing", _nothing(workspace), "").run()


def _nothing(workspace: Workspace) -> Reorganisation:
    return plan_renaming(workspace, "change", KENT, ForceId("kent-and-medway")).run().value
