"""A folder for a while with a few small files in it, in the computer's own place for such."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from soh_author.domain.errors import OutputError


@contextmanager
def passing_folder(files: Mapping[str, str], folders: Iterable[str] = ()) -> Iterator[Path]:
    """Yield a folder that is gone afterwards.

    Args:
        files: texts by their paths in it.
        folders: paths of folders in it that shall be there though they are empty.

    Raises:
        OutputError: when it can't be written: the disk is full, say.
    """
    with ExitStack() as stack:
        try:
            made = tempfile.TemporaryDirectory(prefix="soh-author-", ignore_cleanup_errors=True)
            place = Path(stack.enter_context(made))
            for folder in folders:
                (place / folder).mkdir(parents=True)
            for path, text in files.items():
                (place / path).parent.mkdir(parents=True, exist_ok=True)
                (place / path).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise OutputError(
                f"The temporary folder of this computer can't be written ({error.strerror}).",
                safe="Nothing was changed, and your work is kept here.",
                todo="Make room on the disk, and try again.",
            ) from error
        yield place
