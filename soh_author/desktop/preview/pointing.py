"""Tells of the section under the pointer: whose text it is, who wrote it, its release, who else reads it."""

from collections.abc import Callable, Mapping
from html import escape

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QToolTip

from soh_author.desktop.session import Session
from soh_author.desktop.widgets.eliding import ElidedLabel
from soh_author.domain.ids import Language
from soh_author.domain.resolving.effective import EffectiveSection
from soh_author.workflow.previewing import PreviewRequest
from soh_author.workflow.section_story import Asked, SectionStory, section_story
from soh_author.workflow.task import Outcome, Progress, Task

REST_MS = 350
"""The pointer rests so long on a section before its story is looked up."""

Texts = Callable[[], Mapping[str, str | None]]


class Pointing(QObject):
    """Fills the line below the page at once, and a tip beside the pointer when the story is known."""

    def __init__(self, session: Session, foot: ElidedLabel, texts: Texts) -> None:
        super().__init__(foot)
        self._session = session
        self._foot = foot
        self._texts = texts
        self._asked: Asked | None = None
        self._words = ""
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._look)

    def point_at(self, words: str, section: EffectiveSection | None, request: PreviewRequest | None) -> None:
        """The pointer is over this section; ``words`` name it and whose it is."""
        self._words = words
        self._foot.set_words(words)
        self._asked = _asked(section, request)
        self._rest.start()

    def tell(self, section: EffectiveSection, request: PreviewRequest, say: Callable[[str], None]) -> None:
        """Tell the story of a section in words, for whoever doesn't use the pointer."""
        self._run(_asked(section, request), lambda story: say(story.told))

    def _look(self) -> None:
        asked = self._asked

        def heard(story: SectionStory) -> None:
            if asked is not self._asked:
                return
            sentences = (self._words, story.written, story.published, story.readers)
            lines = "<br>".join(escape(sentence) for sentence in sentences)
            self._foot.set_words(f"{self._words} · {story.readers}", lines)
            page = self._foot.parentWidget()
            if page is not None and page.underMouse():
                QToolTip.showText(QCursor.pos(), lines, page)

        if asked is not None:
            self._run(asked, heard)

    def _run(self, asked: Asked | None, then: Callable[[SectionStory], None]) -> None:
        workspace, source = self._session.workspace, self._session.location.source
        if workspace is None or asked is None:
            return
        texts = dict(self._texts())

        def work(_progress: Progress) -> Outcome[SectionStory]:
            snapshot = workspace.snapshot(source, unsaved=texts)
            return Outcome(section_story(workspace, source, snapshot, asked))

        def failed(_error: Exception) -> None:
            """The line below the page already says whose it is; a tip is no place for an error."""

        self._session.run(Task("Looking up who wrote it", work), then, failed, topic="who wrote")


def _asked(section: EffectiveSection | None, request: PreviewRequest | None) -> Asked | None:
    if section is None or request is None:
        return None
    language = Language.EN if section.is_fallback else request.language
    return Asked(request.page, section.id, section.place.path, request.force, language, request.on)
