"""Who saved what and when, and what differs between two revisions."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from soh_author.gitstore import sealed
from soh_author.gitstore.commits import moment_of
from soh_author.gitstore.sealed import GitFailedError
from soh_author.gitstore.values import Author, Change, Revision, Version

# Fields end in NUL, which no part of a commit can hold.
_FORMAT = "--format=tformat:%H%x00%P%x00%an%x00%ae%x00%ad%x00%B"
_FIELDS = 6
_AT_ONCE = 4
"""Questions asked side by side: most of what each takes is the start of a process."""
_EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


def read_history(
    folder: Path,
    revision: str,
    path: str | Sequence[str] | None = None,
    *,
    limit: int = 50,
    skip: int = 0,
) -> list[Version]:
    """Newest versions first: those that touched any of the paths (none: all).

    Raises:
        GitFailedError: when objects on the way are missing.
    """
    paths = [path] if isinstance(path, str) else sorted(set(path or ()))
    if len(paths) < 2:
        return _log(folder, [revision], paths, f"--max-count={limit}", f"--skip={skip}")
    # Git's index of touched paths answers for one path at a time; asking for each is far quicker than a walk.
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="history") as asking:
        logs = list(
            asking.map(lambda path: _log(folder, [revision], [path], f"--max-count={limit + skip}"), paths)
        )
    return _merged(logs)[skip : skip + limit]


def _merged(logs: list[list[Version]]) -> list[Version]:
    """One list of several, each kept in its order: times alone don't tell where clocks are wrong."""
    waiting = [list(reversed(log)) for log in logs]
    merged: list[Version] = []
    while waiting := [log for log in waiting if log]:
        behind = {version.revision for log in waiting for version in log[:-1]}
        heads = [log[-1] for log in waiting if log[-1].revision not in behind] or [waiting[0][-1]]
        newest = max(heads, key=lambda version: version.when)
        merged.append(newest)
        for log in waiting:
            if log[-1].revision == newest.revision:
                log.pop()
    return merged


def versions_between(folder: Path, old: str, new: str) -> list[Version]:
    """Every version that ``new`` has and ``old`` has not, newest first.

    Raises:
        GitFailedError: when objects on the way are missing.
    """
    return _log(folder, [new, f"^{old}"], ())


def _log(folder: Path, revisions: Sequence[str], paths: Sequence[str], *options: str) -> list[Version]:
    words = ("log", "-z", "--date=raw", _FORMAT, *options, "--end-of-options", *revisions, "--", *paths)
    try:
        output = sealed.run(folder, *words)
    except GitFailedError:
        # The index of touched paths may be damaged; it is only an index.
        output = sealed.run(folder, *words, settings={"core.commitGraph": "false"})
    return list(_versions(output.decode("utf-8", "replace")))


def _versions(text: str) -> Iterator[Version]:
    fields = text.split("\0")
    for first in range(0, len(fields) - _FIELDS + 1, _FIELDS):
        sha, parents, name, email, date, note = fields[first : first + _FIELDS]
        yield Version(
            Revision(sha),
            Author(name, email),
            moment_of(date),
            note.strip(),
            tuple(map(Revision, parents.split())),
        )


def diff_trees(folder: Path, old: str | None, new: str | None) -> list[Change]:
    """Paths that differ, in order, without looking for renames."""
    output = sealed.run(
        folder, "diff-tree", "-r", "-z", "--no-renames", "--no-ext-diff", "--full-index", "--end-of-options",
        old or _EMPTY_TREE, new or _EMPTY_TREE,
    )  # fmt: skip
    fields = output.split(b"\0")[:-1]
    return [_change(head, path) for head, path in zip(fields[::2], fields[1::2], strict=True)]


def _change(head: bytes, path: bytes) -> Change:
    _old_mode, _new_mode, old, new, _status = head.decode().split()
    return Change(path.decode("utf-8", "backslashreplace"), _blob(old), _blob(new))


def _blob(sha: str) -> str | None:
    return None if set(sha) == {"0"} else sha


def is_ancestor(folder: Path, old: str, new: str) -> bool:
    """Whether ``new`` builds on ``old``."""
    try:
        sealed.run(folder, "merge-base", "--is-ancestor", "--end-of-options", old, new)
    except GitFailedError as error:
        if error.code == 1:
            return False
        raise
    return True


def common_ancestor(folder: Path, one: str, other: str) -> Revision | None:
    """The newest version both descend from; None when they share none."""
    try:
        output = sealed.run(folder, "merge-base", "--end-of-options", one, other)
    except GitFailedError as error:
        if error.code == 1:
            return None
        raise
    return Revision(output.decode().split()[0])
