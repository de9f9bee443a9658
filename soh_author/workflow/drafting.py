"""Drafts: text saved privately, versions of it, and nothing ever thrown away for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from soh_author.domain.errors import NotFoundError, UsageError, WorldMovedError
from soh_author.domain.ids import DraftName, PageId
from soh_author.gitstore.drafts import DiscardedDraft
from soh_author.gitstore.folders import read_folder
from soh_author.gitstore.names import DRAFTS
from soh_author.gitstore.values import Branch, Version
from soh_author.reading.paths import classify
from soh_author.workflow.effects import EVERYTHING, Effects
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import LIVE, Workspace


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as a list shows it: its newest version, and how many files are saved privately on top of it."""

    name: DraftName
    revision: str
    author: str
    when: datetime
    note: str
    private_files: int


def list_drafts(workspace: Workspace) -> Task[list[Draft]]:
    """All drafts of the workspace, the newest first."""

    def work(_progress: Progress) -> Outcome[list[Draft]]:
        branches = [branch for branch in workspace.store.branches() if branch.name.startswith(DRAFTS)]
        return Outcome([_draft(workspace, branch) for branch in branches])

    return Task("Looking up drafts", work)


def new_draft(workspace: Workspace, name: str, *, source: str = LIVE) -> Task[Draft]:
    """Start a draft from what is live (or another source).

    Raises (when run):
        InvalidNameError: for a name no draft may have.
        WorldMovedError: when there is a draft of this name.
    """

    def work(_progress: Progress) -> Outcome[Draft]:
        draft = DraftName(name)
        workspace.store.create_branch(DRAFTS + draft, workspace.revision_of(source))
        return Outcome(find_draft(workspace, draft), Effects(drafts=True), f"The draft “{draft}” is ready.")

    return Task("Starting a draft", work, writes=True)


def find_draft(workspace: Workspace, name: str) -> Draft:
    """A draft by its name.

    Raises:
        NotFoundError: when there is none.
    """
    for branch in workspace.store.branches():
        if branch.name == DRAFTS + name:
            return _draft(workspace, branch)
    raise NotFoundError(f"There is no draft “{name}” here.", todo="Look at the list of drafts.")


def discard_draft(workspace: Workspace, name: str) -> Task[DiscardedDraft]:
    """Take a draft off the list; its versions and its private texts are kept for 30 days.

    Raises (when run):
        NotFoundError: when there is none.
    """

    def work(_progress: Progress) -> Outcome[DiscardedDraft]:
        draft = find_draft(workspace, name)
        now = workspace.clock()
        workspace.journal.discard(draft.name)
        kept = workspace.store.discard_branch(DRAFTS + draft.name, now)
        return Outcome(kept, Effects(drafts=True, everything=True), f"The draft “{name}” is kept for 30 days.")

    return Task("Discarding a draft", work, writes=True)


def recently_discarded(workspace: Workspace) -> list[DiscardedDraft]:
    """Drafts that were discarded and are still kept, the newest first."""
    return workspace.store.discarded()


def restore_draft(workspace: Workspace, draft: DiscardedDraft) -> Task[Draft]:
    """Bring a discarded draft back, with the texts that were saved in it privately.

    Raises (when run):
        WorldMovedError: when another draft has its name by now.
    """

    def work(_progress: Progress) -> Outcome[Draft]:
        workspace.store.restore_draft(draft)
        return Outcome(find_draft(workspace, draft.name), Effects(drafts=True), f"The draft “{draft.name}” is back.")

    return Task("Restoring a draft", work, writes=True)


def save_private(
    workspace: Workspace, draft: str, path: str, text: str | None, *, base: str | None = None
) -> Task[None]:
    """Save the text of a file for oneself: instant, on disk, in no version yet. None deletes the file.

    ``base`` is the stamp of the file when it was opened (``workspace.base_of``).

    Raises (when run):
        NotFoundError: when there is no such draft.
    """

    def work(_progress: Progress) -> Outcome[None]:
        workspace.keep_saved(draft, path, text, base)
        return Outcome(None, Effects(pages=pages_at([path]), private=True))

    return Task("Saving", work, writes=True)


