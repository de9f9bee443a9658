"""Keeps every word: what is typed goes to the journal, what is saved to disk; the status line says which."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from soh_author.desktop.editor.file_reading import FileKey
from soh_author.desktop.editor.file_tab import FileTab
from soh_author.desktop.session import Session
from soh_author.workflow.drafting import note_unsaved, save_private
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

NOTE_EVERY_MS = 1_500
"""What was typed is written to the journal at the latest after this time."""


@dataclass(frozen=True, slots=True)
class Rescue:
    """A text that is nowhere but in memory: it has to come back before the person's eyes."""

    workspace: Workspace
    draft: str
    key: FileKey
    text: str
    base: str


class Keeper(QObject):
    """Saves the texts of the open tabs, on the one queue that writes, in the order it was asked."""

    changed = Signal()
    """A text became saved or unsaved."""
    saved = Signal(object)
    """FileTab whose text was just saved."""
    lost = Signal(object)
    """Rescue: a text could not be saved, and its tab is closed meanwhile."""

    def __init__(self, session: Session, tabs: Callable[[], Iterable[FileTab]], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._tabs = tabs
        self._workspace: Workspace | None = None
        self._draft = ""
        self._to_note: list[FileTab] = []
        self._noted: list[FileTab] = []
        self._kept: dict[FileTab, str] = {}
        self._saving = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(NOTE_EVERY_MS)
        self._timer.timeout.connect(self.note_now)

    @property
    def draft(self) -> str:
        """The draft the open texts belong to; empty for what is published, which is never written."""
        return self._draft

    def work_in(self, workspace: Workspace | None, draft: str) -> None:
        """The texts that are opened from now on belong to this draft."""
        self._workspace = workspace
        self._draft = draft

    def texts(self) -> dict[str, str | None]:
        """Unsaved texts by path."""
        return {
            tab.state.path: tab.text() for tab in self._tabs() if tab.is_changed and tab.state is not None
        }

    def unsaved_tabs(self) -> list[FileTab]:
        """Tabs with text that isn't saved."""
        return [tab for tab in self._tabs() if tab.is_changed and tab.state is not None]

    def note_soon(self, tab: FileTab) -> None:
        """The text of a tab changed; it will be in the journal in a moment."""
        if tab not in self._to_note:
            self._to_note.append(tab)
        if not self._timer.isActive():
            self._timer.start()
        self.tell()

    def note_now(self) -> None:
        """Write what was typed to the journal."""
        self._timer.stop()
        waiting, self._to_note = self._to_note, []
        workspace, draft = self._workspace, self._draft
        if workspace is None or not draft:
            return
        for tab in waiting:
            # What was noted and then taken back has to be noted again, or it would come back tomorrow.
            if tab.state is None or not (tab.is_changed or tab in self._noted):
                continue
            self._noted.append(tab)
            self._note(workspace, draft, tab, tab.state.path)

    def is_kept(self) -> bool:
        """Whether every word that is not saved is in the journal, to be offered next time."""
        return all(self._kept.get(tab) == tab.text() for tab in self.unsaved_tabs())

    def _note(self, workspace: Workspace, draft: str, tab: FileTab, path: str) -> None:
        text, base = tab.text(), tab.base

        def work(_progress: Progress) -> Outcome[None]:
            note_unsaved(workspace, draft, path, text, base=base)
            return Outcome(None)

        def noted(_nothing: None) -> None:
            if tab in self._noted:
                self._kept[tab] = text

        task = Task("Keeping what was typed", work, writes=True, never_waits=True)
        self._session.run(task, noted)

    def note_again(self) -> None:
        """Something else was written: what is not saved goes to the journal once more, on top of it."""
        for tab in self.unsaved_tabs():
            self.note_soon(tab)

    def save(self, tab: FileTab, then: Callable[[], None] = lambda: None) -> None:
        """Save the text of a tab for oneself."""
        workspace = self._workspace
        if workspace is None or not self._draft or tab.state is None or not tab.has_text:
            return
        text, key, base, draft = tab.text(), tab.key, tab.base, self._draft
        if not tab.is_changed:
            self._session.notice.emit("Nothing has changed since it was saved.")
            then()
            return
        self._saving += 1

        def saved(_nothing: None) -> None:
            is_open = tab in self._tabs()  # it may have been closed meanwhile
            if is_open:
                tab.was_saved(text)
            self.tell()
            self._session.notice.emit("Saved on this computer. Nobody else sees it yet.")
            if is_open:
                self.saved.emit(tab)
                if tab.is_changed:  # more was typed while it was being saved
                    self.note_soon(tab)
            then()

        def failed(error: Exception) -> None:
            if tab not in self._tabs():
                self.lost.emit(Rescue(workspace, draft, key, text, base))
            self._session.failed.emit(error)

        def over() -> None:
            self._saving -= 1
            self.tell()

        task = save_private(workspace, draft, tab.state.path, text, base=base)
        self._session.run(task, saved, failed, on_end=over)
        self.tell()

    def save_all(self) -> None:
        """Save every text that isn't."""
        for tab in self.unsaved_tabs():
            self.save(tab)

    def forget(self, tab: FileTab) -> None:
        """A tab was closed."""
        self._to_note = [one for one in self._to_note if one is not tab]
        self._noted = [one for one in self._noted if one is not tab]
        self._kept.pop(tab, None)

    def tell(self) -> None:
        """Say in the status line how the texts stand."""
        unsaved = self.unsaved_tabs()
        pages = frozenset(tab.key.page for tab in unsaved)
        if not self._draft:
            words = ""
        elif self._saving:
            words = "Saving…"
        elif unsaved:
            words = "Not saved yet" if len(unsaved) == 1 else f"{len(unsaved)} texts not saved yet"
        else:
            words = "Saved on this computer"
        self._session.show_status("saved", words)
        self._session.set_unsaved(pages)
        self.changed.emit()
