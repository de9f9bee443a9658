"""The list of pages: a filter box over a tree, all of it by keyboard too."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QElapsedTimer, QEvent, QModelIndex, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QTreeView, QVBoxLayout, QWidget

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.pages.page_delegate import PageDelegate
from soh_author.desktop.pages.page_list import PageList
from soh_author.desktop.pages.tree_model import PageTree
from soh_author.desktop.session import Session
from soh_author.domain.counting import counted
from soh_author.domain.ids import PageId
from soh_author.domain.layers import SHARED, Layer

OPEN_ALL_BELOW = 300
FILTER_MS = 60

WIDEST_STEP = 20
"""Pixels a level stands in at most: on a small screen with large letters, titles need the room."""


class PagesPanel(QWidget):
    """Pages by area. Enter or a click opens the shared text, or an area; the menu key offers the rest."""

    def __init__(self, session: Session, pages: PageList, do: Callable[[str], None]) -> None:
        super().__init__()
        self._session = session
        self._do = do
        self._pages = pages
        self._opened_folders: set[str] = set()
        self._is_waiting = False
        self._clicked = QElapsedTimer()
        self.filter = QLineEdit(placeholderText="Filter by title, name or address")
        self.filter.setAccessibleName("Filter the pages")
        self.filter.setClearButtonEnabled(True)
        self.model = PageTree(self)
        self.tree = QTreeView()
        self.count = QLabel()
        self._dress()
        self._wait = QTimer(self, singleShot=True, interval=FILTER_MS)
        self._wait.timeout.connect(self._show_fitting)
        self.filter.textChanged.connect(self._typed)
        self.filter.returnPressed.connect(self._open_first)
        self.filter.installEventFilter(self)
        self.tree.activated.connect(self._open)
        self.tree.clicked.connect(self._click)
        self.tree.expanded.connect(lambda index: self._remember(index, is_open=True))
        self.tree.collapsed.connect(lambda index: self._remember(index, is_open=False))
        self.tree.customContextMenuRequested.connect(self._offer)
        pages.replaced.connect(self._replaced)
        pages.learned.connect(self._learned)
        pages.problems_counted.connect(self.model.show_problems)
        session.unsaved_changed.connect(self.model.show_unsaved)
        session.location_changed.connect(self._follow)
        session.theme.changed.connect(self._indent)
        self._show_fitting()

    def _dress(self) -> None:
        self.tree.setModel(self.model)
        self.tree.setItemDelegate(PageDelegate(self._session.theme, self.tree))
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setProperty("place", "side")
        self.tree.setAccessibleName("Pages")
        self._indent()
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setExpandsOnDoubleClick(False)
        self.count.setProperty("role", "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 4)
        layout.setSpacing(6)
        layout.addWidget(self.filter)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.count)

    def _indent(self) -> None:
        self.tree.setIndentation(min(self._session.theme.px(16), WIDEST_STEP))
        self.tree.doItemsLayout()

    @property
    def shown(self) -> list[PageId]:
        """The pages that fit the filter, in the order of the list."""
        return [page.id for page in self._pages.find(self.filter.text())]

    def focus_filter(self) -> None:
        """Go to the filter box."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def focus_tree(self) -> None:
        """Go to the list: to the page that is chosen, or else to the likeliest of those that fit."""
        if self._wait.isActive():
            self._show_fitting()
        current = self.tree.currentIndex()
        if self.filter.text().strip() and self.shown and self.model.page_at(current) is None:
            self.tree.setCurrentIndex(self.model.index_of(self.shown[0]))
        elif not current.isValid():
            self.tree.setCurrentIndex(self.model.index(0, 0))
        self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: from the filter box, Down goes into the list and Esc empties the box."""
        if watched is self.filter and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.focus_tree()
                return True
            if event.key() == Qt.Key.Key_Escape and self.filter.text():
                self.filter.clear()
                return True
        return super().eventFilter(watched, event)

    def menu_for(self, page: PageId) -> QMenu:
        """What can be done with a page."""
        here = self._session.location
        own = self._own_layers(page)
        menu = QMenu(self)
        menu.setAccessibleName(f"Page {page}")
        menu.addAction("Open the shared text", partial(self._go, here.at_page(page, SHARED)))
        for layer in own:
            menu.addAction(f"Open the text of {layer.name}", partial(self._go, here.at_page(page, layer)))
        if here.force and Layer.of_force(here.force) not in own:
            layer = Layer.of_force(here.force)
            menu.addAction(f"Write own text for {here.force}", partial(self._go, here.at_page(page, layer)))
        menu.addSeparator()
        menu.addAction(
            "Versions of this page", partial(self._go, replace(here, room=RoomId.HISTORY, page=page))
        )
        menu.addAction("New page…", partial(self._do, "page.new"))
        return menu

    def _go(self, place: Location) -> None:
        self._session.go(place)

    def _own_layers(self, page: PageId) -> Sequence[Layer]:
        info = self._pages.pages.get(page)
        return [layer for layer in info.layers if layer != SHARED] if info else []

    def _offer(self, where: QPoint) -> None:
        page = self.model.page_at(self.tree.indexAt(where))
        if page is not None:
            self.menu_for(page).popup(self.tree.viewport().mapToGlobal(where))

    def _open(self, index: QModelIndex) -> None:
        page = self.model.page_at(index)
        if page is not None:
            self._session.go(self._session.location.at_page(page))
        elif not self._is_second_click():
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _click(self, index: QModelIndex) -> None:
        self._open(index)
        self._clicked.start()

    def _is_second_click(self) -> bool:
        """Whether it belongs to a double click, which opens an area as one click does."""
        return self._clicked.isValid() and not self._clicked.hasExpired(QApplication.doubleClickInterval())

    def _typed(self) -> None:
        self._is_waiting = False
        self._wait.start()

    def _open_first(self) -> None:
        self._show_fitting()
        self._is_waiting = not self.shown
        if self.shown:
            self._session.go(self._session.location.at_page(self.shown[0]))

    def _open_awaited(self) -> None:
        """Enter was pressed before the pages were read: what it meant is there now."""
        if self._is_waiting and self.filter.hasFocus():
            self._open_first()

    def _replaced(self) -> None:
        self._show_fitting()
        self._open_awaited()

    def _learned(self, _infos: object) -> None:
        if self.filter.text().strip():
            self._show_fitting()
            self._open_awaited()
        else:
            self.model.learned(self._pages.pages)

    def _show_fitting(self) -> None:
        self._wait.stop()
        shown = self.shown
        self.model.show_pages(shown, self._pages.pages)
        self.model.show_unsaved(self._session.unsaved)
        if self.filter.text().strip() and len(shown) < OPEN_ALL_BELOW:
            self.tree.expandAll()
        elif not self.filter.text().strip():
            self._open_folders(QModelIndex())
        self._mark(self._session.location.page)
        every = counted(len(self._pages.pages), "page")
        self.count.setText(f"{len(shown):,} of {every}" if len(shown) != len(self._pages.pages) else every)

    def _open_folders(self, above: QModelIndex) -> None:
        for row in range(self.model.rowCount(above)):
            index = self.model.index(row, 0, above)
            if self._path(index) in self._opened_folders:
                self.tree.setExpanded(index, True)
                self._open_folders(index)

    def _remember(self, index: QModelIndex, *, is_open: bool) -> None:
        if self.filter.text().strip():
            return  # what the filter opened, it opened for itself
        (self._opened_folders.add if is_open else self._opened_folders.discard)(self._path(index))

    def _path(self, index: QModelIndex) -> str:
        above = index.parent()
        return f"{self._path(above)}/{index.data()}" if above.isValid() else str(index.data())

    def _follow(self, location: Location) -> None:
        self._mark(location.page)

    def _mark(self, page: PageId | None) -> None:
        index = self.model.index_of(page) if page else QModelIndex()
        if index.isValid() and index != self.tree.currentIndex():
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)
