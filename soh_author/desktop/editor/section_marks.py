"""What is said of the change of a shared section: that it is minor, or that it must arrive."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from soh_author.desktop.editor.open_texts import OpenTexts
from soh_author.desktop.late import Late
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.chooser import Choice, Chooser
from soh_author.domain.ids import Language
from soh_author.domain.layers import SHARED
from soh_author.domain.page import Importance
from soh_author.workflow.detailing import mark_section

if TYPE_CHECKING:
    from soh_author.desktop.widgets.minor_asking import MinorAsking

MARKS = {
    Importance.SAFETY.value: "It concerns safety: whoever hides a change is told at once",
    Importance.LAW.value: "It concerns the law: whoever hides a change is told at once",
    "": "Neither: whoever has own words is asked in their own time",
}
"""What a section can be marked as, in words."""


class SectionMarks:
    """Asks, and marks the section the caret is in."""

    def __init__(self, session: Session, texts: OpenTexts, parent: QWidget) -> None:
        self._session = session
        self._texts = texts
        self._parent = parent
        self._minor: Late[MinorAsking] = Late(
            "widgets.minor_asking.MinorAsking", lambda made: made(session, parent)
        )

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        return {
            "section.mark": self.ask_mark,
            "section.minor": self.ask_minor,
            "section.minor_undo": self.undo_minor,
        }

    def reason_against(self, action_id: str) -> str:
        """Why the change of the section can't be called minor now; empty when that may be asked."""
        if action_id == "section.minor_undo":
            asked = self._minor.made
            return "" if asked is not None and asked.can_undo else "Nothing was marked as minor yet."
        tab = self._texts.area.current
        if tab is None or tab.key.layer != SHARED or tab.key.language is not Language.EN:
            return "Open the shared English text: what is minor is said of its changes."
        return "" if tab.section() is not None else "Put the caret into a section first."

    def ask_minor(self) -> None:
        """Ask whether the draft's change of the section the caret is in is minor; it is saved first."""
        tab = self._texts.area.current
        section = tab.section() if tab is not None else None
        if tab is None or section is None:
            return
        page = tab.key.page
        if tab.is_changed:
            self._texts.keeper.save(tab, lambda: self._minor().ask(page, section))
        else:
            self._minor().ask(page, section)

    def undo_minor(self) -> None:
        """Take the last mark back."""
        self._minor().undo()

    def ask_mark(self) -> None:
        """Ask whether changes of the section the caret is in must arrive, and why."""
        tab = self._texts.area.current
        section = tab.section() if tab is not None else None
        if tab is None or tab.state is None or section is None or tab.edit.isReadOnly():
            return
        path = tab.state.path

        def mark(key: str) -> None:
            change = mark_section(path, tab.text(), section, Importance(key) if key else None)
            tab.apply_text(change.text or "", name="mark")
            undo = self._session.shortcuts.words("edit.undo")
            self._session.notice.emit(f"{MARKS[key]}. {undo} takes that back.")

        choices = [Choice(key, words) for key, words in MARKS.items()]
        chooser = Chooser(
            self._session.theme,
            "A change here must arrive",
            "Safety, law or neither",
            lambda typed: [one for one in choices if typed.casefold() in one.title.casefold()],
            self._parent,
        )
        chooser.ask(mark)
