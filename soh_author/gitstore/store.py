"""The store: a bare repository behind a small set of verbs. Start here."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from soh_author.domain.errors import NotFoundError, WorkspaceError, WorldMovedError
from soh_author.gitstore import history, names, refs, sealed, trees
from soh_author.gitstore.commits import decode_commit, encode_commit, tree_of
from soh_author.gitstore.objects import ObjectReader, ObjectWriter, object_id
from soh_author.gitstore.refs import RefMove
from soh_author.gitstore.sealed import GitFailedError
from soh_author.gitstore.trees import Listing
from soh_author.gitstore.values import Author, Branch, Change, Entry, Revision, Stamp, Version

_KEPT_LISTINGS = 24


class Store:
    """One workspace's pages and versions.

    Reading is safe from several threads. Writing is meant for one thread at a time and queues otherwise; two
    processes may write at once: a branch moves only from where its writer saw it.
    """

    def __init__(self, folder: Path) -> None:
        """Use :meth:`open` or :meth:`create`."""
        self.folder = folder
        self._reader = ObjectReader(folder)
        self._writing = threading.Lock()
        self._listing_lock = threading.Lock()
        self._listings: dict[str, Listing] = {}

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make an empty workspace; ``folder`` must be new or empty.

        Raises:
            WorkspaceError: when something is there already, or git is missing.
        """
        sealed.check_git()
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise WorkspaceError(
                f"“{folder}” is not empty.", safe="Nothing was changed.", todo="Choose a new folder."
            )
        folder.mkdir(parents=True, exist_ok=True)
        sealed.run(
            None, "init", "--quiet", "--bare", "--template=", f"--initial-branch={names.PUBLISHED}",
            "--object-format=sha1", "--", str(folder.absolute()),
        )  # fmt: skip
        return cls(folder.absolute())

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open a workspace this program made.

        Raises:
            WorkspaceError: when the folder holds none.
        """
        sealed.check_git()
        if not (folder / "HEAD").is_file() or not (folder / "objects").is_dir():
            raise WorkspaceError(f"“{folder}” is no workspace.", todo="Choose the folder of a workspace.")
        return cls(folder.absolute())

    def close(self) -> None:
        """End the processes that serve reading. The store can still be used; they start again."""
        self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- reading --------------------------------------------------------------------------------------

    def resolve(self, name: str) -> Revision:
        """Revision of ``published``, ``drafts/x``, ``origin/published``, a tag, or a full or short revision.

        Raises:
            NotFoundError: when nothing has that name.
        """
        for expression in names.candidates(name):
            stored = self._reader.get(expression)
            if stored is not None and stored.kind == "commit":
                return Revision(stored.name)
        raise NotFoundError(f"There is no version, draft or release called “{name}” here.")

    def version(self, revision: str) -> Version:
        """Author, time and note of one revision."""
        return decode_commit(revision, self._commit(revision))

    def files(self, revision: str) -> Mapping[str, Entry]:
        """Every regular file of a revision by its path; links and submodules are left out."""
        return self.listing(revision).files

    def listing(self, revision: str) -> Listing:
        """Every file of a revision, and beside them what is no regular file."""
        with self._listing_lock:
            known = self._listings.get(revision)
        if known is not None:
            return known
        try:
            listing = trees.list_tree(self.folder, Revision(revision))
        except GitFailedError as error:
            raise WorkspaceError(
                f"The files of version {revision[:8]} can't be listed.",
                safe="Other versions still work.",
                todo="Get a fresh copy of the workspace, then bring your drafts over.",
            ) from error
        listing = Listing(MappingProxyType(dict(listing.files)), listing.others)
        self._keep(revision, listing)
        return listing

    def read(self, blob: str) -> bytes:
        """Bytes of a file by the id in its :class:`Entry`.

        Raises:
            WorkspaceError: when they are missing or damaged.
        """
        stored = self._reader.get(blob)
        if stored is None:
            raise _damaged(f"a stored text ({blob[:8]})")
        return stored.data

    def read_many(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """Bytes of several files by id; what is missing or damaged is left out, so that the rest works."""
        return {
            name: stored.data for name, stored in self._reader.get_many(list(dict.fromkeys(blobs))).items()
        }

    def read_path(self, revision: str, path: str) -> bytes | None:
        """Bytes of one file at a revision, or None when it has no such file.

        Raises:
            WorkspaceError: naming the file, when its bytes are missing or damaged.
        """
        entry = self.files(revision).get(path)
        if entry is None:
            return None
        stored = self._reader.get(entry.blob)
        if stored is None:
            raise _damaged(f"the file “{path}”")
        return stored.data

    def history(
        self, revision: str, path: str | Sequence[str] | None = None, limit: int = 50, skip: int = 0
    ) -> list[Version]:
        """Versions, newest first; with ``path`` (or several, if the page moved) those that touched it."""
        paths = () if path is None else (path,) if isinstance(path, str) else tuple(path)
        return history.read_history(self.folder, Revision(revision), paths, limit=limit, skip=skip)

    def changed_paths(self, old: str | None, new: str | None) -> list[Change]:
        """Paths that differ between two revisions (None: nothing at all), in order."""
        return history.diff_trees(self.folder, old and Revision(old), new and Revision(new))

    def branches(self) -> list[Branch]:
        """``published`` and all drafts of this workspace, newest first."""
        found = refs.list_refs(self.folder, "refs/heads/")
        stored = self._reader.get_many([sha for _, sha in found])
        branches = [
            Branch(ref.removeprefix("refs/heads/"), decode_commit(sha, stored[sha].data))
            for ref, sha in found
            if sha in stored
        ]
        return sorted(branches, key=lambda branch: branch.version.when, reverse=True)

    # --- writing --------------------------------------------------------------------------------------

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
    ) -> Revision:
        """Save one version: all changes or none, durable when this returns.

        Args:
            branch: ``published`` or ``drafts/<name>``.
            expected: the revision the changes were made on; None for the first version of a new branch.
            changes: paths with their new bytes, or None to remove them.
            stamp: note, author, time and signature.
            merging: a second line of versions this one takes in; the caller has merged the texts.

        Returns:
            The new revision; ``expected`` when nothing differs and nothing is merged.

        Raises:
            WorldMovedError: when the branch is not where ``expected`` says.
            InvalidNameError: for a path no file may have.
        """
        ref = names.branch_ref(branch)
        for path in changes:
            names.check_path(path)
        with self._writing:
            real = self._real_changes(expected, changes)
            if not real and expected is not None and merging is None:
                return Revision(expected)
            commit = self._store_version(expected, real, stamp, merging)
            refs.move_refs(self.folder, [RefMove(ref, expected, commit)], moved=lambda: _moved(branch))
            self._derive(expected, commit, real)
            return commit

    def create_branch(self, branch: str, at: str) -> None:
        """Start a draft at a revision.

        Raises:
            WorldMovedError: when the draft exists already.
        """
        moves = [RefMove(names.branch_ref(branch), None, Revision(at))]
        refs.move_refs(self.folder, moves, moved=lambda: _exists(branch))

    # --- inner steps ----------------------------------------------------------------------------------

    def _commit(self, revision: str) -> bytes:
        stored = self._reader.get(Revision(revision))
        if stored is None or stored.kind != "commit":
            raise NotFoundError(f"Version {revision[:8]} is not in this workspace.")
        return stored.data

    def _store_version(
        self, expected: str | None, changes: Mapping[str, bytes | None], stamp: Stamp, merging: str | None
    ) -> Revision:
        """Write all objects of a version; no ref names them yet."""
        writer = ObjectWriter(self.folder)
        base = tree_of(self._commit(expected)) if expected else None
        tree = trees.change_tree(self._reader, writer, base, changes)
        parents = [Revision(parent) for parent in (expected, merging) if parent]
        commit = Revision(writer.put("commit", encode_commit(tree, parents, stamp)))
        writer.settle()
        return commit

    def _real_changes(
        self, expected: str | None, changes: Mapping[str, bytes | None]
    ) -> dict[str, bytes | None]:
        """Only what differs from ``expected``."""
        present = self.files(expected) if expected else {}

        def differs(path: str, data: bytes | None) -> bool:
            entry = present.get(path)
            if data is None:
                return entry is not None
            return entry is None or entry.size != len(data) or entry.blob != object_id("blob", data)

        return {path: data for path, data in changes.items() if differs(path, data)}

    def _derive(self, expected: str | None, commit: str, changes: Mapping[str, bytes | None]) -> None:
        """Know the new revision's files without asking git."""
        base = self.listing(expected) if expected else Listing({})
        files = dict(base.files)
        for path, data in changes.items():
            if data is None:
                files.pop(path, None)
            else:
                files[path] = Entry(object_id("blob", data), len(data))
        others = tuple(other for other in base.others if other[0] not in changes)
        self._keep(commit, Listing(MappingProxyType(files), others))

    def _keep(self, revision: str, listing: Listing) -> None:
        with self._listing_lock:
            self._listings[revision] = listing
            while len(self._listings) > _KEPT_LISTINGS:
                with suppress(StopIteration):
                    del self._listings[next(iter(self._listings))]


def _damaged(what: str) -> WorkspaceError:
    return WorkspaceError(
        f"The workspace is damaged: {what} can't be read.",
        safe="All other files still work.",
        todo="Get a fresh copy of the workspace, then bring your drafts over.",
    )


def _moved(branch: str) -> WorldMovedError:
    return WorldMovedError(
        f"Somebody else, or another window, changed {names.branch_words(branch)} since you opened it.",
        safe="Nothing was overwritten, and your text is kept.",
        todo="Open the newest version and save again.",
    )


def _exists(branch: str) -> WorldMovedError:
    return WorldMovedError(
        f"There is already {names.branch_words(branch)}.",
        safe="Nothing was changed.",
        todo="Choose another name.",
    )
