"""All files of recently used revisions, listed once each; a new version's list is made from its parent's."""

import threading
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from soh_author.domain.errors import DamagedError
from soh_author.gitstore import trees
from soh_author.gitstore.objects import object_id
from soh_author.gitstore.sealed import GitFailedError
from soh_author.gitstore.trees import Listing
from soh_author.gitstore.values import Entry, Revision

_KEPT = 24


class Listings:
    """Lists of files by revision; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._known: dict[str, Listing] = {}

    def get(self, revision: str) -> Listing:
        """Every file of a revision.

        Raises:
            WorkspaceError: when a folder of it is missing or damaged.
        """
        with self._lock:
            known = self._known.pop(revision, None)
            if known is not None:
                # Put back at the end: the first of the dictionary is the one not used for longest.
                self._known[revision] = known
                return known
        try:
            listing = trees.list_tree(self._folder, Revision(revision))
        except GitFailedError as error:
            raise DamagedError(
                f"The workspace is damaged: the files of version {revision[:8]} can't be listed.",
                safe="Other versions still work.",
            ) from error
        return self._keep(revision, listing.files, listing.others)

    def real_changes(
        self, expected: str | None, changes: Mapping[str, bytes | None]
    ) -> dict[str, bytes | None]:
        """Only those changes that make a difference to ``expected``."""
        present = self.get(expected).files if expected else {}

        def differs(path: str, data: bytes | None) -> bool:
            entry = present.get(path)
            if entry is None or data is None:
                return (entry is None) is not (data is None)
            return entry.blob != object_id("blob", data)

        return {path: data for path, data in changes.items() if differs(path, data)}

    def derive(self, base: str | None, revision: str, changes: Mapping[str, bytes | None]) -> None:
        """Know a new revision's files from those of ``base``, without asking git."""
        old = self.get(base) if base else Listing({})
        files = dict(old.files)
        for path, data in changes.items():
            if data is None:
                files.pop(path, None)
            else:
                files[path] = Entry(object_id("blob", data))
        self._keep(revision, files, tuple(other for other in old.others if other[0] not in changes))

    def _keep(
        self, revision: str, files: Mapping[str, Entry], others: tuple[tuple[str, str], ...]
    ) -> Listing:
        listing = Listing(MappingProxyType(dict(files)), others)
        with self._lock:
            self._known[revision] = listing
            while len(self._known) > _KEPT:
                del self._known[next(iter(self._known))]
        return listing
