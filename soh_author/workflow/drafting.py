"""Drafts: text saved privately, versions of it, and nothing ever thrown away for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from soh_author.domain.errors import NotFoundError, OvertakenError, UsageError, WorldMovedError
from soh_author.domain.ids import DraftName, PageId
from soh_author.gitstore.drafts import DiscardedDraft
from soh_author.gitstore.folders import read_folder
from soh_author.gitstore.names import DRAFTS
from soh_author.gitstore.values import Branch, Version
from soh_author.journal.entries import JournalEntry
from soh_author.reading.paths import PagePlace, classify, page_place
from soh_author.workflow.discarded_texts import restore_with_draft, source_of
from soh_author.workflow.effects import EVERYTHING, Effects
from soh_author.workflow.names import text_title
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import LIVE, Workspace

_KEPT = "comments/"
"""What people said stays in a draft, also when its files are taken from a folder made before."""


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


def went_out(workspace: Workspace, live: str, head: str) -> bool:
    """Whether all that a draft at a version holds is live; an empty one holds nothing."""
    base = workspace.store.common_ancestor(live, head)
    return base != head and not _changes_since(workspace, base, live, head)


def changes_something(workspace: Workspace, live: str, head: str) -> bool:
    """Whether a draft at a version changes anything of what is live; what went out changes nothing.

    What people said of it stays in the draft, and doesn't count.
    """
    return _changes_since(workspace, workspace.store.common_ancestor(live, head), live, head)


def _changes_since(workspace: Workspace, base: str | None, live: str, head: str) -> bool:
    files = workspace.store.files(live)
    for change in workspace.store.changed_paths(base, head):
        entry = files.get(change.path)
        if not change.path.startswith(_KEPT) and (entry.blob if entry else None) != change.new:
            return True
    return False


def discard_draft(workspace: Workspace, name: str) -> Task[DiscardedDraft]:
    """Take a draft off the list; its versions and its private texts are kept for 30 days.

    Raises (when run):
        NotFoundError: when there is none.
    """

    def work(_progress: Progress) -> Outcome[DiscardedDraft]:
        draft = find_draft(workspace, name)
        now = workspace.clock()
        kept = workspace.store.discard_branch(DRAFTS + draft.name, now)
        for entry in workspace.journal.entries(draft.name):
            workspace.journal.discard(draft.name, entry.path, now)
        return Outcome(
            kept, Effects(drafts=True, everything=True), f"The draft “{name}” is kept for 30 days."
        )

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
        restore_with_draft(workspace, draft)
        effects = Effects(drafts=True, private=True)
        return Outcome(find_draft(workspace, draft.name), effects, f"The draft “{draft.name}” is back.")

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
    """Make one version of everything saved privately in a draft; None when nothing differs from its last one.

    Raises (when run):
        UsageError: when the note is empty.
        NotFoundError: when there is no such draft.
        OvertakenError: when another window saved a version of one of the files since it was opened here.
    """

    def work(_progress: Progress) -> Outcome[Version | None]:
        _check_note(note)
        head = find_draft(workspace, draft).revision
        texts = workspace.saved_texts(draft)
        others = overtaken(workspace, draft)
        if others:
            raise OvertakenError(
                f"Another window saved a version of “{others[0].path}” since you opened it.",
                safe="Your text is kept, and so is the other one.",
                todo="Look at both and choose, then save again.",
            )
        changes = {path: None if text is None else text.encode("utf-8") for path, text in texts.items()}
        version = _write(workspace, draft, head, changes, note)
        files = workspace.store.files(version.revision if version else head)
        bases = {path: files[path].blob for path in texts if path in files}
        workspace.journal.clear(draft, {path: text or "" for path, text in texts.items()}, bases)
        if version is None:
            return Outcome(None, Effects(private=True), "Nothing has changed since the last version.")
        return Outcome(version, Effects(pages_at(texts), drafts=True, private=True), "A version is saved.")

    return Task("Saving a version", work, writes=True)


def note_unsaved(workspace: Workspace, draft: str, path: str, text: str, *, base: str | None = None) -> None:
    """Keep what was typed, so that a crash loses nothing; called at most every two seconds while typing."""
    workspace.keep_unsaved(draft, path, text, base)


@dataclass(frozen=True, slots=True)
class RecoveredText:
    """A text that a window left behind when it died: as typed, as saved there, and as the draft has it."""

    entry: JournalEntry
    stored: str
    title: str = ""

    @property
    def draft(self) -> str:
        """Name of the draft it was written in."""
        return self.entry.draft

    @property
    def path(self) -> str:
        """The file it is of."""
        return self.entry.path

    @property
    def text(self) -> str:
        """The text as it was typed last."""
        return self.entry.text

    @property
    def place(self) -> PagePlace | None:
        """Whose text of which page it is; None where it is none of a page."""
        place = classify(self.path)
        return page_place(place) if place and place.page else None

    @property
    def saved_text(self) -> str:
        """What would be there without it: saved privately, or else in the draft."""
        return self.stored if self.entry.saved_text is None else self.entry.saved_text

    @property
    def when(self) -> datetime:
        """When something was typed last."""
        return self.entry.changed


def recovered(workspace: Workspace) -> list[RecoveredText]:
    """Texts of windows that died, the newest first; each waits for *Restore*, *Keep saved* or *Keep both*."""
    found = []
    for entry in workspace.journal.recovered():
        snapshot = workspace.snapshot(source_of(workspace, entry.draft))
        stored = snapshot.text(entry.path) or ""
        found.append(RecoveredText(entry, stored, text_title(snapshot, entry.path)))
    return found


def accept_recovered(workspace: Workspace, text: RecoveredText) -> Task[None]:
    """*Restore*: go on with the text as typed. What it replaces here is kept among the discarded.

    A draft that was discarded meanwhile is started again from what is live.
    """

    def work(progress: Progress) -> Outcome[None]:
        if source_of(workspace, text.draft) == LIVE:
            new_draft(workspace, text.draft).run(progress)
        workspace.journal.adopt(text.entry, workspace.clock())
        return Outcome(None, Effects(pages_at([text.path]), private=True, drafts=True), "Your text is back.")

    return Task("Restoring text", work, writes=True)


def dismiss_recovered(workspace: Workspace, text: RecoveredText) -> Task[None]:
    """*Keep saved*: leave the saved text as it is; a copy of the other one is kept for 30 days."""

    def work(_progress: Progress) -> Outcome[None]:
        workspace.journal.discard_recovered(text.entry, workspace.clock())
        return Outcome(
            None, Effects(private=True), "The saved text stays. A copy of the other is kept for 30 days."
        )

    return Task("Keeping the saved text", work, writes=True)


def apply_folder(
    workspace: Workspace, draft: str, folder: Path, note: str, *, since: str = ""
) -> Task[Version | None]:
    """Make a draft hold exactly the files of a folder, as one version; None when it does already.

    The draft is started when it is new.

    Args:
        since: the version the files were written out from. Then only what the folder changed since is brought
            in, and what others changed in other files stays.

    Raises (when run):
        UsageError: when the note is empty.
        WorldMovedError: when others changed the same file since that version.
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
        start = workspace.revision_of(since) if since else head
        changes: dict[str, bytes | None] = {
            path: None
            for path in workspace.store.files(start)
            if path not in files and not path.startswith(_KEPT)
        }
        changes |= files
        if start != head:
            changes = _only_changed(workspace, start, changes)
            _check_untouched(workspace, start, head, changes)
        if DRAFTS + name not in branches:
            workspace.store.create_branch(DRAFTS + name, head)
        version = _write(workspace, name, head, changes, note)
        notice = "A version is saved." if version else "Nothing has changed since the last version."
        return Outcome(version, EVERYTHING if version else Effects(drafts=True), notice)

    return Task("Taking in the files", work, writes=True)


