"""Refs: where branches stand, moved only from where the caller saw them (compare-and-swap)."""

import time
from dataclasses import dataclass
from pathlib import Path

from soh_author.domain.errors import OutputError, WorkspaceError, WorldMovedError
from soh_author.gitstore import sealed
from soh_author.gitstore.locks import clear_stale_lock, is_about_a_lock
from soh_author.gitstore.names import branch_words
from soh_author.gitstore.sealed import GitFailedError, why_of

NOTHING = "0" * 40
_LOGGED = {"core.logAllRefUpdates": "always"}
"""What finds a name again that was lost (:mod:`soh_author.gitstore.lost_names`)."""
ANYWHERE = ""
"""As the old place of a move: wherever it is."""


@dataclass(frozen=True, slots=True)
class RefMove:
    """One ref to move: from ``old`` (None: it must not exist) to ``new`` (None: it goes)."""

    ref: str
    old: str | None
    new: str | None


def list_refs(folder: Path, prefix: str) -> list[tuple[str, str]]:
    """All refs below ``prefix`` with the objects they name, in order of their names."""
    output = sealed.run(folder, "for-each-ref", "--format=%(refname) %(objectname)", "--", prefix)
    return [(name, sha) for name, _, sha in (line.partition(" ") for line in output.decode().splitlines())]


def move_refs(
    folder: Path, moves: list[RefMove], *, moved: WorldMovedError, stale_after: float = 5.0
) -> None:
    """Move all refs or none, durably.

    Args:
        moved: the error for the case that a ref stands elsewhere by now.
        stale_after: seconds after which a lock file nobody gave up is taken for a dead process's.

    Raises:
        WorldMovedError: when a ref does not stand where it was expected.
        WorkspaceError: when another program holds the refs locked.
        OutputError: when the disk refuses.
    """
    lines = [
        f"update {move.ref}\0{move.new or NOTHING}\0{NOTHING if move.old is None else move.old}\0"
        for move in moves
    ]
    deadline = time.monotonic() + stale_after + 5
    while True:
        try:
            words = ("update-ref", "--no-deref", "--stdin", "-z")
            sealed.run(folder, *words, data="".join(lines).encode(), settings=_LOGGED)
        except GitFailedError as error:
            if _is_moved(error.text):
                raise moved from error
            if not is_about_a_lock(error.text):
                raise _refused(error) from error
            names = ("packed-refs.lock", "packed-refs.new")
            locks = [*(folder / name for name in names), *(folder / f"{move.ref}.lock" for move in moves)]
            if not any(clear_stale_lock(folder, lock, stale_after) for lock in locks):
                if time.monotonic() > deadline:
                    raise _locked() from error
                time.sleep(0.05)
        else:
            return


def moved_error(branch: str) -> WorldMovedError:
    """The error for a branch that does not stand where its writer saw it."""
    return WorldMovedError(
        f"Somebody else, or another window, changed {branch_words(branch)} since you opened it.",
        safe="Nothing was overwritten, and your text is kept.",
        todo="Open the newest version and save again.",
    )


def taken_error(branch: str) -> WorldMovedError:
    """The error for a name that is in use."""
    return WorldMovedError(
        f"There is already {branch_words(branch)}.", safe="Nothing was changed.", todo="Choose another name."
    )


def _is_moved(text: str) -> bool:
    # Sentences of git 2.34 to 2.5x under LC_ALL=C (refs.c, refs/files-backend.c).
    return any(
        words in text
        for words in (
            " but expected ",
            "reference already exists",
            "unable to resolve reference",
            "reference is missing",
        )
    )


def _locked() -> WorkspaceError:
    return WorkspaceError(
        "Another program is working in the workspace and did not finish.",
        safe="Nothing was changed; your text is kept.",
        todo="Close other programs that use this workspace and try again.",
    )


def _refused(error: GitFailedError) -> OutputError:
    return OutputError(
        f"This could not be written to the workspace{why_of(error.text)}.",
        safe="Nothing was changed; your text is kept.",
        todo="Make sure that the disk has space and that you may write to it, and try again.",
    )
