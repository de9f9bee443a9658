"""What changes between two states: never less than a comparison of everything with everything finds."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.judging.approval import OutputMove, content_name
from soh_author.settings.data_files import resources_dir
from soh_author.workflow.approvals.releasing_proposal import changes_of
from soh_author.workflow.approvals.transitions import transitions
from soh_author.workflow.outputs import Audience, outputs_of
from soh_author.workflow.release.timetable import ahead
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.workspace import Workspace
from tests.support.content import TODAY, small_content, small_workspace

VEHICLES = "shared/pages/advice/seized-vehicles.en.md"
FEES = "shared/pages/advice/fees.en.md"
KENT = "forces/kent/pages/advice/seized-vehicles.en.md"
FACTS = "shared/facts.yml"
KENT_PROFILE = "forces/kent/force.yml"

OWN_FEE = """storage_fee:
  type: money
  label: Storage
  source: none
  values: [{from: 2027-02-01, value: "12.00"}]
"""

Texts = dict[str, str | None]
Key = tuple[PageId, ForceId, Language]


def everything(snapshot: Snapshot, workspace: Workspace) -> dict[tuple[PageId, ForceId, Language], str]:
    """The digest of every output there is."""
    found: dict[tuple[PageId, ForceId, Language], str] = {}
    for page in snapshot.page_ids():
        for force, language in outputs_of(snapshot, page, TODAY):
            audience = Audience(snapshot, force, language, TODAY)
            found[page, force, language] = audience.render(page, workspace.renderer)[0].digest
    return found


def compared(before: Snapshot, after: Snapshot, workspace: Workspace) -> list[OutputMove]:
    """The outputs that change, found the long way."""
    old, new = everything(before, workspace), everything(after, workspace)
    return sorted(
        OutputMove(*key, old.get(key, ""), new.get(key, ""))
        for key in old.keys() | new.keys()
        if old.get(key, "") != new.get(key, "")
    )


@pytest.mark.parametrize(
    ("path", "old", "new", "count"),
    [
        (FEES, "What you pay.", "What you have to pay.", 4),
        (FEES, "What you pay.", "What  you\npay.", 0),
        (FEES, "owner: national-content", "owner: somebody-else", 0),
        (FEES, "title: Fees", "title: Charges", 8),
        (FEES, "url: /advice/fees/", "url: /advice/charges/", 7),
        (VEHICLES, "What to bring {#bring}", "What you bring {#bring}", 2),
        (KENT, "and your passport", "and a passport", 1),
        (FACTS, 'values: [{value: "7"}]', 'values: [{value: "14"}]', 4),
        (FACTS, '{value: "26.00"}', '{value: "27.00"}', 4),
        (FACTS, "2026-12-01", "2026-12-02", 4),
        (FACTS, '"30.00"', '"31.00"', 4),
        (FACTS, "label: Storage", "label: Keeping", 0),
        ("forces/essex/force.yml", "name: Essex Police", "name: Essex Constabulary", 2),
        ("forces/essex/force.yml", "www.essex.example", "www.essex.test", 2),
        ("forces/kent/facts.yml", '"101"', '"0800 123"', 2),
        ("forces/kent/force.yml", "status: live", "status: closed", 2),
        ("forces/kent/force.yml", "status: live", "status: live\nuntil: 2026-12-31", 2),
        ("forces/essex/force.yml", "languages: [en]", "languages: [en, cy]", 2),
    ],
)
def test_exactly_the_outputs_that_read_otherwise_are_found(
    workspace: Workspace, path: str, old: str, new: str, count: int
) -> None:
    before = workspace.snapshot()
    text = before.text(path) or ""
    assert old in text
    after = workspace.snapshot(unsaved={path: text.replace(old, new)})
    found = transitions(before, after, TODAY, workspace.renderer)
    assert list(found.outputs) == compared(before, after, workspace)
    assert len(found.outputs) == count
    assert [(move.path, move.new) for move in found.sources] == [
        (path, content_name(text.replace(old, new).encode()))
    ]


def test_outputs_that_read_the_same_on_every_day_have_one_digest_and_others_have_others(
    workspace: Workspace,
) -> None:
    """What a page will show on a day to come goes public with nobody asked again: a yes must name it."""
    facts = workspace.snapshot().text(FACTS) or ""
    later = workspace.snapshot(unsaved={FACTS: facts.replace('"30.00"', '"31.00"')})
    spelt = workspace.snapshot(
        unsaved={FACTS: facts.replace("source: https://example.org/fees", "source: x")}
    )
    key = (PageId("advice/fees"), ForceId("kent"), Language.EN)
    now = everything(workspace.snapshot(), workspace)[key]
    assert everything(later, workspace)[key] != now
    assert everything(spelt, workspace)[key] == now
    own: Texts = {
        "forces/kent/facts.yml": (workspace.snapshot().text("forces/kent/facts.yml") or "") + OWN_FEE
    }
    found = transitions(workspace.snapshot(), workspace.snapshot(unsaved=own), TODAY, workspace.renderer)
    assert [move.subject for move in found.outputs] == ["advice/fees · kent · en"], "its layer begins later"


JOINT = """---
overrides: advice/fees
set: {title: {value: Joint fees}}
ops:
- {op: append, section: amounts, why: Local, owner: group, review_by: 2027-03-01}
---
## Amounts {#amounts}
In the south east as well.
"""
GROUP, OF_GROUP = "groups/south-east/group.yml", "groups/south-east/pages/advice/fees.en.md"
LATER_DAYS = (TODAY, date(2026, 12, 6), date(2027, 3, 1))
ONE_DIGEST_ONE_PAGE = [
    (FACTS, "2026-12-01", "2026-12-09"),
    (GROUP, "- {force: kent}", "- {force: kent, from: 2026-12-05}"),
    (GROUP, "- {force: kent}", "- {force: kent, until: 2026-12-05}"),
    (GROUP, "from: 2026-12-04", "from: 2026-11-01"),
    (GROUP, "from: 2026-12-04", "from: 2027-01-04"),
    (OF_GROUP, "In the south", "Down in the south"),
    (OF_GROUP, "Joint fees", "All fees"),
    ("forces/kent/force.yml", "status: live", "status: live\nfrom: 2026-12-05"),
    ("forces/kent/force.yml", "status: live", "status: live\nuntil: 2026-12-05"),
]


@pytest.mark.parametrize(("path", "old", "new"), ONE_DIGEST_ONE_PAGE)
def test_pages_of_one_digest_read_the_same_on_every_day_to_come(
    workspace: Workspace, path: str, old: str, new: str
) -> None:
    """Who says yes to a digest says yes to all that follows from it, whenever that is."""
    texts = {each: workspace.snapshot().text(each) or "" for each in (GROUP, FACTS, path)}
    texts[GROUP] = texts[GROUP].replace("{force: essex}", "{force: essex, from: 2026-12-04}")
    texts[OF_GROUP] = JOINT
    before = workspace.snapshot(unsaved=texts)
    assert old in texts[path]
    after = workspace.snapshot(unsaved={**texts, path: texts[path].replace(old, new)})
    found = transitions(before, after, TODAY, workspace.renderer)
    moved = {(move.page, move.force, move.language) for move in found.outputs}
    assert moved
    for day in LATER_DAYS:
        one, other = (read_on(day, each, workspace) for each in (before, after))
        assert {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)} <= moved


def read_on(day: date, snapshot: Snapshot, workspace: Workspace) -> dict[Key, bytes]:
    """Everything that anybody reads on a day."""
    found: dict[Key, bytes] = {}
    for page in snapshot.page_ids():
        for force, language in outputs_of(snapshot, page, day):
            audience = Audience(snapshot, force, language, day)
            found[page, force, language] = audience.render(page, workspace.renderer)[1].data
    return found


def test_names_written_in_a_roundabout_way_are_not_missed(workspace: Workspace) -> None:
    text = (workspace.snapshot().text(FEES) or "").replace(
        "summary: What it costs.", r'summary: "Costs {{ fact.st\u006frage_fee }}."'
    )
    odd: Texts = {FEES: text.replace("Storage is {{ fact.storage_fee }} a day.", "Storage costs.")}
    before = workspace.snapshot(unsaved=odd)
    facts = (before.text(FACTS) or "").replace("26.00", "27.00")
    after = workspace.snapshot(unsaved={**odd, FACTS: facts})
    found = transitions(before, after, TODAY, workspace.renderer)
    assert list(found.outputs) == compared(before, after, workspace)
    assert found.outputs


def test_a_page_that_comes_and_one_that_goes_are_moves_from_and_to_nothing(workspace: Workspace) -> None:
    before = workspace.snapshot()
    after = workspace.snapshot(unsaved={FEES: None})
    found = transitions(before, after, TODAY, workspace.renderer)
    assert list(found.outputs) == compared(before, after, workspace)
    gone = [move for move in found.outputs if move.page == "advice/fees"]
    assert {move.new for move in gone} == {""}
    assert any(finding.code == "unknown-page" for finding in found.findings), "others still link to it"
    back = transitions(after, before, TODAY, workspace.renderer)
    assert {move.old for move in back.outputs if move.page == "advice/fees"} == {""}
    assert not any(finding.code == "unknown-page" for finding in back.findings)


WHOLE = """---
kind: page
overrides: advice/fees
title: Kent fees
summary: What it costs in Kent.
type: advice
owner: kent
review_by: 2027-01-01
why: Its own
---
What you pay in Kent.
"""


def test_a_page_that_a_force_took_over_whole_leaves_its_old_id_when_it_moves(workspace: Workspace) -> None:
    """The force's file stays where it lies, and speaks of the new page alone."""
    text = workspace.snapshot().text(FEES) or ""
    taken: Texts = {"forces/kent/pages/advice/fees.en.md": WHOLE}
    moved = text.replace("---\n", "---\nmoved_from: [advice/fees]\n", 1)
    before = workspace.snapshot(unsaved=taken)
    after = workspace.snapshot(unsaved={**taken, FEES: None, "shared/pages/advice/charges.en.md": moved})
    found = transitions(before, after, TODAY, workspace.renderer)
    assert list(found.outputs) == compared(before, after, workspace)
    assert {move.new for move in found.outputs if move.page == "advice/fees"} == {""}


