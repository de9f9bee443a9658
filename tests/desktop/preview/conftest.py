"""The preview on the small workspace."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.preview.forces import Forces
from soh_author.desktop.preview.pane import PreviewPane
from soh_author.desktop.preview.verbs import PreviewVerbs
from soh_author.desktop.session import Session
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.workflow.workspace import Workspace
from tests.support.content import small_workspace

LONGEST = 30_000
VEHICLES = PageId("advice/seized-vehicles")
SHARED_PATH = "shared/pages/advice/seized-vehicles.en.md"


@dataclass
class Previewed:
    """The pane, and hands to use it."""

    pane: PreviewPane
    forces: Forces
    verbs: PreviewVerbs
    session: Session
    workspace: Workspace
    bot: QtBot
    texts: dict[str, str | None] = field(default_factory=dict)

    def settle(self) -> None:
        """Wait until nothing is running any more."""
        self.bot.waitUntil(lambda: not self.session.runner.jobs, timeout=LONGEST)
        QApplication.processEvents()
        self.bot.waitUntil(lambda: not self.session.runner.jobs, timeout=LONGEST)

    def go(self, force: str = "kent", language: Language = Language.EN, page: str = VEHICLES) -> None:
        """Show a page and wait until it is on the screen."""
        place = Location(RoomId.EDITOR, force=ForceId(force), language=language, page=PageId(page))
        self.session.go(place)
        self.settle()

    def change(self, old: str, new: str) -> None:
        """Change the text as somebody does who types."""
        known = self.texts.get(SHARED_PATH) or self.workspace.snapshot().text(SHARED_PATH) or ""
        self.texts[SHARED_PATH] = known.replace(old, new)
        self.pane.text_changed()

    def wait_for(self, words: str) -> None:
        """Wait until the page on the screen says this."""
        self.bot.waitUntil(lambda: words in self.words(), timeout=LONGEST)

    def words(self) -> str:
        """What the page on the screen says."""
        found: list[str] = []
        self.pane.view.read_text(found.append)
        self.bot.waitUntil(lambda: bool(found) or not self.pane.view.is_loaded, timeout=LONGEST)
        return found[0] if found else ""


@pytest.fixture
def previewed(qtbot: QtBot, session: Session, tmp_path: Path) -> Iterator[Previewed]:
    """The pane on the screen, with the workspace open."""
    workspace = small_workspace(tmp_path)
    texts: dict[str, str | None] = {}
    pane = PreviewPane(session, lambda: texts)
    forces = Forces(session, pane)
    verbs = PreviewVerbs(session, pane, forces, pane)
    session.location_changed.connect(pane.show_location)
    session.effects_happened.connect(pane.apply_effects)
    pane.resize(600, 500)
    pane.show()
    session.set_workspace(workspace)
    made = Previewed(pane, forces, verbs, session, workspace, qtbot, texts)
    made.settle()
    yield made
    for menu in pane.findChildren(QMenu):
        menu.close()
    pane.hide()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    shiboken6.delete(pane)
