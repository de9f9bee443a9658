"""A side of a comparison: whose text, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QFrame, QHBoxLayout, QLabel

from soh_author.desktop.widgets.eliding import ElidingBox
from soh_author.domain.days import short_day
from soh_author.domain.ids import Language, PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.workflow.drafting import list_drafts
from soh_author.workflow.history import history
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.viewpoints import Viewpoint
from soh_author.workflow.workspace import LIVE, Workspace

MOST_VERSIONS = 30
ON_A_DAY = "on a day"


@dataclass(frozen=True, slots=True)
class Choices:
    """What one can compare of a page: layers and sources, each with its name for people."""

    page: PageId
    layers: tuple[tuple[Layer, str], ...]
    sources: tuple[tuple[str, str], ...]


def look_up_choices(workspace: Workspace, source: str, page: PageId) -> Task[Choices]:
    """The layers there are, and the drafts and versions of a page."""

    def work(progress: Progress) -> Outcome[Choices]:
        registry = workspace.snapshot(source).registry
        layers = [(SHARED, "Shared text")]
        layers += [(Layer.of_group(group.id), group.name) for group in registry.groups.values()]
        layers += [
            (Layer.of_force(force.id), force.name(form="short_name")) for force in registry.forces.values()
        ]
        sources = [(LIVE, "What is published")]
        sources += [
            (str(draft.name), f"Draft {draft.name}") for draft in list_drafts(workspace).run(progress).value
        ]
        versions = history(workspace, source, page, limit=MOST_VERSIONS).run(progress).value
        sources += [
            (each.revision, f"{short_day(each.when)}: {each.note.partition(chr(10))[0]}") for each in versions
        ]
        return Outcome(Choices(page, tuple(layers), tuple(sources)))

    return Task("Looking up what can be compared", work)


class SideBox(QFrame):
    """Chooses one side."""

    changed = Signal()

    def __init__(self, name: str, today: date) -> None:
        super().__init__()
        self._name = name
        self.setAccessibleName(name)
        label = QLabel(name)
        label.setProperty("role", "quiet")
        self.who, self.when = _box(f"{name}: whose text"), _box(f"{name}: which version")
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setAccessibleName(f"{name}: as on this day")
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("d MMM yyyy")
        self.day.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label)
        line.addWidget(self.who, 2)
        line.addWidget(self.when, 3)
        line.addWidget(self.day, 1)
        for box in (self.who, self.when):
            box.currentIndexChanged.connect(lambda _index: self._changed())
        self.day.dateChanged.connect(lambda _day: self._changed())

    def offer(self, choices: Choices, layer: Layer, source: str) -> None:
        """Offer what there is, and choose a layer and a source."""
        blockers = [QSignalBlocker(self.who), QSignalBlocker(self.when)]
        _fill(self.who, [(str(each), name) for each, name in choices.layers], str(layer))
        _fill(self.when, [*choices.sources, (ON_A_DAY, "As on a day…")], source)
        self.day.hide()
        del blockers

    def choose(self, layer: Layer, source: str) -> None:
        """Choose a layer and a source without telling that they were chosen."""
        blockers = [QSignalBlocker(self.who), QSignalBlocker(self.when)]
        self.who.setCurrentIndex(max(self.who.findData(str(layer)), 0))
        self.when.setCurrentIndex(max(self.when.findData(source), 0))
        self.day.setVisible(self._is_on_a_day)
        del blockers

    def viewpoint(self, language: Language) -> Viewpoint:
        """The place that is chosen."""
        return Viewpoint(self.layer, self.source, language)

    @property
    def layer(self) -> Layer:
        """Whose text is chosen."""
        found = self.who.currentData()
        return Layer.parse(found) if isinstance(found, str) else SHARED

    @property
    def source(self) -> str:
        """The draft, version or day that is chosen."""
        if self._is_on_a_day:
            shown = self.day.date()
            return date(shown.year(), shown.month(), shown.day()).isoformat()
        found = self.when.currentData()
        return found if isinstance(found, str) else LIVE

    @property
    def _is_on_a_day(self) -> bool:
        return bool(self.when.currentData() == ON_A_DAY)

    def _changed(self) -> None:
        self.day.setVisible(self._is_on_a_day)
        self.changed.emit()


def _fill(box: QComboBox, entries: Sequence[tuple[str, str]], chosen: str) -> None:
    box.clear()
    for data, name in entries:
        box.addItem(name, data)
    box.setCurrentIndex(max(box.findData(chosen), 0))


def _box(name: str) -> QComboBox:
    box = ElidingBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(4)
    return box
