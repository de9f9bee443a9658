"""A site in a folder, looked at as it lies: nothing in it is trusted to be a file, small, or within it."""

import os
import stat
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from soh_author.render.site_folder import RECORD, USES, VERSIONS

MOST_STRANGERS = 1_000
"""Files that no build made, after which the rest is not listed."""
_WAIT_FOR_NOTHING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_OWN = frozenset({RECORD, USES})


@dataclass(frozen=True, slots=True)
class Odd:
    """Something that is there and can't be what was released; ``why`` follows *because*."""

    why: str


@dataclass(frozen=True, slots=True)
class SiteOnDisk:
    """A site in a folder, as a build made it."""

    folder: Path

    def holds(self, path: str) -> bool:
        """Everything is looked at."""
        del path
        return True

    def read(self, path: str, longest: int) -> bytes | Odd | None:
        """The bytes at a path, of a file alone, and at most one more than ``longest``."""
        place = self.folder / path
        try:
            if not stat.S_ISREG(place.stat().st_mode):
                return Odd("it is no file")
            with open(os.open(place, os.O_RDONLY | _WAIT_FOR_NOTHING), "rb") as file:  # noqa: PTH123 - opened so that a pipe put there meanwhile holds nobody
                return file.read(longest + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            return Odd(f"it can't be read: {error.strerror or error}")

    def strangers(self, expected: AbstractSet[str]) -> Iterator[tuple[str, str]]:
        """What lies in the folder and is none of the paths expected, and what is odd about it, if anything.

        Folders that a build linked to an earlier version of the site are looked into; links that lead out of
        the site, or round in a circle, are told and not followed.
        """
        known = {path[:end] for path in expected for end, sign in enumerate(path, 1) if sign == "/"}
        real = self.folder.resolve()
        bounds = real.parent if real.parent.name.endswith(VERSIONS) else real
        waiting = [("", real, frozenset({real}))]
        while waiting:
            prefix, folder, above = waiting.pop()
            entries = _listed(folder)
            if entries is None:
                yield prefix, "it can't be looked into"
                continue
            for entry in entries:
                path = prefix + entry.name
                if not _is_folder(entry):
                    if path not in expected and path not in _OWN:
                        yield path, ""
                    continue
                inside = folder / entry.name
                if entry.is_symlink():
                    inside = inside.resolve()
                    is_within = inside.is_relative_to(bounds) and inside not in above
                    if not is_within or path + "/" not in known:
                        yield f"{path}/", "" if is_within else "it leads elsewhere"
                        continue
                waiting.append((f"{path}/", inside, above | {inside}))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link to itself


def _listed(folder: Path) -> list[os.DirEntry[str]] | None:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda each: each.name)
    except OSError:
        return None
