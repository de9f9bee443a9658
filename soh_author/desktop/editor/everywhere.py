"""Find in all pages: type, see the places as they are found, and go to one."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from soh_author.desktop.editor.file_reading import FileKey
from soh_author.desktop.editor.open_texts import OpenTexts
from soh_author.desktop.location import RoomId
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.chooser import Choice, Chooser
from soh_author.domain.ids import Language
from soh_author.workflow.catalogue import FactsFile, PageFile
from soh_author.workflow.names import Names
from soh_author.workflow.searching import Found, Match, search
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

TOPIC = "find everywhere"
WAIT_MS = 120
BEFORE = 40
"""Signs shown before the words found: the words themselves have to be in sight."""

Texts = Callable[[], Mapping[str, str | None]]


class FindEverywhere:
    """The verb: opens the box, and the text that is chosen at its line."""

    def __init__(self, session: Session, texts: OpenTexts, parent: QWidget) -> None:
        self._session = session
        self._texts = texts
        self._parent = parent
        self._last = ""

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        return {"find.everywhere": self.ask}

    def ask(self) -> None:
        """Ask for words; the ones looked for last are there again."""
        box = WordsChooser(self._session, self._texts.keeper.texts, self._parent.window())
        box.box.setText(self._last)
        box.box.selectAll()
        box.ask(lambda key: self._take(box, key))

    def _take(self, box: "WordsChooser", key: str) -> None:
        self._last = box.box.text()
        match = box.matches[int(key)]
        if isinstance(match.file, FactsFile):
            here = self._session.location
            self._session.go(replace(here, room=RoomId.FACTS, layer=match.file.layer, fact=match.fact))
            return
        if self._session.location.room is not RoomId.EDITOR:
            self._session.enter(RoomId.EDITOR)
        file = match.file
        self._texts.open(FileKey(file.page, file.layer, file.language), match.line)


class WordsChooser(Chooser):
    """The box: places in all texts, looked for a moment after the last key."""

    def __init__(self, session: Session, texts: Texts, parent: QWidget) -> None:
        self._session = session
        self._texts = texts
        self.matches: tuple[Match, ...] = ()
        self._wait = QTimer(singleShot=True, interval=WAIT_MS)
        super().__init__(
            session.theme,
            "Find in all pages and facts",
            "Words in any text, of any force",
            lambda _typed: (),
            parent,
        )
        self._wait.setParent(self)
        self._wait.timeout.connect(self._start)
        self.resize(session.theme.px(760), min(session.theme.px(560), parent.height() - 40))

    def _look(self, text: str) -> None:
        self._wait.start()
        self.count.setText("Searching …" if text.strip() else "All texts of all pages and forces.")

    def _start(self) -> None:
        workspace, here = self._session.workspace, self._session.location
        if workspace is None:
            return
        task = _looked_for(workspace, here.source, dict(self._texts()), self.box.text())
        self._session.run(task, self._show, topic=TOPIC)

    def _show(self, answer: tuple[Found, list[Choice]]) -> None:
        found, choices = answer
        self.matches = found.matches
        self.model.show_choices(choices)
        self.list.setCurrentIndex(self.model.index(0))
        self._tell()
        if self.box.text().strip():
            self.count.setText(found.sentence)

    def _tell(self) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < len(self.model.choices):
            self.box.setAccessibleDescription(self.model.choices[row].spoken)
            self.count.setText(f"{row + 1} of {len(self.model.choices)}")

    def done(self, result: int) -> None:
        """Qt: the box is closed; a search still running has nobody to tell."""
        self._wait.stop()
        self._session.runner.cancel(TOPIC)
        super().done(result)


def _looked_for(
    workspace: Workspace, source: str, unsaved: Mapping[str, str | None], words: str
) -> Task[tuple[Found, list[Choice]]]:
    def work(progress: Progress) -> Outcome[tuple[Found, list[Choice]]]:
        snapshot = workspace.snapshot(source, unsaved=unsaved)
        found = search(workspace, snapshot, words).run(progress).value
        names = Names(snapshot)
        files = [match.file for match in found.matches]
        names.read(file.page for file in files if isinstance(file, PageFile))
        return Outcome(
            (
                found,
                [_choice(names, number, match) for number, match in enumerate(found.matches)],
            )
        )

    return Task("Searching", work)


def _choice(names: Names, number: int, match: Match) -> Choice:
    file = match.file
    if isinstance(file, FactsFile):
        where = f"Facts · {names.layer(file.layer)}"
    else:
        where = names.text(file.page, file.layer) + (" in Welsh" if file.language is Language.CY else "")
    return Choice(str(number), _excerpt(match), where, f"line {match.line}")


def _excerpt(match: Match) -> str:
    text = match.text
    start = max(0, match.column - BEFORE)
    if start:
        start = text.find(" ", start, match.column) + 1 or start
    return ("… " if start else "") + text[start:].strip()
