"""What would be live if some drafts went out now: what is live, with what they change on top."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from soh_author.domain.errors import NotFoundError, UsageError, WorldMovedError
from soh_author.domain.ids import DraftName
from soh_author.domain.judging.approval import content_name
from soh_author.domain.judging.writers import Writer
from soh_author.gitstore.names import DRAFTS
from soh_author.gitstore.releases import keep_file
from soh_author.gitstore.values import Change, Version
from soh_author.trust.remarks import FOLDER
from soh_author.workflow.approvals.releasing_files import releases_of_draft
from soh_author.workflow.drafting import changes_something
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.together.merging import merge_file
from soh_author.workflow.together.merging_decisions import Conflict
from soh_author.workflow.together.syncing_others import ORIGIN
from soh_author.workflow.workspace import LIVE, Workspace

APPROVALS = "approvals/"
COMMENTS = FOLDER
_BESIDE = (APPROVALS, "releases/", COMMENTS)
"""What is no content: it is added beside it, and a comment never goes out."""


@dataclass(frozen=True)
class Candidate:
    """Some drafts on top of what is live.

    ``tip`` is what is live; ``heads`` the drafts' newest versions. ``changes`` are the files they change, by
    path, with the blob to be or None; ``records`` likewise what people said in them, ``elsewhere`` what they
    said in other copies of the same drafts. ``owners`` tells which drafts bring a path: where there are
    several, their changes were put together by section and field. ``editors`` are those
    who saved a version that changed it. ``comments`` are what people said of words in them.
    """

    tip: str
    heads: Mapping[DraftName, str]
    before: Snapshot
    after: Snapshot
    changes: Mapping[str, str | None]
    records: Mapping[str, str]
    elsewhere: Mapping[str, str]
    owners: Mapping[str, tuple[DraftName, ...]]
    editors: Mapping[str, frozenset[Writer]]
    comments: Mapping[str, str] = field(default_factory=dict)

    @property
    def drafts(self) -> tuple[DraftName, ...]:
        """The drafts, in the order in which they were named."""
        return tuple(self.heads)

    @cached_property
    def writers(self) -> tuple[Writer, ...]:
        """Everybody who saved something of what they change, in order."""
        return tuple(sorted({each for path in self.changes for each in self.editors.get(path, ())}))


def candidate(workspace: Workspace, drafts: Sequence[str]) -> Candidate:
    """Put drafts on top of what is live.

    Raises:
        NotFoundError: when there is no such draft, here or at the origin.
        UsageError: when no draft is named.
        WorldMovedError: when what is live has changed in the same file since, or two drafts change the same
            place of one file differently.
    """
    names = tuple(dict.fromkeys(map(DraftName, drafts)))
    if not names:
        raise UsageError("No draft is named.", safe="Nothing was changed.", todo="Name at least one draft.")
    tip = workspace.revision_of(LIVE)
    heads = {name: head_of(workspace, name) for name in names}
    found = _Gathering(workspace, tip)
    for name, head in sorted(heads.items()):  # so that the order of naming makes no other file
        found.take(name, head)
    for name in names:
        for head in copies_of(workspace, name):
            found.hear(head)
    return Candidate(
        tip=tip,
        heads=heads,
        before=workspace.snapshot(LIVE),
        after=workspace.snapshot_with(tip, found.changes),
        changes=found.changes,
        records=found.records,
        elsewhere=found.elsewhere,
        owners=found.owners,
        editors={path: frozenset(writers) for path, writers in found.editors.items()},
        comments=found.comments,
    )


def head_of(workspace: Workspace, draft: str) -> str:
    """The newest version of a draft: of ours, or of the origin's as last got where that is ahead.

    Raises:
        NotFoundError: when there is none.
    """
    found = copies_of(workspace, draft)
    if not found:
        raise NotFoundError(f"There is no draft “{draft}” here.", todo="Look at the list of drafts.")
    mine, theirs = found[0], found[-1]
    return theirs if workspace.store.is_ancestor(mine, theirs) else mine


def copies_of(workspace: Workspace, draft: str) -> list[str]:
    """The newest versions of a draft: of ours and of the origin's as last got, where there are such."""
    found = (_resolved(workspace, prefix + DRAFTS + draft) for prefix in ("", ORIGIN))
    return [head for head in found if head is not None]


def waits_to_go_out(workspace: Workspace, draft: DraftName) -> bool:
    """Whether a draft changes anything of what is live that didn't go out by it before.

    What went out changes nothing; once it was rolled back it would change something again, and yet nobody
    wants it out. Whoever does edits the draft, or sends it for review again.
    """
    live, head = workspace.revision_of(LIVE), head_of(workspace, draft)
    return changes_something(workspace, live, head) and not _went_out(workspace, draft, live, head)


