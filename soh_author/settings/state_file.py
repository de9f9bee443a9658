"""Small things worth remembering between two starts, in a JSON file that nobody edits."""

import json
from pathlib import Path
from typing import Any

from soh_author.domain.errors import OutputError


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a file; empty when there is none, or it can't be read."""
    try:
        value = json.loads(path.read_text("utf-8", "surrogateescape"))
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write a JSON object aside and move it into place, so that a crash leaves the old file whole.

    Raises:
        OutputError: when the file can't be written.
    """
    aside = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(json.dumps(value, indent=1, ensure_ascii=False), "utf-8", "surrogateescape")
        aside.replace(path)
    except OSError as error:
        raise OutputError(
            f"It can't be remembered how the window stood, in “{path.parent}”: {error.strerror}.",
            safe="Your texts are not affected.",
            todo="Make room, or allow writing in that folder.",
        ) from error
