"""Reading and writing a file outside the workspace."""

import json
from pathlib import Path

from soh_author.domain.errors import NotFoundError, OutputError, UsageError
from soh_author.workflow.precious_folders import refuse_precious

_LARGEST = 512 * 1024 * 1024


def write_file(path: Path, data: bytes) -> None:
    """Write a file; its folder is made when missing.

    Raises:
        OutputError: when it can't be written, or not there.
    """
    refuse_precious(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise OutputError(
            f"“{path}” can't be written ({error.strerror}).",
            safe="The workspace is unchanged.",
            todo="Choose another place, or make room.",
        ) from error


def read_file(path: Path) -> bytes:
    """Read a file; of one beyond all sizes only so much that whoever reads it sees that it is too large.

    Raises:
        NotFoundError: when it can't be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST + 1)
    except OSError as error:
        raise NotFoundError(
            f"“{path}” can't be read ({error.strerror}).", safe="Nothing was changed.", todo="Check its name."
        ) from error


def read_json(path: Path) -> object:
    """What a file of answers holds, whatever it is.

    Raises:
        UsageError: when it can't be read, or is no JSON, or is nested too deep.
    """
    try:
        found: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"“{path}” can't be read as JSON: {error}", safe="Nothing was changed.") from error
    return found
