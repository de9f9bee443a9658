"""GitPython, read when it is first needed.

Looking at a workspace needs none of it, and reading it takes a tenth of a program start: it imports all of
itself and asks ``git`` for its version. Only here, so that what loads late is seen in one place.
"""

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from git.config import GitConfigParser

TreeEntry = tuple[bytes, int, str]
"""One entry of a tree: id, mode, name."""


def config_parser(path: Path) -> "GitConfigParser":
    """A reader of one configuration file alone: it follows no includes and writes nothing."""
    made: GitConfigParser = importlib.import_module("git.config").GitConfigParser(
        path, read_only=True, merge_includes=False
    )
    return made


def tree_entries(data: bytes) -> list[TreeEntry]:
    """The entries of a tree's bytes.

    Raises:
        ValueError: when they are damaged.
    """
    found: list[TreeEntry] = importlib.import_module("git.objects.fun").tree_entries_from_data(data)
    return found


def tree_bytes(entries: Sequence[TreeEntry]) -> bytes:
    """The bytes of a tree with some entries, which are in git's order."""
    pieces: list[bytes] = []
    write: Callable[[Sequence[TreeEntry], Callable[[bytes], None]], None]
    write = importlib.import_module("git.objects.fun").tree_to_stream
    write(entries, lambda piece: pieces.append(bytes(piece)))
    return b"".join(pieces)
