"""The store: a bare repository behind a small set of verbs. Start here."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from soh_author.domain.errors import DamagedError, NotFoundError
from soh_author.gitstore import drafts, history, lost_names, names, opening, refs, sealed
from soh_author.gitstore.branches import read_branches
from soh_author.gitstore.commits import decode_commit
from soh_author.gitstore.drafts import DiscardedDraft
from soh_author.gitstore.listings import Listings
from soh_author.gitstore.lost_names import LostNames
from soh_author.gitstore.objects import ObjectReader
from soh_author.gitstore.refs import RefMove
from soh_author.gitstore.trees import Listing
from soh_author.gitstore.values import Author, Branch, Change, Entry, Revision, Stamp, Version
from soh_author.gitstore.versions import VersionWriter, commit_bytes

MANIFEST = "soh.yml"
"""The file every content repository has at its top."""


class Store:
    """One workspace's pages and versions.

    Reading is safe from several threads. Writing is meant for one thread at a time and queues otherwise; two
    processes may write at once: a branch moves only from where its writer saw it.
    """

    def __init__(self, folder: Path) -> None:
        """Use :meth:`open` or :meth:`create`."""
        self.folder = folder
        self.reader = ObjectReader(folder)
        self._listings = Listings(folder)
        self._writer = VersionWriter(folder, self.reader, self._listings)
        self._writing = threading.Lock()
        self.lost = LostNames()
        """Names that were found lost when it was opened."""

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make an empty workspace; ``folder`` must be new or empty.

        Raises:
            OutputError: when something is there already, or it can't be written.
            WorkspaceError: when git is missing.
        """
        return cls(opening.make_workspace(folder))

    @classmethod
    def open(cls, folder: Path, *, may_be_empty: bool = False) -> Self:
        """Open a workspace this program made.

        Raises:
            WorkspaceError: no folder, no workspace, a foreign or altered one, shallow, empty, damaged.
        """
        sealed.check_git()
        opening.check_workspace(folder)
        store = cls(folder.absolute())
        try:
            store.lost = lost_names.bring_back(store.folder)
            _check_content(store, may_be_empty=may_be_empty)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """End the process that serves reading. The store can still be used; it starts again."""
        self.reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- reading ---

    def resolve(self, name: str) -> Revision:
        """Revision of ``published``, ``drafts/x``, ``origin/published``, a tag, or a full or short revision.

        Raises:
            NotFoundError: when nothing has that name.
            InvalidNameError: when nothing could.
        """
        for expression in names.candidates(name):
            stored = self.reader.get(expression)
            if stored is not None and stored.kind == "commit":
                return Revision(stored.name)
        raise NotFoundError(f"There is no version, draft or release called “{name}” here.")

    def version(self, revision: str) -> Version:
        """Author, time and note of one revision."""
        return decode_commit(revision, self.commit_bytes(revision))

    def commit_bytes(self, revision: str) -> bytes:
        """A revision's commit as git holds it: what a signature is over.

        Raises:
            NotFoundError: when it is not here.
        """
        return commit_bytes(self.reader, revision)

    def files(self, revision: str) -> Mapping[str, Entry]:
        """Every regular file of a revision by its path; links and submodules are left out."""
        return self._listings.get(revision).files

    def listing(self, revision: str) -> Listing:
        """Every file of a revision, and beside them what is no regular file."""
        return self._listings.get(revision)

    def read(self, blob: str) -> bytes:
        """Bytes of a file by the id in its :class:`Entry`.

        Raises:
            WorkspaceError: when they are missing or damaged.
        """
        stored = self.reader.get(blob)
        if stored is None:
            raise _damaged(f"a stored text ({blob[:8]})")
        return stored.data

    def read_many(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """Bytes of several files by id; what is missing or damaged is left out, so that the rest works."""
        return {
            name: stored.data for name, stored in self.reader.get_many(list(dict.fromkeys(blobs))).items()
        }

    def read_path(self, revision: str, path: str) -> bytes | None:
        """Bytes of one file at a revision, or None when it has no such file.

        Raises:
            WorkspaceError: naming the file, when its bytes are missing or damaged.
        """
        entry = self.files(revision).get(path)
        if entry is None:
            return None
        stored = self.reader.get(entry.blob)
        if stored is None:
            raise _damaged(f"the file “{path}”")
        return stored.data

    def history(
        self, revision: str, path: str | Sequence[str] | None = None, limit: int = 50, skip: int = 0
    ) -> list[Version]:
        """Versions, newest first; with ``path`` (or several, if the page moved) those that touched it."""
        return history.read_history(self.folder, Revision(revision), path, limit=limit, skip=skip)

    def versions_between(self, old: str, new: str) -> list[Version]:
        """Every version ``new`` has and ``old`` has not, newest first."""
        return history.versions_between(self.folder, Revision(old), Revision(new))

    def common_ancestor(self, one: str, other: str) -> Revision | None:
        """The newest version both descend from; None when they share none."""
        return history.common_ancestor(self.folder, Revision(one), Revision(other))

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether ``new`` is ``old`` or builds on it."""
        return old == new or history.is_ancestor(self.folder, Revision(old), Revision(new))

    def changed_paths(self, old: str | None, new: str | None) -> list[Change]:
        """Paths that differ between two revisions (None: nothing at all), in order."""
        return history.diff_trees(self.folder, old and Revision(old), new and Revision(new))

    def branches(self, *, of_origin: bool = False) -> list[Branch]:
        """``published`` and all drafts, newest first: ours, or the origin's as last fetched."""
        prefix = "refs/remotes/origin/" if of_origin else "refs/heads/"
        return read_branches(self.folder, self.reader, prefix)

    # --- writing ---

    def write(
        self,
        branch: str,
        expected: str | None,
        changes: Mapping[str, bytes | None],
        *,
        note: str,
        author: Author,
        when: datetime,
    ) -> Revision:
        """Save one version; short for :meth:`write_version` without signature."""
        return self.write_version(branch, expected, changes, Stamp(note, author, when))

    def write_version(
        self,
        branch: str,
        expected: str | None,
        changes: Mapping[str, bytes | None],
        stamp: Stamp,
        *,
        merging: str | None = None,
        even_if_same: bool = False,
    ) -> Revision:
        """Save one version: all changes or none, durable when this returns.

        Args:
            branch: ``published`` or ``drafts/<name>``.
            expected: the revision the changes were made on; None for the first version of a new branch.
            changes: paths with their new bytes, or None to remove them.
            stamp: note, author, time and signature.
            merging: a second line of versions this one takes in; the caller has merged the texts.
            even_if_same: whether there is a version even when nothing differs: its note says what happened.

        Returns:
            The new revision; ``expected`` when nothing differs and nothing is merged.

        Raises:
            WorldMovedError: when the branch is not where ``expected`` says.
            InvalidNameError: for a path no file may have.
            OutputError: when the disk is full or refuses.
        """
        ref = names.branch_ref(branch)
        for path in changes:
            names.check_path(path)
        with self._writing:
            real = self._listings.real_changes(expected, changes)
            self._writer.mend(text for path, text in changes.items() if text is not None and path not in real)
            if not (real or expected is None or merging or even_if_same):
                return Revision(expected)
            commit = self._writer.put(expected, real, stamp, merging)
            refs.move_refs(self.folder, [RefMove(ref, expected, commit)], moved=refs.moved_error(branch))
            self._listings.derive(expected, commit, real)
            return commit

    def create_branch(self, branch: str, at: str) -> None:
        """Start a draft at a revision.

        Raises:
            WorldMovedError: when there is one of that name.
        """
        move = RefMove(names.branch_ref(branch), None, self.version(at).revision)
        refs.move_refs(self.folder, [move], moved=refs.taken_error(branch))

    def advance_branch(self, branch: str, expected: str, to: str) -> None:
        """Move a branch forward to a version that builds on ``expected``.

        Raises:
            WorldMovedError: when it is not at ``expected``, or ``to`` does not build on that.
        """
        if not self.is_ancestor(expected, to):
            raise refs.moved_error(branch)
        move = RefMove(names.branch_ref(branch), Revision(expected), Revision(to))
        refs.move_refs(self.folder, [move], moved=refs.moved_error(branch))

    def rename_draft(self, old: str, new: str) -> None:
        """Give a draft another name; errors as :func:`soh_author.gitstore.drafts.rename`."""
        drafts.rename(self.folder, old, new, self.resolve(old))

    def discard_branch(self, branch: str, when: datetime) -> DiscardedDraft:
        """Throw a draft away; it is kept, see :meth:`discarded`."""
        return drafts.discard(self.folder, branch, self.resolve(branch), when)

    def discarded(self) -> list[DiscardedDraft]:
        """Drafts thrown away and still kept, newest first."""
        return drafts.list_discarded(self.folder)

    def restore_draft(self, draft: DiscardedDraft, branch: str | None = None) -> None:
        """Put a discarded draft back under its old name, or another (``drafts/<name>``)."""
        drafts.restore(self.folder, draft, branch or f"{names.DRAFTS}{draft.name}")

    def create_tag(self, name: str, at: str) -> None:
        """Give a revision a lasting name: a release.

        Raises:
            WorldMovedError: when the name is taken.
        """
        move = RefMove(names.tag_ref(name), None, self.version(at).revision)
        refs.move_refs(self.folder, [move], moved=refs.taken_error(f"tags/{name}"))


def open_again(folder: Path) -> Store:
    """Open for reading what was opened, and so checked, a moment ago."""
    return Store(folder.absolute())


def _check_content(store: Store, *, may_be_empty: bool) -> None:
    try:
        published = store.resolve(names.PUBLISHED)
    except NotFoundError as error:
        if opening.mend_published(store.folder):
            _check_content(store, may_be_empty=may_be_empty)
            return
        if may_be_empty:
            return
        if refs.list_refs(store.folder, f"refs/heads/{names.PUBLISHED}"):
            what = "The workspace is damaged: what is live can't be read."
            raise DamagedError(what) from error
        raise opening.empty_error(store.folder) from error
    if MANIFEST not in store.files(published):
        raise opening.no_manifest_error(store.folder, MANIFEST)


def _damaged(what: str) -> DamagedError:
    return DamagedError(
        f"The workspace is damaged: {what} can't be read.", safe="All other files still work."
    )
