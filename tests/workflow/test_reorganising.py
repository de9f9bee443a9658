"""Forces are renamed, closed and merged by plan: nothing is lost, clashes are told, the day counts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from soh_author.domain.errors import ContentError, NotFoundError, UsageError, WorldMovedError
from soh_author.domain.forces_change import Decision
from soh_author.domain.ids import ForceId, GroupId, Language, PageId, SectionId
from soh_author.workflow.drafting import new_draft, save_private
from soh_author.workflow.forces.reorganising import (
    Merger,
    Reorganisation,
    apply_reorganisation,
    plan_closing,
    plan_merging,
    plan_renaming,
)
from soh_author.workflow.outputs import Audience, is_live
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.workspace import Workspace
from tests.support.content import TODAY, force_files, publish, small_content, small_workspace

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
    merger = Merger((KENT, ESSEX), NEW, DAY, "Thames Estuary Police", "www.te.example")
    plan = plan_merging(workspace, "change", merger, keep=KENT).run().value
    assert plan.clashes == (
        "advice/seized-vehicles (English), section bring: kent, essex have it in different ways",
    )
    assert [asked.told for asked in plan.to_decide] == [
        "Seized vehicles, “What to bring”: Kent, Essex have it in different ways."
    ]
    after = written(workspace, plan)
    assert section(after, NEW, "why").endswith("Nor those without tax.")
    assert after.text("forces/thames-estuary/force.yml") is not None
    assert after.force(NEW).name() == "Thames Estuary Police"
    assert after.sources.data("forces/thames-estuary/media/map.png") == b"a picture"
    assert {str(name) for name in after.facts_of(after.force(NEW).layer)} == {"non_emergency", "desk"}
    assert after.sources.read("forces/thames-estuary/force.yml").diagnostics == ()


def test_until_the_day_the_old_forces_stand_and_from_it_the_new_one(workspace: Workspace) -> None:
    after = written(
        workspace, plan_merging(workspace, "change", Merger((KENT, ESSEX), NEW, DAY), keep=KENT).run().value
    )
    standing = {
        day: {force.id for force in after.registry.forces.values() if is_live(force, day)}
        for day in (date(2027, 3, 31), DAY)
    }
    assert standing[date(2027, 3, 31)] == {"kent", "essex", "gwent", "surrey"}
    assert standing[DAY] == {"thames-estuary", "gwent", "surrey"}
    group = after.registry.groups[GroupId("south-east")]
    assert [member.force for member in group.members if member.is_member_on(DAY)] == [NEW]


def test_a_force_that_takes_another_in_keeps_its_own_text_where_they_clash(workspace: Workspace) -> None:
    plan = plan_merging(workspace, "change", Merger((ESSEX, KENT), KENT, DAY), keep=KENT).run().value
    assert len(plan.clashes) == 1
    after = written(workspace, plan)
    assert section(after, KENT, "bring") == "Bring the notice and your passport."
    assert section(after, KENT, "why").endswith("Nor those without tax.")
    assert after.sources.read(KENT_FILE).diagnostics == ()


BRING = "advice/seized-vehicles.en section bring"


def test_a_merger_waits_until_every_clash_is_decided(workspace: Workspace) -> None:
    plan = plan_merging(workspace, "change", Merger((KENT, ESSEX), NEW, DAY)).run().value
    (asked,) = plan.undecided
    assert asked.clash.name == BRING
    assert asked.words == {KENT: "Bring the notice and your passport.", ESSEX: "Bring everything."}
    with pytest.raises(UsageError, match="section bring"):
        apply_reorganisation(workspace, "change", plan, "").run()


@pytest.mark.parametrize(
    ("decision", "reads"),
    [
        (Decision(keep=KENT), "Bring the notice and your passport."),
        (Decision(keep=ESSEX), "Bring everything."),
        (Decision(words="Bring what the letter says."), "Bring what the letter says."),
        (Decision(), "Bring the notice."),
    ],
)
@pytest.mark.parametrize("target", [NEW, KENT, ESSEX])
def test_a_clash_becomes_what_was_decided_and_other_forces_read_what_they_read(
    workspace: Workspace, target: ForceId, decision: Decision, reads: str
) -> None:
    before = _digests(workspace.snapshot("change"), workspace)
    plan = (
        plan_merging(workspace, "change", Merger((KENT, ESSEX), target, DAY), {BRING: decision}).run().value
    )
    after = written(workspace, plan)
    assert plan.undecided == ()
    assert section(after, target, "bring") == reads
    assert section(after, target, "why").endswith("Nor those without tax.")
    path = f"forces/{target}/pages/advice/seized-vehicles.en.md"
    assert after.sources.read(path).diagnostics == ()
    assert _digests(after, workspace) == before


def _digests(snapshot: Snapshot, workspace: Workspace) -> dict[str, str]:
    """The digests of everything that forces read which don't merge, before the day and after it."""
    return {
        f"{page} {force} {language} {day}": Audience(snapshot, ForceId(force), language, day)
        .render(page, workspace.renderer)[0]
        .digest
        for page in snapshot.page_ids()
        for force, languages in (("gwent", tuple(Language)), ("surrey", (Language.EN,)))
        for language in languages
        for day in (TODAY, DAY)
    }


