"""A window that is open all day: what was left is gone, however often somebody comes by."""

from collections import Counter
from dataclasses import replace
from itertools import product

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from soh_author.desktop.location import RoomId
from soh_author.domain.ids import ForceId, PageId
from tests.desktop.conftest import Desk
from tests.desktop.content import PAGES

ROOMS = (RoomId.MATRIX, RoomId.COMPARE, RoomId.HISTORY, RoomId.UPDATE)


def work_through(desk: Desk) -> None:
    """Open each page as two forces and close it; then look at one in other rooms."""
    for page, force in product(PAGES, ("kent", "gwent")):
        place = replace(desk.session.location, room=RoomId.EDITOR, page=PageId(page), force=ForceId(force))
        desk.session.go(place)
        desk.settle()
        desk.do("tab.close")
    for room in ROOMS:
        desk.session.go(replace(desk.session.location, room=room, page=PageId("advice/lost-property")))
        desk.settle()


def living(desk: Desk) -> Counter[str]:
    """What lives in the window, and widgets that are nowhere in it, by kind."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    inside = Counter(type(each).__name__ for each in desk.window.findChildren(QObject))
    inside["widgets anywhere"] = len(QApplication.allWidgets())
    return inside


def test_pages_and_rooms_gone_through_again_and_again_leave_nothing_behind(desk: Desk) -> None:
    work_through(desk)
    before = living(desk)
    work_through(desk)
    work_through(desk)
    more = living(desk) - before
    assert not more, f"after two more rounds there are more: {more}"