def test_what_was_wrong_before_is_not_held_against_a_change(workspace: Workspace) -> None:
    broken = (workspace.snapshot().text(FEES) or "").replace("fact.storage_fee", "fact.unheard_of")
    before = workspace.snapshot(unsaved={FEES: broken})
    after = workspace.snapshot(unsaved={FEES: broken.replace("What you pay.", "What you have to pay.")})
    assert not transitions(before, after, TODAY, workspace.renderer).findings
    found = transitions(workspace.snapshot(), before, TODAY, workspace.renderer)
    assert {finding.code for finding in found.findings} == {"unknown-fact"}


def test_each_output_knows_the_files_that_reach_it_and_the_kind_of_its_change(workspace: Workspace) -> None:
    before = workspace.snapshot()
    facts = (before.text(FACTS) or "").replace('values: [{value: "7"}]', 'values: [{value: "14"}]')
    kent = (before.text(KENT) or "").replace("and your passport", "and a passport")
    after = workspace.snapshot(unsaved={FACTS: facts, KENT: kent})
    found = transitions(before, after, TODAY, workspace.renderer)
    changes = {each.move.force: each for each in changes_of(before, after, found).outputs}
    essex, kent_now = changes[ForceId("essex")], changes[ForceId("kent")]
    assert (essex.sources, essex.change) == (frozenset({FACTS}), "fact")
    assert (kent_now.sources, kent_now.change) == (frozenset({FACTS, KENT}), "text")


