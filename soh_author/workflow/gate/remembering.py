"""What a server's gate remembers from one push to the next: facts about texts, by the ids git gives them.

Nobody who pushes can have a part in it: an id names exactly one text, and what is remembered of that is true
of it for ever. Without it, or when it can't be read, everything is looked at again.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

FOLDER = "soh-gate"
"""Folder in the repository that holds what the gate keeps for itself."""

_FILE = "texts-without-moves"
_HEAD = "1"
_LINES = re.compile(r"(?:[0-9a-f]{40}\n)*")


def remembered(folder: Path) -> frozenset[str]:
    """The ids of texts known to speak of no id that their page had before.

    Args:
        folder: the repository.
    """
    try:
        text = (folder / FOLDER / _FILE).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return frozenset()
    head, _, rest = text.partition("\n")
    return frozenset(rest.split()) if head == _HEAD and _LINES.fullmatch(rest) else frozenset()


def remember(folder: Path, names: Iterable[str]) -> None:
    """Keep such ids, whole or not at all; only where a gate was set up, and only if they can be written."""
    place = folder / FOLDER
    if not place.is_dir():
        return
    with suppress(OSError):
        aside = place / f".{_FILE}.new"
        aside.write_text("".join(f"{name}\n" for name in (_HEAD, *sorted(names))), encoding="ascii")
        aside.replace(place / _FILE)
