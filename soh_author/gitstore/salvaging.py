"""Taking over what can be read of a damaged repository: names, whole packs, single texts."""

import os
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from soh_author.domain.errors import OutputError
from soh_author.gitstore import lost_names, sealed
from soh_author.gitstore.objects import ObjectReader, ObjectWriter, object_id
from soh_author.gitstore.sealed import GitFailedError, why_of

_SHA = re.compile(r"[0-9a-f]{40}")
_KINDS = frozenset({"blob", "tree", "commit", "tag"})
_AT_ONCE = 500


def read_names(folder: Path) -> dict[str, str]:
    """The names of a repository and where they stand, as far as their files and logs can be read."""
    single = {name: text for name, text in _single_names(folder) if _SHA.fullmatch(text)}
    found = lost_names.lost_names(folder) | lost_names.packed_names(folder) | single
    return dict(sorted(found.items()))


def has_lost_names(folder: Path) -> bool:
    """Whether a file of names can't be read, so that nobody knows what names there were."""
    return (
        lost_names.is_cut_short(folder)
        or bool(lost_names.lost_names(folder))
        or any(not _SHA.fullmatch(text) for _, text in _single_names(folder))
    )


def take_packs(source: Path, made: Path) -> list[Path]:
    """Take every pack over that is whole, with an index made anew; answer those that aren't.

    Raises:
        OSError: when it can't be written.
        OutputError: the same, when it was git that couldn't.
    """
    broken = []
    target = made / "objects" / "pack"
    target.mkdir(parents=True, exist_ok=True)
    for pack in sorted((source / "objects" / "pack").glob("*.pack")):
        copy = target / pack.name
        if not _can_be_read(pack):
            broken.append(pack)
            continue
        try:
            _link(pack, copy)
            sealed.run(made, "index-pack", str(copy))
        except GitFailedError as error:
            _raise_if_full(error)
            for left in target.glob(f"{copy.stem}.*"):
                left.unlink(missing_ok=True)
            broken.append(pack)
    return broken


def take_rest(source: Path, made: Path, broken: list[Path], *, may_ask_git: bool) -> None:
    """Take over, one by one, what lies singly or in broken packs, can be read, and isn't there yet.

    Args:
        source: the damaged repository.
        made: the one that is made.
        broken: packs that are not whole.
        may_ask_git: whether git may be run on the damaged one.

    Raises:
        OSError: when it can't be written.
        OutputError: the same, when it was git that couldn't.
    """
    for pack in broken:
        try:
            sealed.run(made, "unpack-objects", "-q", "-r", data=pack.read_bytes())
        except GitFailedError as error:
            _raise_if_full(error)
        except OSError:
            continue  # the disk doesn't give it back
    writer = ObjectWriter(made)
    known = _packed(made)
    for place in (source / "objects").glob("??/*"):
        name = place.parent.name + place.name
        if _SHA.fullmatch(name) and name not in known:
            _take_file(place, name, writer)
    if broken and may_ask_git:
        _take_packed(source, sorted(_packed(source) - known), writer)
    writer.settle()


def _single_names(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted((folder / "refs").rglob("*")):
        if path.is_file() and path.suffix != ".lock":
            try:
                text = path.read_bytes().decode("ascii", "replace").strip()
            except OSError:
                text = ""
            yield path.relative_to(folder).as_posix(), text


def _link(old: Path, new: Path) -> None:
    """The same file in two places: git never writes into one that is there."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def _can_be_read(pack: Path) -> bool:
    """Whether the disk gives a file back at all."""
    try:
        with pack.open("rb") as file:
            while file.read(1 << 20):
                pass
    except OSError:
        return False
    return True


def _take_file(place: Path, name: str, writer: ObjectWriter) -> None:
    """Take one text that lies in a file of its own, if it is what its name says.

    Raises:
        OSError: when it can't be written; one that can't be read is left.
    """
    try:
        head, _, data = zlib.decompress(place.read_bytes()).partition(b"\0")
    except (OSError, zlib.error):
        return
    kind = head.decode("ascii", "replace").partition(" ")[0]
    if kind in _KINDS and object_id(kind, data) == name:
        writer.put(kind, data)


def _raise_if_full(error: GitFailedError) -> None:
    """A disk that takes nothing is no damage: what could be read must not be left behind for it."""
    why = why_of(error.text)
    if why or "unable to write" in error.text or "write error" in error.text:
        raise OutputError(
            f"What can be read can't be written beside the damaged workspace{why}.",
            safe="Nothing was changed.",
            todo="Make room on the disk, and try again.",
        ) from error


def _take_packed(source: Path, missing: list[str], writer: ObjectWriter) -> None:
    reader = ObjectReader(source)
    try:
        for first in range(0, len(missing), _AT_ONCE):
            for name, stored in reader.get_many(missing[first : first + _AT_ONCE]).items():
                if object_id(stored.kind, stored.data) == name:
                    writer.put(stored.kind, stored.data)
    finally:
        reader.close()


def _packed(folder: Path) -> set[str]:
    """The ids of what the indexes of packs list, readable or not."""
    found: set[str] = set()
    for index in (folder / "objects" / "pack").glob("*.idx"):
        with suppress(GitFailedError, OSError):
            output = sealed.run(None, "show-index", data=index.read_bytes())
            found.update(line.split()[1] for line in output.decode("ascii", "replace").splitlines())
    return found
