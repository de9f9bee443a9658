"""Files of a revision as values: each distinct content is read and parsed once, whatever asks for it."""

import hashlib
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from soh_author.domain.aliases import moved_pages
from soh_author.domain.diagnostics import diagnose
from soh_author.domain.ids import PageId
from soh_author.domain.layers import LayerKind, Place
from soh_author.domain.override import Override
from soh_author.domain.page import Page, PageKind
from soh_author.reading.files import ReadFile, read_file
from soh_author.reading.outlines import head
from soh_author.reading.paths import classify
from soh_author.workflow.catalogue import (
    Catalogue,
    PageFile,
    catalogue,
    changed_catalogue,
    has_shared_text,
)

T = TypeVar("T")
Fetch = Callable[[Iterable[str]], Mapping[str, bytes]]
"""Gives the bytes of stamps."""

MEMORY_ENTRIES = 60_000
PASSING_ENTRIES = 60
"""Results made from texts that somebody is typing: every key makes new ones, and only the latest matter."""
_UNSAVED = "unsaved:"
_AT_ONCE = 500
"""Files read together where only their being there counts."""


class Memory:
    """Results kept by what they were made from; forgotten all at once when there are too many."""

    def __init__(self, capacity: int = MEMORY_ENTRIES, passing: int = PASSING_ENTRIES) -> None:
        self._capacity = capacity
        self._passing_capacity = passing
        self._kept: dict[Hashable, object] = {}
        self._passing: dict[Hashable, object] = {}
        self.without_moves: set[str] = set()
        """Stamps of texts that speak of no id their page had before: nearly all, and true for ever."""

    @property
    def size(self) -> int:
        """How many results are kept."""
        return len(self._kept) + len(self._passing)

    def knows(self, key: Hashable) -> bool:
        """Whether something is kept for ``key``."""
        return key in self._kept

    def peek(self, key: Hashable) -> object:
        """What is kept for ``key``, or None."""
        return self._kept.get(key)

    def keep(self, key: Hashable, value: object) -> None:
        """Keep what was made elsewhere for ``key``."""
        if len(self._kept) >= self._capacity:
            self._kept.clear()
        self._kept[key] = value

    def recall(self, key: Hashable, make: Callable[[], T], *, is_passing: bool = False) -> T:
        """The value made for ``key`` before, or a new one.

        Two threads may both make it; both get equal values. ``is_passing``: only some of the latest are kept.
        """
        kept = (self._passing if is_passing else self._kept).get(key, self)
        if kept is self:
            kept = make()
            if is_passing:
                self._keep_passing(key, kept)
            else:
                self.keep(key, kept)
        return kept  # type: ignore[return-value]  # the key names what was made

    def _keep_passing(self, key: Hashable, value: object) -> None:
        self._passing[key] = value
        for old in list(self._passing)[: max(0, len(self._passing) - self._passing_capacity)]:
            self._passing.pop(old, None)


def is_unsaved(stamp: str) -> bool:
    """Whether a stamp is that of a text in no version yet."""
    return stamp.startswith(_UNSAVED)


