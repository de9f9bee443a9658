"""What the window itself can do: change rooms, colours and size, go from pane to pane, find things, help."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QWidget

import soh_author
from soh_author.desktop.action_board import ActionBoard
from soh_author.desktop.actions import ACTIONS, BY_ID
from soh_author.desktop.late import Late
from soh_author.desktop.location import RoomId
from soh_author.desktop.pages.page_list import PageList
from soh_author.desktop.preferences import Preferences
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.theme.colours import Look
from soh_author.desktop.widgets.asking import widen
from soh_author.desktop.widgets.chooser import Choice, Chooser
from soh_author.desktop.widgets.focus import focus_in
from soh_author.domain.folding import folded
from soh_author.domain.ids import PageId
from soh_author.settings.model import Settings
from soh_author.settings.model import Theme as SavedTheme
from soh_author.workflow.snapshot import PageInfo

if TYPE_CHECKING:
    from soh_author.desktop.help.viewer import HelpViewer

MOST_PAGES = 50


class FrameVerbs:
    """The window's own actions."""

    def __init__(
        self, session: Session, window: QMainWindow, pages: PageList, preferences: Preferences
    ) -> None:
        self._session = session
        self._window = window
        self._pages = pages
        self._preferences = preferences
        self._help: Late[HelpViewer] = Late(
            "help.viewer.HelpViewer", lambda made: made(session.theme, window, session.shortcuts)
        )
        self.board: ActionBoard | None = None
        preferences.changed.connect(self._follow)
        self.panes: Callable[[], Sequence[QWidget]] = lambda: ()

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        rooms: Handlers = {f"room.{room}": partial(self._session.enter, room) for room in RoomId}
        looks: Handlers = {f"theme.{look}": partial(self.set_look, look) for look in Look}
        return {
            **rooms,
            **looks,
            "zoom.in": partial(self.zoom, 1),
            "zoom.out": partial(self.zoom, -1),
            "zoom.reset": partial(self.zoom, 0),
            "pane.next": partial(self.step_pane, 1),
            "pane.previous": partial(self.step_pane, -1),
            "app.palette": self.show_palette,
            "quick.open": self.show_quick_open,
            "page.history": partial(self._session.enter, RoomId.HISTORY),
            "app.shortcuts": partial(self.show_help, "shortcuts"),
            "help.start": partial(self.show_help, "getting_started"),
            "help.contents": partial(self.show_help, "editing"),
            "help.news": partial(self.show_help, "whats_new"),
            "app.about": self.show_about,
            "app.quit": self.quit,
        }

    def set_look(self, look: Look) -> None:
        """Change the colours, and remember it."""
        self._preferences.change(theme=SavedTheme(look.value))

    def zoom(self, steps: int) -> None:
        """Make everything larger or smaller by some steps (0: normal), and remember it."""
        theme = self._session.theme
        self._preferences.change(text_size=theme.stepped(steps) if steps else 100)
        self._session.notice.emit(f"Size: {theme.zoom} %")

    def step_pane(self, step: int) -> None:
        """Move the focus to the next part of the window, or the one before, that has anything to focus."""
        panes = [pane for pane in self.panes() if pane.isVisible()]
        here = QApplication.focusWidget()
        inside = [pane for pane in panes if here is not None and (pane is here or pane.isAncestorOf(here))]
        number = panes.index(inside[0]) + step if inside else 0
        for further in range(len(panes)):
            if focus_in(panes[(number + further * step) % len(panes)]):
                return

    def show_palette(self) -> None:
        """Find an action by typing."""
        chooser = Chooser(
            self._session.theme,
            "Find an action",
            "What would you like to do?",
            self._find_actions,
            self._window,
        )
        chooser.ask(self._do)

    def show_quick_open(self) -> None:
        """Find a page by typing."""
        hint = "Title in English or Welsh, name or address"
        chooser = Chooser(self._session.theme, "Go to a page", hint, self._find_pages, self._window)
        chooser.ask(self._go_to_page)

    def show_help(self, page: str) -> None:
        """Show a help page."""
        self._help().show_page(page)

    def quit(self) -> None:
        """Close the window, which asks about unsaved text."""
        self._window.close()

    def show_about(self) -> None:
        """Say what this program is."""
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("About SOH Author")
        box.setText(f"SOH Author {soh_author.__version__}")
        box.setInformativeText(
            "Write, review and publish the pages that 44 police websites share, and that each force may say "
            "in its own words.\n\nMIT licence. Made with Qt for Python."
        )
        widen(box)
        box.open()

    def _follow(self, chosen: Settings) -> None:
        """The settings changed, here or in *Preferences*: the window follows, and the menu ticks it."""
        theme, look = self._session.theme, Look(chosen.theme.value)
        self._session.shortcuts.take(chosen.shortcuts)
        if theme.look is not look:
            theme.set_look(look)
        if theme.zoom != chosen.text_size:
            theme.set_zoom(chosen.text_size)
        if self.board is not None:
            self.board.tick(f"theme.{look}")

    def _find_actions(self, typed: str) -> list[Choice]:
        assert self.board is not None, "the board is given before anybody can type"
        words = folded(typed).split()
        shown = {action.id for action in self.board.shown()}
        found = [
            Choice(
                action.id,
                action.text,
                f"{action.menu}: {action.tip}",
                self._session.shortcuts.shown(action),
                self.board.reason_against(action),
            )
            for action in ACTIONS
            if action.id in shown
            and all(word in folded(f"{action.text} {action.menu} {action.tip}") for word in words)
        ]
        return sorted(found, key=lambda choice: (bool(choice.reason), not _begins(choice.title, words)))

    def _find_pages(self, typed: str) -> list[Choice]:
        words = folded(typed).split()
        return [
            Choice(page.id, page.title, _told_of(page, words), page.area)
            for page in self._pages.find(typed, MOST_PAGES)
        ]

    def _do(self, action_id: str) -> None:
        assert self.board is not None, "the board is given before anybody can type"
        assert action_id in BY_ID, "the palette shows actions of the table"
        self.board.do(action_id)

    def _go_to_page(self, page: str) -> None:
        self._session.go(self._session.location.at_page(PageId(page)))


def _told_of(page: PageInfo, words: Sequence[str]) -> str:
    """Where a page is, behind its title in the other language where that is what was typed."""
    where = page.url or page.id
    named = [title for title in page.other_titles if all(word in folded(title) for word in words)]
    is_plain = not words or all(word in folded(f"{page.title} {page.id} {where}") for word in words)
    return where if is_plain else " · ".join((*named, where))


def _begins(title: str, words: Sequence[str]) -> bool:
    return not words or any(word.startswith(words[0]) for word in folded(title).split())
