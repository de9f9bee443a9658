"""Findings about content, as programs and people get them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from soh_author.cli.answer import Json
from soh_author.domain.counting import counted
from soh_author.domain.diagnostics import Diagnostic, Severity

_MOST_FORCES = 4


def as_data(found: Iterable[Diagnostic]) -> list[Json]:
    """The findings for programs; ``forces`` is empty when a finding concerns all that read the file."""
    return [
        {
            "path": each.place.path,
            "line": each.place.line,
            "section": each.section,
            "code": each.code,
            "severity": each.severity.value,
            "message": each.message,
            "hint": each.hint,
            "forces": list(each.forces),
        }
        for each in found
    ]


def counts(found: Iterable[Diagnostic]) -> dict[str, Json]:
    """How many findings there are of each severity."""
    number = Counter(each.severity for each in found)
    return {severity.value: number[severity] for severity in Severity}


def as_text(found: Sequence[Diagnostic]) -> str:
    """The findings for people: place, message, and below it the way to mend."""
    return "\n".join(_lines(each) for each in found)


def summary(found: Sequence[Diagnostic]) -> str:
    """How many there are, in a sentence."""
    number = Counter(each.severity for each in found)
    if not found:
        return "Nothing to mend."
    parts = [
        counted(number[severity], severity.value) for severity in Severity if severity is not Severity.INFO
    ]
    return f"{', '.join(parts)}, {counted(number[Severity.INFO], 'note')}."


def _lines(each: Diagnostic) -> str:
    place = f"{each.place.path}:{each.place.line}" if each.place.line else each.place.path
    concerned = f" [{_said(each)}]" if each.forces else ""
    return f"{place}: {each.severity}: {each.message}{concerned}\n    {each.hint} ({each.code})"


def _said(each: Diagnostic) -> str:
    if len(each.forces) <= _MOST_FORCES:
        return ", ".join(each.forces)
    return f"{', '.join(each.forces[:_MOST_FORCES])} and {len(each.forces) - _MOST_FORCES} more"
