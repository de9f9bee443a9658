"""What was measured, against its goal, as a table."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement. ``limit`` is the most ``value`` may be, in the same unit; None where there is no goal.

    ``beside`` names the peer or the floor of the same run, with what it took.
    """

    what: str
    value: float
    limit: float | None
    unit: str = "s"
    beside: str = ""
    note: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the goal is met, as far as there is one."""
        return self.limit is None or self.value <= self.limit


def seconds(run: Callable[[], object]) -> float:
    """How long something takes, in seconds."""
    started = perf_counter()
    run()
    return perf_counter() - started


def middle(run: Callable[[], object], times: int = 5) -> float:
    """Median of several runs, in seconds."""
    return median(seconds(run) for _ in range(times))


def nearly_worst(times: Sequence[float]) -> float:
    """The time that 95 of 100 don't exceed (p95)."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def printed(rows: Iterable[Row]) -> str:
    """The table, and below it what is not met."""
    lines = [("what", "measured", "goal", "", "beside it, in the same run")]
    found = list(rows)
    lines += [
        (row.what, _shown(row.value, row.unit), _goal(row), "" if row.is_met else "NOT MET", row.beside)
        for row in found
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(5)]
    table = [
        f"{what:{widths[0]}}  {value:>{widths[1]}}  {goal:>{widths[2]}}  {met:{widths[3]}}  {beside}".rstrip()
        for what, value, goal, met, beside in lines
    ]
    missed = [row for row in found if not row.is_met]
    ends = (
        [f"\nNot met: {len(missed)} of {sum(row.limit is not None for row in found)}."]
        if missed
        else ["\nAll goals are met."]
    )
    ends += [
        f"  {row.what}: {_shown(row.value, row.unit)} instead of {_goal(row)}. {row.note}".rstrip()
        for row in missed
    ]
    return "\n".join([*table, *ends])


def _goal(row: Row) -> str:
    return "–" if row.limit is None else f"≤ {_shown(row.limit, row.unit)}"


def _shown(value: float, unit: str) -> str:
    if unit == "s":
        return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"
    return f"{value:.3f} {unit}" if unit == "×" else f"{value:,.0f} {unit}"
