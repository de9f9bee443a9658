"""The matrix: what every cell says, what it can be narrowed to, and that it follows the day and the draft."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from soh_author.domain.errors import UsageError
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.resolving.cells import CellKind
from soh_author.workflow.overrides.matrix import Matrix, Wanted, matrix
from soh_author.workflow.overrides.matrix_rows import Cell, PageRow
from soh_author.workflow.pinning import new_pins, write_pins
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.workspace import Workspace
from tests.support.content import KENT, TODAY, VEHICLES, publish, small_content, small_workspace

PAGE, FEES = PageId("advice/seized-vehicles"), PageId("advice/fees")
KENT_FILE = "forces/kent/pages/advice/seized-vehicles.en.md"
SHARED_FILE = "shared/pages/advice/seized-vehicles.en.md"
GROUP_FILE = "groups/south-east/pages/advice/fees.en.md"
GROUP_TEXT = """---
overrides: advice/fees
ops:
- {op: append, section: amounts, why: Joint pound, owner: se-web, review_by: 2026-11-01}
---
## Amounts {#amounts}
The pound is in Maidstone.
"""
LOCAL = """---
kind: local
title: Lights on
type: about
url: /lights/
summary: Lights.
owner: essex-web
review_by: 2027-01-01
---
Switch your lights on.
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """The small content with all its pins."""
    with small_workspace(tmp_path) as made:
        snapshot = made.snapshot()
        publish(made, dict(write_pins(snapshot, list(new_pins(snapshot, TODAY))).texts))
        yield made


def made_of(snapshot: Snapshot, on: date = TODAY, wanted: Wanted | None = None) -> Matrix:
    return matrix(snapshot, on, wanted or Wanted()).run().value


def row(found: Matrix, page: PageId = PAGE) -> PageRow:
    return next(each for each in found.rows if each.page == page)


def cell(found: Matrix, force: str, page: PageId = PAGE, language: Language = Language.EN) -> Cell:
    return row(found, page).cell(ForceId(force), language)


def test_a_force_without_words_of_its_own_inherits(workspace: Workspace) -> None:
    found = made_of(workspace.snapshot())
    assert cell(found, "essex").state.kind is CellKind.INHERITS
    assert cell(found, "essex").sentence == "inherits"


def test_a_pinned_override_is_told_with_its_reason(workspace: Workspace) -> None:
    (change,) = cell(made_of(workspace.snapshot()), "kent").changes
    assert (change.state, change.why, change.owner) == ("current", "Local practice", "kent-web")
    assert change.sentence == "What to bring: replaced"


def test_a_national_edit_in_a_draft_makes_the_cell_outdated_there_and_nowhere_else(
    workspace: Workspace,
) -> None:
    edited = workspace.snapshot(
        unsaved={SHARED_FILE: VEHICLES.replace("Bring the notice.", "Bring two notices.")}
    )
    assert cell(made_of(edited), "kent").state.kind is CellKind.OUTDATED
    assert cell(made_of(edited), "kent").sentence == "outdated: What to bring: replaced, outdated"
    assert cell(made_of(workspace.snapshot()), "kent").state.kind is CellKind.OVERRIDES


def test_a_group_s_change_shows_at_all_its_forces(workspace: Workspace) -> None:
    found = made_of(workspace.snapshot(unsaved={GROUP_FILE: GROUP_TEXT}))
    assert [cell(found, force, FEES).state.kind for force in ("kent", "essex", "gwent")][:2] == [
        CellKind.ADDITIVE,
        CellKind.ADDITIVE,
    ]
    assert str(cell(found, "essex", FEES).changes[0].layer) == "group:south-east"


def test_a_force_that_must_publish_in_welsh_is_told_what_is_missing(workspace: Workspace) -> None:
    found = made_of(workspace.snapshot())
    assert cell(found, "gwent", FEES).state.kind is CellKind.MISSING_WELSH
    (missing,) = cell(found, "gwent", FEES, Language.CY).changes
    assert missing.sentence == "The whole page: Welsh missing"
    assert cell(found, "gwent", PAGE, Language.CY).state.kind is CellKind.INHERITS
    assert cell(found, "kent", PAGE, Language.CY).state.kind is CellKind.ABSENT