def test_a_site_that_ends_on_a_day_to_come_is_a_removal_of_its_pages(workspace: Workspace) -> None:
    profile = workspace.snapshot().text(KENT_PROFILE) or ""
    ending = {KENT_PROFILE: profile.replace("status: live", "status: live\nuntil: 2026-12-31")}
    now, then = workspace.snapshot(), workspace.snapshot(unsaved=ending)
    for before, after, kind in ((now, then, "removed"), (then, now, "added")):
        found = transitions(before, after, TODAY, workspace.renderer)
        assert {each.change for each in changes_of(before, after, found).outputs} == {kind}


def test_a_group_that_speaks_after_a_site_has_ended_moves_nothing(workspace: Workspace) -> None:
    profile, group = (workspace.snapshot().text(path) or "" for path in (KENT_PROFILE, GROUP))
    ending = {KENT_PROFILE: profile.replace("status: live", "status: live\nuntil: 2026-12-31")}
    leaving = {GROUP: group.replace("- {force: kent}", "- {force: kent, until: 2027-01-31}")}
    before, after = (
        workspace.snapshot(unsaved={**ending, OF_GROUP: JOINT, **more}) for more in ({}, leaving)
    )
    assert not transitions(before, after, TODAY, workspace.renderer).outputs


def test_the_days_ahead_are_told_with_the_names_of_forces(tmp_path: Path) -> None:
    files = small_content()
    files[KENT_PROFILE] += "until: 2026-12-31\n"
    files["forces/essex/force.yml"] += "from: 2026-12-01\n"
    files[GROUP] = files[GROUP].replace("- {force: kent}", "- {force: kent, from: 2026-12-05}")
    with closing(small_workspace(tmp_path, files)) as workspace:
        found = ahead(workspace, datetime(2027, 2, 1, tzinfo=UTC)).run().value
    assert found.by_itself[1:] == (
        "From 1 December 2026 the site of Essex stands.",
        "From 5 December 2026 other groups speak for Kent.",
        "From 1 January 2027 the site of Kent is gone.",
    )


