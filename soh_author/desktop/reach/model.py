"""What a draft reaches as a tree: alarms first, then pages, with the groups of forces that see the same."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QColor, QStandardItem, QStandardItemModel

from soh_author.desktop.theme.theme import Theme
from soh_author.domain.counting import counted
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.layers import Layer
from soh_author.domain.resolving.impact import Reach
from soh_author.domain.sentence import first_upper
from soh_author.workflow.overrides.reach_sentences import Alarm, ReachGroup
from soh_author.workflow.overrides.reaching import ReachedPage, ReachReport

SPOT_ROLE = Qt.ItemDataRole.UserRole
ICONS = {
    Reach.CHANGES: "edit",
    Reach.ADDED: "add",
    Reach.REMOVED: "trash",
    Reach.SHADOWED: "override",
    Reach.BECOMES_OUTDATED: "warning",
    Reach.UNCHANGED: "check",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line of the tree leads: a page as a force reads it."""

    page: PageId
    force: ForceId
    language: Language
    section: SectionId | None = None
    layer: Layer | None = None


class ReachTree(QStandardItemModel):
    """Lines that lead to a comparison."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def show_report(self, report: ReachReport | None) -> None:
        """Show another report."""
        self.clear()
        if report is None:
            return
        if report.alarms:
            self.appendRow(self._alarms(report.alarms))
        for page in report.pages:
            self.appendRow(self._page(page))

    def spot(self, index: QModelIndex) -> Spot | None:
        """Where a line leads; None for a heading."""
        found = index.data(SPOT_ROLE)
        return found if isinstance(found, Spot) else None

    def _alarms(self, alarms: tuple[Alarm, ...]) -> QStandardItem:
        count = counted(len(alarms), "alarm")
        head = _item(f"{count}: safety or law that doesn’t reach everybody")
        head.setFont(self._theme.font(bold=True))
        head.setForeground(QColor(self._theme.colours.error))
        head.setIcon(self._theme.picture("warning", self._theme.colours.error, 16))
        for alarm in alarms:
            shadow = alarm.shadow
            line = _item(alarm.sentence)
            spot = Spot(alarm.page, alarm.forces[0], Language.EN, shadow.section, shadow.layer)
            line.setData(spot, SPOT_ROLE)
            head.appendRow(line)
        return head

    def _page(self, page: ReachedPage) -> QStandardItem:
        head = _item(page.title)
        head.setFont(self._theme.font(bold=True))
        head.setToolTip(f"{page.page}\n{page.sentence}")
        for group in page.groups:
            head.appendRow(self._group(group))
        return head

    def _group(self, group: ReachGroup) -> QStandardItem:
        line = _item(first_upper(group.sentence))
        icon = "warning" if group.is_outdated else ICONS[group.reach]
        line.setIcon(self._theme.picture(icon, self._theme.colours.quiet, 16))
        sample = group.sample
        changed = [each.section for each in group.impact.sections]
        hidden = [each.section for each in group.impact.shadows if each.section]
        section = next(iter([*changed, *hidden]), None)
        line.setData(Spot(sample.page, sample.force, sample.language, section), SPOT_ROLE)
        line.setToolTip(", ".join(group.forces))
        return line


def _item(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setEditable(False)
    item.setAccessibleText(text)
    return item
