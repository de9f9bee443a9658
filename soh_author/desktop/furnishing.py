"""Puts rooms, panels and verbs into a window. The one place that knows them all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from soh_author.desktop.drafts.verbs import Drafts
from soh_author.desktop.editor.comments import EditorComments
from soh_author.desktop.editor.room import EditorRoom
from soh_author.desktop.forces.verbs import ChangingForces
from soh_author.desktop.frame_verbs import FrameVerbs
from soh_author.desktop.history.room import HistoryRoom
from soh_author.desktop.in_step import rooms_in_step
from soh_author.desktop.keys.key_dialog import Keys
from soh_author.desktop.main_window import MainWindow
from soh_author.desktop.noticing import Noticing
from soh_author.desktop.pages.page_list import PageList
from soh_author.desktop.pages.panel import PagesPanel
from soh_author.desktop.preferences import Preferences
from soh_author.desktop.publish.room import PublishRoom
from soh_author.desktop.quiet_work import QuietWork
from soh_author.desktop.review.room import ReviewRoom
from soh_author.desktop.review.sending import SendingForReview
from soh_author.desktop.review.signing import Signing
from soh_author.desktop.session import Session
from soh_author.desktop.side_panel import SidePanel
from soh_author.desktop.sync.taking_over import TakingOver
from soh_author.desktop.sync.verbs import Travelling
from soh_author.desktop.task_runner import TaskRunner
from soh_author.desktop.theme.colours import Look
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.welcome.opening import Opening
from soh_author.desktop.welcome.room import WelcomeRoom
from soh_author.desktop.window_state import WindowState
from soh_author.workflow.workspace import Clock


@dataclass(frozen=True, slots=True)
class Home:
    """Where the window keeps its own things, and how it knows the time."""

    personal: Path
    state: Path
    sample: Path
    clock: Clock
    today: Callable[[], date]


def furnished_window(home: Home) -> tuple[MainWindow, Opening]:
    """A window with everything in it, and the ways into a workspace."""
    preferences = Preferences(home.personal)
    chosen = preferences.value
    theme = Theme(Look(chosen.theme.value), chosen.text_size)
    theme.apply()
    session = Session(TaskRunner(), theme, home.today)
    state = WindowState(home.state)
    window = MainWindow(session, state)
    for one in (session.runner, theme, session, preferences):
        one.setParent(window)
    opening = Opening(session, preferences, window, home.clock, home.sample)
    QuietWork(session)
    Noticing(session, window)
    pages = PageList(session)
    drafts = Drafts(session, window)
    travelling = Travelling(session, window)
    taking = TakingOver(session, drafts, travelling, window)
    verbs = FrameVerbs(session, window, pages, preferences)
    side = SidePanel(session, PagesPanel(session, pages, window.board.do), drafts)
    own_key = home.personal.parent / "keys"
    signing = Signing(session, preferences, window, own_key)
    keys = Keys(session, preferences, window, own_key, signing.look)
    sending = SendingForReview(session, signing, window)
    editor = EditorRoom(session)
    comments = EditorComments(session, signing, editor)
    rooms = (
        WelcomeRoom(session, preferences, opening),
        editor,
        *rooms_in_step(session),
        HistoryRoom(session),
        ReviewRoom(session, signing),
        PublishRoom(session, signing),
    )
    verbs.board, verbs.panes = window.board, window.panes
    forces = ChangingForces(session, window)
    own = (verbs, opening, drafts, forces, side, travelling, taking, keys, sending, comments)
    handlers = {name: do for one in own for name, do in one.handlers().items()}
    window.furnish(rooms, side, handlers)
    side.wanted.connect(window.show_side)
    window.board.tick(f"theme.{theme.look}")
    return window, opening
