"""Writing a file outside the workspace."""

from pathlib import Path

from soh_author.domain.errors import OutputError


def write_file(path: Path, data: bytes) -> None:
    """Write a file; its folder is made when missing.

    Raises:
        OutputError: when it can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise OutputError(
            f"“{path}” can't be written ({error.strerror}).",
            safe="The workspace is unchanged.",
            todo="Choose another place, or make room.",
        ) from error
