"""Replacing words in every text of a draft: the places first, to be chosen; then all at once, one undo."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from soh_author.domain.counting import counted
from soh_author.domain.finding import Search, find_all
from soh_author.markup.front_matter import split
from soh_author.workflow.catalogue import PageFile
from soh_author.workflow.overrides.change_sets import (
    SavedChanges,
    check_unmoved,
    effects_of,
    require_draft,
    save_changes,
)
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

MOST = 2_000
"""More places than that nobody looks through: the words have to be more exact."""
_AT_ONCE = 200
_BEFORE, _AFTER = 22, 60
"""Signs shown around the words found, which have to be in sight."""
_NAMES = re.compile(r"\{#[^}\n]*\}|\]\([^)\n]*\)|\{\{[^}\n]*\}\}|^:{3,}.*$", re.MULTILINE)
"""Names of sections, targets of links, facts and components: no words; replacing would break them."""
_UNREADABLE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Place:
    """One find: its file, where it stands in the text, its line (from 1), and the words around it."""

    file: PageFile
    start: int
    end: int
    line: int
    before: str
    words: str
    after: str

    def says(self, words: str) -> str:
        """The line as it would be with other words."""
        return f"{self.before}{words}{self.after}"


@dataclass(frozen=True, slots=True)
class Places:
    """What was found, by pages and layers. ``texts`` are those of the files, as they were looked through."""

    found: tuple[Place, ...]
    texts: Mapping[str, str]
    is_cut: bool = False

    @property
    def sentence(self) -> str:
        """How many places in how many texts were found, in a sentence."""
        if not self.found:
            return "Not found in any text."
        more = f"The first {MOST:,} places: look for more exact words. " if self.is_cut else ""
        return f"{more}{counted(len(self.found), 'place')} in {counted(len(self.texts), 'text')}."


def find_places(workspace: Workspace, draft: str, search: Search) -> Task[Places]:
    """Look through every text of a draft, shared and of every layer; heads of files and names are left alone.

    Raises (when run):
        NotFoundError: when there is no such draft.
    """

    def work(progress: Progress) -> Outcome[Places]:
        sources = workspace.snapshot(draft).sources
        files, _stamps = sources.page_stamps
        found: list[Place] = []
        texts: dict[str, str] = {}
        for start in range(0, len(files) if search.words else 0, _AT_ONCE):
            progress.report(start, len(files), "Looking through all texts")
            some = files[start : start + _AT_ONCE]
            read = sources.texts([file.path for file in some])
            for file in some:
                text = read.get(file.path, "")
                places = list(_places(file, text, search))
                if places:
                    found += places
                    texts[file.path] = text
                if len(found) > MOST:
                    return Outcome(Places(tuple(found[:MOST]), texts, is_cut=True))
        return Outcome(Places(tuple(found), texts))

    return Task("Looking through all texts", work)


def replace_places(
    workspace: Workspace, draft: str, places: Places, chosen: Collection[int], words: str
) -> Task[SavedChanges]:
    """Replace the chosen places (numbers of ``places.found``), saved privately; one undo brings all back.

    Raises (when run):
        UsageError: when no draft is named.
        WorldMovedError: when one of the texts was changed since it was looked through.
    """

    def work(_progress: Progress) -> Outcome[SavedChanges]:
        require_draft(draft)
        picked = [place for number, place in enumerate(places.found) if number in set(chosen)]
        texts = {place.file.path: places.texts[place.file.path] for place in picked}
        check_unmoved(workspace.snapshot(draft), texts)
        for place in reversed(picked):  # from behind, so that what stands before keeps its place
            text = texts[place.file.path]
            texts[place.file.path] = text[: place.start] + words + text[place.end :]
        saved = save_changes(workspace, draft, texts)
        done = f"{counted(len(picked), 'place')} replaced in {counted(len(texts), 'text')}."
        told = f"{done} Edit, Take the last replacing back, undoes all of it."
        return Outcome(saved, effects_of(saved), told)

    return Task("Replacing", work, writes=True)


def _places(file: PageFile, text: str, search: Search) -> Iterator[Place]:
    if _UNREADABLE in text:
        return  # written back it would lose what can't be read
    body = len(text) - len(split(text).body)
    names: list[tuple[int, int]] | None = None
    for start, end in find_all(text, search, body):
        if names is None:
            names = [name.span() for name in _NAMES.finditer(text, body)]
        if any(low < end and start < high for low, high in names):
            continue
        first = text.rfind("\n", 0, start) + 1
        last = text.find("\n", end)
        last = len(text) if last < 0 else last
        yield Place(
            file,
            start,
            end,
            text.count("\n", 0, start) + 1,
            _shortened(text[first:start], is_before=True),
            text[start:end],
            _shortened(text[end:last].rstrip("\r"), is_before=False),
        )


def _shortened(text: str, *, is_before: bool) -> str:
    most = _BEFORE if is_before else _AFTER
    if len(text) <= most:
        return text
    return f"… {text[-most:].partition(' ')[2]}" if is_before else f"{text[:most]} …"
