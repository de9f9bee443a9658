"""Texts that were thrown away: kept for 30 days, and how they come back."""

from datetime import timedelta

from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import DraftName
from soh_author.gitstore.drafts import DiscardedDraft
from soh_author.gitstore.names import DRAFTS
from soh_author.journal.entries import DiscardedText
from soh_author.reading.paths import classify, page_place
from soh_author.workflow.effects import Effects
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import LIVE, Workspace

_TOGETHER = timedelta(seconds=1)
"""A draft and its texts are thrown away in one step; what lies further apart was thrown away by itself."""


def discarded_texts(workspace: Workspace) -> list[DiscardedText]:
    """Texts that can come back by themselves, the newest first; those of a discarded draft come with it."""
    drafts = workspace.store.discarded()
    return [
        text
        for text in workspace.journal.recently_discarded()
        if not any(_is_of(text, draft) for draft in drafts)
    ]


def restore_text(workspace: Workspace, text: DiscardedText) -> Task[DraftName]:
    """Bring a text back as unsaved words of its draft.

    Where the draft is gone, it is started again from what is live. Where newer words of this window are in
    the way, the text gets a draft of its own. Answers the draft it is in.
    """

    def work(_progress: Progress) -> Outcome[DraftName]:
        name = DraftName(text.draft)
        if workspace.journal.entry(name, text.path) is not None:
            name = _begin(workspace, free_name(workspace, name), source=name)
        elif not _is_there(workspace, name):
            _begin(workspace, name, source=LIVE)
        workspace.journal.restore(text, workspace.clock(), draft=name)
        place = classify(text.path)
        found = page_place(place) if place and place.page else None
        pages = frozenset({found.page}) if found else frozenset()
        told = f"The text is back in the draft “{name}”. It is not saved yet."
        return Outcome(name, Effects(pages=pages, private=True, drafts=True), told)

    return Task("Bringing the text back", work, writes=True)


def restore_with_draft(workspace: Workspace, draft: DiscardedDraft) -> None:
    """Bring back the texts that went with a draft: what was saved as saved, what was typed above as typed."""
    for text in sorted(workspace.journal.recently_discarded(), key=lambda text: text.number):
        if _is_of(text, draft):
            workspace.journal.restore_saved(text, workspace.clock())


def source_of(workspace: Workspace, draft: str) -> str:
    """What a draft is started from to hold a text of this one: the draft itself, or what is live."""
    return draft if _is_there(workspace, draft) else LIVE


def free_name(workspace: Workspace, draft: str) -> DraftName:
    """A name no draft has yet, made from another one's."""
    start = draft[:80].rstrip("-")
    names = (DraftName(f"{start}-recovered{f'-{n}' if n > 1 else ''}") for n in range(1, 200))
    return next(name for name in names if not _is_there(workspace, name))


def _begin(workspace: Workspace, name: DraftName, *, source: str) -> DraftName:
    revision = workspace.revision_of(source_of(workspace, source))
    workspace.store.create_branch(DRAFTS + name, revision)
    return name


def _is_there(workspace: Workspace, draft: str) -> bool:
    try:
        workspace.store.resolve(DRAFTS + draft)
    except NotFoundError:
        return False
    return True


def _is_of(text: DiscardedText, draft: DiscardedDraft) -> bool:
    return text.draft == draft.name and abs(text.when - draft.when) < _TOGETHER
