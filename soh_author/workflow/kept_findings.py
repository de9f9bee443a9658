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
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import soh_author
from soh_author.cache.findings import FindingCache
from soh_author.domain.ids import PageId
from soh_author.workflow.findings_written import read_again, written
from soh_author.workflow.page_findings import PageFindings
from soh_author.workflow.snapshot import Snapshot

_CODE = ("domain", "markup", "schema", "reading", "render", "workflow")
_LIBRARIES = ("markdown-it-py", "mdit-py-plugins", "PyYAML", "ruamel.yaml", "pydantic")


class KeptFindings:
    """The cache as one snapshot on one day sees it."""

    def __init__(self, snapshot: Snapshot, on: date, cache: FindingCache) -> None:
        self._snapshot = snapshot
        self._on = on
        self._cache = cache
        self._presence: dict[PageId, str] = {}

    def find(self, pages: Sequence[PageId]) -> dict[PageId, PageFindings]:
        """The findings of those pages whose every source is as it was."""
        answers = self._answers({page: self._key(page) for page in pages})
        found = {}
        for page in whole_pages(self._snapshot, list(answers)):
            if self._is_still_true(answers[page]):
                found[page] = answers[page].found
        return found

    def _answers(self, keys: Mapping[PageId, str]) -> dict[PageId, "_Answer"]:
        """What was found before: in this window, else what the cache has."""
        memory = self._snapshot.sources.memory
        asked = {str(page): key for page, key in keys.items() if not memory.knows(("findings", page, key))}
        for name, body in self._cache.find(asked).items():
            answer = read_answer(body)
            if answer is not None:
                memory.keep(("findings", PageId(name), asked[name]), answer)
        known = {}
        for page, key in keys.items():
            kept = memory.peek(("findings", page, key))
            if isinstance(kept, _Answer):
                known[page] = kept
        return known

    def keep(self, findings: Mapping[PageId, PageFindings]) -> None:
        """Put findings in the cache, and keep them in mind."""
        rows = []
        for page, found in findings.items():
            key, pointed_at = self._key(page), self._pointed_at(found)
            head = json.dumps([self._on.isoformat(), pointed_at])
            rows.append((str(page), key, f"{head}\n{written(found)}"))
            answer = _Answer(self._on, pointed_at, found)
            self._snapshot.sources.memory.keep(("findings", page, key), answer)
        if rows:
            self._cache.keep(rows)

    def _is_still_true(self, answer: "_Answer") -> bool:
        if answer.pointed_at != self._pointed_at(answer.found):
            return False
        then, days = answer.day, answer.found.days
        return then == self._on or not (
            answer.found.names_the_day or any((day < then) != (day < self._on) for day in days)
        )

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


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was found on a day, and the name of what the page pointed to then."""

    day: date
    pointed_at: str
    found: PageFindings


def read_answer(answer: str) -> _Answer | None:
    """An answer as it lies in the cache; None for any other text."""
    head, _, body = answer.partition("\n")
    found = read_again(body)
    try:
        day, pointed_at = json.loads(head)
        return None if found is None else _Answer(date.fromisoformat(day), str(pointed_at), found)
    except (ValueError, TypeError, RecursionError):
        return None


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
