"""Which files the gate lets into a revision: known kinds, plain files, names that every system can keep."""

import re
from collections.abc import Iterable, Iterator, Mapping

from soh_author.domain.ids import RESERVED
from soh_author.gitstore.incoming import Incoming, TreeFile
from soh_author.reading.paths import FileKind, classify, page_of
from soh_author.workflow.gate.refusals import GateLimits, Refusal

_PLAIN = "100644"
_KINDS_OF_MODE = {
    "100755": "It is marked as a program that can be run.",
    "120000": "It is a link to another place, not a file.",
    "160000": "It is a whole repository put inside this one.",
}
_MOST_TOLD = 20
_RESERVED = re.compile(rf"(?:^|/)(?:{'|'.join(sorted(RESERVED))})(?=[./]|\Z)", re.IGNORECASE)
_TEXT_KINDS = frozenset(
    {FileKind.MANIFEST, FileKind.PAGE, FileKind.FACTS, FileKind.FORCE, FileKind.GROUP, FileKind.POLICY}
)
_SIGNED_KINDS = frozenset({FileKind.APPROVAL, FileKind.COMMENT})


def judge_files(files: Mapping[str, TreeFile]) -> list[Refusal]:
    """Refuse what may not be in a revision, whatever it holds; the first few are told."""
    found: list[Refusal] = []
    for refusal in _judge(files):
        found.append(refusal)
        if len(found) == _MOST_TOLD:
            break
    return found


def judge_sizes(
    incoming: Incoming, files: Mapping[str, TreeFile], known: Iterable[str], limits: GateLimits
) -> list[Refusal]:
    """Refuse files that are new and too large, or missing; only files of known kinds are asked about.

    Args:
        incoming: where they lie.
        files: the files of a revision, judged before.
        known: objects that were let in before.
        limits: how large each kind may be.
    """
    there = set(known)
    fresh = {path: file for path, file in files.items() if file.blob not in there}
    measured = incoming.measure(file.blob for file in fresh.values())
    found: list[Refusal] = []
    total = sum(size for _, size in measured.values())
    if total > limits.new_bytes:
        found.append(
            _refusal("What is sent", f"It has {total:,} bytes, more than are taken at once.", "large")
        )
    for path, file in fresh.items():
        kind, size = measured.get(file.blob, ("", 0))
        if kind != "blob":
            found.append(_refusal(path, "The text of this file was not sent, or is damaged.", "damaged"))
        elif size > _most(path, limits):
            most = _most(path, limits)
            found.append(_refusal(path, f"It has {size:,} bytes; at most {most:,} are taken.", "large"))
    return found[:_MOST_TOLD]


def _judge(files: Mapping[str, TreeFile]) -> Iterator[Refusal]:
    seen: dict[str, str] = {}
    may_have_twins = _has_twins(files)
    for path, file in files.items():
        if file.mode != _PLAIN:
            reason = _KINDS_OF_MODE.get(file.mode, f"It is no plain file (mode {file.mode[:10]}).")
            yield _refusal(path, reason, "mode")
        elif page_of(path) is None:  # nearly all files are pages, whose ids are never names of devices
            yield from _of_path(path)
        if may_have_twins:
            yield from _twins(path, seen)


def _of_path(path: str) -> Iterator[Refusal]:
    if classify(path) is None:
        yield _refusal(path, "It is no kind of file that belongs in the content.", "kind")
    elif _RESERVED.search(path):
        yield _refusal(path, "Windows keeps this name for a device.", "name")


def _has_twins(files: Mapping[str, TreeFile]) -> bool:
    """Whether names, of folders too, become fewer without their capitals; told at once where they don't."""
    folders: set[str] = set()
    waiting = {path.rpartition("/")[0] for path in files}
    while waiting:
        folders |= waiting
        waiting = {folder.rpartition("/")[0] for folder in waiting} - folders
    names = folders.union(files)
    return len(set(map(str.lower, names))) != len(folders) + len(files)


def _twins(path: str, seen: dict[str, str]) -> Iterator[Refusal]:
    """Names, also of folders, that differ only in capitals: Windows and macOS keep one file for both."""
    end = len(path)
    while end > 0:
        name = path[:end]
        other = seen.setdefault(name.lower(), name)
        if other != name:
            yield _refusal(path, f"It differs from “{other}” only in capital letters.", "twin")
            return
        if other is not name and end != len(path):
            return
        end = path.rfind("/", 0, end)


def _most(path: str, limits: GateLimits) -> int:
    place = classify(path)
    kind = place.kind if place else FileKind.PAGE
    if kind is FileKind.MEDIA:
        return limits.picture_bytes
    if kind in _SIGNED_KINDS:
        if path.endswith(".sig"):
            return limits.signature_bytes
        return limits.comment_bytes if kind is FileKind.COMMENT else limits.record_bytes
    return limits.text_bytes if kind in _TEXT_KINDS else limits.record_bytes


def _refusal(path: str, reason: str, rule: str) -> Refusal:
    return Refusal(path, reason, "Take the file out, or ask who looks after the content.", rule)
