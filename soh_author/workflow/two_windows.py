"""Two windows wrote in one text of a draft: both texts are there, and the person says which goes on."""

from dataclasses import dataclass

from soh_author.domain.ids import DraftName
from soh_author.journal.entries import JournalEntry
from soh_author.workflow.discarded_texts import free_name
from soh_author.workflow.drafting import find_draft, new_draft, overtaken, pages_at, save_private
from soh_author.workflow.effects import Effects
from soh_author.workflow.names import text_title
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A text saved here, and what the version of another window says. ``blob`` names the latter."""

    title: str
    entry: JournalEntry
    theirs: str
    blob: str

    @property
    def mine(self) -> str:
        """The text as it was saved here."""
        return self.entry.saved_text or ""


def find_overtaken(workspace: Workspace, draft: str) -> list[Overtaken]:
    """What has to be decided before a version can be saved.

    Raises:
        NotFoundError: when there is no such draft.
    """
    revision = find_draft(workspace, draft).revision
    files, snapshot = workspace.store.files(revision), workspace.published_snapshot(revision)
    found = []
    for entry in overtaken(workspace, draft):
        blob = files[entry.path].blob if entry.path in files else ""
        theirs = workspace.store.read(blob).decode("utf-8", "replace") if blob else ""
        found.append(Overtaken(text_title(snapshot, entry.path), entry, theirs, blob))
    return found


def go_on_with_mine(workspace: Workspace, text: Overtaken) -> Task[None]:
    """The text of this window goes into the next version; the other stays in the version before it."""

    def work(_progress: Progress) -> Outcome[None]:
        entry = text.entry
        workspace.keep_saved(entry.draft, entry.path, text.mine, text.blob)
        if entry.is_unsaved:
            workspace.keep_unsaved(entry.draft, entry.path, entry.text, text.blob)
        return Outcome(None, Effects(pages_at([entry.path]), private=True), "Your text goes on.")

    return Task("Going on with this text", work, writes=True)


def go_on_with_theirs(workspace: Workspace, text: Overtaken) -> Task[None]:
    """The version of the other window stays; a copy of the text of this one is kept for 30 days."""

    def work(_progress: Progress) -> Outcome[None]:
        workspace.journal.discard(text.entry.draft, text.entry.path, workspace.clock())
        effects = Effects(pages_at([text.entry.path]), private=True)
        return Outcome(None, effects, "The other text goes on. A copy of yours is kept for 30 days.")

    return Task("Going on with the other text", work, writes=True)


def keep_both_texts(workspace: Workspace, text: Overtaken) -> Task[DraftName]:
    """The version of the other window stays, and the text of this one gets a draft of its own."""

    def work(progress: Progress) -> Outcome[DraftName]:
        name = free_name(workspace, text.entry.draft)
        new_draft(workspace, name, source=text.entry.draft).run(progress)
        save_private(workspace, name, text.entry.path, text.entry.text).run(progress)
        workspace.journal.discard(text.entry.draft, text.entry.path, workspace.clock())
        effects = Effects(pages_at([text.entry.path]), private=True, drafts=True)
        return Outcome(name, effects, f"Your text is in the draft “{name}”.")

    return Task("Keeping both texts", work, writes=True)
