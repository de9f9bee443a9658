"""The bar above the matrix: which text, on which day, and which pages."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFrame,
    QLabel,
    QLineEdit,
    QWidget,
)

from soh_author.desktop.matrix.looking import Looked, Question
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.flow import Flow
from soh_author.domain.ids import Language
from soh_author.workflow.overrides.matrix import Wanted
from soh_author.workflow.workspace import LIVE

ALL_AREAS, ALL_OWNERS = "All areas", "All owners"
PUBLISHED = "What is published"


class MatrixBar(QFrame):
    """Asks what to show. What is empty doesn't narrow it."""

    changed = Signal()
    """Something else is asked for."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setAccessibleName("What the matrix shows")
        self.text = QLineEdit(placeholderText="Find pages by their words")
        self.text.setAccessibleName("Find pages in the matrix")
        self.text.setClearButtonEnabled(True)
        self.area, self.owner = _box("Area", ALL_AREAS), _box("Owner", ALL_OWNERS)
        self.source = _box("Which text", PUBLISHED)
        self.language = _box("Language", *(language.label for language in Language))
        self.expired = QCheckBox("Past their review date")
        self.expired.setToolTip("Only changes that should have been looked at again by now.")
        self.day = QDateEdit(_qt_day(session.today()))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("d MMM yyyy")
        self.day.setAccessibleName("As on this day")
        self.day.setToolTip("See the matrix as on another day: members of groups and review dates follow.")
        self._lay_out()
        self.text.textChanged.connect(lambda _text: self.changed.emit())
        for box in (self.area, self.owner, self.source, self.language):
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.expired.toggled.connect(lambda _on: self.changed.emit())
        self.day.dateChanged.connect(lambda _day: self.changed.emit())

    def question(self, states: tuple[str, ...]) -> Question:
        """What is asked, with the states that are chosen elsewhere."""
        area, owner = self.area.currentText(), self.owner.currentText()
        wanted = Wanted(
            states=states,
            areas=(self.area.currentData(),) if area != ALL_AREAS else (),
            owners=(owner,) if owner != ALL_OWNERS else (),
            is_expired=self.expired.isChecked(),
        )
        shown = self.day.date()
        day = date(shown.year(), shown.month(), shown.day())
        language = tuple(Language)[max(self.language.currentIndex(), 0)]
        return Question(self._source(), day, language, wanted, self.text.text())

    def show_draft(self, draft: str) -> None:
        """Offer the draft one works on beside what is published, and choose it."""
        blocker = QSignalBlocker(self.source)
        was = self.source.itemData(0) if self.source.count() > 1 else None
        if was != draft:
            self.source.clear()
            if draft:
                self.source.addItem(f"Draft {draft}", draft)
            self.source.addItem(PUBLISHED, LIVE)
        del blocker

    def show_choices(self, looked: Looked) -> None:
        """Offer the areas and owners that there are."""
        _offer(self.area, ALL_AREAS, looked.areas)
        _offer(self.owner, ALL_OWNERS, looked.owners)

    def clear(self) -> None:
        """Ask for everything again."""
        blockers = [QSignalBlocker(each) for each in (self.area, self.owner, self.expired, self.text)]
        self.area.setCurrentIndex(0)
        self.owner.setCurrentIndex(0)
        self.expired.setChecked(False)
        self.text.clear()
        del blockers
        self.changed.emit()

    def _source(self) -> str:
        found = self.source.currentData()
        return found if isinstance(found, str) and found else LIVE

    def _lay_out(self) -> None:
        as_on = QLabel("as on")
        as_on.setBuddy(self.day)
        self.text.setMinimumWidth(self._session.theme.px(180))
        self._flow = Flow(self, 8)
        self._flow.setContentsMargins(16, 4, 16, 8)
        shown: tuple[QWidget, ...] = (self.text, self.area, self.owner, self.expired)
        for widget in (*shown, self.source, self.language, as_on, self.day):
            self._flow.addWidget(widget)


def _box(name: str, *entries: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItems(entries)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setMinimumWidth(80)
    return box


def _offer(box: QComboBox, everything: str, entries: Iterable[str]) -> None:
    blocker = QSignalBlocker(box)
    here = box.currentData()
    box.clear()
    box.addItem(everything, None)
    for entry in entries:
        box.addItem(entry.replace("-", " ").capitalize() if everything == ALL_AREAS else entry, entry)
    box.setCurrentIndex(max(box.findData(here), 0) if here else 0)
    del blocker


def _qt_day(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
