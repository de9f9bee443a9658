"""Pages as a tree by area, fast for thousands: nodes come from ids alone, rows when looked at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from soh_author.domain.counting import counted
from soh_author.domain.ids import PageId
from soh_author.domain.layers import LayerKind
from soh_author.workflow.snapshot import PageInfo

ABBREVIATIONS = frozenset({"a-z", "dbs", "faq", "foi"})
Index = QModelIndex | QPersistentModelIndex
BADGE_ROLE = Qt.ItemDataRole.UserRole + 1
PAGE_ROLE = Qt.ItemDataRole.UserRole + 2
COUNT_ROLE = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True, slots=True)
class Badges:
    """What a page's row tells beside its title."""

    groups: int = 0
    forces: int = 0
    problems: int = 0
    is_unsaved: bool = False

    @property
    def spoken(self) -> str:
        """The badges in words, for tips and screen readers."""
        parts = []
        if self.groups:
            parts.append(f"{counted(self.groups, 'group')} with words of its own")
        if self.forces:
            parts.append(f"{counted(self.forces, 'force')} with words of its own")
        if self.problems:
            parts.append(counted(self.problems, "problem"))
        if self.is_unsaved:
            parts.append("not saved")
        return ", ".join(parts)


@dataclass(eq=False, slots=True)
class Node:
    """A folder, a page, or both."""

    name: str
    above: "Node | None" = None
    row: int = 0
    page: PageId | None = None
    below: list["Node"] = field(default_factory=list)
    pages_below: int = 0


class PageTree(QAbstractItemModel):
    """The tree. Filtering makes it anew from the pages that fit: quicker than asking for each row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Node("")
        self._nodes: dict[PageId, Node] = {}
        self._infos: Mapping[PageId, PageInfo] = {}
        self._unsaved: frozenset[PageId] = frozenset()
        self._problems: Mapping[PageId, int] = {}

    def show_pages(self, pages: Iterable[PageId], infos: Mapping[PageId, PageInfo]) -> None:
        """Show these pages; ``infos`` is kept and looked into when a row is painted."""
        self.beginResetModel()
        self._infos = infos
        self._root, self._nodes = _grown(pages)
        self.endResetModel()

    def learned(self, infos: Mapping[PageId, PageInfo]) -> None:
        """Titles changed, or are known at last."""
        self._infos = infos
        self._repaint_all()

    def show_unsaved(self, pages: frozenset[PageId]) -> None:
        """Mark the pages with unsaved text."""
        changed = pages ^ self._unsaved
        self._unsaved = pages
        for page in changed:
            index = self.index_of(page)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def show_problems(self, counts: Mapping[PageId, int]) -> None:
        """Show how many problems each page has, as far as they are known."""
        self._problems = counts
        self._repaint_all()

    def index_of(self, page: PageId) -> QModelIndex:
        """Where a page stands; an invalid index when it is not shown."""
        node = self._nodes.get(page)
        return self.createIndex(node.row, 0, node) if node else QModelIndex()

    def page_at(self, index: Index) -> PageId | None:
        """The page of a row; None for a folder."""
        return self._node(index).page if index.isValid() else None

    def badges(self, page: PageId) -> Badges:
        """What the row of a page tells beside its title."""
        info = self._infos.get(page)
        kinds = [layer.kind for layer in info.layers] if info else []
        return Badges(
            kinds.count(LayerKind.GROUP),
            kinds.count(LayerKind.FORCE),
            self._problems.get(page, 0),
            page in self._unsaved,
        )

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        """Qt: the index of a row below another."""
        below = self._node(parent).below
        inside = column == 0 and 0 <= row < len(below)
        return self.createIndex(row, column, below[row]) if inside else QModelIndex()

    def parent(self, child: Index | None = None) -> QModelIndex:  # type: ignore[override]  # Qt overloads the name
        """Qt: the row above."""
        above = self._node(child).above
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index | None = None) -> int:
        """Qt: rows below another."""
        return len(self._node(parent).below)

    def columnCount(self, parent: Index | None = None) -> int:
        """Qt: one column."""
        del parent
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: one row in a role."""
        node = self._node(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(node)
        if role == PAGE_ROLE:
            return node.page
        if role == COUNT_ROLE:
            return node.pages_below
        if role == BADGE_ROLE:
            return self.badges(node.page) if node.page else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(node)
        return self._tip(node) if role == Qt.ItemDataRole.ToolTipRole else None

    def _title(self, node: Node) -> str:
        info = self._infos.get(node.page) if node.page else None
        return info.title if info else node.name

    def _spoken(self, node: Node) -> str:
        if node.page is None:
            return f"{node.name}, {counted(node.pages_below, 'page')}"
        return ", ".join(part for part in (self._title(node), self.badges(node.page).spoken) if part)

    def _tip(self, node: Node) -> str:
        info = self._infos.get(node.page) if node.page else None
        if info is None or node.page is None:
            return ""
        return "\n".join(
            part for part in (info.title, info.id, info.url, self.badges(node.page).spoken) if part
        )

    def _node(self, index: Index | None) -> Node:
        node = index.internalPointer() if index is not None and index.isValid() else self._root
        assert isinstance(node, Node), "every index of the tree points to a node"
        return node

    def _repaint_all(self) -> None:
        last = len(self._root.below) - 1
        if last >= 0:
            self.dataChanged.emit(self.index(0, 0), self.index(last, 0))


def _grown(pages: Iterable[PageId]) -> tuple[Node, dict[PageId, Node]]:
    root = Node("")
    by_path: dict[str, Node] = {"": root}
    nodes: dict[PageId, Node] = {}
    for page in sorted(pages):
        node = _place(by_path, page)
        node.page = page
        nodes[page] = node
    _number(root)
    return root, nodes


def _place(by_path: dict[str, Node], path: str) -> Node:
    if path not in by_path:
        folder, _, name = path.rpartition("/")
        above = _place(by_path, folder)
        by_path[path] = Node(_readable(name), above)
        above.below.append(by_path[path])
    return by_path[path]


def _readable(name: str) -> str:
    return name.upper() if name in ABBREVIATIONS else name.replace("-", " ").capitalize()


def _number(node: Node) -> int:
    node.below.sort(key=lambda below: (not below.below, below.name))
    for row, below in enumerate(node.below):
        below.row = row
    node.pages_below = sum(_number(below) for below in node.below)
    return node.pages_below + (node.page is not None)
