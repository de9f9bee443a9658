"""The window of an office with three people's keys; the journeys of review are shared."""

from tests.desktop.review.conftest import home, journey, people

__all__ = ["home", "journey", "people"]
