"""Folders that nothing is written into by hand: those that keep versions, and texts in no version yet."""

from pathlib import Path

from soh_author.domain.errors import OutputError
from soh_author.workflow.workspace import CONTENT, PRIVATE


def refuse_precious(place: Path) -> None:
    """Refuse to write a file or folder of somebody's choice where versions or unsaved texts lie.

    A slip of the hand in a name would otherwise write a page over what the workspace stands on.

    Raises:
        OutputError: when the place is in such a folder, or is one.
    """
    whole = place.absolute().resolve()
    for folder in (whole, *whole.parents):
        is_private = folder.name == PRIVATE and (folder.parent / CONTENT).is_dir()
        if is_private or all((folder / name).exists() for name in ("HEAD", "objects", "refs")):
            raise OutputError(
                f"“{place}” lies in “{folder}”, where texts and their versions are kept.",
                safe="Nothing was changed.",
                todo="Choose another place.",
            )
