"""Findings kept from an earlier check never hide one: a check with them says what a fresh one says."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soh_author.cache.findings import NAME, FindingCache
from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.ids import PageId
from soh_author.render.renderer import Renderer
from soh_author.workflow import checking, kept_findings, page_findings
from soh_author.workflow.checking import check
from soh_author.workflow.page_findings import PageFindings
from soh_author.workflow.sources import Memory
from soh_author.workflow.workspace import PRIVATE, Workspace
from tests.support.content import FACTS, FEES, KENT, TODAY, VEHICLES, WELSH, publish, small_content

VEHICLES_PATH = "shared/pages/advice/seized-vehicles.en.md"
FEES_PATH = "shared/pages/advice/fees.en.md"
KENT_PATH = "forces/kent/pages/advice/seized-vehicles.en.md"
WHOLE = FEES.replace("type: advice\n", "type: advice\nkind: page\noverrides: advice/fees\nwhy: Ours\n")
FORCE = small_content()["forces/kent/force.yml"]
GROUP = small_content()["groups/south-east/group.yml"]
LATE = "late: {type: days, label: Late, source: none, values: [{from: 2026-11-24, value: '3'}]}\n"
EDITS: dict[str, list[str | None]] = {
    VEHICLES_PATH: [
        VEHICLES,
        VEHICLES.replace("advice/fees", "advice/new"),
        VEHICLES.replace("fact.reclaim_days", "fact.nope"),
        VEHICLES.replace("Bring the notice", "![Sign](media:sign.png) <b>Bring</b> the notice"),
        VEHICLES.replace("/advice/seized-vehicles/", "/advice/fees/"),
        VEHICLES.replace("2027-04-01", "2026-11-23"),
        VEHICLES.replace("Bring the", "Bring {{ fact.late }}, the"),
        "no front matter",
    ],
    FEES_PATH: [FEES, None, FEES.replace("summary:", "moved_from: [advice/old-fees]\nsummary:")],
    "shared/pages/advice/new.en.md": [None, FEES, FEES.replace("/advice/fees/", "/advice/new/")],
    "shared/pages/advice/seized-vehicles.cy.md": [WELSH, None, WELSH.replace("{#why}", "{#nope}")],
    KENT_PATH: [
        KENT,
        None,
        KENT.replace("section: bring", "section: gone"),
        KENT.replace("2027-03", "2026-12"),
    ],
    "forces/kent/pages/advice/fees.en.md": [None, WHOLE],
    "forces/kent/pages/advice/old-fees.en.md": [None, "---\noverrides: advice/old-fees\nops: []\n---\n"],
    "groups/south-east/pages/advice/fees.en.md": [None, WHOLE],
    "groups/south-east/group.yml": [
        GROUP,
        None,
        GROUP.replace("{force: kent}", "{force: kent, from: 2026-11-24}"),
        GROUP + "pages: [report/*]\n",
    ],
    "forces/kent/force.yml": [
        FORCE,
        FORCE.replace("status: live", "status: planned"),
        FORCE.replace("[en]", "[en, cy]"),
        FORCE + "ends: 2026-11-23\n",
        FORCE + "end: 2026-11-23\n",
    ],
    "forces/kent/facts.yml": [small_content()["forces/kent/facts.yml"], None],
    "shared/facts.yml": [
        FACTS,
        FACTS.replace("reclaim_days", "other_days"),
        FACTS + LATE,
    ],
    "shared/media/sign.png": [None, "a picture"],
    "forces/essex/media/sign.png": [None, "another"],
    "notes.txt": [None, "stray"],
}
STEPS = 50


def find(workspace: Workspace, on: date, *, cache: FindingCache | None) -> list[Diagnostic]:
    return check(workspace.snapshot(), Renderer(), on, cache=cache).run().value


def edit(chance: random.Random, workspace: Workspace) -> None:
    paths = chance.sample(sorted(EDITS), chance.randint(1, 2))
    head = workspace.store.files(workspace.store.resolve("published"))
    changes = {path: chance.choice(EDITS[path]) for path in paths}
    publish(workspace, {path: text for path, text in changes.items() if text is not None or path in head})


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[PageId]:
    """The pages that were looked at, one after the other."""
    pages: list[PageId] = []
    real: Callable[..., PageFindings] = page_findings.findings_of

    def noting(snapshot: object, page: PageId, *rest: object) -> PageFindings:
        pages.append(page)
        return real(snapshot, page, *rest)

    monkeypatch.setattr(checking, "findings_of", noting)
    return pages


def test_after_any_edit_and_on_any_day_a_check_with_the_cache_says_what_a_fresh_one_says(
    workspace: Workspace, looked_at: list[PageId]
) -> None:
    chance = random.Random(4)
    codes: set[str] = set()
    with_cache = without = 0
    for step in range(STEPS):
        edit(chance, workspace)
        on = TODAY + timedelta(days=chance.choice([0, 0, 0, 1, 2, 3, 200]))
        looked_at.clear()
        fresh = find(workspace, on, cache=None)
        without += len(looked_at)
        looked_at.clear()
        if step % 2:
            workspace.memory = Memory()  # as another window begins
        assert find(workspace, on, cache=workspace.findings) == fresh
        with_cache += len(looked_at)
        codes |= {finding.code for finding in fresh}
    assert with_cache < without * 0.8
    assert codes >= {
        "unknown-fact",
        "unknown-page",
        "doubled-url",
        "orphaned",
        "review-overdue",
        "no-fact-value",
    }


USES_LATE = VEHICLES.replace("Bring the", "Bring {{ fact.late }}, the")
SIGN = {"shared/media/sign.png": "a picture", VEHICLES_PATH: VEHICLES + "\n![A sign](media:sign.png)\n"}


@pytest.mark.parametrize(
    ("content", "day", "change", "later", "code"),
    [
        ({VEHICLES_PATH: VEHICLES.replace("2027-04-01", "2026-11-23")}, 0, {}, 2, "review-overdue"),
        ({KENT_PATH: KENT.replace("2027-03-01", "2026-11-23")}, 0, {}, 2, "review-overdue"),
        ({VEHICLES_PATH: USES_LATE, "shared/facts.yml": FACTS + LATE}, 5, {}, 0, "no-fact-value"),
        ({VEHICLES_PATH: USES_LATE, "shared/facts.yml": FACTS + LATE}, 0, {}, 1, "no-fact-value"),
        (SIGN, 0, {"shared/media/sign.png": None}, 0, "unknown-media"),
        ({}, 0, {"shared/facts.yml": FACTS.replace("reclaim_days", "other")}, 0, "unknown-fact"),
        ({}, 0, {"forces/gwent/facts.yml": None}, 0, "no-fact-value"),
    ],
)
def test_what_was_right_is_found_wrong_once_a_day_a_fact_or_a_picture_makes_it_so(
    workspace: Workspace,
    *,
    content: dict[str, str | None],
    day: int,
    change: dict[str, str | None],
    later: int,
    code: str,
) -> None:
    publish(workspace, content)
    before = find(workspace, TODAY + timedelta(days=day), cache=workspace.findings)
    publish(workspace, change)
    now = TODAY + timedelta(days=later)
    fresh = find(workspace, now, cache=None)
    assert code in {finding.code for finding in fresh}
    assert before != fresh
    assert find(workspace, now, cache=workspace.findings) == fresh


def test_a_second_check_looks_at_no_page_again_also_in_another_window_and_on_another_day(
    workspace: Workspace, looked_at: list[PageId]
) -> None:
    first = find(workspace, TODAY, cache=workspace.findings)
    assert looked_at
    looked_at.clear()
    other = FindingCache(workspace.folder / PRIVATE / NAME)
    workspace.memory = Memory()
    assert find(workspace, TODAY, cache=other) == first
    find(workspace, TODAY + timedelta(days=3), cache=other)
    assert looked_at == []
    other.close()


def test_a_page_is_looked_at_again_when_one_it_points_to_goes(
    workspace: Workspace, looked_at: list[PageId]
) -> None:
    find(workspace, TODAY, cache=workspace.findings)
    looked_at.clear()
    publish(workspace, {FEES_PATH: None})
    found = find(workspace, TODAY, cache=workspace.findings)
    assert "unknown-page" in {finding.code for finding in found}
    assert looked_at == [PageId("advice/seized-vehicles")]


def test_what_other_code_found_is_not_believed(
    workspace: Workspace, looked_at: list[PageId], monkeypatch: pytest.MonkeyPatch
) -> None:
    find(workspace, TODAY, cache=workspace.findings)
    looked_at.clear()
    monkeypatch.setattr(kept_findings, "code_version", lambda: "tomorrow")
    find(workspace, TODAY, cache=workspace.findings)
    assert len(looked_at) == 2


def test_a_damaged_text_is_told_although_it_was_sound_at_the_last_check(workspace: Workspace) -> None:
    assert "damaged-file" not in {one.code for one in find(workspace, TODAY, cache=workspace.findings)}
    blob = workspace.snapshot().sources.stamp(FEES_PATH)
    (workspace.store.folder / "objects" / blob[:2] / blob[2:]).unlink()
    with Workspace.open(workspace.folder, person=workspace.person, clock=workspace.clock) as again:
        found = find(again, TODAY, cache=again.findings)
    assert "damaged-file" in {one.code for one in found}


@given(st.binary(max_size=200), st.integers(0, 3))
@settings(max_examples=20)
def test_nonsense_in_the_cache_is_passed_over(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, kind: int
) -> None:
    cache = FindingCache(tmp_path_factory.mktemp("cache") / NAME)
    text = junk.decode("latin-1")
    body = [text, f"{text}\n{text}", '["2026-11-22", ""]\n{}', f'[{len(junk)}]\n{{"files": [1]}}'][kind]
    cache.keep([("a/b", "key", body)])
    assert cache.find({"a/b": "key"}) == {"a/b": body}
    assert kept_findings.read_answer(body) is None
    cache.close()


def test_only_the_latest_answers_of_a_page_stay(tmp_path: Path) -> None:
    cache = FindingCache(tmp_path / NAME)
    for number in range(9):
        cache.keep([("a", f"key {number}", "x"), ("b", "key", "y")])
    assert [bool(cache.find({"a": f"key {number}"})) for number in range(9)] == [False] * 5 + [True] * 4
    assert cache.find({"b": "key"}) == {"b": "y"}
    cache.close()