def _only_changed(
    workspace: Workspace, start: str, files: Mapping[str, bytes | None]
) -> dict[str, bytes | None]:
    """The files that differ from a version."""
    stored = workspace.store.files(start)
    contents = workspace.store.read_many(entry.blob for entry in stored.values())
    before = {path: contents.get(entry.blob) for path, entry in stored.items()}
    return {path: data for path, data in files.items() if data != before.get(path)}


def _check_untouched(
    workspace: Workspace, start: str, head: str, changes: Mapping[str, bytes | None]
) -> None:
    """Refuse to take in files that others changed as well, unless both say the same now."""
    theirs = {change.path: change.new for change in workspace.store.changed_paths(start, head)}
    both = [
        path
        for path, data in changes.items()
        if path in theirs and data != ((blob := theirs[path]) and workspace.store.read(blob))
    ]
    if both:
        others = f" and {len(both) - 1} more" if both[1:] else ""
        raise WorldMovedError(
            f"Somebody else changed “{both[0]}”{others} since you wrote the files out.",
            safe="Nothing was changed: your files and theirs are as they were.",
            todo="Write the files out anew into another folder, and bring your changes over.",
        )


def pages_at(paths: Mapping[str, object] | list[str]) -> frozenset[PageId]:
    """The pages whose words lie at these paths."""
    places = (classify(path) for path in paths)
    return frozenset(place.page for place in places if place and place.page)


def _check_note(note: str) -> None:
    if not note.strip():
        raise UsageError(
            "A version needs a note.", safe="Nothing was changed.", todo="Say in a few words what changed."
        )


def _write(
    workspace: Workspace, draft: str, head: str, changes: Mapping[str, bytes | None], note: str
) -> Version | None:
    revision = workspace.store.write(
        DRAFTS + draft,
        head,
        changes,
        note=note.strip(),
        author=workspace.person.author,
        when=workspace.clock(),
    )
    return None if revision == head else workspace.store.version(revision)


def overtaken(workspace: Workspace, draft: str) -> list[JournalEntry]:
    """Texts saved here of which another window saved a version since they were opened, and said otherwise.

    Raises:
        NotFoundError: when there is no such draft.
    """
    files = workspace.store.files(find_draft(workspace, draft).revision)
    found = []
    for entry in workspace.journal.entries(draft):
        present = files[entry.path].blob if entry.path in files else ""
        is_based_elsewhere = entry.saved_text is not None and (entry.base_blob or "") != present
        if is_based_elsewhere and _differs(workspace, entry.saved_text or None, present):
            found.append(entry)
    return found


def _differs(workspace: Workspace, text: str | None, blob: str) -> bool:
    if text is None or not blob:
        return text is not None or bool(blob)
    return workspace.store.read(blob) != text.encode("utf-8")


def _draft(workspace: Workspace, branch: Branch) -> Draft:
    name = DraftName(branch.name.removeprefix(DRAFTS))
    version = branch.version
    private = len(workspace.saved_texts(name))
    return Draft(name, str(version.revision), version.author.name, version.when, version.note, private)
