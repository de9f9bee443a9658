"""Folders that killed programs left behind: only ours, and only when nobody has touched them for long."""

import os
import re
import shutil
import time
from pathlib import Path

_HOUR = 3600.0


def clear_forgotten(place: Path, names: re.Pattern[str], *, hours: float) -> int:
    """Remove folders whose whole name fits, that are this person's own, and that are old; answer how many.

    A link is never followed, and what can't be looked at or removed is left.

    Args:
        place: where they lie.
        names: the names that only we give.
        hours: how long nothing in them may have changed. A date in the future says that a clock was wrong,
            so it counts as old.
    """
    cleared = 0
    try:
        with os.scandir(place) as entries:
            found = [Path(entry) for entry in entries if _is_ours(entry, names)]
    except OSError:
        return 0
    for folder in found:
        if _is_old(folder, hours * _HOUR):
            shutil.rmtree(folder, ignore_errors=True)
            cleared += not folder.exists()
    return cleared


def _is_ours(entry: "os.DirEntry[str]", names: re.Pattern[str]) -> bool:
    if not names.fullmatch(entry.name) or not entry.is_dir(follow_symlinks=False):
        return False
    own = getattr(os, "getuid", lambda: None)()
    return own is None or entry.stat(follow_symlinks=False).st_uid == own


def _is_old(folder: Path, seconds: float) -> bool:
    try:
        newest = max(each.lstat().st_mtime for each in (folder, *folder.rglob("*")))
    except OSError:
        return False
    return not -_HOUR <= time.time() - newest <= seconds
