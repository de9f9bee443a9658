"""A workspace whose stored versions are damaged, made whole again beside the damaged one.

Nothing in the damaged repository is changed. A new one is made from all that can still be read in it and from
what the origin has; it takes the old one's place in two renames, and the old one is kept. Git's own means
need a repository that is whole: they stop at the first text they can't read.
"""

import os
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from soh_author.domain.errors import (
    InvalidNameError,
    NetworkError,
    NotFoundError,
    OutputError,
    WorkspaceError,
)
from soh_author.gitstore import configuration, network, opening, refs, sealed, upkeep
from soh_author.gitstore.addresses import Address, parse_address
from soh_author.gitstore.leftovers import clear_forgotten
from soh_author.gitstore.names import DRAFTS, PUBLISHED, branch_ref
from soh_author.gitstore.refs import RefMove
from soh_author.gitstore.salvaging import has_lost_names, read_names, take_packs, take_rest
from soh_author.gitstore.sealed import GitFailedError
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import IsCancelled, Report, Stamp
from soh_author.gitstore.watched import never, no_report

_LIVE = branch_ref(PUBLISHED)
_HEADS = "refs/heads/"
_ORIGIN = "refs/remotes/origin/"
_SEEN = f"{_ORIGIN}{PUBLISHED}"
_URL = re.compile(r"^\s*url = (\S.*)$", re.MULTILINE)
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Shortened:
    """A name whose newest versions are damaged.

    ``name`` is as people know it (``drafts/april``). ``lost`` counts the versions of which something is
    missing; what could be read of them is in a version of its own, if it ``is_kept``.
    """

    name: str
    lost: int
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair came to.

    ``aside`` is where the damaged repository is kept; None when nothing was damaged. ``gone`` are names of
    which no version could be read. ``found`` counts versions that no name led to any more; they are among the
    discarded drafts. ``is_fetched``: whether the origin could be asked for what is missing.
    """

    aside: Path | None
    shortened: tuple[Shortened, ...] = ()
    gone: tuple[str, ...] = ()
    found: int = 0
    is_fetched: bool = False


def is_damaged(folder: Path) -> bool:
    """Whether anything that a name leads to is missing or damaged; reads all of it."""
    if not opening.is_readable(folder) or has_lost_names(folder) or _LIVE not in read_names(folder):
        return True
    try:
        sealed.run(folder, "fsck", "--full", "--no-dangling", "--no-progress")
    except GitFailedError:
        return True
    return False


def repair(
    folder: Path, now: datetime, *, report: Report = no_report, is_cancelled: IsCancelled = never
) -> Repaired:
    """Make a damaged repository whole, as far as it and its origin can be read.

    Args:
        folder: the repository; where a repair before was killed between its two renames, it may be missing.
        now: when it happens; names the folder that the damaged repository is kept in.

    Raises:
        WorkspaceError: when it isn't ours, or nothing that is live can be read, here or at the origin.
        OutputError: when the disk refuses.
        Cancelled: when asked to stop. Nothing was changed in any of these.
    """
    place = folder.absolute()
    source = place if place.exists() else _newest_aside(place)
    opening.check_not_foreign(source, may_be_unreadable=True)
    if source == place and not is_damaged(place):
        return Repaired(None)
    clear_forgotten(place.parent, re.compile(rf"\.{re.escape(place.name)}-repair-\d+"), hours=1)
    made = place.with_name(f".{place.name}-repair-{os.getpid()}")
    try:
        before = read_names(source)
        result = _Repair(source, made, now).run(report, is_cancelled)
        if read_names(source) != before:
            raise _still_in_use(place)
        return replace(result, aside=_changed_places(place, source, made, now))
    except OSError as error:
        raise OutputError(
            f"The workspace can't be repaired in “{place.parent}” ({error.strerror}).",
            safe="Nothing was changed.",
            todo="Make room on the disk, and try again.",
        ) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


class _Repair:
    """One repair: from a damaged repository to one that is made."""

    def __init__(self, source: Path, made: Path, now: datetime) -> None:
        self._source, self._made, self._now = source, made, now
        self._names = read_names(source)

    def run(self, report: Report, is_cancelled: IsCancelled) -> Repaired:
        source, made = self._source, self._made
        shutil.rmtree(made, ignore_errors=True)
        opening.make_workspace(made)
        origin = _origin_of(source)
        if origin is not None:
            configuration.set_origin(made, origin)
        report(0, _STEPS, "Reading what is whole")
        broken = take_packs(source, made)
        is_fetched = origin is not None and self._fetch(origin, report, is_cancelled)
        report(1, _STEPS, "Reading what is damaged")
        take_rest(source, made, broken, may_ask_git=opening.is_readable(source))
        report(2, _STEPS, "Naming what is there")
        shortened, gone = self._name_again(is_fetched=is_fetched)
        found = self._keep_nameless() if has_lost_names(source) or _LIVE not in self._names else 0
        report(3, _STEPS, "Indexing the history")
        upkeep.index_history(made, is_cancelled=is_cancelled)
        return Repaired(None, shortened, gone, found, is_fetched)

    def _fetch(self, origin: Address, report: Report, is_cancelled: IsCancelled) -> bool:
        """Get what the origin has; without it, what is here has to do."""
        try:
            network.fetch(self._made, origin, report=report, is_cancelled=is_cancelled)
        except (NetworkError, WorkspaceError, OutputError):
            return False
        return True

    def _name_again(self, *, is_fetched: bool) -> tuple[tuple[Shortened, ...], tuple[str, ...]]:
        """Give everything its name again; a line of versions that isn't whole ends where it still is."""
        shortened, gone = [], []
        there = dict(refs.list_refs(self._made, "refs/"))
        for ref, tip in self._names.items():
            if ref in there or (is_fetched and ref.startswith(_ORIGIN)):
                continue
            whole, lost = self._newest_whole(tip)
            name = ref.removeprefix(_HEADS).removeprefix("refs/tags/")
            if whole:
                self._name(ref, whole)
            elif ref != _LIVE:
                gone.append(name)
            if whole and lost:
                is_draft = name.startswith(DRAFTS)
                shortened.append(Shortened(name, lost, is_draft and self._keep_readable(name, whole, tip)))
        self._name_live()
        return tuple(shortened), tuple(gone)

    def _name_live(self) -> None:
        there = dict(refs.list_refs(self._made, "refs/"))
        if _LIVE not in there and _SEEN not in there:
            raise WorkspaceError(
                "Nothing of what is live can be read here, and the origin could not be asked for it.",
                safe="Nothing was changed.",
                todo="Try again when you are online; or keep this folder, and ask for help.",
            )
        if _LIVE not in there:
            self._name(_LIVE, there[_SEEN])

    def _name(self, ref: str, version: str) -> None:
        refs.move_refs(self._made, [RefMove(ref, None, version)], moved=refs.taken_error(ref))

    def _newest_whole(self, tip: str) -> tuple[str, int]:
        """The newest version of a line that is whole, and how many newer ones aren't; empty when none is."""
        waiting, seen, lost = [tip], {tip}, 0
        while waiting:
            version = waiting.pop(0)
            if self._is_whole(version):
                return version, lost
            lost += 1
            fresh = [parent for parent in self._parents(version) if parent not in seen]
            seen.update(fresh)
            waiting += fresh
        return "", lost

    def _is_whole(self, version: str) -> bool:
        try:
            sealed.run(self._made, "rev-list", "--objects", "--quiet", version, "--not", "--all")
        except GitFailedError:
            return False
        return True

    def _parents(self, version: str) -> Sequence[str]:
        with Store(self._made) as store, suppress(WorkspaceError, NotFoundError):
            return store.version(version).parents
        return ()

    def _keep_readable(self, name: str, whole: str, tip: str) -> bool:
        """Keep what can be read of a draft's newest version, file by file, on top of what is whole."""
        with Store(self._made) as store, suppress(WorkspaceError, NotFoundError):
            wanted, present = store.files(tip), store.files(whole)
            there = store.read_many(entry.blob for entry in wanted.values())
            changes: dict[str, bytes | None] = {path: None for path in present if path not in wanted}
            for path, entry in wanted.items():
                if entry.blob in there and present.get(path) != entry:
                    changes[path] = there[entry.blob]
            if changes:
                author = store.version(tip).author
                note = "What could be read of damaged versions"
                store.write_version(name, whole, changes, Stamp(note, author, self._now))
                return True
        return False

    def _keep_nameless(self) -> int:
        """Keep the newest versions that no name leads to among the discarded drafts, so that none is lost."""
        try:
            output = sealed.run(self._made, "fsck", "--no-reflogs", "--no-progress", "--connectivity-only")
        except GitFailedError as error:
            output = error.output
        words = [line.split() for line in output.decode("ascii", "replace").splitlines()]
        tips = [each[2] for each in words if each[:2] == ["dangling", "commit"]]
        whole = [tip for tip in tips if self._is_whole(tip)]
        for tip in whole:
            self._name(f"refs/discarded/found-{tip[:8]}/{self._now.astimezone(UTC):%Y%m%dT%H%M%S%fZ}", tip)
        return len(whole)


def _origin_of(source: Path) -> Address | None:
    with suppress(WorkspaceError, InvalidNameError):
        return configuration.origin_of(source)
    with suppress(OSError, InvalidNameError):
        found = _URL.search((source / "config").read_bytes().decode("utf-8", "replace"))
        return parse_address(found[1]) if found else None
    return None


def _newest_aside(place: Path) -> Path:
    kept = sorted(place.parent.glob(f"{place.name}-damaged-*"))
    if not kept:
        raise WorkspaceError(f"“{place.parent}” is not a workspace.", todo="Choose a workspace's folder.")
    return kept[-1]


def _changed_places(place: Path, source: Path, made: Path, now: datetime) -> Path:
    """Put what was made in its place, and what it was made from aside."""
    aside = source
    if source == place:
        aside = place.with_name(f"{place.name}-damaged-{now.astimezone(UTC):%Y%m%dT%H%M%S}")
        place.rename(aside)
    made.rename(place)
    return aside


def _still_in_use(place: Path) -> WorkspaceError:
    return WorkspaceError(
        f"While “{place}” was looked through, another program saved in it.",
        safe="Nothing was changed.",
        todo="Close other windows that use this workspace, and try again.",
    )
