"""Versions: who saved what and when, what a page said then, and how to get it back."""

from dataclasses import dataclass
from datetime import datetime

from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import PageId
from soh_author.workflow.drafting import pages_at
from soh_author.workflow.effects import Effects
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PageVersion:
    """One version: its name, who saved it, when, what they noted, and the files of the page it touched."""

    revision: str
    author: str
    email: str
    when: datetime
    note: str


def history(
    workspace: Workspace, source: str, page: PageId | None = None, *, limit: int = 50, skip: int = 0
) -> Task[list[PageVersion]]:
    """Versions of a source, newest first; with a page, those that touched it at any layer or former id.

    Raises (when run):
        NotFoundError: when there is no such source or page.
    """

    def work(_progress: Progress) -> Outcome[list[PageVersion]]:
        paths = _paths(workspace, source, page) if page else None
        found = workspace.store.history(workspace.revision_of(source), paths, limit, skip)
        return Outcome(
            [
                PageVersion(
                    str(version.revision),
                    version.author.name,
                    version.author.email,
                    version.when,
                    version.note,
                )
                for version in found
            ]
        )

    return Task("Looking up versions", work)


def text_at(workspace: Workspace, revision: str, path: str) -> str | None:
    """The text of a file at a version, or None when it had none.

    Raises:
        ContentError: when the file is not UTF-8.
    """
    return workspace.snapshot(revision).text(path)


def restore(workspace: Workspace, draft: str, path: str, revision: str) -> Task[str]:
    """Bring back the text a file had at a version, as privately saved text of a draft.

    Nothing is lost by it: a copy of words that are in no version yet is kept for 30 days.

    Raises (when run):
        NotFoundError: when the version has no such file, or there is no such draft.
    """

    def work(_progress: Progress) -> Outcome[str]:
        text = text_at(workspace, workspace.revision_of(revision), path)
        if text is None:
            raise NotFoundError(
                f"That version has no “{path}”.", safe="Nothing was changed.", todo="Choose another version."
            )
        base, kept = workspace.base_of(draft, path), workspace.journal.entry(draft, path)
        if kept is not None and kept.text != text:
            workspace.journal.discard(draft, path, workspace.clock())
        workspace.keep_saved(draft, path, text, base)
        return Outcome(text, Effects(pages=pages_at([path]), private=True), "The earlier text is back.")

    return Task("Restoring an earlier text", work, writes=True)


def _paths(workspace: Workspace, source: str, page: PageId) -> list[str]:
    snapshot = workspace.snapshot(source)
    return [file.path for file in snapshot.files_of(page)]
