"""Keeps what is said around the open texts true: after typing, after verbs, after another tab is chosen."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

from soh_author.desktop.editor.file_reading import FileState, read_file_state
from soh_author.desktop.editor.file_tab import FileTab
from soh_author.desktop.editor.keeping import Keeper
from soh_author.desktop.editor.tab_area import TabArea
from soh_author.desktop.session import Session
from soh_author.workflow.effects import Effects

_STATE_MS = 250
_WORDS_MS = 400


class Refreshing(QObject):
    """Reads on a thread what there is to say of a text, and counts its words."""

    refreshed = Signal(object)
    """FileTab of which more is known now."""

    def __init__(self, session: Session, area: TabArea, keeper: Keeper, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._area = area
        self._keeper = keeper
        self._state = _once(self, _STATE_MS, self.refresh_current)
        self._words = _once(self, _WORDS_MS, self._count_words)
        area.current_changed.connect(self.refresh_current)
        area.current_changed.connect(_once(self, 0, self._count_words).start)  # once the text is seen

    @property
    def day(self) -> date:
        """The day the page is read on."""
        return self._session.location.on or self._session.today()

    def text_edited(self) -> None:
        """Look again when the typing pauses."""
        self._state.start()
        self._words.start()

    def apply_effects(self, effects: Effects) -> None:
        """Look again at texts that were touched."""
        for tab in self._area.tabs:
            if effects.private or effects.touches(tab.key.page):
                self.refresh(tab)

    def refresh_current(self) -> None:
        """Look again at the text that is shown."""
        if self._area.current is not None:
            self.refresh(self._area.current)

    def refresh(self, tab: FileTab) -> None:
        """Read anew what is known about a text; a text without unsaved words follows what is stored."""
        workspace = self._session.workspace
        if workspace is None:
            return
        edits = tab.edit.edits
        task = read_file_state(workspace, self._session.location, tab.key, self.day, self._keeper.texts())

        def known(state: FileState) -> None:
            if tab not in self._area.tabs:
                return
            # What was read is older than what was typed meanwhile: then only what is said around it is new.
            if tab.edit.edits == edits:
                tab.reload(state)
            else:
                tab.update_state(state)
                tab.follow_base(state)
            self.refreshed.emit(tab)

        self._session.run(task, known, topic=f"state {tab.key.path}")

    def _count_words(self) -> None:
        tab = self._area.current
        words = f"{tab.count_words():,} words" if tab is not None and tab.has_text else ""
        self._session.show_status("words", words)
        age = tab.reading_age() if tab is not None and tab.has_text else None
        self._session.show_status("reading_age", f"Reading age {age}" if age else "")


def _once(owner: QObject, milliseconds: int, then: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(then)
    return timer
