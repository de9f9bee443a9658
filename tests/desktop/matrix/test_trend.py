"""The line of how much was shared: its sentence and its scale."""

from datetime import date

import pytest

from soh_author.desktop.matrix.trend import LEAST_RANGE, scale_of, told
from soh_author.workflow.overrides.matrix import Summary
from soh_author.workflow.overrides.sharing_trend import TrendPoint


def _point(day: date, shared: int) -> TrendPoint:
    return TrendPoint(day, Summary(1_000, shared, {}, {}))


@pytest.mark.parametrize(
    ("shared", "said"),
    [
        (950, "95.0% is shared; that is 5.0 points more than on 1 May 2026."),
        (880, "88.0% is shared; that is 2.0 points less than on 1 May 2026."),
        (900, "90.0% is shared, as on 1 May 2026."),
    ],
)
def test_the_sentence_says_more_or_less_and_since_when(shared: int, said: str) -> None:
    assert told([_point(date(2026, 5, 1), 900), _point(date(2026, 11, 1), shared)]) == said


@pytest.mark.parametrize("shares", [(0.9, 0.901), (1.0, 1.0), (0.0, 0.0), (0.2, 0.9)])
def test_a_small_change_never_looks_like_a_large_one(shares: tuple[float, float]) -> None:
    low, high = scale_of(shares)
    assert 0 <= low <= min(shares) <= max(shares) <= high <= 1
    assert high - low >= min(LEAST_RANGE, high) - 1e-9 or low == 0
