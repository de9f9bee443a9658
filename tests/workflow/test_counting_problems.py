"""Badges count what reading every file counts, whatever was counted before."""

from soh_author.domain.diagnostics import Severity
from soh_author.domain.ids import PageId
from soh_author.workflow.counting_problems import count_problems
from soh_author.workflow.workspace import Workspace
from tests.support.content import FEES, publish

FEES_PAGE = PageId("advice/fees")
FEES_PATH = "shared/pages/advice/fees.en.md"


def count(workspace: Workspace) -> dict[PageId, int]:
    snapshot = workspace.snapshot()
    pages = [*snapshot.page_ids(), PageId("no/such-page")]
    return count_problems(snapshot, pages, workspace.findings).run().value


def by_reading(workspace: Workspace) -> dict[PageId, int]:
    snapshot = workspace.published_snapshot(workspace.revision_of("published"))
    return {
        page: sum(
            one.severity is not Severity.INFO
            for file in snapshot.files_of(page)
            for one in snapshot.sources.read(file.path).diagnostics
        )
        for page in snapshot.page_ids()
    }


def test_counts_follow_every_edit_and_its_taking_back(workspace: Workspace) -> None:
    bad = FEES.replace("summary: What it costs.\n", "").replace("{#amounts}", "")
    for text in (FEES, bad, FEES, bad + "<b>x</b>\n"):
        publish(workspace, {FEES_PATH: text})
        assert count(workspace) == by_reading(workspace) == count(workspace)
    assert count(workspace)[FEES_PAGE] > 1


def test_a_damaged_file_is_counted_although_it_was_sound_before(workspace: Workspace) -> None:
    assert count(workspace)[FEES_PAGE] == 0
    blob = workspace.snapshot().sources.stamp(FEES_PATH)
    (workspace.store.folder / "objects" / blob[:2] / blob[2:]).unlink()
    with Workspace.open(workspace.folder, person=workspace.person, clock=workspace.clock) as again:
        assert count(again)[FEES_PAGE] == 1