def _went_out(workspace: Workspace, draft: DraftName, live: str, head: str) -> bool:
    """Whether a release has put out all that a draft changes, and nobody has said anything in it since."""
    store = workspace.store
    there, spent = store.files(head), store.files(live)
    if any(path.startswith(APPROVALS) and path not in spent for path in there):
        return False
    base = store.common_ancestor(live, head)
    changes = [each for each in store.changed_paths(base, head) if not each.path.startswith(_BESIDE)]
    brought = {each.path: content_name(store.read(each.new) if each.new else None) for each in changes}
    return any(
        all(release.sources.get(path) == name for path, name in brought.items())
        for release in releases_of_draft(workspace.snapshot(LIVE), draft)
    )


def _resolved(workspace: Workspace, name: str) -> str | None:
    try:
        return workspace.store.resolve(name)
    except NotFoundError:
        return None


class _Gathering:
    """Collects what drafts change, one after the other."""

    def __init__(self, workspace: Workspace, tip: str) -> None:
        self._store = workspace.store
        self._tip = tip
        self._live = workspace.store.files(tip)
        self.changes: dict[str, str | None] = {}
        self.records: dict[str, str] = {}
        self.elsewhere: dict[str, str] = {}
        self.owners: dict[str, tuple[DraftName, ...]] = {}
        self.editors: dict[str, set[Writer]] = {}
        self.comments: dict[str, str] = {}

    def take(self, name: DraftName, head: str) -> None:
        base = self._store.common_ancestor(self._tip, head)
        for change in self._store.changed_paths(base, head):
            if change.path.startswith(APPROVALS):
                if change.new is not None and change.path not in self._live:
                    self.records[change.path] = change.new
            elif change.path.startswith(COMMENTS) and change.new is not None:
                self.comments[change.path] = change.new
            elif not change.path.startswith(_BESIDE):
                self._take_file(name, change)
        for version in self._store.versions_between(self._tip, head):
            writer = Writer(version.author.name, version.author.email)
            for path in self._edited(version):
                self.editors.setdefault(path, set()).add(writer)

    def hear(self, head: str) -> None:
        """Take note of what people said in another copy of a draft."""
        for path, entry in self._store.files(head).items():
            if path.startswith(APPROVALS) and path not in self._live and path not in self.records:
                self.elsewhere[path] = entry.blob

    def _edited(self, version: Version) -> set[str]:
        """The files that a version has otherwise than all it was made from."""
        parents: tuple[str | None, ...] = version.parents or (None,)
        sides = [
            {change.path for change in self._store.changed_paths(parent, version.revision)}
            for parent in parents
        ]
        return {path for path in set.intersection(*sides) if not path.startswith(_BESIDE)}

    def _take_file(self, name: DraftName, change: Change) -> None:
        entry = self._live.get(change.path)
        live = entry.blob if entry else None
        if live == change.new:
            return
        if live != change.old:
            raise WorldMovedError(
                f"“{change.path}” has changed in what is live since the draft “{name}” was begun.",
                safe="Nothing was changed.",
                todo="Get the latest: it brings the draft up to date. Then have it looked at again.",
            )
        others = self.owners.get(change.path, ())
        new = self._put_together(others, name, change) if others else change.new
        self.changes[change.path] = new
        self.owners[change.path] = (*others, name)

    def _put_together(self, others: Sequence[DraftName], name: DraftName, change: Change) -> str | None:
        """The file with what several drafts change in it; people have to say yes to exactly that.

        Raises:
            WorldMovedError: when they change the same place differently.
            OutputError: when the disk is full or refuses.
        """
        made = self.changes[change.path]
        if made == change.new:
            return made
        base, mine, theirs = (self._read(blob) for blob in (change.old, made, change.new))
        merged = merge_file(change.path, base, mine, theirs)
        if merged.conflicts:
            raise _clash(others, name, change.path, merged.conflicts)
        return None if merged.data is None else keep_file(self._store, merged.data)

    def _read(self, blob: str | None) -> bytes | None:
        return None if blob is None else self._store.read(blob)


def _clash(
    others: Sequence[DraftName], name: DraftName, path: str, conflicts: Sequence[Conflict]
) -> WorldMovedError:
    more = f" and {len(conflicts) - 1} more" if conflicts[1:] else ""
    drafts = " and ".join(f"“{each}”" for each in (*others, name))
    place = conflicts[0].title[:1].lower() + conflicts[0].title[1:]
    return WorldMovedError(
        f"The drafts {drafts} change the same place of “{path}” differently: {place}{more}.",
        safe="Nothing was changed: both drafts are as they were.",
        todo="Publish one of them, then get the latest: you are asked there what the other shall say.",
    )
