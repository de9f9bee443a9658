"""Near copies of shared sections in local pages: nobody tells those when the shared text changes."""

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from soh_author.desktop.location import RoomId
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.chooser import Choice, Chooser
from soh_author.domain.days import short_day
from soh_author.workflow.overrides.duplicates_elsewhere import Copy, duplicates_elsewhere


class Copies(QObject):
    """Looks for them, and lists them; Enter opens the local text."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.found: tuple[Copy, ...] = ()

    def look(self) -> None:
        """Look for near copies in what is open."""
        workspace = self._session.workspace
        if workspace is not None:
            task = duplicates_elsewhere(workspace, self._session.location.source)
            self._session.run(task, self._show, topic="near copies")

    def _show(self, found: tuple[Copy, ...]) -> None:
        self.found = found
        if not found:
            return  # the verb says so itself
        chooser = Chooser(
            self._session.theme,
            "Copies of shared sections",
            "Page, section or force",
            self._fitting,
            self._window,
        )
        chooser.ask(self._open)

    def _fitting(self, typed: str) -> list[Choice]:
        words = typed.casefold().split()
        return [
            line_of(each, str(number))
            for number, each in enumerate(self.found)
            if all(word in each.sentence.casefold() for word in words)
        ]

    def _open(self, key: str) -> None:
        local = self.found[int(key)].local
        place = self._session.location.at_page(local.page, local.layer, local.section)
        self._session.go(replace(place, room=RoomId.EDITOR))


def line_of(copy: Copy, key: str) -> Choice:
    """A copy in two lines: whose and what; of which shared section, and how old."""
    detail = f"repeats “{copy.shared.title}” of {copy.shared.page}"
    if copy.changed is not None:
        behind = ", before the shared page" if copy.is_behind else ""
        detail += f"; last changed {short_day(copy.changed)}{behind}"
    return Choice(
        key, f"{copy.who}, {copy.local.page}: {copy.local.title}", detail, f"{copy.likeness:.0%} alike"
    )