def test_a_change_of_a_marked_section_is_marked_for_all_who_read_it(workspace: Workspace) -> None:
    text = (workspace.snapshot().text(VEHICLES) or "").replace(
        "related: [advice/fees]", "related: [advice/fees]\nimportance: {reclaim: law}"
    )
    before = workspace.snapshot(unsaved={VEHICLES: text})
    changed = text.replace("Call {{ force.non_emergency }}.", "Ring {{ force.non_emergency }}.")
    after = workspace.snapshot(unsaved={VEHICLES: changed})
    found = transitions(before, after, TODAY, workspace.renderer)
    made = changes_of(before, after, found)
    assert {source.marks for source in made.sources} == {"law"}
    assert {each.marks for each in made.outputs} == {"law"}
    other = workspace.snapshot(unsaved={VEHICLES: text.replace("Bring the notice.", "Bring it.")})
    unmarked = changes_of(before, other, transitions(before, other, TODAY, workspace.renderer))
    assert {each.marks for each in unmarked.sources} | {each.marks for each in unmarked.outputs} == {""}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The sample content as one version; only read."""
    folder = resources_dir() / "sample_content"
    files = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".md", ".yml"}
    }
    place: Path = tmp_path_factory.mktemp("sample")
    with small_workspace(place, files) as made:
        yield made


def test_every_fact_of_the_sample_is_found_by_its_name_in_the_text(sample: Workspace) -> None:
    snapshot = sample.snapshot()
    names = {fact for layer in snapshot.sources.catalogue.facts for fact in snapshot.facts_of(layer)}
    assert len(names) > 20
    text = snapshot.text(FACTS) or ""
    other = text.replace('value: "', 'value: "1')
    after = sample.snapshot(unsaved={FACTS: other})
    found = transitions(snapshot, after, TODAY, sample.renderer)
    assert list(found.outputs) == compared(snapshot, after, sample)
    assert found.outputs
