"""Somebody else's draft: read as it was last got, and taken over politely in a copy of one's own."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from soh_author.desktop.drafts.verbs import Drafts
from soh_author.desktop.preferences import NAMELESS
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.sync.verbs import Travelling
from soh_author.desktop.widgets.asking import Question
from soh_author.desktop.widgets.chooser import Choice, Chooser
from soh_author.workflow.together.sending import name_of_copy, take_over
from soh_author.workflow.together.syncing_others import OthersDraft


class TakingOver(QObject):
    """Goes on with somebody else's draft; theirs stays as it is, and they are told."""

    def __init__(self, session: Session, drafts: Drafts, travelling: Travelling, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._drafts = drafts
        self._travelling = travelling
        self._window = window

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        return {"draft.take_over": self.ask}

    def ask(self) -> None:
        """Ask about the draft that is being read; without one, which it shall be."""
        reading = self._drafts.other(self._session.location.reading)
        others = self._drafts.others
        if reading is not None:
            self.ask_about(reading)
        elif others:
            self._choose(others)
        else:
            self._session.notice.emit("Nobody else has a draft, as of when you last got the latest.")

    def ask_about(self, other: OthersDraft) -> None:
        """Say what will happen, and let a person leave a word for its owner."""
        workspace = self._session.workspace
        assert workspace is not None, "this is only offered in a workspace"
        person = workspace.person.name
        copy = name_of_copy(other.name, "" if person == NAMELESS else person)
        told = (
            f"{other.author} changed it {other.age(workspace.clock())}. You go on in a copy, “{copy}”; "
            f"theirs stays as it is, and they are told when they next get the latest. "
            f"You can leave a note for them."
        )
        title = f"Take “{other.name}” over from {other.author}?"
        question = Question(self._session.theme, title, told, "Take it over", self._window)
        question.box.setPlaceholderText("I add the new fees, back on Friday")
        question.ask(lambda words: self._take(other, copy, words), lambda _typed: "")

    def _take(self, other: OthersDraft, copy: str, words: str) -> None:
        workspace = self._session.workspace
        assert workspace is not None, "this is only offered in a workspace"

        def start() -> None:
            self._session.run(
                take_over(workspace, other.name, copy, words),
                lambda draft: self._drafts.work_on(draft.name),
                self._session.went_wrong,
                on_end=self._travelling.look,
            )

        self._travelling.if_trusted(start)

    def _choose(self, others: Sequence[OthersDraft]) -> None:
        def find(typed: str) -> list[Choice]:
            choices = [self._drafts.line_of(each) for each in others]
            return [each for each in choices if typed.casefold() in f"{each.title} {each.detail}".casefold()]

        def taken(name: str) -> None:
            other = self._drafts.other(name)
            if other is not None:
                self.ask_about(other)

        Chooser(self._session.theme, "Take a draft over", "Name or person", find, self._window).ask(taken)
