"""The texts that are open: opening, refreshing, saving and closing them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from soh_author.desktop.editor.candidates import Candidates
from soh_author.desktop.editor.file_reading import FileKey, Opened, open_file
from soh_author.desktop.editor.file_tab import FileTab
from soh_author.desktop.editor.keeping import Keeper
from soh_author.desktop.editor.new_tabs import NewTabs, topic_of
from soh_author.desktop.editor.refreshing import Refreshing
from soh_author.desktop.editor.tab_area import TabArea
from soh_author.desktop.location import Location
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import Language
from soh_author.domain.layers import SHARED, Layer
from soh_author.workflow.effects import Effects
from soh_author.workflow.workspace import Workspace

ELSEWHERE = (
    "Another window is writing in this text too. Neither loses a word; you are asked when a version is saved."
)


class OpenTexts(QObject):
    """Keeps the tabs in step with the place and with what happens to the content."""

    opened = Signal(object)
    """FileTab that was just made."""
    edited = Signal()
    """A text was changed by the person."""

    def __init__(self, session: Session, area: TabArea) -> None:
        super().__init__(area)
        self._session = session
        self.area = area
        self.keeper = Keeper(session, lambda: area.tabs, self)
        self.candidates = Candidates(session, self)
        self._new = NewTabs(session, self.candidates, self)
        self._closed: list[FileKey] = []
        self._source: tuple[Workspace | None, str] = (None, "")
        self.news = Refreshing(session, area, self.keeper, self)
        area.close_wanted.connect(self.close)
        self.keeper.changed.connect(area.retitle)

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        return {
            "text.save": self.save,
            "tab.close": self.close_current,
            "tab.reopen": self.reopen,
            "tab.next": lambda: self.area.step(1),
            "tab.previous": lambda: self.area.step(-1),
            "page.shared": self.open_shared,
            "page.own": self.open_own,
        }

    # Places

    def show_location(self, location: Location) -> None:
        """Open the text a place names, or show it when it is open."""
        source = (self._session.workspace, location.source)
        if source != self._source:
            self._change_source(source)
        if location.page is None or self._session.workspace is None:
            return
        current = self.area.current
        is_here = current is not None and (current.key.page, current.key.layer) == (
            location.page,
            location.layer,
        )
        if current is not None and is_here:
            self.news.refresh_current()
            if location.section is not None:
                current.go_to_section(location.section)
        else:
            self.open(FileKey(location.page, location.layer, Language.EN))

    def open(self, key: FileKey, line: int = 0) -> None:
        """Open a text, at a line if one is given."""
        tab = self.area.tab_of(key)
        if tab is not None:
            self.area.show_tab(tab)
            if line:
                tab.go_to_line(line)
        else:
            self.read(key, lambda found: self._show(found, line))
            self._new.prepare_soon(key)

    def open_behind(self, key: FileKey, caret: int = 0, top: int = 0) -> None:
        """Open a text without showing it, its caret at a place."""
        if self.area.tab_of(key) is None:
            shown = partial(self.add, show=False, place=(caret, top))
            self.read(key, shown, partial(_tell_unless_missing, self._session))

    def begin(self, key: FileKey, text: str, line: int) -> None:
        """Change a text by machine in one step of undo, opening it first; begin it where there is none."""

        def change(tab: FileTab) -> None:
            self.area.show_tab(tab)
            if tab.has_text:
                tab.apply_text(text, line)
            else:
                tab.begin(text, line)
            self.news.refresh_current()

        tab = self.area.tab_of(key)
        if tab is not None:
            change(tab)
        else:
            self.read(key, lambda found: self.add(found, show=True, then=change))

    def show_new(self, found: Opened, line: int) -> None:
        """Show a text that was just begun."""

        def begun(tab: FileTab) -> None:
            self.area.show_tab(tab)
            tab.go_to_line(line)
            self.keeper.note_soon(tab)

        self.add(found, show=True, then=begun)

    def go_to(self, path: str, line: int) -> None:
        """Go to a line of a file of the page that is shown."""
        current = self.area.current
        for tab in self.area.tabs:
            if tab.state is not None and tab.state.path == path:
                self.area.show_tab(tab)
                tab.go_to_line(line)
                return
        if current is not None and current.state is not None:
            key = current.state.keys_by_path.get(path)
            if key is not None:
                self.open(key, line)
                return
        self._session.notice.emit(f"Look in {path}, line {line}.")

    def open_shared(self) -> None:
        """Open the shared text of the page."""
        here = self._session.location
        if here.page is not None:
            self._session.go(replace(here, layer=SHARED, section=None))

    def open_own(self) -> None:
        """Open the chosen force's text of the page."""
        here = self._session.location
        if here.page is not None and here.force is not None:
            self._session.go(replace(here, layer=Layer.of_force(here.force), section=None))

    # Saving and closing

    def save(self) -> None:
        """Save the text that is shown."""
        if self.area.current is not None:
            self.keeper.save(self.area.current)

    def close_current(self) -> None:
        """Close the text that is shown."""
        if self.area.current is not None:
            self.close(self.area.current)

    def close(self, tab: FileTab) -> None:
        """Close a tab; text that isn't saved is saved first."""
        if tab.is_changed and self.keeper.draft:
            title = tab.title
            self.keeper.save(tab, lambda: self._session.notice.emit(f"“{title}” was saved and closed."))
        self.keeper.forget(tab)
        self._closed.append(tab.key)
        self.area.remove(tab)
        self.keeper.tell()
        if self.area.current is None:
            self._session.go(replace(self._session.location, page=None, section=None))

    def reopen(self) -> None:
        """Open again what was closed last."""
        if self._closed:
            self.open(self._closed.pop())

    def apply_effects(self, effects: Effects) -> None:
        """Look again at texts that were touched."""
        if effects.everything or effects.registry or effects.private or effects.pages:
            self.candidates.forget()
            self.news.apply_effects(effects)
            self.keeper.note_again()

    # Inner steps

    def read(
        self,
        key: FileKey,
        then: Callable[[Opened], None],
        on_failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Read a text on a thread, then go on with it."""
        workspace = self._session.workspace
        if workspace is not None:
            task = open_file(workspace, self._session.location, key, self.news.day)
            self._session.run(task, then, on_failed, topic=topic_of(key))

    def _show(self, found: Opened, line: int) -> None:
        tab = self.area.tab_of(found.state.key) or self._make(found, show=True)
        section = self._session.location.section
        if line:
            tab.go_to_line(line)
        elif section is not None and tab.key.page == self._session.location.page:
            tab.go_to_section(section)
        tab.front.setFocus()

    def add(
        self,
        found: Opened,
        *,
        show: bool,
        place: tuple[int, int] = (0, 0),
        then: Callable[[FileTab], None] = lambda _tab: None,
    ) -> None:
        """Open a text that was read, its caret at a place, if it is not open already."""
        key = found.state.key
        tab = self.area.tab_of(key) or self._make(found, show=show)
        if any(place):
            tab.go_to_place(*place)
        then(tab)

    def _make(self, found: Opened, *, show: bool) -> FileTab:
        key = found.state.key
        tab = self._new.take(key)
        tab.load(found.state, found.unsaved, found.base)
        reading = self._session.location.reading
        tab.set_read_only(not self.keeper.draft, somebody_elses=reading)
        tab.edited.connect(lambda: self._edited(tab))
        tab.text_wanted.connect(self.open)
        tab.told.connect(self._session.notice)
        way_on = "draft.take_over" if reading else "draft.new"
        tab.draft_wanted.connect(lambda: self._session.action_wanted.emit(way_on))
        self.opened.emit(tab)
        self.area.add(tab, show=show)
        if found.unsaved is not None and found.state.text is not None:
            self._session.notice.emit("This text was not saved last time. It is as you left it.")
        if found.is_elsewhere:
            self._session.notice.emit(ELSEWHERE)
        self.keeper.tell()
        self.news.refreshed.emit(tab)
        if tab.is_changed:  # the preview was asked for before these words were here
            self.edited.emit()
        return tab

    def _edited(self, tab: FileTab) -> None:
        self._session.runner.give_way()
        self.keeper.note_soon(tab)
        self.news.text_edited()
        self.edited.emit()

    def _change_source(self, source: tuple[Workspace | None, str]) -> None:
        is_other_workspace = source[0] is not self._source[0]
        self._new.drop()
        self.keeper.save_all()
        self.keeper.note_now()
        keys = [] if is_other_workspace else [tab.key for tab in self.area.tabs]
        self.area.order = keys
        for tab in [*self.area.tabs]:
            # To close one shows the next, and with it another place: whoever hears that may have closed this.
            if tab in self.area.tabs:
                self.keeper.forget(tab)
                self.area.remove(tab)
        if is_other_workspace:
            self._closed.clear()
        self._source = source
        self.keeper.work_in(source[0], self._session.location.draft)
        self.candidates.forget()
        self.keeper.tell()
        here = self._session.location
        for key in keys:
            if (key.page, key.layer) != (here.page, here.layer):
                self.open_behind(key)


def _tell_unless_missing(session: Session, error: Exception) -> None:
    """A page that was open in another draft, and isn't in this one, is left out in silence."""
    if not isinstance(error, NotFoundError):
        session.failed.emit(error)
