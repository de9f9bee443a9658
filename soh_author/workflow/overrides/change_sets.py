"""Changes of several files that belong together: saved at once, undone at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from soh_author.domain.errors import UsageError, WorldMovedError
from soh_author.gitstore.names import DRAFTS
from soh_author.workflow.drafting import find_draft, pages_at
from soh_author.workflow.effects import Effects
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SavedChanges:
    """What was saved together in a draft: texts before and after by path (None: no file).

    ``revision`` is the version that holds them, empty when they are saved privately.
    """

    draft: str
    before: Mapping[str, str | None]
    after: Mapping[str, str | None]
    revision: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing had to be changed."""
        return not self.after


def save_changes(
    workspace: Workspace, draft: str, changes: Mapping[str, str | None], note: str = ""
) -> SavedChanges:
    """Save texts of a draft together: as one version when there is a note, else privately.

    A file with privately saved text in the draft stays private, so that no half-written word gets into a
    version. Texts that don't differ are left out.

    Raises:
        NotFoundError: when there is no such draft.
        WorldMovedError: when somebody else saved a version of it meanwhile.
    """
    found = find_draft(workspace, draft)
    snapshot = workspace.snapshot(found.name)
    before = {path: snapshot.text(path) for path in changes}
    fresh = {path: text for path, text in changes.items() if text != before[path]}
    before = {path: before[path] for path in fresh}
    private = workspace.saved_texts(found.name)
    bases = {path: workspace.base_of(found.name, path) for path in fresh}
    stays_private = set(fresh) if not note else fresh.keys() & private.keys()
    revision = ""
    versioned = {path: text for path, text in fresh.items() if path not in stays_private}
    if versioned:
        revision = _write(workspace, found.name, found.revision, versioned, note)
    for path in stays_private:
        workspace.keep_saved(found.name, path, fresh[path], bases[path])
    return SavedChanges(found.name, before, fresh, revision)


def _write(workspace: Workspace, draft: str, head: str, changes: Mapping[str, str | None], note: str) -> str:
    coded = {path: None if text is None else text.encode("utf-8") for path, text in changes.items()}
    written = workspace.store.write(
        DRAFTS + draft,
        head,
        coded,
        note=note.strip(),
        author=workspace.person.author,
        when=workspace.clock(),
    )
    return str(written)


def effects_of(saved: SavedChanges) -> Effects:
    """What saving them touched."""
    is_registry = any(path.endswith((".yml", ".yaml")) for path in saved.after)
    return Effects(
        pages_at(list(saved.after)),
        drafts=bool(saved.revision),
        private=True,
        registry=is_registry,
        everything=is_registry,
    )


def undo(workspace: Workspace, saved: SavedChanges) -> Task[SavedChanges]:
    """Bring back the texts from before, as privately saved ones; what was saved since is never overwritten.

    Raises (when run):
        WorldMovedError: when one of the files was changed since.
    """

    def work(_progress: Progress) -> Outcome[SavedChanges]:
        snapshot = workspace.snapshot(saved.draft)
        check_unmoved(snapshot, saved.after)
        back = save_changes(workspace, saved.draft, saved.before)
        return Outcome(back, effects_of(back), "It is as it was before.")

    return Task("Undoing", work, writes=True)


def check_unmoved(snapshot: Snapshot, expected: Mapping[str, str | None]) -> None:
    """Stop when a file is not as it was seen last.

    Raises:
        WorldMovedError: names the first file that differs.
    """
    for path, text in expected.items():
        if snapshot.text(path) != text:
            raise WorldMovedError(
                f"“{path}” was changed since you looked.",
                safe="Nothing was changed; both texts are kept.",
                todo="Look again, then decide.",
            )


def require_draft(draft: str) -> None:
    """Nothing is ever written into what is live.

    Raises:
        UsageError: when no draft is named.
    """
    if not draft.strip():
        raise UsageError(
            "Choose the draft that takes the change.",
            safe="Nothing was changed.",
            todo="Start one if needed.",
        )
