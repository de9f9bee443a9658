"""Puts rooms, panels and verbs into a window. The one place that knows them all, most of them by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer

from soh_author.desktop.behind import Behind
from soh_author.desktop.drafts.verbs import Drafts
from soh_author.desktop.frame_verbs import FrameVerbs
from soh_author.desktop.late import Late
from soh_author.desktop.late_verbs import LateVerbs
from soh_author.desktop.location import RoomId
from soh_author.desktop.main_window import MainWindow
from soh_author.desktop.noticing import Noticing
from soh_author.desktop.pages.page_list import PageList
from soh_author.desktop.pages.panel import PagesPanel
from soh_author.desktop.preferences import Preferences
from soh_author.desktop.quiet_work import QuietWork
from soh_author.desktop.room import Room
from soh_author.desktop.rooms import Rooms
from soh_author.desktop.session import Session
from soh_author.desktop.side_panel import SidePanel
from soh_author.desktop.task_runner import TaskRunner
from soh_author.desktop.theme.colours import Look
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.welcome.opening import Opening
from soh_author.desktop.window_state import WindowState
from soh_author.domain.errors import OutputError
from soh_author.workflow.workspace import Clock


@dataclass(frozen=True, slots=True)
class Home:
    """Where the window keeps its own things, and how it knows the time."""

    personal: Path
    state: Path
    sample: Path
    clock: Clock
    today: Callable[[], date]


def furnished_window(home: Home, first: RoomId = RoomId.WELCOME) -> tuple[MainWindow, Opening]:
    """A window with its first room and ways into all others, and the ways into a workspace.

    Args:
        first: the room to begin in; the editor, where a workspace is opened at once.
    """
    preferences = Preferences(home.personal)
    chosen = preferences.value
    theme = Theme(Look(chosen.theme.value), chosen.text_size)
    theme.apply()
    session = Session(TaskRunner(), theme, home.today)
    session.location = session.location.in_room(first)
    window = MainWindow(session, WindowState(home.state))
    for one in (session.runner, theme, session, preferences):
        one.setParent(window)
    opening = Opening(session, preferences, window, home.clock, home.sample)
    QuietWork(session)
    Noticing(session, window)
    pages = PageList(session)
    drafts = Drafts(session, window)
    verbs = FrameVerbs(session, window, pages, preferences)
    side = SidePanel(session, PagesPanel(session, pages, window.board.do), drafts)
    keys = home.personal.parent / "keys"
    told = (*preferences.notices, *session.shortcuts.take(chosen.shortcuts))
    late = LateVerbs(session, preferences, window, drafts, keys, editor=lambda: rooms[RoomId.EDITOR])
    late_rooms = _late_rooms(session, preferences, opening, late)
    rooms = Rooms(late_rooms)
    verbs.board, verbs.panes = window.board, window.panes
    own = (verbs, opening, drafts, side, late)
    window.furnish(rooms, side, {name: do for one in own for name, do in one.handlers().items()})
    Behind(session, late.listening, (*late_rooms.values(), *late.asked))
    side.wanted.connect(window.show_side)
    window.board.tick(f"theme.{theme.look}")
    if told:
        QTimer.singleShot(0, window, lambda: session.failed.emit(_passed_over(told)))
    return window, opening


def _passed_over(told: Sequence[str]) -> OutputError:
    """What of the settings could not be used."""
    return OutputError(
        " ".join(told),
        safe="Your texts are not affected, and nothing was thrown away.",
        todo="Choose again in Edit, Preferences.",
    )


def _late_rooms(
    session: Session, preferences: Preferences, opening: Opening, late: LateVerbs
) -> dict[RoomId, Late[Room]]:
    """The rooms in the order of the rail."""

    def of_session(made: Callable[[Session], Room]) -> Room:
        return made(session)

    def of_signers(made: Callable[[Session, object], Room]) -> Room:
        return made(session, late.signing())

    return {
        RoomId.WELCOME: Late("welcome.room.WelcomeRoom", lambda made: made(session, preferences, opening)),
        RoomId.EDITOR: Late("editor.room.EditorRoom", of_session),
        RoomId.MATRIX: Late("matrix.room.MatrixRoom", of_session),
        RoomId.COMPARE: Late("compare.room.CompareRoom", of_session),
        RoomId.UPDATE: Late("update.room.UpdateRoom", of_session),
        RoomId.REACH: Late("reach.room.ReachRoom", of_session),
        RoomId.FACTS: Late("facts.room.FactsRoom", of_session),
        RoomId.HISTORY: Late("history.room.HistoryRoom", of_session),
        RoomId.REVIEW: Late("review.room.ReviewRoom", of_signers),
        RoomId.PUBLISH: Late("publish.room.PublishRoom", of_signers),
    }
