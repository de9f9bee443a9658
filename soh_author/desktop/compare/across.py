"""One section across all forces: who words it alike, who nearly, and each wording beside the shared text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.compare.document import Paper, words_of
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.as_written import as_written
from soh_author.desktop.widgets.chooser import Choice, ChoiceDelegate, ChoiceModel
from soh_author.desktop.widgets.eliding import ElidingBox
from soh_author.desktop.widgets.flow import Flow
from soh_author.domain.counting import counted
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.wording.across_forces import ForceWording, SectionAcross, section_across
from soh_author.workflow.wording.fact_making import DifferingValue, differing_values
from soh_author.workflow.workspace import Workspace

MOST_NAMES = 6
BUTTONS = (
    ("wording.share", "Make it the shared text…"),
    ("wording.group", "Give it to a group…"),
    ("wording.leave", "Leave the section to the forces…"),
    ("wording.fact", "Make the value a fact…"),
    ("wording.undo", "Undo the last move"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which section, in which text, on which day."""

    page: PageId
    section: SectionId
    source: str
    on: date
    language: Language


@dataclass(frozen=True, slots=True)
class Across:
    """All wordings of a section, with the forces' short names, and the values in which they merely differ."""

    found: SectionAcross
    names: Mapping[ForceId, str]
    values: tuple[DifferingValue, ...] = ()

    @property
    def wordings(self) -> tuple[ForceWording, ...]:
        """The wordings, cluster by cluster."""
        return tuple(wording for cluster in self.found.clusters for wording in cluster.wordings)


def look_across(workspace: Workspace, asked: Asked) -> Task[Across]:
    """Look up how all forces word a section."""

    def work(progress: Progress) -> Outcome[Across]:
        snapshot = workspace.snapshot(asked.source)
        task = section_across(snapshot, asked.page, asked.section, asked.on, asked.language)
        outcome = task.run(progress)
        names = snapshot.registry.short_names
        values = differing_values(snapshot, asked.page, asked.section, asked.on)
        return Outcome(Across(outcome.value, names, values), notice=outcome.notice)

    return Task("Comparing all forces", work)


class AcrossForces(QWidget):
    """Wordings at the left, the chosen one at the right."""

    moved = Signal()
    """Another wording is chosen."""
    action_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.asked: Asked | None = None
        self.across: Across | None = None
        self.section = ElidingBox()
        self.section.setAccessibleName("Section")
        self.section.setMinimumContentsLength(6)
        self.section.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.told = QLabel()
        self.told.setProperty("role", "quiet")
        self.told.setWordWrap(True)
        as_written(self.told)
        self.model = ChoiceModel(self)
        self.list = QListView()
        self.text = QTextBrowser()
        self.buttons = {name: QPushButton(text) for name, text in BUTTONS}
        self._furnish()
        self.section.activated.connect(self._chosen_section)
        self.list.selectionModel().currentChanged.connect(self._show_wording)
        session.theme.changed.connect(self._paint)

    def offer(self, sections: Sequence[tuple[str, str]], chosen: SectionId | None) -> None:
        """Offer the sections of a page, by id and title."""
        blocker = QSignalBlocker(self.section)
        self.section.clear()
        for name, title in sections:
            self.section.addItem(title, name)
        self.section.setCurrentIndex(max(self.section.findData(chosen), 0) if chosen else 0)
        del blocker

    def look(self, page: PageId, source: str, on: date, language: Language) -> None:
        """Look up the section that is chosen."""
        workspace, name = self._session.workspace, self.section.currentData()
        if workspace is not None and isinstance(name, str):
            asked = Asked(page, SectionId(name), source, on, language)
            self.asked = asked
            self._session.run(
                look_across(workspace, asked), self._show, self._failed, topic="section across all forces"
            )

    @property
    def wording(self) -> ForceWording | None:
        """The wording that is chosen."""
        row = self.list.currentIndex().row()
        wordings = self.across.wordings if self.across else ()
        return wordings[row] if 0 <= row < len(wordings) else None

    def allow(self, reason_against: Callable[[str], str]) -> None:
        """Allow what can be done with the wording, or say why not."""
        for name, button in self.buttons.items():
            reason = reason_against(name)
            button.setEnabled(not reason)
            button.setToolTip(reason)
            button.setAccessibleDescription(reason)

    def _chosen_section(self, _index: int) -> None:
        if self.asked is not None:
            asked = self.asked
            self.look(asked.page, asked.source, asked.on, asked.language)

    def _show(self, across: Across) -> None:
        self.across = across
        self.told.setText(across.found.sentence)
        lines = []
        for number, cluster in enumerate(across.found.clusters, 1):
            lines += [_line(wording, number, across.names) for wording in cluster.wordings]
        self.model.show_choices(lines)
        self.list.setCurrentIndex(self.model.index(0))

    def _failed(self, error: Exception) -> None:
        self.across = None
        self.model.show_choices([])
        self.text.clear()
        self.told.setText(str(error))

    def _show_wording(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._paint()
        self.moved.emit()

    def _paint(self) -> None:
        wording = self.wording
        if wording is None or self.across is None:
            return
        names = self.across.names
        paper = Paper(self._session.theme.colours, str)
        who = ", ".join(names[force] for force in wording.forces)
        self.text.setHtml(words_of(wording.heading, wording.body, wording.lines, who, paper))

    def _furnish(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceDelegate(self._session.theme, self.list))
        self.list.setAccessibleName("Wordings of this section")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.setAccessibleName("The wording, beside the shared text")
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setTabChangesFocus(True)
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(16)
        label = QLabel("Section")
        label.setBuddy(self.section)
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 16, 8)
        head.setSpacing(8)
        head.addWidget(label)
        head.addWidget(self.section, 1)
        head.addWidget(self.told, 2)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(self.list)
        parts.addWidget(self.text)
        parts.setStretchFactor(1, 1)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(1)
        parts.setSizes([self._session.theme.px(320), 10_000])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(parts, 1)
        below = QWidget()
        flow = Flow(below, 8)
        flow.setContentsMargins(16, 8, 16, 8)
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked, name=name: self.action_wanted.emit(name))
            flow.addWidget(button)
        layout.addWidget(below)


def _line(wording: ForceWording, cluster: int, names: Mapping[ForceId, str]) -> Choice:
    count = len(wording.forces)
    forces = counted(count, "force")
    title = f"{forces}: the shared text" if wording.is_shared else forces
    shown = ", ".join(names[force] for force in wording.forces[:MOST_NAMES])
    more = f" and {count - MOST_NAMES} more" if count > MOST_NAMES else ""
    alike = "" if wording.likeness >= 1 else f", {wording.likeness:.0%} alike"
    return Choice(wording.pin, title, f"{shown}{more}", f"Cluster {cluster}{alike}")
