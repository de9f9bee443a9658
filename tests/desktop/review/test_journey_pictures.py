"""Each picture of the journey shows what its step is about: its room, its words, the open question."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QMessageBox, QTextBrowser

from soh_author.desktop.journey_pictures import DRAFT
from soh_author.desktop.journey_pictures import Journey as Pictured
from soh_author.desktop.location import RoomId
from soh_author.desktop.main_window import MainWindow
from soh_author.desktop.publish.sheet import Sheet
from tests.desktop.review.conftest import Journey

_E, _R, _P = RoomId.EDITOR, RoomId.REVIEW, RoomId.PUBLISH
BACK = f"roll-back-{DRAFT}"
STEPS: dict[str, tuple[RoomId, tuple[str, ...]]] = {
    "nia-sends": (_E, (f"Send “{DRAFT}” for review",)),
    "nia-may-not-approve": (_R, ("This sentence went through", "Nia Morgan wrote some of")),
    "sam-reviews": (_R, ("This sentence went through", "Ask Sam Okafor or Alex Rees.")),
    "sam-reads-both-pages": (_R, ("Live now, as read in Kent", "As it will be, as read in Kent")),
    "alex-plans": (_P, ("The server would accept it.", "1 page for 1 force, in English: 1 published page.")),
    "alex-is-asked": (_P, (f"Publish “{DRAFT}”?", "The public reads it as soon as it is out.")),
    "receipt": (_P, (f"Receipt of 2026-11-22-{DRAFT}", "Nia Morgan", "Sam Okafor")),
    "roll-back": (_P, (f"Roll back “2026-11-22-{DRAFT}”",)),
    "nia-sends-the-way-back": (_R, (f"Send “{BACK}” for review",)),
    "taken-back": (_P, (f"Receipt of 2026-11-22-{BACK}", "roll-back")),
    "panel-release": (_P, (f"2026-11-22-{BACK}", f"2026-11-22-{DRAFT}")),
    "panel-schedule": (_P, ("Nothing is scheduled.",)),
    "panel-urgent": (_P, ("No emergency waits for its review.",)),
    "panel-take-down": (_P, ("Whose public reads it differently", "What links to it")),
    "panel-freezes": (_P, ("Nothing is frozen",)),
    "panel-audit": (_P, ("all of it holds", f"2026-11-22-{BACK}")),
    "panel-people": (_P, ("Version 1 of the policy", "publisher")),
}


def _said(window: MainWindow, dialog: QDialog | None) -> str:
    """Every word that is shown in the room, its lists and tables, and a dialog in front of it."""
    words = []
    for widget in [window, *([dialog] if dialog is not None else [])]:
        words.append(widget.windowTitle())
        words += [each.text() for each in widget.findChildren(QLabel) if each.isVisible()]
        words += [each.toPlainText() for each in widget.findChildren(QTextBrowser) if each.isVisible()]
        for table in widget.findChildren(Sheet):
            words += [cell for row in table.rows.rows for cell in row if table.isVisible()]
        for each in widget.findChildren(QListWidget):
            words += [each.item(row).text() for row in range(each.count()) if each.isVisible()]
    if isinstance(dialog, QMessageBox):
        words += [dialog.text(), dialog.informativeText()]
    return "\n".join(words)


def test_every_step_of_the_journey_shows_what_it_is_about(journey: Journey, tmp_path: Path) -> None:
    seen: dict[str, tuple[RoomId, str]] = {}

    def look(window: MainWindow, file: Path, dialog: QDialog | None) -> None:
        name = file.stem.partition("-")[2]
        seen[name] = (window.session.location.room, _said(window, dialog))
        journey.people.clock.pass_time(minutes=1)

    files = list(Pictured(journey.desk.window, tmp_path, look, pause_ms=40).steps())
    assert [file.stem for file in files] == [
        f"{number:02}-{name}" for number, name in enumerate(STEPS, start=1)
    ]
    for name, (room, phrases) in STEPS.items():
        assert seen[name][0] is room, name
        missing = [phrase for phrase in phrases if phrase not in seen[name][1]]
        assert not missing, (name, missing, seen[name][1])
