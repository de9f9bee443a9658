"""A section's words: who wrote them last, with which release they went out, who else reads them."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from soh_author.domain.days import day_in_words
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.override import Override
from soh_author.domain.page import Page, SectionText
from soh_author.workflow.approvals.releasing_files import releases_of
from soh_author.workflow.previewing import who_else
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.workspace import Workspace

FURTHEST = 40
"""So many versions of a file are looked at: words that are older are said to be older."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which section of which page, as which force has it; ``path`` is the file its words come from."""

    page: PageId
    section: SectionId
    path: str
    force: ForceId
    language: Language
    on: date


@dataclass(frozen=True, slots=True)
class SectionStory:
    """Who wrote a section and when, when it went live, and who reads it: a sentence each."""

    written: str
    published: str
    readers: str

    @property
    def told(self) -> str:
        """All of it, as one reads it aloud."""
        return f"{self.written} {self.published} {self.readers}"


def section_story(workspace: Workspace, source: str, snapshot: Snapshot, asked: Asked) -> SectionStory:
    """Tell of a section.

    Args:
        source: ``published`` or the draft that is read.
        snapshot: its content, with what is not saved laid over it.

    Raises:
        NotFoundError: when the force has no such page.
    """
    now = _words(snapshot, asked)
    return SectionStory(
        _written(workspace, source, now, asked),
        _published(workspace.snapshot(), now, asked),
        who_else(snapshot, asked.page, asked.section, asked.force, asked.on),
    )


def _written(workspace: Workspace, source: str, now: SectionText | None, asked: Asked) -> str:
    versions = workspace.store.history(workspace.revision_of(source), asked.path, limit=FURTHEST)
    if not versions or not _same(_words_at(workspace, str(versions[0].revision), asked), now):
        return "Changed here, in no version yet."
    for newer, older in pairwise(versions):
        if not _same(_words_at(workspace, str(older.revision), asked), now):
            return f"Written by {newer.author.name}, {day_in_words(newer.when)}."
    first = versions[-1]
    when = day_in_words(first.when)
    return f"Written by {first.author.name}, {when}." if len(versions) < FURTHEST else f"Older than {when}."


def _published(live: Snapshot, now: SectionText | None, asked: Asked) -> str:
    if not _same(_words(live, asked), now):
        return "Not published yet."
    key = (asked.page, asked.force, asked.language)
    release = next((one for one in reversed(releases_of(live)) if one.outputs.get(key)), None)
    if release is None:
        return "Published before releases were kept."
    return f"Last published with the release “{release.id}”."


def _words_at(workspace: Workspace, revision: str, asked: Asked) -> SectionText | None:
    return _words(workspace.published_snapshot(revision), asked)


def _words(snapshot: Snapshot, asked: Asked) -> SectionText | None:
    try:
        value = snapshot.sources.read(asked.path).value
    except NotFoundError:
        return None
    texts: tuple[SectionText, ...] = ()
    if isinstance(value, Page):
        texts = value.sections
    elif isinstance(value, Override):
        texts = tuple(op.text for op in value.ops if op.text is not None)
    return next((text for text in texts if text.id == asked.section), None)


def _same(one: SectionText | None, other: SectionText | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.heading, one.canonical) == (other.heading, other.canonical)
