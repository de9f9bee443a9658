"""Text and page scroll in step: whichever the person moves leads, the other follows.

A short override has nothing to scroll, so what the caret is in comes into view as well.
"""

from PySide6.QtCore import QObject, QTimer

from soh_author.desktop.editor.file_tab import FileTab
from soh_author.desktop.editor.tab_area import TabArea
from soh_author.desktop.preview.pane import PreviewPane

_QUIET_MS = 300


class ScrollLink(QObject):
    """After one side was moved to follow the other, its own movement is not passed back for a moment."""

    def __init__(self, area: TabArea, preview: PreviewPane, parent: QObject) -> None:
        super().__init__(parent)
        self._area = area
        self._preview = preview
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        preview.scrolled_to_line.connect(self._page_scrolled)

    def watch(self, tab: FileTab) -> None:
        """Follow a text that was just opened."""
        tab.edit.top_line_changed.connect(lambda line: self._text_scrolled(tab, line))
        tab.edit.caret_moved.connect(lambda line: self._caret_moved(tab, line))

    def follow_text(self) -> None:
        """Another text is shown: its lines count from now on."""
        tab = self._area.current
        if tab is not None and tab.state is not None:
            self._preview.reveal(tab.state.path, tab.edit.line())

    def _text_scrolled(self, tab: FileTab, line: int) -> None:
        if tab is not self._area.current or tab.state is None or self._quiet.isActive():
            return
        at_start = tab.edit.verticalScrollBar().value() == 0
        self._preview.follow(tab.state.path, 0 if at_start else line)

    def _caret_moved(self, tab: FileTab, line: int) -> None:
        if tab is self._area.current and tab.state is not None and not self._quiet.isActive():
            self._preview.reveal(tab.state.path, line)

    def _page_scrolled(self, line: int) -> None:
        tab = self._area.current
        if tab is not None and tab.has_text:
            self._quiet.start()
            tab.edit.show_line_on_top(line)
