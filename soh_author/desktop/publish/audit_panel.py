"""The panel of who did what: every published page with who wrote, approved and published it."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QSizePolicy, QWidget

from soh_author.desktop.publish.panel import Panel, quiet
from soh_author.desktop.publish.saving import ask_file
from soh_author.desktop.publish.sheet import Sheet
from soh_author.desktop.review.signing import Signing
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.flow import Flow
from soh_author.domain.counting import counted
from soh_author.domain.days import moment_in_words
from soh_author.domain.ids import ForceId, PageId
from soh_author.domain.sentence import first_upper
from soh_author.workflow.names import Names
from soh_author.workflow.release.auditing import Audit, Wanted, audit

NOTHING = "Nothing of that was published with a policy."
EVERY_PAGE, EVERY_FORCE = "Every page", "Every force"
MOST_ROWS = 5_000
HEADINGS = ("When", "Page", "Force", "Written by", "Approved by", "Published by", "Release", "Proof")
BUTTONS = {"audit.data": "Save as data…", "audit.table": "Save as a table…"}


class AuditPanel(Panel):
    """Filters above, the list below; signatures are looked at again here, without any server."""

    name = "Who did what"
    action = "panel.audit"

    def __init__(self, session: Session, signing: Signing) -> None:
        super().__init__(session, signing, BUTTONS)
        self.found: Audit | None = None
        self.names = Names()
        self.told = quiet()
        self.page, self.force = QComboBox(), QComboBox()
        self.is_since = QCheckBox("Since")
        self.since = QDateEdit()
        self.sheet = Sheet("Who did what", HEADINGS, (1, 3, 4))
        self._furnish()

    def handlers(self) -> Handlers:
        """What this panel carries out."""
        return {"audit.table": self.save_table, "audit.data": self.save_data}

    def reason_against(self, action_id: str) -> str:
        """Why something can't be done now."""
        del action_id
        return "" if self.found and self.found.entries else NOTHING

    def shown_reason(self, reason: str) -> str:
        """What is missing is told above the list already."""
        del reason
        return ""

    def panes(self) -> Sequence[QWidget]:
        """The widgets F6 steps through."""
        return (self.page, self.sheet)

    def load(self) -> None:
        """Look who did what."""
        if self.session.workspace is None:
            return
        snapshot = self.workspace.snapshot()
        self.names = Names(snapshot)
        self.names.read(snapshot.page_ids())
        pages = {str(page): self.names.page(page) for page in snapshot.page_ids()}
        forces = {str(force): self.names.force(force) for force in snapshot.registry.forces}
        _fill(self.page, {"": EVERY_PAGE, **pages})
        _fill(self.force, {"": EVERY_FORCE, **forces})
        self.look()

    def look(self) -> None:
        """Look again, with other filters."""
        if self.session.workspace is not None:
            task = audit(self.workspace, self.wanted)
            self.session.run(task, self._show, self.calmly(self.told), topic="audit")

    @property
    def wanted(self) -> Wanted:
        """What the filters ask for."""
        page, force = str(self.page.currentData() or ""), str(self.force.currentData() or "")
        day = self.since.date()
        return Wanted(
            PageId(page) if page else None,
            ForceId(force) if force else None,
            date(day.year(), day.month(), day.day()) if self.is_since.isChecked() else None,
        )

    def save_table(self) -> None:
        """Save it as a table for spreadsheets."""
        self._save("Save as a table", ".csv", self.found.as_csv() if self.found else "")

    def save_data(self) -> None:
        """Save it for programs."""
        self._save("Save as data", ".json", self.found.as_json() if self.found else "")

    def _save(self, title: str, ending: str, text: str) -> None:
        name = f"who-did-what-{self.session.today():%Y-%m-%d}{ending}"
        ask_file(self.session, self, title, name, {ending: text.encode()})

    def _show(self, found: Audit) -> None:
        self.found = found
        self.told.setText(_told(found))
        shown = range(min(len(found.entries), MOST_ROWS))
        self.names.read(found.entries[number].page for number in shown)
        self.sheet.show_rows([_row(found, number, self.names) for number in shown])
        self.allow()

    def _furnish(self) -> None:
        bar = QWidget()
        row = Flow(bar, 8)
        row.setContentsMargins(16, 8, 16, 0)
        self.page.setAccessibleName("Page")
        self.force.setAccessibleName("Force")
        self.is_since.setAccessibleName("Only since a day")
        self.since.setAccessibleName("The day")
        self.since.setCalendarPopup(True)
        self.since.setDisplayFormat("d MMMM yyyy")
        today = self.session.today()
        self.since.setDate(QDate(today.year, today.month, today.day).addMonths(-1))
        for box in (self.page, self.force):
            box.setMinimumContentsLength(18)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.currentIndexChanged.connect(lambda _index: self.look())
        self.is_since.toggled.connect(lambda _on: self.look())
        self.since.dateChanged.connect(lambda _day: self.look())
        for widget in (self.page, self.force, self.is_since, self.since):
            row.addWidget(widget)
        bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.lay_out(bar, self.told, self.sheet, stretched=self.sheet)


def _told(found: Audit) -> str:
    if not found.entries:
        return NOTHING
    number = len(found.entries)
    more = f" The first {MOST_ROWS:,} are shown; all are saved." if number > MOST_ROWS else ""
    if found.faults:
        release, why = next(iter(found.faults.items()))
        return f"⚠ Not everything is proved: “{release}” is not, because {why}.{more}"
    return (
        f"{counted(number, 'published page')}. Every signature was looked at again on "
        f"this computer, without any server: all of it holds.{more}"
    )


def _fill(box: QComboBox, named: Mapping[str, str]) -> None:
    """Offer these, by what people call them; what was chosen stays so where it is still there."""
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for key, name in named.items():
        box.addItem(name, key)
        box.setItemData(box.count() - 1, key, Qt.ItemDataRole.ToolTipRole)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    box.blockSignals(False)


def _row(found: Audit, number: int, names: Names) -> tuple[str, ...]:
    each = found.entries[number]
    page = names.page(each.page)
    why = found.faults.get(each.release.id, "")
    return (
        moment_in_words(each.when),
        page if each.digest else f"{page} (taken away)",
        f"{names.force(each.force)}, {each.language.label}",
        found.named(each.authors),
        found.named(each.approvers) or first_upper(found.emergency(each)) or "nobody",
        found.name(each.release.publisher),
        each.release.id,
        f"✗ {why}" if why else "✓ holds",
    )
