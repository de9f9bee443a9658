"""A built site's folder: new versions are made beside the old one, and the folder switches in one step.

``OUT`` is a link to a version below ``.OUT.versions/``. A new version holds only the files that changed; a
file that did not is a second name (hard link) of the old one, and a folder in which nothing changed is a link
to the old version's. So a killed build leaves the old site whole, and a small change costs little however
large the site is.
"""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from soh_author.domain.errors import OutputError

DEEPEST_CHAIN = 40
"""Versions a site may lean on before it is written out whole again."""
RECORD = ".build.sqlite"
USES = ".build.uses"
VERSIONS = ".versions"
"""How the name ends of the folder beside a site that holds its versions."""
_ANEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


@dataclass(slots=True)
class Staging:
    """A version in the making. Files written below ``root`` are the ones that changed."""

    root: Path
    _folders: set[str] = field(default_factory=set)

    def write(self, path: str, data: bytes) -> None:
        """Write one file; ``path`` is relative, with /.

        Raises:
            OutputError: when the disk is full or may not be written.
        """
        folder, _, _name = path.rpartition("/")
        target = f"{self.root}/{path}"
        try:
            if folder not in self._folders:
                _make_folder(f"{self.root}/{folder}")
                self._folders.add(folder)
            _write_file(target, data)
        except OSError as error:
            raise cannot_write(Path(target), error) from error


def _make_folder(folder: str) -> None:
    # A build makes as many folders as pages; pathlib would look twice at each.
    try:
        os.mkdir(folder)  # noqa: PTH102 - os is several times quicker, and this runs once a page
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - os is several times quicker, and this runs once a page


def _write_file(target: str, data: bytes) -> None:
    # A file object would cost as much as the writing.
    descriptor = os.open(target, _ANEW, 0o644)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


class SiteFolder:
    """The folder a site is built into.

    Args:
        out: the folder people look at; a link this class makes and moves.

    Raises:
        OutputError: when ``out`` exists and is no site of ours.
    """

    def __init__(self, out: Path) -> None:
        self.out = out.absolute()
        self.versions = self.out.parent / f".{self.out.name}{VERSIONS}"
        if self.out.exists() and not self.out.is_symlink():
            if any(self.out.iterdir()) if self.out.is_dir() else True:
                raise OutputError(
                    f"“{self.out}” exists and was not made by a build.",
                    safe="Nothing was changed.",
                    todo="Choose another folder, or move this one away.",
                )
            self.out.rmdir()

    @property
    def current(self) -> Path | None:
        """Folder of the version that ``out`` shows, or None before the first build."""
        return self.out.resolve() if self.out.is_symlink() and self.out.exists() else None

    def begin(self) -> Staging:
        """Start a new version; leftovers of killed builds are removed.

        Raises:
            OutputError: when the disk is full or may not be written.
        """
        current = self.current
        used = self._uses(current) | {current.name} if current else set()
        try:
            self.versions.mkdir(parents=True, exist_ok=True)
            for folder in self.versions.iterdir():
                if folder.name not in used:
                    shutil.rmtree(folder)
            numbers = [int(folder.name) for folder in self.versions.iterdir() if folder.name.isdigit()]
            root = self.versions / f"{max(numbers, default=0) + 1:06}"
            root.mkdir()
        except OSError as error:
            raise cannot_write(self.versions, error) from error
        return Staging(root)

    def abandon(self, staging: Staging) -> None:
        """Throw a version in the making away; the old site stays as it is."""
        shutil.rmtree(staging.root, ignore_errors=True)

    def finish(self, staging: Staging, gone: Iterable[str] = (), *, is_whole: bool) -> None:
        """Take over what did not change, then switch.

        Args:
            staging: holds the changed files.
            gone: files of the old version that the new one doesn't have.
            is_whole: the new version stands alone; nothing of the old one is taken over.

        Raises:
            OutputError: when the disk is full or may not be written; the old site stays.
        """
        current = self.current
        try:
            if current is not None and not is_whole:
                uses = self._uses(current) | {current.name}
                flat = len(uses) >= DEEPEST_CHAIN
                _take_over(current, staging.root.resolve(), _tree(gone), is_copy=flat)
                if not flat:
                    (staging.root / USES).write_text("\n".join(sorted(uses)), encoding="ascii")
            self._switch(staging.root)
        except OSError as error:
            raise cannot_write(self.out, error) from error

    def _switch(self, root: Path) -> None:
        fresh = self.out.parent / f".{self.out.name}.next"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.path.relpath(root, self.out.parent), target_is_directory=True)
        fresh.replace(self.out)

    def _uses(self, version: Path | None) -> set[str]:
        note = version / USES if version else None
        return set(note.read_text(encoding="ascii").split()) if note and note.is_file() else set()


def cannot_write(path: Path, error: OSError) -> OutputError:
    """The error for a file that can't be written."""
    return OutputError(
        f"“{path}” can't be written: {error.strerror or error}.",
        safe="The site that was there is unchanged.",
        todo="Make room or choose another folder, then build again.",
    )


class _Tree(dict[str, "_Tree"]):
    """Names by folder; a file is an empty tree."""


def _tree(paths: Iterable[str]) -> _Tree:
    root = _Tree()
    for path in paths:
        node = root
        for name in path.split("/"):
            node = node.setdefault(name, _Tree())
    return root


def _take_over(old: Path, new: Path, gone: _Tree, *, is_copy: bool) -> None:
    """Bring what did not change from the folder ``old`` into ``new``; both are real ones, without links."""
    present = {path.name for path in new.iterdir()}
    to_old = os.path.relpath(old, new)
    with os.scandir(old) as entries:
        for entry in entries:
            name, lost = entry.name, gone.get(entry.name)
            if name in {USES, RECORD}:
                continue
            is_untouched = name not in present and lost is None
            if not entry.is_dir():
                if is_untouched:
                    os.link(entry.path, new / name)
            elif is_untouched and is_copy:
                shutil.copytree(entry.path, new / name)
            elif is_untouched:
                _link_folder(f"{to_old}/{_way(entry)}", f"{new}/{name}")
            else:
                (new / name).mkdir(exist_ok=True)
                real = Path(os.path.normpath(f"{old}/{_way(entry)}"))
                _take_over(real, new / name, lost or _Tree(), is_copy=is_copy)
                if not any((new / name).iterdir()):
                    (new / name).rmdir()


def _link_folder(way: str, link: str) -> None:
    # Many for each build, so not by pathlib. They lead to real folders, never to a chain of links.
    os.symlink(os.path.normpath(way), link, target_is_directory=True)  # noqa: PTH211 - os is several times quicker, and this runs once a page


def _way(entry: os.DirEntry[str]) -> str:
    """The way from a folder to the real folder that one of its entries is or leads to."""
    return os.readlink(entry.path) if entry.is_symlink() else entry.name  # noqa: PTH115 - os is several times quicker, and this runs once a page
