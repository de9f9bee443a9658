"""Many files at once: one ``git fast-import`` writes them as one pack."""

import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

from soh_author.domain.errors import InvalidNameError, WorkspaceError
from soh_author.gitstore import sealed
from soh_author.gitstore.objects import sync_folder
from soh_author.gitstore.sealed import GitFailedError

# From here on one more process (about 20 ms) costs less than syncing every file by itself (about 1 ms each).
FROM_FILES = 50


def import_tree(
    folder: Path, base: str | None, present: Mapping[str, object], changes: Mapping[str, bytes | None]
) -> str:
    """Store blobs and trees; answer a commit that has the new tree and that no ref names.

    Args:
        base: revision to start from, or None.
        present: its files; only the paths matter.
        changes: paths, already checked, with their new bytes or None to remove them.

    Raises:
        InvalidNameError: when a path would be a file and a folder at once.
        WorkspaceError: when git can't write.
    """
    _check_clashes(present, changes)
    stream = b"".join(_stream(base, changes))
    try:
        output = sealed.run(
            folder, "fast-import", "--quiet", "--done", data=stream, settings={"fastimport.unpackLimit": "1"}
        )
    except GitFailedError as error:
        for report in folder.glob("fast_import_crash_*"):
            report.unlink(missing_ok=True)
        raise WorkspaceError(
            "The files could not be written to the workspace.",
            safe="Nothing was changed.",
            todo="Make sure that the disk has space and that you may write to it, and try again.",
        ) from error
    sync_folder(folder / "objects" / "pack")
    return output.decode().split()[0]


def _stream(base: str | None, changes: Mapping[str, bytes | None]) -> Iterator[bytes]:
    scratch = f"refs/soh/scratch/{secrets.token_hex(8)}"
    yield f"commit {scratch}\nmark :1\ncommitter x <x> 0 +0000\ndata 0\n\n".encode()
    if base:
        yield f"from {base}\n".encode()
    # What goes must go first: a file may make room for a folder of its name.
    for path, data in changes.items():
        if data is None:
            yield f"D {_quoted(path)}\n".encode()
    for path, data in changes.items():
        if data is not None:
            yield f"M 100644 inline {_quoted(path)}\ndata {len(data)}\n".encode() + data + b"\n"
    # The scratch ref is taken back before the end of the stream, so it is never written.
    yield f"\nget-mark :1\nreset {scratch}\nfrom {'0' * 40}\n\ndone\n".encode()


def _quoted(path: str) -> str:
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _check_clashes(present: Mapping[str, object], changes: Mapping[str, bytes | None]) -> None:
    files = {path for path in present if changes.get(path, b"") is not None}
    files.update(path for path, data in changes.items() if data is not None)
    folders: set[str] = set()
    for path in files:
        parent = path.rpartition("/")[0]
        while parent and parent not in folders:
            folders.add(parent)
            parent = parent.rpartition("/")[0]
    for path in sorted(files & folders):
        raise InvalidNameError(f"“{path}” can't be a file and a folder at once.")
