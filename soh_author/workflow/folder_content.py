"""A plain folder of content files, looked at as if it were a version of a workspace."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from soh_author.gitstore.folders import read_folder
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.sources import Memory, Sources


def folder_snapshot(folder: Path) -> Snapshot:
    """The content of a folder.

    Raises:
        NotFoundError: when there is no such folder.
        WorkspaceError: when it holds no soh.yml.
        ContentError: for links, devices, and files beyond all measure.
    """
    files = read_folder(folder)
    stamps = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    by_stamp = {stamps[path]: data for path, data in files.items()}

    def fetch(wanted: Iterable[str]) -> Mapping[str, bytes]:
        return {stamp: by_stamp[stamp] for stamp in wanted if stamp in by_stamp}

    snapshot = Snapshot(Sources(stamps, fetch, Memory()))
    snapshot.manifest  # noqa: B018 - reading it is the check
    return snapshot
