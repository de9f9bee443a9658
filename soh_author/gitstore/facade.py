"""A foreign repository on this computer, seen through a clean front.

Git run *in* a foreign repository obeys that repository's configuration, also when it only fetches from it. So
we put up an empty repository of our own, with our configuration, copy the positions of branches and tags as
text, and point at the foreign folder for the objects alone. Git then runs in ours.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from soh_author.domain.errors import WorkspaceError
from soh_author.gitstore.configuration import read_settings
from soh_author.gitstore.opening import check_not_shallow
from soh_author.gitstore.passing_folder import passing_folder

_SHA = re.compile(r"[0-9a-f]{40}")
_PACKED = re.compile(r"([0-9a-f]{40}) (refs/(?:heads|tags)/\S+)")
_NAME = re.compile(r"refs/(?:heads|tags)(?:/[A-Za-z0-9_+-][A-Za-z0-9._+-]*)+")
_CONFIGURATION = """[core]
\trepositoryformatversion = 0
\tbare = true
\tcommitGraph = false
\tmultiPackIndex = false
[pack]
\tuseBitmaps = false
"""
_HEADS = "front.git/refs/heads"
_MOST_REFS = 100_000


@contextmanager
def facade(foreign: Path) -> Iterator[Path]:
    """Yield the folder of a clean repository that shows the branches, tags and objects of ``foreign``.

    Raises:
        WorkspaceError: when ``foreign`` is no repository, or shallow, partial, or of a kind we can't read.
        OutputError: when the temporary folder of this computer can't be written.
    """
    source = _git_folder(foreign)
    check_not_shallow(source)
    _check_kind(foreign, read_settings(source))
    objects = (source / "objects").resolve()
    if "\n" in str(objects):
        raise _no_repository(foreign)
    found = _read_refs(source)
    lines = "".join(f"{found[ref]} {ref}\n" for ref in sorted(found))
    files = {
        "HEAD": "ref: refs/heads/published\n",
        "config": _CONFIGURATION,
        "objects/info/alternates": f"{objects}\n",
        "packed-refs": lines,
    }
    with passing_folder({f"front.git/{path}": text for path, text in files.items()}, [_HEADS]) as place:
        yield place / "front.git"


def _git_folder(foreign: Path) -> Path:
    """The folder with objects and refs: of a bare repository, a working copy, or one of several of them."""
    inner = foreign / ".git"
    place = foreign
    if inner.is_dir():
        place = inner
    elif inner.is_file():
        place = _pointed_at(inner, "gitdir: ")
    if (place / "commondir").is_file():
        place = _pointed_at(place / "commondir", "")
    if not foreign.is_dir() or not ((place / "objects").is_dir() and (place / "HEAD").is_file()):
        raise _no_repository(foreign)
    return place


def _pointed_at(file: Path, prefix: str) -> Path:
    with file.open(encoding="utf-8", errors="replace") as lines:
        line = lines.read(4096).splitlines()[:1]
    if not line or not line[0].startswith(prefix):
        raise _no_repository(file.parent)
    return file.parent / line[0].removeprefix(prefix)


def _check_kind(foreign: Path, settings: Mapping[str, str]) -> None:
    if any(key.startswith("extensions.partialclone") or key.endswith(".promisor") for key in settings):
        raise WorkspaceError(
            f"“{foreign}” is an incomplete copy: its texts are fetched from elsewhere when they are needed.",
            safe="Nothing was changed.",
            todo="Get a complete copy (without “--filter”) and open that.",
        )
    if settings.get("extensions.objectformat", "sha1") != "sha1" or "extensions.refstorage" in settings:
        raise WorkspaceError(
            f"“{foreign}” is of a kind this version of SOH Author can't read.",
            todo="Ask for a copy in git's usual format (SHA-1 objects, ref files).",
        )


def _read_refs(source: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    packed = source / "packed-refs"
    if packed.is_file():
        for line in packed.read_text(encoding="utf-8", errors="replace").splitlines():
            match = _PACKED.fullmatch(line)
            if match and _is_plain(match[2]):
                found[match[2]] = match[1]
    for kind in ("heads", "tags"):
        for folder, _, files in os.walk(source / "refs" / kind):
            for file in files:
                _read_ref(source, Path(folder, file), found)
                if len(found) > _MOST_REFS:
                    raise WorkspaceError(f"“{source}” has more branches than any content repository.")
    return found


def _read_ref(source: Path, file: Path, found: dict[str, str]) -> None:
    ref = file.relative_to(source).as_posix()
    if file.is_symlink() or not file.is_file() or file.stat().st_size > 100 or not _is_plain(ref):
        return
    text = file.read_text(encoding="utf-8", errors="replace").strip()
    if _SHA.fullmatch(text):
        found[ref] = text


def _is_plain(ref: str) -> bool:
    bad_ends = any(part.endswith((".lock", ".")) for part in ref.split("/"))
    return bool(_NAME.fullmatch(ref)) and ".." not in ref and not bad_ends


def _no_repository(foreign: Path) -> WorkspaceError:
    return WorkspaceError(
        f"“{foreign}” is not a content repository.",
        safe="Nothing was changed.",
        todo="Choose a folder that holds one, or type its address.",
    )
