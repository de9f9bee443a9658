"""Findings of pages kept by what they were made from: what could change one is in its name, or asked after.

A page's findings come of its files, of forces, groups, facts and pictures, of this program's code, of the day
(as far as some date in all that has come), and of whether the pages it points to are there. All but the last
are in the key; the last, and review dates, are looked at when an answer is taken.
"""

import hashlib
import json
import platform
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import soh_author
from soh_author.domain.ids import PageId
from soh_author.shelf.findings import FindingShelf
from soh_author.workflow.findings_written import read_again, written
from soh_author.workflow.page_findings import PageFindings
from soh_author.workflow.snapshot import Snapshot

_CODE = ("domain", "markup", "schema", "reading", "render", "workflow")
_LIBRARIES = ("markdown-it-py", "mdit-py-plugins", "PyYAML", "ruamel.yaml", "pydantic")


class KeptFindings:
    """The shelf as one snapshot on one day sees it."""

    def __init__(self, snapshot: Snapshot, on: date, shelf: FindingShelf) -> None:
        self._snapshot = snapshot
        self._on = on
        self._shelf = shelf
        self._presence: dict[PageId, str] = {}

    def find(self, pages: Sequence[PageId]) -> dict[PageId, PageFindings]:
        """The findings of those pages whose every source is as it was."""
        answers = self._shelf.find({str(page): self._key(page) for page in pages})
        whole = whole_pages(self._snapshot, [page for page in pages if str(page) in answers])
        found = {}
        for page in whole:
            findings = self._still_true(answers[str(page)])
            if findings is not None:
                found[page] = findings
        return found

    def keep(self, findings: Mapping[PageId, PageFindings]) -> None:
        """Put findings on the shelf."""
        rows = []
        for page, found in findings.items():
            head = json.dumps([self._on.isoformat(), self._pointed_at(found)])
            rows.append((str(page), self._key(page), f"{head}\n{written(found)}"))
        if rows:
            self._shelf.keep(rows)

    def _still_true(self, answer: str) -> PageFindings | None:
        head, _, body = answer.partition("\n")
        found = read_again(body)
        try:
            day, pointed_at = json.loads(head)
            then = date.fromisoformat(day)
        except (ValueError, TypeError):
            return None
        if found is None or pointed_at != self._pointed_at(found):
            return None
        if then != self._on and (
            found.names_the_day or any((day < then) != (day < self._on) for day in found.days)
        ):
            return None
        return found

    def _key(self, page: PageId) -> str:
        return digest_of(self._ground, page, self._files_of(page))

    def _pointed_at(self, found: PageFindings) -> str:
        return digest_of([self._files_of(page) for page in found.targets])

    def _files_of(self, page: PageId) -> str:
        known = self._presence.get(page)
        if known is None:
            sources = self._snapshot.sources
            known = json.dumps([(file.path, sources.stamp(file.path)) for file in sources.files_of(page)])
            self._presence[page] = known
        return known

    @cached_property
    def _ground(self) -> str:
        """Names all that findings of every page are made from."""
        sources = self._snapshot.sources
        known = sources.catalogue
        paths = [*known.facts.values(), *known.forces.values(), *known.groups.values()]
        pictures = [(str(layer), sorted(names)) for layer, names in sorted(known.media.items(), key=str)]
        files = sorted((path, sources.stamp(path)) for path in paths)
        days = self._days
        place = (bisect_left(days, self._on), bisect_right(days, self._on))
        return digest_of(code_version(), files, pictures, place)

    @cached_property
    def _days(self) -> list[date]:
        """All days of facts, forces and memberships: between two of them nothing changes by itself."""
        registry = self._snapshot.registry
        found: set[date | None] = set()
        for force in registry.forces.values():
            found |= {force.start, force.end}
        for group in registry.groups.values():
            found.update(day for member in group.members for day in (member.start, member.end))
        for layer in self._snapshot.sources.catalogue.facts:
            for fact in self._snapshot.facts_of(layer).values():
                found.update(value.start for value in fact.values)
        return sorted(day for day in found if day is not None)


def whole_pages(snapshot: Snapshot, pages: Sequence[PageId]) -> list[PageId]:
    """Those pages whose files can be read: a damaged one is named as before, and has to be told."""
    sources = snapshot.sources
    files = {page: [file.path for file in sources.files_of(page)] for page in pages}
    damaged = sources.damaged([path for paths in files.values() for path in paths])
    return [page for page, paths in files.items() if damaged.isdisjoint(paths)]


@cache
def code_version() -> str:
    """Names the code that finds things, to the letter, and the libraries that read text for it."""
    top = Path(soh_author.__file__).parent
    files = sorted(path for folder in _CODE for path in (top / folder).rglob("*.py"))
    code = [
        (path.relative_to(top).as_posix(), path.stat().st_mtime_ns, path.stat().st_size) for path in files
    ]
    return digest_of(soh_author.__version__, platform.python_version(), code, _libraries())


def _libraries() -> list[str]:
    found = []
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return found


def digest_of(*parts: object) -> str:
    """Names some values that JSON can hold."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
