"""How much is shared, looked back at."""

from datetime import UTC, date, datetime

from soh_author.workflow.overrides.sharing_trend import evenly, sharing_trend
from soh_author.workflow.workspace import Workspace
from tests.support.content import PERSON, small_content

OWN = small_content()["forces/kent/pages/advice/seized-vehicles.en.md"].encode()


def test_a_new_override_lowers_what_is_shared_from_its_day_on(workspace: Workspace) -> None:
    when = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    head = workspace.store.resolve("published")
    path = "forces/essex/pages/advice/seized-vehicles.en.md"
    workspace.store.write("published", head, {path: OWN}, note="Essex", author=PERSON.author, when=when)
    days = [date(2026, 1, 1), date(2026, 11, 30), date(2026, 12, 1)]
    outcome = sharing_trend(workspace, days).run()
    assert [(point.day, point.summary.shared) for point in outcome.value] == [
        (date(2026, 11, 30), 5),
        (date(2026, 12, 1), 4),
    ]
    assert outcome.notice == "83.3% was shared on 2026-11-30, 66.7% is now."


def test_with_one_day_there_is_no_trend(workspace: Workspace) -> None:
    assert sharing_trend(workspace, [date(2026, 11, 22)]).run().notice == "There is nothing to compare yet."


def test_days_are_taken_evenly() -> None:
    assert evenly(date(2026, 3, 31), 3, 15) == (date(2026, 3, 1), date(2026, 3, 16), date(2026, 3, 31))
