"""Names that were lost, found again: git's log of each name tells which there were, and where they stood.

Git keeps most names in one file (``packed-refs``). Where that is missing, or cut short between two lines, git
takes the names for gone without a word, and a person's drafts with them. Every name that is moved here has a
log beside it (``logs/``), and taking a name away takes its log away first: a log without its name is a loss.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from soh_author.domain.errors import (
    DamagedError,
    InvalidNameError,
    OutputError,
    WorkspaceError,
    WorldMovedError,
)
from soh_author.domain.ids import DraftName
from soh_author.gitstore import names, refs
from soh_author.gitstore.refs import RefMove

_SHA = re.compile(r"[0-9a-f]{40}")
_PACKED = re.compile(r"([0-9a-f]{40}) (refs/\S+)")
_LOGGED = re.compile(rb"^[0-9a-f]{40} ([0-9a-f]{40}) [^\n]*$", re.MULTILINE)
_DISCARDED = re.compile(r"refs/discarded/([^/]+)/\d{8}T\d{12}Z")
_HEADS = "refs/heads/"
_OURS = ("refs/heads", "refs/discarded")
_TAIL = 4096
_NOBODY = "SOH Author <soh-author@localhost> 0 +0000"


@dataclass(frozen=True, slots=True)
class LostNames:
    """Names that were lost (``refs/heads/drafts/april``): those that are back, and the others."""

    back: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def packed_names(folder: Path) -> dict[str, str]:
    """The names in the one file of names, as far as it can be read."""
    found = (_PACKED.fullmatch(line) for line in _text(folder).splitlines())
    return {packed[2]: packed[1] for packed in found if packed}


def is_cut_short(folder: Path) -> bool:
    """Whether the one file of names holds a line that is none: then git reads no name at all."""
    text = _text(folder)
    lines = [line for line in text.splitlines() if not line.startswith(("#", "^"))]
    return not all(map(_PACKED.fullmatch, lines)) or (text != "" and not text.endswith("\n"))


def lost_names(folder: Path) -> dict[str, str]:
    """Drafts, discarded drafts and what is live that have lost their names, and where each stood last."""
    logged = {ref: sha for ref, sha in _logged(folder) if not _stands_alone(folder, ref)}
    if not logged:
        return {}
    packed = packed_names(folder)
    # A name taken away meanwhile lost its log before it went.
    return {
        ref: sha for ref, sha in logged.items() if ref not in packed and (folder / "logs" / ref).is_file()
    }


def bring_back(folder: Path) -> LostNames:
    """Name again what lost its name, where that can be done; nothing that has a name moves.

    Raises:
        DamagedError: when the one file of names was cut short, so that git reads no name at all.
    """
    if is_cut_short(folder):
        raise DamagedError(f"“{folder}” is damaged: its list of drafts was cut short.")
    back, gone = [], []
    for ref, sha in lost_names(folder).items():
        try:
            _clear_unreadable(folder / ref)
            refs.move_refs(folder, [RefMove(ref, None, sha)], moved=refs.taken_error(ref))
            back.append(ref)
        except WorldMovedError:
            continue  # another window was faster
        except (OutputError, WorkspaceError, OSError):
            gone.append(ref)
    return LostNames(tuple(back), tuple(gone))


def remember(folder: Path) -> None:
    """Write down where every name stands that has no log yet: one made before there were logs."""
    for prefix in _OURS:
        for ref, sha in refs.list_refs(folder, f"{prefix}/"):
            log = folder / "logs" / ref
            with suppress(OSError):  # a full disk keeps what it has
                if not log.exists():
                    log.parent.mkdir(parents=True, exist_ok=True)
                    log.write_text(f"{refs.NOTHING} {sha} {_NOBODY}\n", encoding="ascii")


def told(lost: LostNames) -> str:
    """What a person is told of it; empty when nothing was lost."""
    said = []
    if lost.back:
        said.append(f"The list of drafts was damaged. Brought back: {_shown(lost.back)}.")
    if lost.gone:
        todo = "Repair the workspace (in Welcome, or “soh-author repair”)."
        said.append(f"The list of drafts is damaged. Not found: {_shown(lost.gone)}. {todo}")
    return " ".join(said)


def _shown(lost: tuple[str, ...]) -> str:
    return ", ".join(_words(ref) for ref in lost)


def _words(ref: str) -> str:
    discarded = _DISCARDED.fullmatch(ref)
    if discarded:
        return f"the discarded “{discarded[1]}”"
    name = ref.removeprefix(_HEADS)
    return "what is live" if name == names.PUBLISHED else f"“{name.removeprefix(names.DRAFTS)}”"


def _text(folder: Path) -> str:
    try:
        return (folder / "packed-refs").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def _logged(folder: Path) -> Iterator[tuple[str, str]]:
    logs = folder / "logs"
    for prefix in _OURS:
        for log in sorted((logs / prefix).rglob("*")):
            ref = log.relative_to(logs).as_posix()
            if log.is_file() and not log.is_symlink() and _is_ours(ref):
                last = _last_place(log)
                if last:
                    yield ref, last


def _is_ours(ref: str) -> bool:
    discarded = _DISCARDED.fullmatch(ref)
    if discarded:
        return DraftName.is_valid(discarded[1])
    with suppress(InvalidNameError):
        return names.branch_ref(ref.removeprefix(_HEADS)) == ref
    return False


def _last_place(log: Path) -> str:
    """Where a name stood last by its log; empty when its end can't be read."""
    try:
        with log.open("rb") as file:
            file.seek(max(log.stat().st_size - _TAIL, 0))
            places: list[bytes] = _LOGGED.findall(file.read())
    except OSError:
        return ""
    last = places[-1].decode("ascii") if places else refs.NOTHING
    return "" if last == refs.NOTHING else last


def _stands_alone(folder: Path, ref: str) -> bool:
    """Whether a name is in a file of its own that can be read."""
    try:
        return bool(_SHA.fullmatch((folder / ref).read_bytes().decode("ascii", "replace").strip()))
    except OSError:
        return False


def _clear_unreadable(file: Path) -> None:
    """Take away what a crash left of a name's own file: git would not write over it."""
    if file.is_file():
        file.unlink()
