"""What somebody is pushing, read by a server before any ref moves: nothing in it is trusted, all is capped.

Git keeps the objects of a push in a folder aside (its quarantine) until the hook has said yes, and tells the
hook where. That place is taken over only when it lies within the repository's own objects.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from soh_author.domain.errors import WorkspaceError
from soh_author.domain.judging.writers import Writer
from soh_author.gitstore import refs, sealed
from soh_author.gitstore.objects import ObjectMeasurer, ObjectReader
from soh_author.gitstore.sealed import GitFailedError

_FOLDER = b"40000"
_ID_BYTES = 20
_ID = re.compile(r"[0-9a-f]{40}")
_LISTED = re.compile(r"([0-7]{6}) [a-z]+ ([0-9a-f]{40})\t([^\0]*)\0")
_SHORT = 8
"""Places asked about in one go of the process that is there; for more, one of its own is started."""


class TooMuchError(WorkspaceError):
    """What is pushed is larger than a server reads; ``reason`` says how, in words that follow *because*."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"What is sent can't be read, because {reason}.",
            safe="Nothing was changed.",
            todo="Send less at once, or ask who looks after the server.",
        )
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Caps:
    """The most a server reads: bytes of one commit, tree and file, entries of one revision, new versions."""

    commit_bytes: int = 256 * 1024
    tree_bytes: int = 8 * 1024 * 1024
    entries: int = 400_000
    depth: int = 16
    commits: int = 2_000


class TreeFile(NamedTuple):
    """One entry of a revision that is no folder: its mode as git writes it (``100644``) and its object."""

    mode: str
    blob: str


@dataclass(frozen=True, slots=True)
class _Entry:
    mode: bytes
    name: bytes
    object: str


