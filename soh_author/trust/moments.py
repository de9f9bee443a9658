"""Moments and days as signed files write them."""

from datetime import UTC, datetime

_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def moment_text(moment: datetime) -> str:
    """A moment in universal time, to the second: ``2026-11-22T17:30:00Z``."""
    assert moment.tzinfo is not None, "a moment that is written down knows its zone"
    return moment.astimezone(UTC).strftime(_FORMAT)


def whole_second(moment: datetime) -> datetime:
    """The moment as it will be read again: in universal time, without parts of a second."""
    return moment.astimezone(UTC).replace(microsecond=0)
