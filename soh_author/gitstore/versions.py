"""The objects of a new version, written but not yet named by any branch."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from soh_author.domain.errors import NotFoundError, OutputError
from soh_author.gitstore import bulk, trees
from soh_author.gitstore.commits import check_stamp, encode_commit, tree_of
from soh_author.gitstore.listings import Listings
from soh_author.gitstore.objects import ObjectReader, ObjectWriter, object_id
from soh_author.gitstore.values import Revision, Stamp


class VersionWriter:
    """Writes blobs, trees and commits; one thread at a time."""

    def __init__(self, folder: Path, reader: ObjectReader, listings: Listings) -> None:
        self._folder = folder
        self._reader = reader
        self._listings = listings

    def put(
        self, expected: str | None, changes: Mapping[str, bytes | None], stamp: Stamp, merging: str | None
    ) -> Revision:
        """Write all objects of a version and answer its name; they are on the disk then.

        Raises:
            OutputError: when the disk is full or refuses.
            UsageError: for an empty note or an author without a name.
        """
        check_stamp(stamp)
        parents = [Revision(parent) for parent in (expected, merging) if parent]
        writer = ObjectWriter(self._folder)
        try:
            tree = self._tree(writer, expected, changes)
            commit = Revision(writer.put("commit", encode_commit(tree, parents, stamp)))
            writer.settle()
        except OSError as error:
            raise OutputError(
                f"The version could not be saved ({error.strerror}).",
                safe="Nothing was changed, and your text is kept.",
                todo="Make sure that the disk has space and that you may write to it, and try again.",
            ) from error
        return commit

    def mend(self, texts: Iterable[bytes]) -> None:
        """Store again what should be stored already but is lost, so that a save is never only believed."""
        lost = {object_id("blob", text): text for text in texts}
        for name in self._reader.get_many(list(lost)):
            del lost[name]
        writer = ObjectWriter(self._folder)
        for text in lost.values():
            writer.put("blob", text)
        writer.settle()

    def _tree(self, writer: ObjectWriter, expected: str | None, changes: Mapping[str, bytes | None]) -> str:
        if len(changes) >= bulk.FROM_FILES:
            present = self._listings.get(expected).files if expected else {}
            made = bulk.import_tree(self._folder, expected, present, changes)
            return tree_of(commit_bytes(self._reader, made))
        base = tree_of(commit_bytes(self._reader, expected)) if expected else None
        return trees.change_tree(self._reader, writer, base, changes)


def commit_bytes(reader: ObjectReader, revision: str) -> bytes:
    """A revision's commit as git holds it.

    Raises:
        NotFoundError: when it is not here.
    """
    stored = reader.get(Revision(revision))
    if stored is None or stored.kind != "commit":
        raise NotFoundError(f"Version {revision[:8]} is not in this workspace.")
    return stored.data
