"""Releases: a version made ready aside, and what is live moved to it together with its lasting name."""

from collections.abc import Mapping

from soh_author.domain.errors import OutputError
from soh_author.gitstore import names, refs
from soh_author.gitstore.listings import Listings
from soh_author.gitstore.objects import ObjectWriter
from soh_author.gitstore.refs import RefMove
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Revision, Stamp
from soh_author.gitstore.versions import VersionWriter

TAGS = "releases/"


def prepare_release(
    store: Store, expected: str, changes: Mapping[str, bytes | None], stamp: Stamp
) -> Revision:
    """Write a version on top of another; nothing names it yet, so nobody sees it.

    Raises:
        InvalidNameError: for a path no file may have.
        OutputError: when the disk is full or refuses.
    """
    for path in changes:
        names.check_path(path)
    writer = VersionWriter(store.folder, store.reader, Listings(store.folder))
    return writer.put(expected, changes, stamp, None)


def keep_file(store: Store, data: bytes) -> str:
    """Store a file that no version holds yet and answer its blob, so that a release can be planned with it.

    Raises:
        OutputError: when the disk is full or refuses.
    """
    writer = ObjectWriter(store.folder)
    try:
        blob = writer.put("blob", data)
        writer.settle()
    except OSError as error:
        raise OutputError(
            f"What two drafts change in one file could not be put together on disk ({error.strerror}).",
            safe="Nothing was changed.",
            todo="Make sure that the disk has space and that you may write to it, and try again.",
        ) from error
    return blob


def keep_release(store: Store, expected: str, revision: str, identity: str) -> None:
    """Move what is live to a prepared version and give that its release's name: both or neither.

    Raises:
        WorldMovedError: when what is live is not at ``expected``, or there is such a release.
    """
    moves = [
        RefMove(names.branch_ref(names.PUBLISHED), Revision(expected), Revision(revision)),
        RefMove(names.tag_ref(TAGS + identity), None, Revision(revision)),
    ]
    refs.move_refs(store.folder, moves, moved=refs.moved_error(names.PUBLISHED))