class Sources:
    """The files of one revision with unsaved texts laid over them.

    Args:
        entries: content stamp (blob id) by path.
        fetch: gives the bytes of stamps; called for several at once where possible.
        memory: shared by all revisions of a workspace.
    """

    def __init__(self, entries: Mapping[str, str], fetch: Fetch, memory: Memory) -> None:
        self._entries = entries
        self._fetch = fetch
        self._memory = memory
        self._unsaved: dict[str, bytes | None] = {}
        self._unsaved_stamps: dict[str, str] = {}
        self._below: Sources | None = None
        self._laid_over: frozenset[str] = frozenset()

    def with_unsaved(self, unsaved: Mapping[str, bytes | None]) -> "Sources":
        """The same files with unsaved texts on top, in their place or beside them; None means deleted.

        What is known of the files below still holds where the texts can't have changed it: this is made anew
        at every key somebody types.
        """
        over = Sources(self._entries, self._fetch, self._memory)
        over._unsaved = {**self._unsaved, **unsaved}
        over._below = self
        over._laid_over = frozenset(unsaved)
        return over

    def fetched_by(self, fetch: Fetch) -> "Sources":
        """The same files, got another way; what was read of them is known already."""
        other = Sources(self._entries, fetch, self._memory)
        other.__dict__["catalogue"] = self.catalogue
        return other

    def at(self, entries: Mapping[str, str], differing: Iterable[str]) -> "Sources":
        """The files of another revision, most of which are the same: ``differing`` names all others."""
        assert not self._unsaved, "only of a revision, without anybody's unsaved texts"
        other = Sources(entries, self._fetch, self._memory)
        other._below = self
        other._laid_over = frozenset(differing)
        return other

    def may_differ(self, other: "Sources") -> Collection[str]:
        """The paths at which these files may differ from others; all, unless these were made from those."""
        return self._laid_over if self._below is other else {*self.stamps, *other.stamps}

    @cached_property
    def catalogue(self) -> Catalogue:
        """The files by what they are for."""
        if self._below is not None:
            came = [path for path in self._laid_over if self.has(path) and not self._below.has(path)]
            gone = [path for path in self._laid_over if self._below.has(path) and not self.has(path)]
            changed = changed_catalogue(self._below.catalogue, came, gone)
            if changed is not None:
                return changed
        return catalogue(self.stamps)

    @property
    def memory(self) -> Memory:
        """Where results made from these files may be kept."""
        return self._memory

    def has(self, path: str) -> bool:
        """Whether the file is there."""
        return self._unsaved[path] is not None if path in self._unsaved else path in self._entries

    @property
    def stamps(self) -> Mapping[str, str]:
        """What :meth:`stamp` says of every file that is there."""
        if not self._unsaved:
            return self._entries
        paths = {*self._entries, *self._unsaved}
        return {path: self.stamp(path) for path in paths if self.has(path)}

    def stamp(self, path: str) -> str:
        """Names the exact content of a file; empty when there is none."""
        if path not in self._unsaved:
            return self._entries.get(path, "")
        text = self._unsaved[path]
        if text is None:
            return ""
        known = self._unsaved_stamps.get(path)
        if known is None:
            known = self._unsaved_stamps[path] = _UNSAVED + hashlib.sha256(text).hexdigest()
        return known

    @cached_property
    def page_stamps(self) -> tuple[Sequence[PageFile], Sequence[str]]:
        """All files with words for pages, by pages and layers, and their stamps in the same order."""
        files, unsaved, stored = tuple(self._page_files()), self._unsaved, self._entries
        return files, [self.stamp(one.path) if one.path in unsaved else stored[one.path] for one in files]

    def data(self, path: str) -> bytes | None:
        """The bytes of a file, or None when there is none, or they are damaged."""
        if path in self._unsaved:
            return self._unsaved[path]
        stamp = self._entries.get(path)
        return None if stamp is None else self._fetch([stamp]).get(stamp)

    def read(self, path: str) -> ReadFile:
        """The file as a value with its findings; an absent file reads as no value and no findings."""
        stamp = self.stamp(path)
        if not stamp:
            return ReadFile(None, ())
        return self._memory.recall(
            ("read", path, stamp), lambda: _read(path, self.data(path)), is_passing=is_unsaved(stamp)
        )

    def read_heads(self, paths: Iterable[str]) -> dict[str, object]:
        """The values of many files as far as their fields go, many times as fast as :meth:`read_all`.

        Pages are without any section, overrides without any op.
        """
        wanted = list(paths)
        unread = [path for path in wanted if not self._knows_head(path)]
        data = self.data_of(unread) if unread else {}
        return {path: self._head(path, data.get(path)) for path in wanted}

    def _knows_head(self, path: str) -> bool:
        stamp = self.stamp(path)
        return self._memory.knows(("head", path, stamp)) or self._memory.knows(("read", path, stamp))

    def _head(self, path: str, data: bytes | None) -> object:
        stamp = self.stamp(path)
        if not stamp or self._memory.knows(("read", path, stamp)):
            return self.read(path).value

        def make() -> object:
            return head(path, data or self.data(path) or b"") or self.read(path).value

        return self._memory.recall(("head", path, stamp), make, is_passing=is_unsaved(stamp))

    def read_all(self, paths: Iterable[str]) -> dict[str, ReadFile]:
        """Many files at once, in one go from the store."""
        wanted = list(paths)
        self._fetch_ahead(wanted)
        return {path: self.read(path) for path in wanted}

    def _fetch_ahead(self, paths: Iterable[str]) -> None:
        stamps = {
            path: self._entries[path] for path in paths if path in self._entries and path not in self._unsaved
        }
        missing = {
            path: stamp for path, stamp in stamps.items() if not self._memory.knows(("read", path, stamp))
        }
        contents = self._fetch(missing.values()) if missing else {}
        for path, stamp in missing.items():
            self._memory.keep(("read", path, stamp), _read(path, contents.get(stamp)))

    @cached_property
    def moves(self) -> Mapping[PageId, PageId]:
        """Old page ids to the pages that have their text today; an id in use again leads to its own page."""
        pages = self.catalogue.pages
        return {old: new for old, new in self.claimed_ids.items() if not has_shared_text(pages.get(old, ()))}

    @cached_property
    def claimed_ids(self) -> Mapping[PageId, PageId]:
        """What pages say of their old ids (``moved_from``), whether or not an old id is in use again."""
        if self._below is not None and not any(self._may_move(path) for path in self._laid_over):
            return self._below.claimed_ids
        plain = self._memory.without_moves
        shared = [file.path for file in self._page_files() if file.layer.kind is LayerKind.SHARED]
        asked = [path for path in shared if self.stamp(path) not in plain]
        named = []
        for path, data in self.data_of(asked).items():
            if b"moved_from" in data:  # most pages never moved; they need not be parsed to know it
                named.append(path)
            elif not is_unsaved(self.stamp(path)):
                plain.add(self.stamp(path))
        pages = (self.read(path).value for path in named)
        return moved_pages(page for page in pages if isinstance(page, Page))

    @cached_property
    def adopted(self) -> Mapping[PageId, tuple[PageFile, ...]]:
        """Overrides, pages taken over among them, that lie at another path than their page's: written for an
        id that has moved since.
        """
        if self._below is not None and not any(self._may_be_adopted(path) for path in self._laid_over):
            return self._below.adopted
        found: dict[PageId, list[PageFile]] = {}
        pages = self.catalogue.pages.values()
        strangers = [file for files in pages if not has_shared_text(files) for file in files]
        self.read_all(file.path for file in strangers)
        for file in strangers:
            named = _page_changed_by(self.read(file.path).value)
            target = self.moves.get(named, named) if named else None
            if target is not None and target != file.page:
                found.setdefault(target, []).append(file)
        return {page: tuple(files) for page, files in found.items()}

    @cached_property
    def adopters(self) -> Mapping[PageFile, PageId]:
        """The page that each of the files in :attr:`adopted` speaks for."""
        return {file: page for page, files in self.adopted.items() for file in files}

    def files_of(self, page: PageId) -> tuple[PageFile, ...]:
        """All files with words for a page, those of moved ids included."""
        return self.catalogue.pages.get(page, ()) + self.adopted.get(page, ())

    def _may_move(self, path: str) -> bool:
        """Whether a text laid over a file may change which pages have moved."""
        return self.tells_moves(path) or (self._below is not None and self._below.tells_moves(path))

    def tells_moves(self, path: str) -> bool:
        """Whether a file speaks of ids that its page had before."""
        stamp = self.stamp(path)
        return bool(stamp) and self._memory.recall(
            ("tells moves", stamp),
            lambda: b"moved_from" in (self.data(path) or b""),
            is_passing=is_unsaved(stamp),
        )

    def _may_be_adopted(self, path: str) -> bool:
        """Whether a text laid over a file may change what is adopted: only files without shared text are."""
        place = classify(path)
        if self._below is None or place is None or place.page is None:
            return False
        known = (self.catalogue.pages.get(place.page, ()), self._below.catalogue.pages.get(place.page, ()))
        return self._may_move(path) or not all(map(has_shared_text, known))

    def texts(self, paths: Iterable[str]) -> dict[str, str]:
        """The text of many files at once; bytes that are no UTF-8 stand as replacement signs."""
        return {path: data.decode("utf-8", "replace") for path, data in self.data_of(list(paths)).items()}

    def _page_files(self) -> Iterable[PageFile]:
        return (file for files in self.catalogue.pages.values() for file in files)

    def damaged(self, paths: Iterable[str]) -> frozenset[str]:
        """Those of some files whose stored bytes can't be read; each is tried once, and remembered."""
        stamps = {path: self._entries[path] for path in paths if path not in self._unsaved and self.has(path)}
        untried = [each for each in dict.fromkeys(stamps.values()) if not self._memory.knows(("whole", each))]
        for start in range(0, len(untried), _AT_ONCE):
            tried = untried[start : start + _AT_ONCE]
            whole = self._fetch(tried)
            for stamp in tried:
                self._memory.keep(("whole", stamp), stamp in whole)
        return frozenset(
            path for path, stamp in stamps.items() if not self._memory.recall(("whole", stamp), lambda: True)
        )

    def data_of(self, paths: Collection[str]) -> dict[str, bytes]:
        """The bytes of many files at once; of a damaged one, none."""
        unsaved = {path: self._unsaved[path] or b"" for path in paths if path in self._unsaved}
        stamps = {
            path: self._entries[path] for path in paths if path in self._entries and path not in unsaved
        }
        contents = self._fetch(set(stamps.values())) if stamps else {}
        return {**{path: contents.get(stamp, b"") for path, stamp in stamps.items()}, **unsaved}


def _page_changed_by(value: object) -> PageId | None:
    """The page of the layers above that a file changes or takes over; None for all other files."""
    if isinstance(value, Override):
        return value.page
    return value.id if isinstance(value, Page) and value.kind is PageKind.TAKEOVER else None


def _read(path: str, data: bytes | None) -> ReadFile:
    if data is not None:
        return read_file(path, data)
    return ReadFile(
        None, (diagnose("damaged-file", f"The stored text of “{path}” is damaged.", Place(path)),)
    )
