"""A revision as ordinary files in a folder, and back: byte for byte, for people who like other editors."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from soh_author.domain.errors import (
    Cancelled,
    ContentError,
    DamagedError,
    NotFoundError,
    OutputError,
)
from soh_author.gitstore import names
from soh_author.gitstore.objects import ObjectReader
from soh_author.gitstore.values import Entry, IsCancelled, Report
from soh_author.gitstore.watched import never, no_report

LARGEST_FILE = 50_000_000
LARGEST_FOLDER = 2_000_000_000
MOST_FILES = 200_000
# What systems leave in folders they show.
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_AT_ONCE = 200
# A link put there after we looked is not followed; a pipe does not make us wait.
_FLAGS = os.O_RDONLY
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):
    _FLAGS |= getattr(os, _name, 0)


def export_files(
    reader: ObjectReader,
    files: Mapping[str, Entry],
    folder: Path,
    *,
    report: Report = no_report,
    is_cancelled: IsCancelled = never,
) -> int:
    """Write files into a new or empty folder; answer how many.

    Raises:
        OutputError: when the folder is not empty or can't be written, or when two names are one on this
        system. WorkspaceError: naming the first file whose bytes are missing.
    """
    _check_twins(files)
    for path in files:
        names.check_path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise OutputError(
                f"“{folder}” is not empty.", safe="Nothing was written.", todo="Choose a new folder."
            )
        _write_all(reader, files, folder, report, is_cancelled)
    except OSError as error:
        raise OutputError(
            f"“{folder}” can't be written ({error.strerror}).",
            safe="The workspace is unchanged.",
            todo="Make sure that the disk has space and that you may write there.",
        ) from error
    return len(files)


def _write_all(
    reader: ObjectReader, files: Mapping[str, Entry], folder: Path, report: Report, is_cancelled: IsCancelled
) -> None:
    paths = sorted(files)
    for first in range(0, len(paths), _AT_ONCE):
        if is_cancelled():
            raise Cancelled
        report(first, len(paths), "Writing files")
        some = paths[first : first + _AT_ONCE]
        found = reader.get_many(list(dict.fromkeys(files[path].blob for path in some)))
        for path in some:
            stored = found.get(files[path].blob)
            if stored is None:
                raise DamagedError(f"The workspace is damaged: the file “{path}” can't be read.")
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(stored.data)


def _check_twins(files: Mapping[str, Entry]) -> None:
    seen: dict[str, str] = {}
    for path in files:
        other = seen.setdefault(path.casefold(), path)
        if other != path:
            raise OutputError(
                f"“{other}” and “{path}” would be one file on Windows and macOS.",
                safe="Nothing was written.",
                todo="Rename one of the two.",
            )


def read_folder(folder: Path) -> dict[str, bytes]:
    """All files of a folder by their path with ``/``; skips ``.git`` and what systems leave behind.

    Raises:
        NotFoundError: when there is no such folder.
        ContentError: for links, devices, names no workspace can hold, and files or folders beyond all
        measure.
    """
    if not folder.is_dir():
        raise NotFoundError(f"There is no folder “{folder}”.")
    found: dict[str, bytes] = {}
    total = 0
    for path, file in _walk(folder, ""):
        names.check_path(path)
        data = _read_file(file, path)
        total += len(data)
        if total > LARGEST_FOLDER or len(found) >= MOST_FILES:
            raise ContentError(
                f"“{folder}” holds more than any content repository.", safe="Nothing was changed."
            )
        found[path] = data
    return found


def _walk(folder: Path, place: str) -> Iterator[tuple[str, Path]]:
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        path = f"{place}{entry.name}"
        if entry.name.lower() == ".git" or entry.name.lower() in _LITTER or entry.name.startswith("._"):
            continue
        if entry.is_symlink():
            raise _link(path)
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{path}/")
        else:
            yield path, Path(entry.path)


def _read_file(file: Path, path: str) -> bytes:
    handle = os.open(file, _FLAGS)
    with os.fdopen(handle, "rb") as opened:
        about = os.fstat(opened.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise _link(path)
        if about.st_size > LARGEST_FILE:
            raise ContentError(
                f"“{path}” is larger than 50 MB.", safe="Nothing was changed.", todo="Make it smaller."
            )
        return opened.read(LARGEST_FILE + 1)


def _link(path: str) -> ContentError:
    return ContentError(
        f"“{path}” is a link or a device, not a file.",
        safe="Nothing was changed.",
        todo="Put the file itself there.",
    )
