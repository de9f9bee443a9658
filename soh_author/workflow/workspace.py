"""A workspace: a folder with the content's whole history and, beside it, a person's unsaved text."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from soh_author.cache.findings import NAME as FINDINGS
from soh_author.cache.findings import FindingCache
from soh_author.cache.words import NAME as WORDS
from soh_author.cache.words import WordIndex
from soh_author.domain.errors import DamagedError, NotFoundError, UsageError, WorkspaceError
from soh_author.domain.ids import DraftName
from soh_author.gitstore import lost_names
from soh_author.gitstore.store import MANIFEST, Store
from soh_author.gitstore.values import Author
from soh_author.journal.journal import Journal
from soh_author.render.renderer import Renderer
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.sources import Memory, Sources

CONTENT = "content.git"
PRIVATE = "private"
JOURNAL = f"{PRIVATE}/journal.sqlite"
LIVE = "published"
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Person:
    """Who works here, as written in every version they save."""

    name: str
    email: str

    def __post_init__(self) -> None:
        if not self.name.strip() or any(sign in self.name + self.email for sign in "<>\n\r\0"):
            raise UsageError(
                "Your name is missing, or holds a sign it can't have.",
                todo="Say who you are in the settings.",
            )

    @property
    def author(self) -> Author:
        """The same as the store writes it."""
        return Author(self.name, self.email)


class Workspace:
    """An open workspace.

    It holds ``content.git`` (a bare repository: every version, no working files) and ``private/`` (text in no
    version yet; never leaves the machine). Close it, or use it as a context manager.

    Args:
        folder: the workspace's folder.
        store: its opened repository.
        person: who works here.
        clock: tells the time, with its zone.
    """

    def __init__(self, folder: Path, store: Store, person: Person, clock: Clock) -> None:
        self.folder = folder
        self.store = store
        self.person = person
        self.clock = clock
        self.journal = Journal(folder / JOURNAL, clock())
        self.words = WordIndex(folder / PRIVATE / WORDS)
        self.findings = FindingCache(folder / PRIVATE / FINDINGS)
        self.memory = Memory()
        self.renderer = Renderer()

    @classmethod
    def open(cls, folder: Path, *, person: Person, clock: Clock) -> Self:
        """Open a workspace.

        Raises:
            WorkspaceError: when the folder holds no workspace of ours, an empty or a foreign one.
            DamagedError: when what is live can't be read; the workspace can be repaired.
        """
        content = folder / CONTENT
        if not content.is_dir() and any(folder.glob(f"{CONTENT}-damaged-*")):
            raise DamagedError(f"The repair of “{folder}” was stopped before its end.")
        if not content.is_dir():
            raise WorkspaceError(
                f"“{folder.absolute()}” is not a workspace: it has no {CONTENT}.",
                safe="Nothing was changed.",
                todo="Open a workspace folder, or make one with “soh-author init” or “soh-author open”.",
            )
        workspace = cls(folder, Store.open(content), person, clock)
        try:
            workspace.store.read_path(workspace.revision_of(LIVE), MANIFEST)
            workspace.snapshot().manifest  # noqa: B018 - reading it is the check
        except BaseException:
            workspace.close()
            raise
        return workspace

    @property
    def notice(self) -> str:
        """What the person must be told about this workspace, if anything: one or two sentences."""
        return " ".join(filter(None, (lost_names.told(self.store.lost), self.journal.notice)))

    def close(self) -> None:
        """End what reading started and close the journal."""
        self.store.close()
        self.words.close()
        self.findings.close()
        self.journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def service_name(self) -> str:
        """Name of the service the content is for."""
        return self.snapshot().manifest.service

    def revision_of(self, source: str) -> str:
        """The revision that ``published``, a draft's name, a release or a revision stands for.

        Raises:
            NotFoundError: when nothing has that name.
        """
        if source == LIVE:
            return self._live()
        names = (f"drafts/{source}", source) if DraftName.is_valid(source) else (source,)
        for name in names:
            try:
                return self.store.resolve(name)
            except NotFoundError:
                continue
        raise NotFoundError(
            f"There is no draft, release or version called “{source}” here.",
            todo="Look at the list of drafts, or use “published”.",
        )

    def snapshot(self, source: str = LIVE, *, unsaved: Mapping[str, str | None] | None = None) -> Snapshot:
        """Content of a source, with the privately saved texts of a draft and then ``unsaved`` laid over it.

        Args:
            source: ``published``, a draft's name, a release or a revision.
            unsaved: texts of an editor by path.
        """
        revision = self.revision_of(source)
        base = self.memory.recall(("snapshot", revision), lambda: self.published_snapshot(revision))
        return base.with_unsaved({**self.saved_texts(source), **(unsaved or {})})

    def saved_texts(self, draft: str) -> dict[str, str | None]:
        """Texts of a draft saved here privately, in no version yet, by path; None: the file is deleted."""
        return {
            entry.path: entry.saved_text or None
            for entry in self.journal.entries(draft)
            if entry.saved_text is not None
        }

    def published_snapshot(self, revision: str) -> Snapshot:
        """Content of a revision without anybody's private texts."""
        entries = {path: entry.blob for path, entry in self.store.files(revision).items()}
        return Snapshot(Sources(entries, self._fetch, self.memory), revision)

    def snapshot_with(self, revision: str, changes: Mapping[str, str | None]) -> Snapshot:
        """Content of a revision with some files of other revisions in it: their blobs by path; None: gone."""
        if not changes:
            return self.published_snapshot(revision)
        entries: dict[str, str | None] = {
            path: entry.blob for path, entry in self.store.files(revision).items()
        }
        entries.update(changes)
        kept = {path: blob for path, blob in entries.items() if blob is not None}
        return Snapshot(Sources(kept, self._fetch, self.memory), revision)

    def keep_saved(self, draft: str, path: str, text: str | None, base: str | None = None) -> None:
        """Write a text into the journal as saved; None deletes the file (an empty text in the journal).

        Args:
            base: stamp of the file that the text was made from (see :meth:`base_of`); None takes what is
                known, so that a version saved meanwhile by another window is noticed and not overwritten.
        """
        made_from = self.base_of(draft, path) if base is None else base
        self.journal.save(draft, path, text or "", base_blob=made_from or None, when=self.clock())

    def keep_unsaved(self, draft: str, path: str, text: str, base: str | None = None) -> None:
        """Write what was typed into the journal: a crash loses nothing. ``base`` as in :meth:`keep_saved`."""
        made_from = self.base_of(draft, path) if base is None else base
        self.journal.record_unsaved(draft, path, text, base_blob=made_from or None, when=self.clock())

    def base_of(self, draft: str, path: str) -> str:
        """Stamp of the stored file that a draft's text of ``path`` was made from; empty for a new file."""
        kept = self.journal.entry(draft, path)
        if kept is not None:
            return kept.base_blob or ""
        entry = self.store.files(self.revision_of(draft)).get(path)
        return entry.blob if entry else ""

    def _live(self) -> str:
        try:
            return self.store.resolve(LIVE)
        except NotFoundError:
            raise WorkspaceError(
                "This workspace is empty: nothing was ever published in it.",
                safe="Nothing was changed.",
                todo="Get it again from its address, or make one from a folder of content.",
            ) from None

    def _fetch(self, stamps: Iterable[str]) -> Mapping[str, bytes]:
        return self.store.read_many(stamps)
