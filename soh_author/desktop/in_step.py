"""The rooms in which 44 texts are kept in step: matrix, compare, update from shared, reach, facts."""

from soh_author.desktop.compare.room import CompareRoom
from soh_author.desktop.facts.room import FactsRoom
from soh_author.desktop.matrix.room import MatrixRoom
from soh_author.desktop.reach.room import ReachRoom
from soh_author.desktop.room import Room
from soh_author.desktop.session import Session
from soh_author.desktop.update.room import UpdateRoom


def rooms_in_step(session: Session) -> tuple[Room, ...]:
    """These rooms, in the order of the rail."""
    return (
        MatrixRoom(session),
        CompareRoom(session),
        UpdateRoom(session),
        ReachRoom(session),
        FactsRoom(session),
    )
