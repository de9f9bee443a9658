"""Duplicates outside the tree: text of groups and forces that nearly repeats a shared section of another
page.

Nobody tells such a copy when the shared text changes: it is no override. The list shows how far it is from
the shared text, and since when it has not been touched.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from soh_author.domain.comparing.near_duplicates import find_duplicates
from soh_author.domain.ids import LEAD, Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer, Place
from soh_author.domain.override import Override
from soh_author.domain.page import Page, PageKind, SectionText
from soh_author.workflow.overrides.changes import title_of
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.viewpoints import layer_name
from soh_author.workflow.workspace import Workspace

LEAST = 0.5
"""How much of two texts must be the same, from 0 to 1, for one to count as a copy of the other."""
_SHORTEST = 120
"""Letters below which a likeness says nothing: *Call 101* is no copy."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A section in one layer's text: where it stands and what it says."""

    page: PageId
    layer: Layer
    section: SectionId
    title: str
    place: Place
    body: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A local text and the shared section it repeats. ``likeness`` is from 0 to 1.

    ``changed`` and ``shared_changed`` are the days of the last versions of the two files; None where unknown.
    """

    local: Passage
    shared: Passage
    likeness: float
    changed: date | None
    shared_changed: date | None
    who: str

    @property
    def is_behind(self) -> bool:
        """Whether the shared page was changed since the copy was."""
        return bool(self.changed and self.shared_changed and self.changed < self.shared_changed)

    @property
    def sentence(self) -> str:
        """What repeats what, and how old it is."""
        age = f" Last changed {self.changed.isoformat()}" if self.changed else ""
        behind = ", before the shared page" if self.is_behind else ""
        return (
            f"{self.who}, {self.local.page}, “{self.local.title}”: {self.likeness:.0%} of the shared "
            f"“{self.shared.title}” ({self.shared.page})." + (f"{age}{behind}." if age else "")
        )


def duplicates_elsewhere(
    workspace: Workspace, source: str, *, least: float = LEAST
) -> Task[tuple[Copy, ...]]:
    """Find sections of local pages, and inserted sections, that nearly repeat shared ones; the nearest first.

    Args:
        least: how much must be the same.
    """

    def work(progress: Progress) -> Outcome[tuple[Copy, ...]]:
        snapshot = workspace.snapshot(source)
        shared, local = _passages(snapshot, progress)
        progress.report(0, 0, "Comparing texts")
        texts = {**{each: each.body for each in shared}, **{each: each.body for each in local}}
        pairs = find_duplicates(texts, least)
        found = tuple(_copies(workspace, snapshot, [(each.one, each.other, each.likeness) for each in pairs]))
        notice = (
            f"{len(found)} local texts repeat shared ones." if found else "No local text repeats shared ones."
        )
        return Outcome(found, notice=notice)

    return Task("Looking for copies", work)


def _passages(snapshot: Snapshot, progress: Progress) -> tuple[list[Passage], list[Passage]]:
    shared: list[Passage] = []
    local: list[Passage] = []
    pages = snapshot.page_ids()
    for number, page in enumerate(pages):
        if number % 50 == 0:
            progress.report(number, len(pages), "Reading pages")
        for file in snapshot.files_of(page):
            if file.language is Language.EN:
                value = snapshot.sources.read(file.path).value
                found = _of_file(page, file.layer, file.path, value)
                (shared if file.layer == SHARED else local).extend(found)
    return shared, local


def _of_file(page: PageId, layer: Layer, path: str, value: object) -> Iterator[Passage]:
    for text in _texts(layer, value):
        if len(text.canonical) >= _SHORTEST:
            title = title_of(text.id, text.heading)
            yield Passage(page, layer, text.id, title, Place(path, text.line), text.canonical)


def _texts(layer: Layer, value: object) -> Iterator[SectionText]:
    """Texts outside the tree: sections of local pages, and sections that an override brings."""
    if isinstance(value, Page):
        if layer == SHARED or value.kind is PageKind.LOCAL:
            yield from value.sections
    elif isinstance(value, Override):
        yield from (op.text for op in value.ops if op.text and (op.kind.is_insert or op.section == LEAD))


def _copies(
    workspace: Workspace, snapshot: Snapshot, pairs: Sequence[tuple[Passage, Passage, float]]
) -> Iterator[Copy]:
    days: dict[str, date | None] = {}
    for one, other, likeness in pairs:
        shared, local = (one, other) if one.layer == SHARED else (other, one)
        if shared.layer != SHARED or local.layer == SHARED:
            continue
        for passage in (shared, local):
            if passage.place.path not in days:
                days[passage.place.path] = _last_change(workspace, snapshot, passage.place.path)
        yield Copy(
            local,
            shared,
            likeness,
            days[local.place.path],
            days[shared.place.path],
            layer_name(snapshot, local.layer),
        )


def _last_change(workspace: Workspace, snapshot: Snapshot, path: str) -> date | None:
    versions = workspace.store.history(snapshot.revision, path, 1)
    return versions[0].when.date() if versions else None