def save_version(workspace: Workspace, draft: str, note: str) -> Task[Version | None]:
    """Make one version of everything saved privately in a draft; None when nothing differs from its last version.

    Raises (when run):
        UsageError: when the note is empty.
        NotFoundError: when there is no such draft.
        WorldMovedError: when another window saved a version of one of the files since it was opened here.
    """

    def work(_progress: Progress) -> Outcome[Version | None]:
        _check_note(note)
        head = find_draft(workspace, draft).revision
        texts = workspace.saved_texts(draft)
        _check_bases(workspace, draft, head)
        changes = {path: None if text is None else text.encode("utf-8") for path, text in texts.items()}
        version = _write(workspace, draft, head, changes, note)
        workspace.journal.clear(draft, list(texts))
        if version is None:
            return Outcome(None, Effects(private=True), "Nothing has changed since the last version.")
        return Outcome(version, Effects(pages_at(texts), drafts=True, private=True), "A version is saved.")

    return Task("Saving a version", work, writes=True)


def apply_folder(workspace: Workspace, draft: str, folder: Path, note: str) -> Task[Version | None]:
    """Make a draft hold exactly the files of a folder, byte for byte, as one version; None when it does already.

    The draft is started when it is new.

    Raises (when run):
        UsageError: when the note is empty.
        ContentError: when the folder holds what no workspace may (links, too large files).
    """

    def work(_progress: Progress) -> Outcome[Version | None]:
        _check_note(note)
        name = DraftName(draft)
        files = read_folder(folder)
        if "soh.yml" not in files:
            raise UsageError(
                f"“{folder}” holds no soh.yml, so it is no folder of content.",
                safe="Nothing was changed.",
                todo="Choose the folder that “soh-author export” made.",
            )
        branches = {branch.name: branch.revision for branch in workspace.store.branches()}
        head = branches.get(DRAFTS + name) or workspace.revision_of(LIVE)
        gone: dict[str, bytes | None] = {path: None for path in workspace.store.files(head) if path not in files}
        if DRAFTS + name not in branches:
            workspace.store.create_branch(DRAFTS + name, head)
        version = _write(workspace, name, head, {**gone, **files}, note)
        notice = "A version is saved." if version else "Nothing has changed since the last version."
        return Outcome(version, EVERYTHING if version else Effects(drafts=True), notice)

    return Task("Taking in the files", work, writes=True)


def pages_at(paths: Mapping[str, object] | list[str]) -> frozenset[PageId]:
    """The pages whose words lie at these paths."""
    places = (classify(path) for path in paths)
    return frozenset(place.page for place in places if place and place.page)


def _check_note(note: str) -> None:
    if not note.strip():
        raise UsageError("A version needs a note.", safe="Nothing was changed.", todo="Say in a few words what changed.")


def _write(
    workspace: Workspace, draft: str, head: str, changes: Mapping[str, bytes | None], note: str
) -> Version | None:
    revision = workspace.store.write(
        DRAFTS + draft, head, changes, note=note.strip(), author=workspace.person.author, when=workspace.clock()
    )
    return None if revision == head else workspace.store.version(revision)


def _check_bases(workspace: Workspace, draft: str, head: str) -> None:
    files = workspace.store.files(head)
    for entry in workspace.journal.entries(draft):
        present = files[entry.path].blob if entry.path in files else ""
        if entry.is_saved and entry.base != present and _differs(workspace, entry.text, present):
            raise WorldMovedError(
                f"Another window saved a version of “{entry.path}” since you opened it.",
                safe="Your text is kept, and so is the other one.",
                todo="Compare the two, then save again.",
            )


def _differs(workspace: Workspace, text: str | None, blob: str) -> bool:
    if text is None or not blob:
        return text is not None or bool(blob)
    return workspace.store.read(blob) != text.encode("utf-8")


def _draft(workspace: Workspace, branch: Branch) -> Draft:
    name = DraftName(branch.name.removeprefix(DRAFTS))
    version = branch.version
    private = len(workspace.saved_texts(name))
    return Draft(name, str(version.revision), version.author.name, version.when, version.note, private)
