"""Days in words."""

from datetime import UTC, date, datetime

import pytest

from soh_author.domain.days import day_and_month, day_in_words, moment_in_words, short_day, weekday
from soh_author.domain.ids import Language

DAY = date(2027, 4, 1)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (day_in_words(DAY), "1 April 2027"),
        (day_in_words(DAY, Language.CY), "1 Ebrill 2027"),
        (day_and_month(DAY), "1 April"),
        (short_day(date(2026, 12, 31)), "31 Dec 2026"),
        (weekday(DAY), "Thursday"),
        (moment_in_words(datetime(2027, 4, 1, 9, 5, tzinfo=UTC)), "1 April 2027 09:05"),
    ],
)
def test_days_are_written_as_people_read_them(said: str, expected: str) -> None:
    assert said == expected
