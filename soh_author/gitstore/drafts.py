"""Drafts thrown away stay beside the others, off the list, and can come back."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from soh_author.domain.ids import DraftName
from soh_author.gitstore import names, refs
from soh_author.gitstore.refs import RefMove
from soh_author.gitstore.values import Revision

_DISCARDED = "refs/discarded/"
_STAMP = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True, slots=True)
class DiscardedDraft:
    """A draft that was thrown away: its name, its last version, and when that happened."""

    name: DraftName
    revision: Revision
    when: datetime
    ref: str


def discard(folder: Path, branch: str, revision: str, when: datetime) -> DiscardedDraft:
    """Take a draft off the list, keeping its versions.

    Raises:
        WorldMovedError: when it is not at ``revision`` any more.
        InvalidNameError: for what is live.
    """
    name = names.draft_name(branch)
    kept = f"{_DISCARDED}{name}/{when.astimezone(UTC).strftime(_STAMP)}"
    moves = [RefMove(kept, None, revision), RefMove(names.branch_ref(branch), revision, None)]
    refs.move_refs(folder, moves, moved=refs.moved_error(branch))
    return DiscardedDraft(name, Revision(revision), when, kept)


def list_discarded(folder: Path) -> list[DiscardedDraft]:
    """What was thrown away and is still kept, newest first."""
    found = [_read(ref, revision) for ref, revision in refs.list_refs(folder, _DISCARDED)]
    return sorted(found, key=lambda draft: draft.when, reverse=True)


def restore(folder: Path, draft: DiscardedDraft, branch: str) -> None:
    """Put a discarded draft back, under its old name or another.

    Raises:
        WorldMovedError: when that name is taken, or the draft was restored already.
    """
    moves = [
        RefMove(names.branch_ref(branch), None, draft.revision),
        RefMove(draft.ref, draft.revision, None),
    ]
    refs.move_refs(folder, moves, moved=refs.taken_error(branch))


def rename(folder: Path, old: str, new: str, revision: str) -> None:
    """Give a draft another name.

    Raises:
        WorldMovedError: when the new name is taken, or the draft is not at ``revision`` any more.
        InvalidNameError: for what is live.
    """
    for branch in (old, new):
        names.draft_name(branch)
    moves = [
        RefMove(names.branch_ref(new), None, revision),
        RefMove(names.branch_ref(old), revision, None),
    ]
    refs.move_refs(folder, moves, moved=refs.taken_error(new))


def _read(ref: str, revision: str) -> DiscardedDraft:
    name, _, stamp = ref.removeprefix(_DISCARDED).partition("/")
    when = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    return DiscardedDraft(DraftName(name), Revision(revision), when, ref)
