"""A folder for a while with a few small files in it, in the computer's own place for such."""

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

from soh_author.domain.errors import OutputError
from soh_author.gitstore.leftovers import clear_forgotten

_PREFIX = "soh-author-"
_OURS = re.compile(rf"{_PREFIX}[a-z0-9_]{{8}}")
"""As they are called here; the window's own folder, which lives as long as it does, has a longer name."""

_HOURS = 24.0


@contextmanager
def passing_folder(files: Mapping[str, str], folders: Iterable[str] = ()) -> Iterator[Path]:
    """Yield a folder that is gone afterwards; what a killed program left of such is cleared a day later.

    Args:
        files: texts by their paths in it.
        folders: paths of folders in it that shall be there though they are empty.

    Raises:
        OutputError: when it can't be written: the disk is full, say.
    """
    with ExitStack() as stack:
        try:
            clear_left(Path(tempfile.gettempdir()))
            made = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
            place = Path(stack.enter_context(made))
            for folder in folders:
                (place / folder).mkdir(parents=True)
            for path, text in files.items():
                (place / path).parent.mkdir(parents=True, exist_ok=True)
                (place / path).write_text(text, "utf-8", "surrogateescape", "\n")
        except OSError as error:
            raise OutputError(
                f"The temporary folder of this computer can't be written ({error.strerror}).",
                safe="Nothing was changed, and your work is kept here.",
                todo="Make room on the disk, and try again.",
            ) from error
        yield place


@cache
def clear_left(place: Path) -> int:
    """Clear what killed programs left in a place of passing folders, once in the life of this program."""
    return clear_forgotten(place, _OURS, hours=_HOURS)
