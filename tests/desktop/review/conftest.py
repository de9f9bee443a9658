"""The window of an office with three people's keys, on Nia's workspace."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from soh_author.desktop.furnishing import Home
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.publish.room import PublishRoom
from soh_author.desktop.review.room import ReviewRoom
from soh_author.desktop.sync.send_dialog import SendDialog
from tests.desktop.conftest import LONGEST, Desk
from tests.support.people import FEES, Office, office, write

DRAFT = "fees"


@dataclass
class Journey:
    """The window, the office behind it, and hands for what comes again and again."""

    desk: Desk
    people: Office

    @property
    def review(self) -> ReviewRoom:
        """The review room."""
        found = self.desk.window.rooms[RoomId.REVIEW]
        assert isinstance(found, ReviewRoom)
        return found

    @property
    def publish(self) -> PublishRoom:
        """The publish room."""
        found = self.desk.window.rooms[RoomId.PUBLISH]
        assert isinstance(found, PublishRoom)
        return found

    def enter(self, room: RoomId, draft: str = DRAFT) -> None:
        """Go to a room with a draft open."""
        self.desk.session.go(Location(room=room, draft=draft))
        self.desk.settle()

    def sign_as(self, name: str) -> None:
        """Choose a person in the box of the room that is shown."""
        room = self.review if self.desk.session.location.room is RoomId.REVIEW else self.publish
        box = room.signer_box.box
        box.setCurrentIndex(box.findText(name))
        box.activated.emit(box.currentIndex())
        self.desk.settle()

    def submit(self, draft: str = DRAFT) -> None:
        """Send a draft for review as a person does: the question, a reviewer, a note, the button."""
        self.desk.session.go(replace(self.desk.session.location, draft=draft))
        self.desk.do("draft.send")
        dialog = self.desk.dialog()
        assert isinstance(dialog, SendDialog)
        dialog.reviewer.setText("Sam Okafor")
        dialog.note.setPlainText("Please look")
        dialog.go.click()
        self.later()

    def say_yes(self) -> None:
        """Press the button of a question that is open."""
        self.desk.bot.waitUntil(
            lambda: isinstance(QApplication.activeModalWidget(), QMessageBox), timeout=LONGEST
        )
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        box.buttons()[0].click()
        self.later()

    def later(self) -> None:
        """Wait for what runs; a minute passes."""
        self.desk.settle()
        self.people.clock.pass_time(minutes=1)


@pytest.fixture
def people(tmp_path: Path) -> Iterator[Office]:
    """Three people; Nia has changed a sentence about fees in a draft."""
    with office(tmp_path / "office") as made:
        write(made.nia, DRAFT, FEES, "What you pay.", "What you have to pay.")
        yield made


@pytest.fixture
def home(tmp_path: Path, people: Office) -> Home:
    """The window's own things; its clock is the office's."""
    own = tmp_path / "own"
    clock = people.clock
    return Home(own / "settings.toml", own / "window.json", own / "sample", clock, lambda: clock().date())


@pytest.fixture
def journey(open_window: Callable[[], Desk], people: Office) -> Journey:
    """The window on Nia's workspace."""
    desk = open_window()
    desk.opening.open_folder(people.nia.workspace.folder)
    desk.settle()
    desk.bot.waitUntil(lambda: desk.session.workspace is not None, timeout=LONGEST)
    desk.settle()
    return Journey(desk, people)
