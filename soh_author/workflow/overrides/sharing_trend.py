"""How much of the site is shared, over time: from the versions that were live."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from soh_author.domain.errors import NotFoundError, WorkspaceError
from soh_author.workflow.overrides.matrix import Summary, matrix
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.viewpoints import source_on
from soh_author.workflow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The matrix in numbers as it stood at the end of a day."""

    day: date
    summary: Summary

    @property
    def share(self) -> float:
        """From 0 to 1: how much was shared."""
        return self.summary.share


def sharing_trend(workspace: Workspace, days: Sequence[date]) -> Task[tuple[TrendPoint, ...]]:
    """How much was shared on some days; those before anything was published are left out.

    Only pages that changed between two of the days are looked at again.
    """

    def work(progress: Progress) -> Outcome[tuple[TrendPoint, ...]]:
        found: list[TrendPoint] = []
        for number, day in enumerate(days):
            progress.report(number, len(days), f"Looking at {day.isoformat()}")
            try:
                snapshot = workspace.snapshot(source_on(workspace, day))
            except (NotFoundError, WorkspaceError):
                continue
            found.append(TrendPoint(day, matrix(snapshot, day).run(progress).value.summary))
        return Outcome(tuple(found), notice=_notice(found))

    return Task("Looking back", work)


def _notice(found: Sequence[TrendPoint]) -> str:
    if len(found) < 2:
        return "There is nothing to compare yet."
    return f"{found[0].share:.1%} was shared on {found[0].day.isoformat()}, {found[-1].share:.1%} is now."


def evenly(last: date, count: int, step_in_days: int = 30) -> tuple[date, ...]:
    """Days at even steps up to a last one, the earliest first."""
    return tuple(last - timedelta(days=step_in_days * back) for back in reversed(range(count)))
