"""What a room is to the window: a widget, a reaction to places and effects, and the verbs it offers."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from PySide6.QtWidgets import QWidget

from soh_author.desktop.location import Location, RoomId
from soh_author.workflow.effects import Effects

State: TypeAlias = dict[str, object]
"""What a room wants to find again tomorrow; only what JSON can hold."""

Handlers: TypeAlias = Mapping[str, Callable[[], None]]
"""What an action of :mod:`soh_author.desktop.actions` does, by action id."""


class Room:
    """Base of every room. Rooms don't know one another; they meet in the session.

    A room is made when it is first entered (:mod:`soh_author.desktop.rooms` knows it before that), given its
    session, and keeps its widget in ``widget``. ``room_id`` is set by each room.
    """

    room_id: RoomId

    def __init__(self, widget: QWidget) -> None:
        self.widget = widget

    def show_location(self, location: Location) -> None:
        """Show this place. Called when the room is entered and when the place changes while it is shown."""
        raise NotImplementedError

    def apply_effects(self, effects: Effects) -> None:
        """Look again at what was touched; also called while the room is not shown, once it was."""
        raise NotImplementedError

    def handlers(self) -> Handlers:
        """The actions this room carries out."""
        return {}

    def reason_against(self, action_id: str) -> str:
        """Why an action of this room can't be done now, in a sentence; empty when it can."""
        del action_id
        return ""

    def name_of(self, action_id: str) -> str:
        """What an action of this room is called just now; empty for the name in the table."""
        del action_id
        return ""

    def panes(self) -> Sequence[QWidget]:
        """The widgets F6 steps through, in reading order."""
        return (self.widget,)

    def unsaved(self) -> Sequence[str]:
        """Titles of what would be asked about before closing."""
        return ()

    def save_all(self) -> None:
        """Save everything :meth:`unsaved` names."""

    def keep_unsaved(self) -> None:
        """Keep what :meth:`unsaved` names for next time, without saving it; :meth:`is_kept` tells later."""

    def is_kept(self) -> bool:
        """Whether what :meth:`unsaved` names is kept for next time."""
        return True

    def save_state(self) -> State:
        """What to find again tomorrow: tabs, caret, scroll."""
        return {}

    def restore_state(self, state: State) -> None:
        """Bring back what :meth:`save_state` gave; unknown or damaged parts are passed over."""
        del state
