"""Keeping a workspace quick and whole; for quiet moments, never in the way of a save."""

from functools import partial
from pathlib import Path

from soh_author.domain.errors import DamagedError
from soh_author.gitstore.locks import patiently
from soh_author.gitstore.lost_names import remember
from soh_author.gitstore.sealed import GitFailedError
from soh_author.gitstore.values import IsCancelled, Report
from soh_author.gitstore.watched import never, no_report, run_watched

_MANY_LOOSE = 8  # in one of 256 folders, so about 2,000 in all
_MANY_PACKS = 40


def needs_tidying(folder: Path) -> bool:
    """Tell quickly whether :func:`tidy` would make reading faster."""
    objects = folder / "objects"
    loose = objects / "17"
    if loose.is_dir() and sum(1 for _ in loose.iterdir()) > _MANY_LOOSE:
        return True
    return sum(1 for _ in (objects / "pack").glob("*.pack")) > _MANY_PACKS


def tidy(folder: Path, *, report: Report = no_report, is_cancelled: IsCancelled = never) -> None:
    """Pack what lies about, and index which version touched which file, so that a page's history is quick.

    What nothing names any more is kept for another 30 days. Safe beside readers and writers.

    Raises:
        WorkspaceError: when something is damaged; nothing was removed.
        Cancelled: when asked to stop; everything still works.
    """
    # Git's logs of names tell where a name stood that is lost; they are kept while the name is.
    never_expire = {"gc.reflogExpire": "never", "gc.reflogExpireUnreachable": "never"}
    settings = {"gc.writeCommitGraph": "false", **never_expire}
    steps = (
        ("gc", "--quiet", "--prune=30.days.ago"),
        ("commit-graph", "write", "--reachable", "--changed-paths", "--no-progress"),
    )
    remember(folder)  # the next step puts all names into one file
    for number, step in enumerate(steps):
        report(number, len(steps), "Tidying up")
        try:
            patiently(
                folder,
                partial(run_watched, folder, step, settings=settings, is_cancelled=is_cancelled),
            )
        except GitFailedError as error:
            if "already running" in error.text:
                return
            raise DamagedError(
                "The workspace could not be tidied up; it may be damaged.", safe="Nothing was removed."
            ) from error


def index_history(folder: Path, *, is_cancelled: IsCancelled = never) -> None:
    """Index which version touched which file; new versions are added to what was indexed before.

    Raises:
        Cancelled: when asked to stop; everything still works.
    """
    try:
        patiently(
            folder,
            lambda: run_watched(
                folder,
                ("commit-graph", "write", "--reachable", "--changed-paths", "--no-progress"),
                is_cancelled=is_cancelled,
            ),
        )
    except GitFailedError:
        # An index only: without it a history is right and a little slower. Damage is told where a text is
        # read.
        return
