"""Pictures of the journey: a draft is sent, approved, published and taken back, in the real window."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from soh_author.desktop.location import RoomId
from soh_author.desktop.main_window import MainWindow
from soh_author.desktop.publish.panel import Panel
from soh_author.desktop.publish.roll_back_dialog import RollBackDialog
from soh_author.desktop.publish.room import PublishRoom
from soh_author.desktop.review.room import ReviewRoom
from soh_author.desktop.settling import photograph, settle
from soh_author.desktop.sync.send_dialog import SendDialog
from soh_author.desktop.welcome.opening import Opening
from soh_author.workflow import drafting
from soh_author.workflow.workspace import Workspace

DRAFT = "a-sentence-for-kent"
_TEXTS = "forces/kent/pages/"
_SENTENCE = "\nThis sentence went through review, approval and publishing.\n"
_SHORT_MS = 150
Camera = Callable[[MainWindow, Path, QDialog | None], object]
"""What keeps a picture of the window in a file, with a dialog in front of it."""


def take_journey(window: MainWindow, opening: Opening, folder: Path) -> list[Path]:
    """Go through the whole journey in a sample of its own; leave a picture of each step.

    Raises:
        OutputError: when a picture can't be written.
    """
    opening.open_sample()
    settle(window)
    return list(Journey(window, folder).steps())


class Journey:
    """Three people's way of one draft to the public and back, step by step.

    Args:
        window: a workspace with three people's keys beside it is open in it.
        camera: keeps the pictures.
        pause_ms: how long nothing must be under way before the next step.
    """

    def __init__(
        self, window: MainWindow, folder: Path, camera: Camera = photograph, pause_ms: int = _SHORT_MS
    ) -> None:
        self._window = window
        self._folder = folder
        self._camera = camera
        self._pause_ms = pause_ms
        self._number = 0
        review, publish = window.rooms[RoomId.REVIEW], window.rooms[RoomId.PUBLISH]
        assert isinstance(review, ReviewRoom), "the review room is where drafts are reviewed"
        assert isinstance(publish, PublishRoom), "the publish room is where drafts are published"
        self._review, self._publish = review, publish

    @property
    def _workspace(self) -> Workspace:
        assert self._window.session.workspace is not None, "the sample is open"
        return self._window.session.workspace

    def steps(self) -> Iterator[Path]:
        """Take each step, and keep its picture.

        Raises:
            OutputError: when a picture can't be written.
        """
        self._write()
        self._sign_as("Nia Morgan")
        yield from self._send("nia-sends")
        self._go(RoomId.REVIEW)
        yield self._picture("nia-may-not-approve")
        self._sign_as("Sam Okafor")
        yield self._picture("sam-reviews")
        self._do("review.pages")
        yield self._picture("sam-reads-both-pages")
        self._do("review.approve")
        self._go(RoomId.PUBLISH)
        self._sign_as("Alex Rees")
        self._publish.release.lists.tick(DRAFT)
        self._wait()
        self._do("publish.dry_run")
        yield self._picture("alex-plans")
        self._do("publish.now")
        yield self._picture("alex-is-asked", self._dialog())
        self._answer()
        yield self._picture("receipt")
        self._do("publish.roll_back")
        yield self._picture("roll-back", self._dialog())
        self._agree()
        yield from self._back()
        yield from self._panels()

    def _back(self) -> Iterator[Path]:
        """What went out is taken back as it went out: sent, approved, published."""
        draft = self._window.session.location.draft
        self._sign_as("Nia Morgan")
        yield from self._send("nia-sends-the-way-back")
        self._sign_as("Sam Okafor")
        self._do("review.approve")
        self._go(RoomId.PUBLISH)
        self._sign_as("Alex Rees")
        self._publish.release.lists.tick(draft)
        self._wait()
        self._do("publish.now")
        self._answer()
        yield self._picture("taken-back")

    def _panels(self) -> Iterator[Path]:
        self._go(RoomId.PUBLISH)
        for panel in self._publish.panels:
            self._publish.go_to(panel)
            self._prepare(panel)
            yield self._picture(f"panel-{panel.action.rpartition('.')[2].replace('_', '-')}")

    def _prepare(self, panel: Panel) -> None:
        """Fill in what makes a panel's picture tell something."""
        self._wait()
        if panel is self._publish.take_down:
            down = self._publish.take_down
            pages = map(str, self._workspace.snapshot().page_ids())
            wanted = next(page for page in pages if page.endswith("/seized-vehicles"))
            down.page.setCurrentIndex(down.page.findData(wanted))
            down.text.setPlainText("Don’t pay anybody who rings you about a seized vehicle.")
            down.welsh.setPlainText("Peidiwch â thalu neb sy’n ffonio am gerbyd.")
            down.reason.setText("Fraudsters pretend to be our recovery operator")
            down.authority.setText("Duty superintendent")
            self._do("down.look")

    def _write(self) -> None:
        workspace, session = self._workspace, self._window.session
        snapshot = workspace.snapshot()
        paths = sorted(
            path for path in snapshot.sources.stamps if path.startswith(_TEXTS) and path.endswith(".en.md")
        )
        texts = ((path, snapshot.text(path) or "") for path in paths)
        path, text = next((path, text) for path, text in texts if "\n## " in text and ":::" not in text)
        session.run(drafting.new_draft(workspace, DRAFT))
        self._wait()
        session.run(drafting.save_private(workspace, DRAFT, path, text.rstrip("\n") + "\n" + _SENTENCE))
        self._wait()
        session.go(replace(session.location, draft=DRAFT, room=RoomId.EDITOR))
        self._wait()

    def _send(self, name: str) -> Iterator[Path]:
        self._do("draft.send")
        dialog = self._dialog()
        assert isinstance(dialog, SendDialog), "sending asks whom"
        dialog.reviewer.setText("Sam Okafor")
        dialog.note.setPlainText("One sentence more for Kent. Please look by Friday.")
        yield self._picture(name, dialog)
        dialog.go.click()
        self._wait()

    def _sign_as(self, name: str) -> None:
        signing = self._publish.signing
        signing.choose(next(person for person in signing.people if person.name == name))
        self._wait()

    def _go(self, room: RoomId) -> None:
        self._window.session.go(replace(self._window.session.location, room=room))
        self._wait()

    def _do(self, action_id: str) -> None:
        self._window.board.do(action_id)
        self._wait()

    def _answer(self) -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox), "publishing asks once more"
        box.buttons()[0].click()
        self._wait()

    def _agree(self) -> None:
        dialog = self._dialog()
        assert isinstance(dialog, RollBackDialog), "rolling back asks how much of it"
        dialog.go.click()
        self._wait()

    def _dialog(self) -> QDialog:
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog), "a question is open"
        return found

    def _wait(self) -> None:
        settle(self._window, self._pause_ms)

    def _picture(self, name: str, dialog: QDialog | None = None) -> Path:
        self._number += 1
        file = self._folder / f"{self._number:02}-{name}.png"
        self._camera(self._window, file, dialog)
        return file
