"""Trees: all files of a revision, and a new tree from an old one with some files changed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from soh_author.domain.errors import DamagedError, InvalidNameError, WorkspaceError
from soh_author.gitstore import sealed
from soh_author.gitstore.gitpython import tree_bytes, tree_entries
from soh_author.gitstore.objects import ObjectReader, ObjectWriter
from soh_author.gitstore.values import Entry

_FILE = 0o100644
_FOLDER = 0o040000
_REGULAR = frozenset({"100644 blob ", "100755 blob ", "100664 blob "})
_KIND, _ID, _PATH = slice(12), slice(12, 52), slice(53, None)
"""Where a line of ``ls-tree`` has the kind of a regular file, its id (SHA-1) and, behind a tab, its path."""
_NO_TEXT = re.compile("[\udc80-\udcff]")
"""Bytes of a name that are no UTF-8, as they are decoded."""


@dataclass(frozen=True, slots=True)
class Listing:
    """All files of a revision; ``others`` are links, submodules and names that are not text: (path, mode)."""

    files: Mapping[str, Entry]
    others: tuple[tuple[str, str], ...] = ()


def list_tree(folder: Path, revision: str) -> Listing:
    """List a revision's whole tree with one ``git ls-tree``.

    Raises:
        GitFailedError: when a tree is missing or damaged.
    """
    # Without sizes (-l): for them git opens every file, which takes most of the time.
    output = sealed.run(folder, "ls-tree", "-r", "-z", "--full-tree", "--end-of-options", revision)
    text = output.decode("utf-8", "surrogateescape")
    is_plain = text.isascii() or _NO_TEXT.search(text) is None
    files: dict[str, Entry] = {}
    others: list[tuple[str, str]] = []
    for record in text.split("\0")[:-1]:
        path = record[_PATH]
        if record[_KIND] in _REGULAR and (is_plain or _NO_TEXT.search(path) is None):
            files[path] = Entry(record[_ID])
        else:
            head, _, path = record.partition("\t")
            shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
            others.append((shown, head.partition(" ")[0]))
    return Listing(files, tuple(others))


@dataclass(slots=True)
class _Node:
    """One folder or file of a set of changes."""

    data: bytes | None = None
    is_file: bool = False
    children: "dict[str, _Node]" = field(default_factory=dict)


def change_tree(
    reader: ObjectReader, writer: ObjectWriter, base: str | None, changes: Mapping[str, bytes | None]
) -> str:
    """Store the blobs and the trees along their paths; answer the id of the new root tree.

    Args:
        base: id of the tree to start from, or None for an empty one.
        changes: paths, already checked, with their new bytes or None to remove them.

    Raises:
        InvalidNameError: when a file stands where a folder is needed.
        WorkspaceError: when a tree on the way is missing or damaged.
    """
    root = _Node()
    for path, data in changes.items():
        node = root
        for part in path.split("/"):
            node = node.children.setdefault(part, _Node())
        node.data, node.is_file = data, True
    tree = _change(reader, writer, base, root, "")
    return tree or writer.put("tree", b"")


def _change(
    reader: ObjectReader, writer: ObjectWriter, base: str | None, node: _Node, place: str
) -> str | None:
    entries = {name: (sha, mode) for sha, mode, name in read_tree(reader, base, place)}
    for name, child in node.children.items():
        entry = _changed_entry(reader, writer, entries.get(name), child, f"{place}{name}")
        if entry is None:
            entries.pop(name, None)
        else:
            entries[name] = entry
    return writer.put("tree", _encode(entries)) if entries else None


def _changed_entry(
    reader: ObjectReader, writer: ObjectWriter, present: tuple[bytes, int] | None, node: _Node, path: str
) -> tuple[bytes, int] | None:
    is_folder = present is not None and present[1] == _FOLDER
    base = present[0].hex() if present is not None and is_folder else None
    tree = _change(reader, writer, base, node, f"{path}/") if node.children else base
    if node.data is not None:
        if tree:
            raise InvalidNameError(f"“{path}” can't be a file and a folder at once.")
        return bytes.fromhex(writer.put("blob", node.data)), _FILE
    stays_a_file = present is not None and not is_folder and not node.is_file
    if tree and stays_a_file:
        raise InvalidNameError(f"“{path}” is a file, so nothing can be written into it as a folder.")
    if tree:
        return bytes.fromhex(tree), _FOLDER
    return present if stays_a_file else None


def read_tree(reader: ObjectReader, tree: str | None, place: str) -> list[tuple[bytes, int, str]]:
    """Entries (id, mode, name) of one tree.

    Raises:
        WorkspaceError: when it is missing or damaged, naming the folder.
    """
    if tree is None:
        return []
    stored = reader.get(tree)
    shown = place.rstrip("/") or "the top of the workspace"
    if stored is None or stored.kind != "tree":
        raise DamagedError(
            f"The workspace is damaged: the folder “{shown}” can't be read.",
            safe="All other folders still work.",
        )
    try:
        return tree_entries(stored.data)
    except ValueError as error:
        raise WorkspaceError(f"The folder “{shown}” holds names that no system can keep.") from error


def _encode(entries: Mapping[str, tuple[bytes, int]]) -> bytes:
    return tree_bytes(list(_in_git_order(entries)))


def _in_git_order(entries: Mapping[str, tuple[bytes, int]]) -> Iterator[tuple[bytes, int, str]]:
    """Git sorts folders as if their names ended in a slash."""

    def key(name: str) -> bytes:
        raw = name.encode("utf-8", "surrogateescape")
        return raw + b"/" if entries[name][1] == _FOLDER else raw

    for name in sorted(entries, key=key):
        sha, mode = entries[name]
        yield sha, mode, name