def test_welsh_whose_english_changed_is_outdated(workspace: Workspace) -> None:
    edited = workspace.snapshot(unsaved={SHARED_FILE: VEHICLES.replace("not insured", "not taxed")})
    (change,) = cell(made_of(edited), "gwent", PAGE, Language.CY).changes
    assert change.sentence == "Why we seize vehicles: Welsh outdated"


def test_another_force_s_local_page_is_not_here(workspace: Workspace) -> None:
    found = made_of(workspace.snapshot(unsaved={"forces/essex/pages/news/lights.en.md": LOCAL}))
    page = PageId("news/lights")
    kinds = [cell(found, force, page).state.kind for force in ("essex", "kent")]
    assert kinds == [CellKind.LOCAL_ONLY, CellKind.ABSENT]


def test_the_summary_counts_what_is_shared(workspace: Workspace) -> None:
    summary = made_of(workspace.snapshot()).summary
    assert (summary.cells, summary.shared) == (6, 5)
    assert summary.shared_of_force[ForceId("kent")] == 0.5
    assert summary.by_kind[CellKind.INHERITS] == 4
    assert "5 of 6" in summary.sentence


def test_the_summary_does_not_count_other_forces_local_pages(workspace: Workspace) -> None:
    summary = made_of(workspace.snapshot(unsaved={"forces/essex/pages/news/lights.en.md": LOCAL})).summary
    assert (summary.cells, summary.shared) == (7, 5)


@pytest.mark.parametrize(
    ("wanted", "pages"),
    [
        (Wanted(states=("overrides",)), [PAGE]),
        (Wanted(states=("current",)), [PAGE]),
        (Wanted(states=("missing-welsh",)), [FEES]),
        (Wanted(states=("orphaned",)), []),
        (Wanted(pages=(FEES,)), [FEES]),
        (Wanted(areas=("advice",)), [FEES, PAGE]),
        (Wanted(areas=("report",)), []),
        (Wanted(owners=("kent-web",)), [PAGE]),
        (Wanted(is_expired=True), []),
    ],
)
def test_the_matrix_can_be_narrowed(workspace: Workspace, wanted: Wanted, pages: list[PageId]) -> None:
    assert [each.page for each in made_of(workspace.snapshot(), wanted=wanted).rows] == pages


def test_narrowing_keeps_the_summary_of_the_whole(workspace: Workspace) -> None:
    assert made_of(workspace.snapshot(), wanted=Wanted(pages=(FEES,))).summary.cells == 6


def test_an_unknown_state_is_refused_with_the_known_ones(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="outdated"):
        Wanted(states=("old",))
    assert workspace.snapshot().page_ids()


def test_changes_past_their_review_date_are_listed_with_all_their_readers(workspace: Workspace) -> None:
    found = made_of(workspace.snapshot(unsaved={GROUP_FILE: GROUP_TEXT}))
    (expired,) = found.expired
    assert (expired.page, set(expired.forces)) == (FEES, {"kent", "essex"})
    assert made_of(workspace.snapshot(unsaved={GROUP_FILE: GROUP_TEXT}), date(2026, 11, 1)).expired == ()


def test_memberships_count_as_on_the_day(tmp_path: Path) -> None:
    files = small_content()
    files["groups/south-east/group.yml"] = (
        "id: south-east\nname: South East\nmembers:\n- {force: essex, from: 2027-01-01}\n"
    )
    files[GROUP_FILE] = GROUP_TEXT
    with small_workspace(tmp_path, files) as made:
        snapshot = made.snapshot()
        kinds = [cell(made_of(snapshot, day), "essex", FEES).state.kind for day in (TODAY, date(2027, 1, 1))]
    assert kinds == [CellKind.INHERITS, CellKind.ADDITIVE]


def test_a_file_that_can_not_be_read_spoils_no_other_row(workspace: Workspace) -> None:
    broken = {KENT_FILE: "---\nops: [{{{\n---\n", SHARED_FILE: KENT, GROUP_FILE: GROUP_TEXT}
    found = made_of(workspace.snapshot(unsaved=dict(broken)))
    assert cell(found, "essex", FEES).state.kind is CellKind.ADDITIVE