def quarantine_of(folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """The variables with which git finds what is being pushed; empty when nothing lies aside.

    Args:
        folder: the repository.
        environment: the variables git gave its hook.

    Raises:
        WorkspaceError: when they name a place outside the repository.
    """
    named = {environment.get(name, "") for name in ("GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY")}
    if named == {""}:
        return {}
    objects = (folder / "objects").resolve()
    places = {(folder / name).resolve() for name in named if name}
    if len(places) != 1 or objects not in next(iter(places)).parents:
        raise WorkspaceError(
            "The objects that are sent don't lie where they should.", safe="Nothing was changed."
        )
    return {
        "GIT_OBJECT_DIRECTORY": str(next(iter(places))),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(objects),
    }


class Incoming:
    """A bare repository together with what is being pushed into it. Close it, or use it as a context manager.

    Args:
        folder: the repository.
        variables: from :func:`quarantine_of`; none when all objects lie in the repository.
        caps: the most that is read.
        tick: called between steps; it may raise to stop.
    """

    def __init__(
        self,
        folder: Path,
        variables: Mapping[str, str] | None = None,
        *,
        caps: Caps | None = None,
        tick: Callable[[], None] = lambda: None,
    ) -> None:
        self.folder = folder.absolute()
        self.caps = caps or Caps()
        self._variables = dict(variables or {})
        self._reader = ObjectReader(self.folder, self._variables)
        self._measurer = ObjectMeasurer(self.folder, self._variables)
        self._tick = tick
        self._trees: dict[str, tuple[_Entry, ...]] = {}

    def another(self) -> "Incoming":
        """The same, read by processes of its own: for a copy of this process, which must not use these."""
        return Incoming(self.folder, self._variables, caps=self.caps, tick=self._tick)

    def close(self) -> None:
        """End the processes that serve reading."""
        self._reader.close()
        self._measurer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def measure(self, names: Iterable[str]) -> dict[str, tuple[str, int]]:
        """Kind and size in bytes of objects, without reading them; missing ones are left out."""
        wanted = list(dict.fromkeys(names))
        answers = self._measurer.measure(wanted) if all(map(_ID.fullmatch, wanted)) else ()
        return {name: (kind, size) for name, kind, size in filter(None, answers)}

    def kind(self, name: str) -> str:
        """Kind of an object (``commit``, ``tag`` …); empty when it isn't there."""
        return self.measure([name]).get(name, ("", 0))[0]

    def commit(self, name: str) -> bytes:
        """The bytes of a commit.

        Raises:
            TooMuchError: when it is none, or too large.
        """
        return self._read_all([name], "commit", self.caps.commit_bytes)[name]

    def texts(self, names: Iterable[str]) -> dict[str, bytes]:
        """Bytes of files; ask :meth:`measure` first how large they are. Missing ones are left out."""
        wanted = list(dict.fromkeys(names))
        return {name: stored.data for name, stored in self._reader.get_many(wanted).items()}

    def tip(self, ref: str) -> str:
        """The commit a ref names now; empty when there is no such ref."""
        stored = self._reader.get(f"{ref}^{{commit}}")
        return stored.name if stored else ""

    def files(self, commit: str) -> dict[str, TreeFile]:
        """Every file of a revision by its path; letters beyond ASCII stand as escapes.

        Raises:
            TooMuchError: when there are more entries, deeper folders or larger lists than are read.
        """
        return self._walk("", self.commit(commit)[5:45].decode("ascii", "replace"))

    def live_files(self, commit: str) -> dict[str, TreeFile]:
        """As :meth:`files`, of a revision that was looked at when it came; several times quicker.

        Raises:
            TooMuchError: when a name stands twice in a folder.
        """
        output = self._run("ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit)
        text = output.decode("ascii", "backslashreplace")
        found = {path: TreeFile(mode, name) for mode, name, path in _LISTED.findall(text)}
        if len(found) != text.count("\0"):
            raise TooMuchError("a folder in it holds one name twice")
        return found

    def files_over(self, known: Mapping[str, TreeFile], old: str, new: str) -> dict[str, TreeFile]:
        """As :meth:`files` of ``new``; folders that are the same objects in ``old`` are not read again.

        Args:
            known: the files of ``old``.
            old: a revision.
            new: another revision, mostly the same.

        Raises:
            TooMuchError: as :meth:`files`.
        """
        found = dict(known)
        seen = len(known)
        roots = [self.commit(commit)[5:45].decode("ascii", "replace") for commit in (old, new)]
        level = [("", roots[0], roots[1])] if roots[0] != roots[1] else []
        depth = 0
        while level:
            depth += 1
            if depth > self.caps.depth:
                raise TooMuchError(f"its folders lie more than {self.caps.depth} deep")
            self._load({tree for _, *trees in level for tree in trees if tree})
            below: list[tuple[str, str, str]] = []
            for prefix, was, now in level:
                self._tick()
                seen += len(self._trees[now]) if now else 0
                if seen > self.caps.entries:
                    raise TooMuchError(f"it holds more than {self.caps.entries:,} files and folders")
                before = self._trees[was] if was else ()
                below += _compare(prefix, before, self._trees[now] if now else (), found)
            level = below
        return found

    def files_below(self, commit: str, folder: str) -> dict[str, TreeFile]:
        """As :meth:`files`, only those in a folder at the top; none when it isn't there."""
        tree = self.objects_at([(commit, folder)])[0]
        return self._walk(f"{folder}/", tree) if tree else {}

    def objects_at(self, places: Sequence[tuple[str, str]]) -> list[str]:
        """The object at each place (revision, portable path); empty where there is none."""
        if not places:
            return []
        if len(places) <= _SHORT and not any("\n" in path for _, path in places):
            found = self._measurer.measure([f"{commit}:{path}" for commit, path in places])
            return [each[0] if each else "" for each in found]
        questions = "".join(f"{commit}:{path}\n" for commit, path in places).encode("ascii")
        output = self._run("cat-file", "--batch-check", data=questions)
        answers = [line.split() for line in output.decode("ascii", "replace").splitlines()]
        return [words[0] if len(words) == 3 else "" for words in answers]

    def drafts(self, prefixes: Iterable[str]) -> dict[str, str]:
        """The names below some prefixes, with the versions they stand at."""
        return {ref: tip for prefix in prefixes for ref, tip in refs.list_refs(self.folder, prefix)}

    def editors(self, old: str, tip: str) -> dict[str, set[Writer]]:
        """Who saved versions that ``tip`` has and ``old`` has not, by path."""
        output = self._run(
            *("log", "-z", "--format=%x01%ae%x00%an", "--name-only", "--no-renames"),
            *(f"--max-count={self.caps.commits}", "--end-of-options", tip, f"^{old}"),
        )
        found: dict[str, set[Writer]] = {}
        for part in output.decode("utf-8", "replace").split("\x01")[1:]:
            email, *rest = part.replace("\n", "\0").split("\0")
            writer = Writer("".join(rest[:1]), email)
            for path in filter(None, rest[1:]):
                found.setdefault(path, set()).add(writer)
        return found

    def versions_since(self, old: str, tip: str) -> frozenset[str]:
        """The versions that ``tip`` has and ``old`` has not."""
        output = self._run("rev-list", f"--max-count={self.caps.commits}", "--end-of-options", tip, f"^{old}")
        return frozenset(output.decode("ascii").split())

    def added_since(self, old: str, tip: str, folder: str) -> dict[str, set[str]]:
        """The versions that ``tip`` has and ``old`` has not which brought files of a folder, by path."""
        output = self._run(
            *("log", "-z", "--format=%x01%H", "--name-only", "--no-renames", "--diff-filter=A"),
            *("--full-history", f"--max-count={self.caps.commits}", tip, f"^{old}", "--", folder),
        )
        found: dict[str, set[str]] = {}
        for part in output.decode("utf-8", "replace").split("\x01")[1:]:
            version, *paths = part.replace("\n", "\0").split("\0")
            for path in filter(None, paths):
                found.setdefault(path, set()).add(version)
        return found

    def _walk(self, start: str, root: str) -> dict[str, TreeFile]:
        found: dict[str, TreeFile] = {}
        level = [(start, root)]
        depth = seen = 0
        while level:
            depth += 1
            if depth > self.caps.depth:
                raise TooMuchError(f"its folders lie more than {self.caps.depth} deep")
            self._load({tree for _, tree in level})
            below: list[tuple[str, str]] = []
            for prefix, tree in level:
                self._tick()
                entries = self._trees[tree]
                seen += len(entries)
                if seen > self.caps.entries:
                    raise TooMuchError(f"it holds more than {self.caps.entries:,} files and folders")
                _sort_in(prefix, entries, found, below)
            level = below
        return found

    def new_commits(self, tip: str) -> list[str]:
        """The commits that a tip brings and no ref of the repository has yet, newest first.

        Raises:
            TooMuchError: when there are too many.
        """
        most = self.caps.commits
        output = self._run("rev-list", f"--max-count={most + 1}", tip, "--not", "--all")
        found = output.decode("ascii").split()
        if len(found) > most:
            raise TooMuchError(f"it brings more than {most:,} versions")
        return found

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether ``new`` is ``old`` or builds on it."""
        try:
            self._run("merge-base", "--is-ancestor", "--end-of-options", old, new)
        except GitFailedError as error:
            if error.code == 1:
                return False
            raise
        return True

    def _run(self, *arguments: str, data: bytes = b"") -> bytes:
        return sealed.run(self.folder, *arguments, data=data, variables=self._variables)

    def _load(self, trees: set[str]) -> None:
        missing = sorted(trees - self._trees.keys())
        for name, data in self._read_all(missing, "tree", self.caps.tree_bytes).items():
            self._tick()
            entries = tuple(_parse(data))
            if len({entry.name for entry in entries}) != len(entries):
                raise TooMuchError("a folder in it holds one name twice")
            self._trees[name] = entries

    def _read_all(self, names: Sequence[str], kind: str, most: int) -> dict[str, bytes]:
        measured = self.measure(names)
        for name in names:
            found, size = measured.get(name, ("", 0))
            if found != kind:
                raise TooMuchError(f"a {kind} ({name[:8]}) is missing or something else")
            if size > most:
                raise TooMuchError(f"a {kind} ({name[:8]}) has more than {most:,} bytes")
        read = self.texts(names)
        if len(read) != len(set(names)):
            raise TooMuchError(f"a {kind} in it is damaged")
        return read


def parents_of(commit: bytes) -> list[str]:
    """The parents that a commit's bytes name."""
    head = commit.partition(b"\n\n")[0].split(b"\n")
    return [line[7:].decode("ascii", "replace") for line in head if line.startswith(b"parent ")]


def differing(old: Mapping[str, TreeFile], new: Mapping[str, TreeFile]) -> list[str]:
    """The paths at which two revisions differ, in order."""
    found = [path for path, file in old.items() if new.get(path) is not file and new.get(path) != file]
    return sorted([*found, *(path for path in new if path not in old)])


def _compare(
    prefix: str, before: Sequence[_Entry], after: Sequence[_Entry], files: dict[str, TreeFile]
) -> Iterator[tuple[str, str, str]]:
    """Bring a list of files from one state of a folder to another; answer the folders in it that differ."""
    old = {entry.name: entry for entry in before}
    new = {entry.name: entry for entry in after}
    for name in {**old, **new}:
        was, now = old.get(name), new.get(name)
        if was == now:
            continue
        path = prefix + name.decode("ascii", "backslashreplace")
        if was is not None and was.mode != _FOLDER:
            files.pop(path, None)
        if now is not None and now.mode != _FOLDER:
            files[path] = TreeFile(now.mode.decode("ascii", "replace"), now.object)
        trees = [each.object if each and each.mode == _FOLDER else "" for each in (was, now)]
        if any(trees) and trees[0] != trees[1]:
            yield f"{path}/", trees[0], trees[1]


def _sort_in(
    prefix: str, entries: Iterable[_Entry], files: dict[str, TreeFile], folders: list[tuple[str, str]]
) -> None:
    for entry in entries:
        path = prefix + entry.name.decode("ascii", "backslashreplace")
        if entry.mode == _FOLDER:
            folders.append((f"{path}/", entry.object))
        else:
            files[path] = TreeFile(entry.mode.decode("ascii", "replace"), entry.object)


def _parse(data: bytes) -> Iterator[_Entry]:
    place = 0
    while place < len(data):
        space = data.find(b" ", place)
        end = data.find(b"\0", space)
        if space < 0 or end < 0 or end + _ID_BYTES >= len(data):
            raise TooMuchError("a folder's list in it is damaged")
        yield _Entry(data[place:space], data[space + 1 : end], data[end + 1 : end + 1 + _ID_BYTES].hex())
        place = end + 1 + _ID_BYTES
