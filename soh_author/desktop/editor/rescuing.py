"""Brings a text back before the person's eyes that could not be saved after its tab was closed."""

from dataclasses import replace
from functools import partial

from soh_author.desktop.editor.file_reading import Opened
from soh_author.desktop.editor.file_tab import FileTab
from soh_author.desktop.editor.keeping import Rescue
from soh_author.desktop.editor.open_texts import OpenTexts
from soh_author.desktop.session import Session


class Rescuing:
    """Opens the text again, in its draft, with the words that are nowhere else."""

    def __init__(self, session: Session, texts: OpenTexts) -> None:
        self._session = session
        self._texts = texts
        texts.keeper.lost.connect(self.bring_back)
        session.text_returned.connect(self.take_in)

    def bring_back(self, rescue: Rescue) -> None:
        """Show the text again."""
        if rescue.workspace is not self._session.workspace:
            return  # another workspace is only opened when everything is saved
        if self._session.location.draft != rescue.draft:
            self._session.go(self._session.location.in_draft(rescue.draft))
        self._texts.read(rescue.key, lambda opened: self._show(opened, rescue))

    def take_in(self, path: str) -> None:
        """Words came back from the journal: into a text that is open they go as one step of undo."""
        for tab in self._texts.area.tabs:
            if tab.state is not None and tab.state.path == path:
                self._texts.read(tab.key, partial(self._take_in, tab))

    def _take_in(self, tab: FileTab, opened: Opened) -> None:
        if tab in self._texts.area.tabs and not tab.is_changed and opened.unsaved is not None:
            tab.base = opened.base
            tab.apply_text(opened.unsaved, name="text that came back")

    def _show(self, opened: Opened, rescue: Rescue) -> None:
        tab = self._texts.area.tab_of(rescue.key)
        if tab is None:
            self._texts.add(replace(opened, unsaved=rescue.text, base=rescue.base), show=True)
        elif not tab.is_changed:
            tab.load(opened.state, rescue.text, rescue.base)
        self._texts.keeper.tell()
