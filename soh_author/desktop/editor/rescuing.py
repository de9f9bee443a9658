"""Brings a text back before the person's eyes that could not be saved after its tab was closed."""

from dataclasses import replace

from soh_author.desktop.editor.file_reading import Opened
from soh_author.desktop.editor.keeping import Rescue
from soh_author.desktop.editor.open_texts import OpenTexts
from soh_author.desktop.session import Session


class Rescuing:
    """Opens the text again, in its draft, with the words that are nowhere else."""

    def __init__(self, session: Session, texts: OpenTexts) -> None:
        self._session = session
        self._texts = texts
        texts.keeper.lost.connect(self.bring_back)

    def bring_back(self, rescue: Rescue) -> None:
        """Show the text again."""
        if rescue.workspace is not self._session.workspace:
            return  # another workspace is only opened when everything is saved
        if self._session.location.draft != rescue.draft:
            self._session.go(self._session.location.in_draft(rescue.draft))
        self._texts.read(rescue.key, lambda opened: self._show(opened, rescue))

    def _show(self, opened: Opened, rescue: Rescue) -> None:
        tab = self._texts.area.tab_of(rescue.key)
        if tab is None:
            self._texts.add(replace(opened, unsaved=rescue.text, base=rescue.base), show=True)
        elif not tab.is_changed:
            tab.load(opened.state, rescue.text, rescue.base)
        self._texts.keeper.tell()
