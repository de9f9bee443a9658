"""Comments in the editor: how many each section has, in words beside it, and the pane with them."""

from collections import Counter

from PySide6.QtCore import QObject

from soh_author.desktop.editor.file_tab import FileTab
from soh_author.desktop.editor.room import EditorRoom
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.review.comments_pane import CommentsPane
from soh_author.desktop.review.signing import Signing
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.selected import selected_words
from soh_author.domain.counting import counted
from soh_author.domain.ids import PageId
from soh_author.reading.paths import PagePlace
from soh_author.workflow.comments.discussing import Discussion
from soh_author.workflow.comments.placing import Placed
from soh_author.workflow.comments.sayable import sayable_in_text
from soh_author.workflow.effects import Effects


class EditorComments(QObject):
    """Keeps the pane and the words beside the sections in step with the page that is open."""

    def __init__(self, session: Session, signing: Signing, editor: EditorRoom) -> None:
        super().__init__(editor.widget)
        self._session = session
        self._editor = editor
        self._told: tuple[str, PageId] | None = None
        self.pane = CommentsPane(session, signing, editor.texts.keeper.texts)
        self.pane.hide()
        editor.place_beside(self.pane)
        self.pane.loaded.connect(self._loaded)
        self.pane.chosen.connect(self._go_to)
        self.pane.comment_wanted.connect(self.say)
        editor.area.current_changed.connect(self._follow)
        editor.texts.news.refreshed.connect(lambda _tab: self._mark())
        session.location_changed.connect(self._place_changed)
        session.effects_happened.connect(self._touched)
        self._follow()

    def handlers(self) -> Handlers:
        """What this carries out."""
        return {"pane.comments": self.toggle, "comment.add": self.say}

    def toggle(self) -> None:
        """Show the pane, or hide it."""
        self.pane.setVisible(not self.pane.isVisibleTo(self._editor.widget))
        if self.pane.isVisible():
            self.pane.load()
            self.pane.list.setFocus()
        elif self._editor.area.current is not None:
            self._editor.area.current.edit.setFocus()

    def say(self) -> None:
        """Say something of the section with the caret, or of the words that are selected."""
        tab, workspace = self._editor.area.current, self._session.workspace
        if tab is None or tab.state is None or workspace is None or not self._draft:
            self._session.notice.emit("Open a page of a draft first: comments belong to drafts.")
            return
        self._editor.save_all()
        texts = self._editor.texts.keeper.texts()
        snapshot = workspace.snapshot(self._session.location.source, unsaved=texts)
        place = PagePlace(tab.state.path, tab.key.layer, tab.key.page, tab.key.language)
        quote = selected_words(tab.edit.textCursor())
        line = tab.edit.line()
        sections = sayable_in_text(snapshot, place)
        here = [each for each in sections if each.line <= line]
        first = here[-1:] or sections[:1]
        self.pane.show()
        self.pane.say((*first, *(each for each in sections if each not in first)), quote)

    @property
    def _draft(self) -> str:
        here = self._session.location
        return here.draft or here.reading

    def _place_changed(self, location: Location) -> None:
        if location.room is RoomId.EDITOR:
            self._follow()

    def _follow(self) -> None:
        page = self._session.location.page if self._editor.area.current is not None else None
        self.pane.show_draft(self._draft if page is not None else "", page)

    def _touched(self, effects: Effects) -> None:
        is_here = self._session.location.room is RoomId.EDITOR
        if is_here and (effects.everything or effects.drafts or effects.pages):
            self._follow()

    def _loaded(self, found: Discussion | None) -> None:
        self._mark()
        page = self._session.location.page
        if found is None or page is None or self._told == (found.draft, page):
            return
        self._told = (found.draft, page)
        waiting = sum(each.thread.is_open for each in found.on_page(page))
        if waiting and not self.pane.isVisible():
            keys = self._session.shortcuts.words("pane.comments")
            self._session.notice.emit(f"{counted(waiting, 'comment')} on this page. {keys} shows them.")

    def _mark(self) -> None:
        """Say beside each section of each open text how many comments wait there."""
        placed = self.pane.found.placed if self.pane.found else ()
        for tab in self._editor.area.tabs:
            path = tab.state.path if tab.state else tab.key.path
            lines = Counter(
                max(each.line, 1)
                for each in placed
                if each.path == path and each.thread.is_open and not each.is_orphaned
            )
            tab.edit.notes.set_comments({line: counted(number, "comment") for line, number in lines.items()})
            tab.edit.refresh_notes()

    def _go_to(self, each: Placed) -> None:
        self._editor.texts.go_to(each.path, each.words_line)
        tab = self._editor.area.current
        if isinstance(tab, FileTab):
            self.pane.list.setFocus()
