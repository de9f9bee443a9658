"""Findings of pages written down as text, and read again."""

import json
from datetime import date
from functools import cache

from soh_author.domain.diagnostics import Diagnostic, Severity
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.layers import Place
from soh_author.workflow.page_findings import PageFindings

_LANGUAGES = {each.value: each for each in Language}
_SEVERITIES = {each.value: each for each in Severity}


def written(found: PageFindings) -> str:
    """The findings as text."""
    data = {
        "files": [[*_row(finding), finding.forces] for finding in found.in_files],
        "outputs": [[*_row(finding), finding.forces, forces] for finding, forces in found.in_outputs],
        "addresses": [
            [url, place.path, place.line, language, readers]
            for url, place, language, readers in found.addresses
        ],
        "targets": found.targets,
        "days": [day.isoformat() for day in found.days],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def read_again(text: str) -> PageFindings | None:
    """The findings that :func:`written` wrote; None for any other text."""
    try:
        data = json.loads(text)
        return PageFindings(
            tuple(_finding(row) for row in data["files"]),
            tuple((_finding(row), _forces(row[8])) for row in data["outputs"]),
            tuple(
                (url, Place(path, line), _LANGUAGES[language], _forces(readers))
                for url, path, line, language, readers in data["addresses"]
            ),
            tuple(map(PageId, data["targets"])),
            tuple(map(date.fromisoformat, data["days"])),
        )
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None


def _row(finding: Diagnostic) -> list[object]:
    place = finding.place
    return [
        *(finding.code, finding.severity.value, finding.message, finding.hint),
        *(place.path, place.line, finding.section),
    ]


def _finding(row: list[object]) -> Diagnostic:
    code, severity, message, hint, path, line, section, forces, *_rest = row
    return Diagnostic(
        str(code),
        _SEVERITIES[str(severity)],
        str(message),
        str(hint),
        Place(str(path), int(str(line))),
        None if section is None else SectionId(str(section)),
        _forces(forces),
    )


def _forces(names: object) -> tuple[ForceId, ...]:
    if not isinstance(names, list):
        raise TypeError
    return tuple(map(_force, names))


@cache
def _force(name: str) -> ForceId:
    return ForceId(name)
