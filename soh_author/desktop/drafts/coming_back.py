"""*Recently discarded*: drafts and texts of the last 30 days, and bringing one back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from soh_author.desktop.session import Session
from soh_author.desktop.widgets.chooser import Choice, Chooser
from soh_author.domain.days import moment_in_words
from soh_author.gitstore.drafts import DiscardedDraft
from soh_author.journal.entries import DiscardedText
from soh_author.reading.paths import classify, page_place
from soh_author.workflow.discarded_texts import discarded_texts, restore_text
from soh_author.workflow.drafting import recently_discarded, restore_draft
from soh_author.workflow.names import text_title
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Found:
    """Something that can come back, and the line that offers it."""

    what: DiscardedDraft | DiscardedText
    line: Choice


class ComingBack:
    """Lists what was thrown away, and brings back what is chosen."""

    def __init__(self, session: Session, window: QWidget, work_on: Callable[[str], None]) -> None:
        self._session = session
        self._window = window
        self._work_on = work_on

    def ask(self) -> None:
        """Choose a discarded draft or text to bring back."""
        workspace = self._session.workspace
        assert workspace is not None, "it is only offered in a workspace"
        self._session.run(_look_up(workspace), self._choose)

    def _choose(self, found: Sequence[_Found]) -> None:
        def find(typed: str) -> list[Choice]:
            words = typed.casefold()
            return [
                replace(one.line, key=str(number))
                for number, one in enumerate(found)
                if words in f"{one.line.title} {one.line.detail}".casefold()
            ]

        chooser = Chooser(
            self._session.theme,
            "Recently discarded",
            "Name of a draft or a page",
            find,
            self._window,
            if_empty="Nothing was discarded in the last 30 days.",
        )
        chooser.ask(lambda key: self._bring_back(found[int(key)].what))

    def _bring_back(self, what: DiscardedDraft | DiscardedText) -> None:
        workspace = self._session.workspace
        if workspace is None:
            return
        if isinstance(what, DiscardedDraft):
            task = restore_draft(workspace, what)
            self._session.run(task, lambda draft: self._work_on(draft.name))
        else:
            self._session.version_wanted.emit()
            self._session.run(restore_text(workspace, what), lambda draft: self._show(draft, what))

    def _show(self, draft: str, text: DiscardedText) -> None:
        """Go to the text that came back."""
        self._work_on(draft)
        place = classify(text.path)
        found = page_place(place) if place and place.page else None
        if found is not None:
            self._session.go(self._session.location.at_page(found.page, found.layer))
        self._session.text_returned.emit(text.path)


def _look_up(workspace: Workspace) -> Task[list[_Found]]:
    def work(_progress: Progress) -> Outcome[list[_Found]]:
        drafts = [
            _Found(draft, Choice("", f"Draft: {draft.name}", f"Discarded {moment_in_words(draft.when)}"))
            for draft in recently_discarded(workspace)
        ]
        live = workspace.snapshot()
        texts = [_Found(text, _line(live, text)) for text in discarded_texts(workspace)]
        found = sorted([*drafts, *texts], key=lambda one: one.what.when, reverse=True)
        return Outcome(found)

    return Task("Looking up what was discarded", work)


def _line(live: Snapshot, text: DiscardedText) -> Choice:
    title = text_title(live, text.path)
    when = moment_in_words(text.when)
    return Choice("", f"Text: {title}", f"In the draft {text.draft} · discarded {when}")
