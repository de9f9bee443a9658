"""The open texts as tabs."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from soh_author.desktop.editor.file_reading import FileKey
from soh_author.desktop.editor.file_tab import FileTab
from soh_author.desktop.editor.format_bar import FormatBar
from soh_author.desktop.shortcuts import Shortcuts
from soh_author.desktop.theme.theme import Theme

_LONGEST_TITLE = 30
LEAST_WIDTH = 440
"""So much width is enough for the text also when everything is large: a small screen has no more."""


class TabArea(QWidget):
    """A row of tabs above the text of the one that is chosen."""

    current_changed = Signal()
    """Another tab is shown, or none."""
    close_wanted = Signal(object)
    """FileTab that the person wants to close."""

    def __init__(self, theme: Theme, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shortcuts = shortcuts
        self.bar = QTabBar()
        self.bar.setMovable(True)
        self.bar.setExpanding(False)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)
        self.bar.setUsesScrollButtons(True)
        self.bar.setDrawBase(False)
        self.bar.setDocumentMode(True)
        self.bar.setAccessibleName("Open texts")
        self.stack = QStackedWidget()
        self.nothing = QLabel()
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.nothing.setProperty("role", "quiet")
        self.stack.addWidget(self.nothing)
        self.format_bar = FormatBar(theme, shortcuts)
        self.format_bar.hide()
        self._tabs: list[FileTab] = []
        self.order: list[FileKey] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.format_bar)
        self.bar.currentChanged.connect(self._show)
        self.bar.tabMoved.connect(self._moved)
        self.bar.hide()
        self.setMinimumWidth(min(theme.px(280), LEAST_WIDTH))
        theme.changed.connect(self._paint_icons)
        shortcuts.changed.connect(self._tell_keys)
        self._tell_keys()

    @property
    def tabs(self) -> tuple[FileTab, ...]:
        """The open texts, in the order of their tabs."""
        return tuple(self._tabs)

    @property
    def current(self) -> FileTab | None:
        """The text that is shown."""
        index = self.bar.currentIndex()
        return self._tabs[index] if 0 <= index < len(self._tabs) else None

    def tab_of(self, key: FileKey) -> FileTab | None:
        """The tab of a text, if it is open."""
        return next((tab for tab in self._tabs if tab.key == key), None)

    def add(self, tab: FileTab, *, show: bool = True) -> None:
        """Open a tab behind the one that is shown; the first is always shown."""
        index = self._place_of(tab.key, self.bar.currentIndex() + 1 if show else len(self._tabs))
        show = show or not self._tabs
        self._tabs.insert(index, tab)
        self.stack.addWidget(tab)
        self.bar.blockSignals(True)
        self.bar.insertTab(index, tab.title)
        self._add_close_button(index, tab)
        if show:
            self.bar.setCurrentIndex(index)
        self.bar.blockSignals(False)
        self.bar.show()
        self.retitle()
        if show:
            self._show(index)

    def show_tab(self, tab: FileTab) -> None:
        """Show a tab that is open."""
        self.bar.setCurrentIndex(self._tabs.index(tab))

    def step(self, direction: int) -> None:
        """Show the next tab, or the one before."""
        if self._tabs:
            self.bar.setCurrentIndex((self.bar.currentIndex() + direction) % len(self._tabs))

    def remove(self, tab: FileTab) -> None:
        """Close a tab."""
        index = self._tabs.index(tab)
        self._tabs.pop(index)
        self.stack.removeWidget(tab)
        tab.deleteLater()
        self.bar.blockSignals(True)
        self.bar.removeTab(index)
        self.bar.blockSignals(False)
        self.bar.setVisible(bool(self._tabs))
        self._show(self.bar.currentIndex())

    def retitle(self) -> None:
        """Say anew what the tabs are called; a dot marks text that isn't saved."""
        for index, tab in enumerate(self._tabs):
            title = tab.title if len(tab.title) <= _LONGEST_TITLE else tab.title[: _LONGEST_TITLE - 1] + "…"
            shown = f"• {title}" if tab.is_changed else title
            told = f"{tab.title}, not saved yet" if tab.is_changed else tab.title
            # Every key asks; telling Qt the same again lays out the whole row.
            if (self.bar.tabText(index), self.bar.tabToolTip(index)) != (shown, told):
                self.bar.setTabText(index, shown)
                self.bar.setTabToolTip(index, told)
                self.bar.setAccessibleTabName(index, told)

    def _place_of(self, key: FileKey, otherwise: int) -> int:
        """Where a tab that was there before belongs among those that are back already."""
        if key not in self.order:
            return otherwise
        before = self.order[: self.order.index(key)]
        places = [number for number, tab in enumerate(self._tabs) if tab.key in before]
        return max(places) + 1 if places else 0

    def _add_close_button(self, index: int, tab: FileTab) -> None:
        button = QToolButton()
        button.setAccessibleName(f"Close {tab.title}")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.close_wanted.emit(tab))
        self.bar.setTabButton(index, QTabBar.ButtonPosition.RightSide, button)
        self._paint_icons()
        self._tell_keys()

    def _paint_icons(self) -> None:
        side = self._theme.px(14)
        for index in range(self.bar.count()):
            button = self.bar.tabButton(index, QTabBar.ButtonPosition.RightSide)
            if isinstance(button, QToolButton):
                button.setIcon(self._theme.icon("close"))
                button.setIconSize(QSize(side, side))

    def _tell_keys(self) -> None:
        """Say what to press; a person may have chosen other keys."""
        find = self._shortcuts.words("quick.open")
        self.nothing.setText(f"Choose a page at the left, or press {find} and type its title.")
        for index in range(self.bar.count()):
            button = self.bar.tabButton(index, QTabBar.ButtonPosition.RightSide)
            button.setToolTip(self._shortcuts.tip("Close", "tab.close"))

    def _show(self, _index: int) -> None:
        self.stack.setCurrentWidget(self.current or self.nothing)
        self.format_bar.setVisible(self.current is not None and not self.current.edit.isReadOnly())
        self.current_changed.emit()

    def _moved(self, start: int, end: int) -> None:
        self._tabs.insert(end, self._tabs.pop(start))
