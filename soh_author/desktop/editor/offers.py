"""After saving an override: could it be smaller and read the same? Offered once, never insisted on."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from soh_author.desktop.editor.file_tab import FileTab
from soh_author.desktop.editor.open_texts import OpenTexts
from soh_author.desktop.location import RoomId
from soh_author.desktop.session import Session
from soh_author.domain.ids import Language
from soh_author.domain.override import Override
from soh_author.workflow.overrides.smallest_override import Offer, Suggestion, suggestions
from soh_author.workflow.task import Outcome, Progress, Task

VERBS = {
    Offer.GIVE_BACK: "Give it back",
    Offer.APPEND: "Keep just what is added",
    Offer.PREPEND: "Keep just what is added",
    Offer.FACT: "Make it a fact…",
}


class Offers(QObject):
    """Looks on a thread after each save, and shows what it found in the strip above the text."""

    def __init__(self, session: Session, texts: OpenTexts) -> None:
        super().__init__(texts)
        self._session = session
        self._texts = texts
        self._left: set[tuple[str, str, Offer]] = set()
        texts.keeper.saved.connect(self.look)

    def watch(self, tab: FileTab) -> None:
        """Listen to the strip of a tab that was just opened."""
        tab.offer.taken.connect(lambda: self._take(tab))
        tab.offer.left.connect(lambda: self._leave(tab))

    def look(self, tab: FileTab) -> None:
        """Look whether the text that was just saved could be smaller."""
        self._find(tab, lambda found: self._offer(tab, found))

    def _find(self, tab: FileTab, then: Callable[[tuple[Suggestion, ...]], None]) -> None:
        workspace, state = self._session.workspace, tab.state
        is_override = state is not None and isinstance(state.value, Override)
        if workspace is None or not is_override or tab.key.language is not Language.EN:
            tab.offer.hide()
            return
        source, unsaved = self._session.location.source, self._texts.keeper.texts()
        on, key = self._session.location.on or self._session.today(), tab.key

        def work(_progress: Progress) -> Outcome[tuple[Suggestion, ...]]:
            snapshot = workspace.snapshot(source, unsaved=unsaved)
            return Outcome(suggestions(snapshot, key.page, key.layer, on))

        self._session.run(
            Task("Looking for a smaller way to say it", work), then, topic=f"smaller {key.path}"
        )

    def _offer(self, tab: FileTab, found: tuple[Suggestion, ...]) -> None:
        if tab not in self._texts.area.tabs:
            return
        new = [each for each in found if _name(tab, each) not in self._left]
        tab.suggestion = new[0] if new else None
        if new:
            tab.offer.show_offer(new[0].sentence, VERBS[new[0].offer])
            self._session.notice.emit(new[0].sentence)
        else:
            tab.offer.hide()

    def _leave(self, tab: FileTab) -> None:
        if tab.suggestion is not None:
            self._left.add(_name(tab, tab.suggestion))
        tab.offer.hide()
        tab.edit.setFocus()

    def _take(self, tab: FileTab) -> None:
        wanted = tab.suggestion
        tab.offer.hide()
        if wanted is None:
            return
        if wanted.offer is Offer.FACT:
            place = replace(
                self._session.location, room=RoomId.COMPARE, page=wanted.page, section=wanted.section
            )
            self._session.go(place)
            self._session.action_wanted.emit("wording.fact")
            return
        # The text may have been typed in since: what is written is made from it as it stands.
        self._find(tab, lambda found: self._write(tab, wanted, found))

    def _write(self, tab: FileTab, wanted: Suggestion, found: tuple[Suggestion, ...]) -> None:
        same = next((each for each in found if _name(tab, each) == _name(tab, wanted)), None)
        if same is None or same.change is None or tab.edit.isReadOnly():
            self._session.notice.emit("The text has changed since; nothing was done.")
            return
        tab.apply_text(same.change.text or "", name="suggestion")  # no text: the file goes
        tab.edit.setFocus()
        undo = self._session.shortcuts.words("edit.undo")
        self._session.notice.emit(f"It is smaller now. {undo} takes that back.")


def _name(tab: FileTab, suggestion: Suggestion) -> tuple[str, str, Offer]:
    return tab.key.path, str(suggestion.section), suggestion.offer
