"""What lies before a publisher: drafts to tick, and releases to look at, the latest first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from soh_author.desktop.publish.planning import Table
from soh_author.desktop.widgets.ticking import TickByClick
from soh_author.domain.counting import counted
from soh_author.domain.days import short_day
from soh_author.domain.judging.release import Release
from soh_author.workflow.release.reviewing_queue import Queued

LOWEST = 48
"""A list scrolls; with large letters on a small screen the room must still fit."""
KEY = Qt.ItemDataRole.UserRole
TOGETHER = Qt.ItemDataRole.UserRole + 1


class PublishLists(QWidget):
    """Two lists, one above the other; what isn't approved is listed with its state, and can't be ticked."""

    ticks_changed = Signal()
    release_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.drafts, self.releases = QListWidget(), QListWidget()
        self._releases: tuple[Release, ...] = ()
        self.wanted = ""
        """The release to choose when the table is shown next."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for title, made in (("Drafts", self.drafts), ("Releases", self.releases)):
            label = QLabel(title)
            label.setProperty("role", "heading")
            label.setContentsMargins(16, 6, 16, 2)
            made.setTextElideMode(Qt.TextElideMode.ElideRight)
            made.setMinimumHeight(LOWEST)
            made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            layout.addWidget(label)
            layout.addWidget(made, 1)
        self.drafts.setAccessibleName("Drafts to publish")
        self.releases.setAccessibleName("Releases")
        self.drafts.itemChanged.connect(self._ticked)
        TickByClick(self.drafts)
        self.releases.itemClicked.connect(self._tell)
        self.releases.currentItemChanged.connect(lambda now, _before: self._tell(now))

    @property
    def ticked(self) -> tuple[str, ...]:
        """The drafts that go out together."""
        items = [self.drafts.item(row) for row in range(self.drafts.count())]
        return tuple(str(item.data(KEY)) for item in items if item.checkState() is Qt.CheckState.Checked)

    @property
    def chosen(self) -> str:
        """The release that is chosen; empty for none."""
        row = self.releases.currentRow()
        return str(self.releases.item(row).data(KEY)) if row >= 0 else ""

    @property
    def release(self) -> Release | None:
        """The release that is chosen, as it stands in the list."""
        return next((each for each in self._releases if each.id == self.chosen), None)

    def _ticked(self, item: QListWidgetItem) -> None:
        """What was sent for review together is ticked together: its yes is to all of it."""
        self.drafts.blockSignals(True)
        for other in item.data(TOGETHER) or ():
            self.tick(other, is_on=item.checkState() is Qt.CheckState.Checked)
        self.drafts.blockSignals(False)
        self.ticks_changed.emit()

    def tick(self, draft: str, *, is_on: bool = True) -> None:
        """Tick a draft, or take its tick away."""
        for row in range(self.drafts.count()):
            item = self.drafts.item(row)
            if item.data(KEY) == draft:
                item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)

    def show_table(self, table: Table) -> None:
        """Show other drafts and releases; ticks and the chosen release stay where they can."""
        ticked, chosen = self.ticked, self.wanted or self.chosen
        self._releases = table.releases
        self.wanted = ""
        for made in (self.drafts, self.releases):
            made.blockSignals(True)
            made.clear()
        for each in table.drafts:
            self.drafts.addItem(_draft_item(each, is_ticked=each.draft in ticked))
        for release in table.releases:
            self.releases.addItem(_release_item(release))
            if release.id == chosen:
                self.releases.setCurrentRow(self.releases.count() - 1)
        for made in (self.drafts, self.releases):
            made.blockSignals(False)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.release_chosen.emit(str(item.data(KEY)))


def _draft_item(each: Queued, *, is_ticked: bool) -> QListWidgetItem:
    others = " and ".join(f"“{other}”" for other in each.together)
    state = f"{each.state.value}, together with {others}" if others else each.state.value
    item = QListWidgetItem(f"{each.draft}\n{each.author} · {state}")
    item.setData(KEY, str(each.draft))
    item.setData(TOGETHER, [str(other) for other in each.together])
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{each.draft}, by {each.author}, {state}")
    if each.state.may_go_out:
        item.setToolTip(item.text())
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
    else:
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        item.setToolTip(f"It can’t be ticked: {each.state.value}.")
    return item


def _release_item(release: Release) -> QListWidgetItem:
    pages = counted(len(release.outputs), "published page")
    told = f"{short_day(release.when)} · {release.kind.value} · {pages}"
    item = QListWidgetItem(f"{release.id}\n{told}")
    item.setToolTip(item.text())
    item.setData(KEY, release.id)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{release.id}, {told}")
    return item
