"""A box to choose a page in by its title: typed in part, or picked from the list."""

from collections import Counter
from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter

from soh_author.domain.ids import PageId
from soh_author.workflow.snapshot import PageInfo

Titles = Mapping[PageId, str]


def titles_of(pages: Iterable[PageInfo]) -> Titles:
    """What people call pages, in alphabetical order; those that share a title have their id beside it."""
    known = sorted(pages, key=lambda info: (info.title.casefold(), info.id))
    times = Counter(info.title.casefold() for info in known)
    return {
        info.id: info.title if times[info.title.casefold()] == 1 else f"{info.title} ({info.id})"
        for info in known
    }


def let_type(box: QComboBox) -> None:
    """Let a page be chosen by typing any part of its title."""
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    completer = QCompleter(box.model(), box)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    box.setCompleter(completer)


def fill(box: QComboBox, titles: Titles, chosen: PageId | None) -> None:
    """Offer pages; a chosen one that is no longer there is chosen no more."""
    box.clear()
    for page, title in titles.items():
        box.addItem(title, str(page))
        box.setItemData(box.count() - 1, str(page), Qt.ItemDataRole.ToolTipRole)
    row = box.findData(str(chosen)) if chosen else -1
    box.setCurrentIndex(row)
    if row < 0:
        box.setEditText("")


def chosen_page(box: QComboBox) -> PageId | None:
    """The page whose title, or id, stands in the box; None when no page is called so."""
    typed = box.currentText().strip()
    exact = Qt.MatchFlag.MatchFixedString
    row = box.currentIndex() if box.itemText(box.currentIndex()) == typed else box.findText(typed, exact)
    if row < 0:
        row = box.findData(typed)
    return PageId(str(box.itemData(row))) if row >= 0 else None