def test_facts_pictures_fields_pages_and_groups_that_clash_are_decided_alike(workspace: Workspace) -> None:
    kents = workspace.snapshot().text(KENT_FILE) or ""
    sets = "set: {{summary: {{value: {0}}}}}\nops:"
    publish(
        workspace,
        {
            "forces/kent/facts.yml": NUMBER.format("101"),
            "forces/essex/facts.yml": NUMBER.format("102"),
            "forces/essex/media/map.png": "another picture",
            "forces/kent/pages/campaigns/c.en.md": LOCAL.format("Kent"),
            "forces/essex/pages/campaigns/c.en.md": LOCAL.format("Essex"),
            KENT_FILE: kents.replace("ops:", sets.format("Kent"), 1),
            ESSEX_FILE: ESSEX_TEXT.replace("ops:", sets.format("Essex"), 1),
            "groups/kent-only/group.yml": "id: kent-only\nname: Kent\nmembers:\n- {force: kent}\n",
        },
    )
    merger = Merger((KENT, ESSEX), NEW, DAY)
    plan = plan_merging(workspace, "published", merger, {BRING: Decision()}, keep=ESSEX).run().value
    assert [each.clash.name for each in plan.undecided] == ["group kent-only"]
    decisions = {BRING: Decision(), "group kent-only": Decision(keep=KENT), FIELD: Decision(words="Both")}
    new_draft(workspace, "all").run()
    plan = plan_merging(workspace, "all", merger, decisions, keep=ESSEX).run().value
    apply_reorganisation(workspace, "all", plan, "").run()
    after = workspace.snapshot("all")
    assert after.sources.data("forces/thames-estuary/media/map.png") == b"another picture"
    assert '"102"' in (after.text("forces/thames-estuary/facts.yml") or "")
    assert (after.text("forces/thames-estuary/pages/campaigns/c.en.md") or "").endswith("Essex.\n")
    assert after.effective(PAGE, NEW, Language.EN, TODAY).fields["summary"].value == "Both"
    group = after.registry.groups[GroupId("kent-only")]
    assert [member.force for member in group.members if member.is_member_on(DAY)] == [NEW]


LOCAL = (
    "---\ntitle: {0}\ntype: campaign\nkind: local\nurl: /c/\nsummary: S.\nowner: o\n"
    "review_by: 2027-01-01\n---\n{0}.\n"
)
FIELD = "advice/seized-vehicles.en field summary"
NUMBER = 'non_emergency:\n  type: phone\n  label: Number\n  source: none\n  values: [{{value: "{0}"}}]\n'


@pytest.mark.parametrize(
    ("name", "decision"),
    [
        (BRING, Decision(keep=ForceId("gwent"))),
        (BRING, Decision(words="  ")),
        (BRING, Decision(keep=KENT, words="Both")),
        ("nothing", Decision()),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(
    workspace: Workspace, name: str, decision: Decision
) -> None:
    with pytest.raises((UsageError, NotFoundError)):
        plan_merging(workspace, "change", Merger((KENT, ESSEX), NEW, DAY), {name: decision}).run()


def test_texts_only_one_had_are_told(workspace: Workspace) -> None:
    surrey = ForceId("surrey")
    plan = plan_merging(workspace, "change", Merger((KENT, surrey), surrey, DAY)).run().value
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
        plan_merging(workspace, "change", Merger((KENT,), KENT, DAY)).run()
    with pytest.raises(NotFoundError):
        apply_reorganisation(workspace, "nothing", _nothing(workspace), "").run()


def _nothing(workspace: Workspace) -> Reorganisation:
    return plan_renaming(workspace, "change", KENT, ForceId("kent-and-medway")).run().value
