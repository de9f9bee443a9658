"""Days and moments in words, alike on every computer: ``strftime`` follows the system's language."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from soh_author.domain.ids import Language

MONTHS: Mapping[Language, tuple[str, ...]] = MappingProxyType(
    {
        Language.EN: (
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        Language.CY: (
            *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin"),
            *("Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
        ),
    }
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_in_words(day: date, language: Language = Language.EN) -> str:
    """A day as it is read: ``1 April 2027``, in Welsh ``1 Ebrill 2027``."""
    return f"{day_and_month(day, language)} {day.year}"


def short_day(day: date) -> str:
    """A day where there is little room: ``1 Apr 2027``."""
    return f"{day.day} {MONTHS[Language.EN][day.month - 1][:3]} {day.year}"


def day_and_month(day: date, language: Language = Language.EN) -> str:
    """A day of a year that is plain: ``1 April``."""
    return f"{day.day} {MONTHS[language][day.month - 1]}"


def weekday(day: date) -> str:
    """The name of the day of the week: ``Thursday``."""
    return _WEEKDAYS[day.weekday()]


def moment_in_words(moment: datetime) -> str:
    """A moment to the minute, in its own zone: ``1 April 2027 09:05``."""
    return f"{day_in_words(moment)} {moment:%H:%M}"
