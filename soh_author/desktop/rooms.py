"""Which rooms there are, in the order of the rail, and each room once somebody has entered it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from soh_author.desktop.actions import ACTIONS
from soh_author.desktop.late import Late
from soh_author.desktop.location import RoomId
from soh_author.desktop.room import Room


@dataclass(frozen=True, slots=True)
class Door:
    """A room as it is known before it is entered.

    ``icon`` is a file of resources/icons, without suffix; ``has_side_panel``: pages and drafts are shown
    beside it; ``beyond``: actions it carries out that can be done from other rooms too.
    """

    room_id: RoomId
    title: str
    icon: str
    has_side_panel: bool = True
    beyond: tuple[str, ...] = ()

    @property
    def actions(self) -> tuple[str, ...]:
        """Ids of what can only be done in this room, and what the room carries out beyond that."""
        return (*(action.id for action in ACTIONS if action.room is self.room_id), *self.beyond)


_PANELS = ("release", "schedule", "urgent", "take_down", "freezes", "audit", "people")

DOORS: Mapping[RoomId, Door] = {
    door.room_id: door
    for door in (
        Door(RoomId.WELCOME, "Welcome", "home", has_side_panel=False, beyond=("app.identity",)),
        Door(RoomId.EDITOR, "Editor", "edit", beyond=("find.everywhere",)),
        Door(RoomId.MATRIX, "Matrix", "matrix", has_side_panel=False),
        Door(RoomId.COMPARE, "Compare", "compare"),
        Door(RoomId.UPDATE, "Update", "update"),
        Door(RoomId.REACH, "Reach", "reach"),
        Door(RoomId.FACTS, "Facts", "fact", has_side_panel=False),
        Door(RoomId.HISTORY, "Versions", "history"),
        Door(RoomId.REVIEW, "Review", "review", has_side_panel=False),
        Door(
            RoomId.PUBLISH,
            "Publish",
            "publish",
            has_side_panel=False,
            beyond=tuple(f"panel.{name}" for name in _PANELS),
        ),
    )
}


class Rooms(Mapping[RoomId, Room]):
    """The rooms by their ids; asking for one makes it, if nobody did before."""

    def __init__(self, late: Mapping[RoomId, Late[Room]]) -> None:
        self._late = late
        self._made: dict[RoomId, Room] = {}
        self.furnished: Callable[[Room], None] = lambda _room: None
        """Told of each room as it is made, before it shows anything."""

    @property
    def made(self) -> tuple[Room, ...]:
        """The rooms somebody has entered; the others have nothing to keep and nothing to look at again."""
        return tuple(self._made.values())

    def if_made(self, room_id: RoomId) -> Room | None:
        """A room, if somebody has entered it."""
        return self._made.get(room_id)

    def __getitem__(self, room_id: RoomId) -> Room:
        """A room."""
        if room_id not in self._made:
            self._made[room_id] = self._late[room_id]()
            self.furnished(self._made[room_id])
        return self._made[room_id]

    def __iter__(self) -> Iterator[RoomId]:
        """Ids of all rooms, in the order of the rail."""
        return iter(self._late)

    def __len__(self) -> int:
        """How many rooms there are."""
        return len(self._late)
