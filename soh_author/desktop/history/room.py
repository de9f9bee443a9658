"""The versions room."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLabel, QListView, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from soh_author.desktop.history.bar import NOW, PAGE, CompareBar
from soh_author.desktop.history.looking import Looked, compare_texts, look, pick_file
from soh_author.desktop.history.rendered import Reader, RenderedPair, render_both
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.room import Handlers, Room
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.chooser import Choice, ChoiceDelegate, ChoiceModel
from soh_author.desktop.widgets.difference import Row
from soh_author.desktop.widgets.side_by_side import SideBySide
from soh_author.domain.days import short_day
from soh_author.domain.ids import PageId
from soh_author.workflow.catalogue import PageFile
from soh_author.workflow.effects import Effects
from soh_author.workflow.history import PageVersion, restore

LIST_WIDTH = 250


class HistoryRoom(Room):
    """Versions at the left, what they changed at the right."""

    room_id = RoomId.HISTORY

    def __init__(self, session: Session) -> None:
        super().__init__(QWidget())
        self._session = session
        self._asked: tuple[PageId | None, str] = (None, "")
        self._shown_page: PageId | None = None
        self.versions: list[PageVersion] = []
        self.files: Sequence[PageFile] = ()
        self.heading = QLabel("Versions")
        self.told = QLabel("Choose a page in the list at the left to see who changed it, when and why.")
        self.told.setProperty("role", "quiet")
        self.told.setWordWrap(True)
        self.model = ChoiceModel()
        self.list = QListView()
        self.older = QPushButton("Earlier versions")
        self.bar = CompareBar(session)
        self.texts = SideBySide(session.theme)
        self.pages: RenderedPair | None = None
        self.shown = QStackedWidget()
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self._furnish()
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.bar.changed.connect(self.compare)
        self.bar.restore_wanted.connect(self.restore)
        self.bar.step_wanted.connect(self.texts.step)
        self.older.clicked.connect(self._look_further)
        session.theme.changed.connect(self._dress)
        self._dress()
        self._show([], has_more=False)

    def show_location(self, location: Location) -> None:
        """Show the versions of the page of this place."""
        if (location.page, location.source) != self._asked:
            self._load(location)
        self.bar.allow_restore(self.reason_against("version.restore"))

    def apply_effects(self, effects: Effects) -> None:
        """Look again when the page has a new version."""
        page = self._asked[0]
        if page is not None and (effects.drafts or effects.everything or effects.touches(page)):
            self._asked = (None, "")
            if self._session.location.room is self.room_id:
                self.show_location(self._session.location)

    def handlers(self) -> Handlers:
        """What this room carries out."""
        return {
            "difference.next": lambda: self.bar.step_wanted.emit(1),
            "difference.previous": lambda: self.bar.step_wanted.emit(-1),
            "version.restore": self.restore,
        }

    def reason_against(self, action_id: str) -> str:
        """Why something can't be done here now."""
        if self.version is None:
            return "Choose a version first."
        wants_draft = action_id == "version.restore" and not self._session.location.draft
        return "Start or choose a draft first." if wants_draft else ""

    def panes(self) -> Sequence[QWidget]:
        """Qt widgets F6 steps through."""
        return (self.list, self.bar, self.shown)

    @property
    def version(self) -> PageVersion | None:
        """The version chosen."""
        row = self.list.currentIndex().row()
        return self.versions[row] if 0 <= row < len(self.versions) else None

    def compare(self) -> None:
        """Compare the version chosen with the one before, or with now."""
        workspace, version, file = self._session.workspace, self.version, self._file
        if workspace is None or version is None or file is None:
            return
        left, right, titles = self._both_sides(version)
        if self.bar.shown_as.currentText() == PAGE:
            here = self._session.location
            reader = Reader(here.force, file.language, here.on or self._session.today())
            look_of = "dark" if self._session.theme.colours.is_dark else "light"
            task = render_both(workspace, file.page, (left, right), reader, look_of)
            pair = self._pair()
            self._session.run(task, lambda pages: pair.show_pages(pages, titles), topic="compare pages")
        else:
            self.shown.setCurrentWidget(self.texts)
        texts = compare_texts(workspace, file.path, left, right)
        self._session.run(texts, partial(self._compared, titles), topic="compare versions")

    def restore(self) -> None:
        """Put the earlier text into the draft."""
        workspace, version, file = self._session.workspace, self.version, self._file
        if workspace is not None and version is not None and file is not None:
            draft = self._session.location.draft
            self._session.version_wanted.emit()
            self._session.run(restore(workspace, draft, file.path, version.revision))

    @property
    def _file(self) -> PageFile | None:
        row = self.bar.whose.currentIndex()
        return self.files[row] if 0 <= row < len(self.files) else None

    def _both_sides(self, version: PageVersion) -> tuple[str | None, str, tuple[str, str]]:
        then = f"{when(version)}, {version.author}"
        if self.bar.against.currentText() == NOW:
            return version.revision, self._asked[1], (f"Then: {then}", "Now")
        row = self.versions.index(version) + 1
        before = self.versions[row] if row < len(self.versions) else None
        if before is None:
            return None, version.revision, ("Before: nothing", f"This version: {then}")
        return before.revision, version.revision, (f"Before: {when(before)}", f"This version: {then}")

    def _load(self, location: Location) -> None:
        is_another = location.page != self._shown_page
        self._asked = (location.page, location.source)
        self._shown_page = location.page
        workspace = self._session.workspace
        if is_another:
            self._show([], has_more=False)
        else:
            self.versions = []  # what is shown stays until there is something newer, and with it the focus
        if workspace is not None and location.page is not None:
            task = look(workspace, location.source, location.page)
            self._session.run(task, self._looked, topic="versions")

    def _look_further(self) -> None:
        workspace, page = self._session.workspace, self._asked[0]
        if workspace is not None and page is not None:
            task = look(workspace, self._asked[1], page, len(self.versions))
            self._session.run(task, self._looked, topic="versions")

    def _looked(self, found: Looked) -> None:
        self.files = found.files
        self.bar.show_files(found.files, found.labels, self._session.location.layer)
        self._show([*self.versions, *found.versions], found.has_more)
        self.heading.setText(f"Versions of {found.title}")

    def _show(self, versions: list[PageVersion], has_more: bool) -> None:
        row = max(self.list.currentIndex().row(), 0)
        self.versions = versions
        self.model.show_choices([_line(version) for version in versions])
        self.older.setVisible(has_more)
        self.parts.setVisible(bool(versions))
        self.told.setVisible(not versions)
        if versions:
            self.list.setCurrentIndex(self.model.index(row))
        else:
            self.heading.setText("Versions")

    def _chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        """A version shows the text it changed; whose that is, is the person's choice from then on."""
        self.bar.allow_restore(self.reason_against("version.restore"))
        workspace, version = self._session.workspace, self.version
        if workspace is not None and version is not None and self.files:
            left, right, _titles = self._both_sides(version)
            task = pick_file(workspace, self.files, max(self.bar.whose.currentIndex(), 0), left, right)
            self._session.run(task, self._picked, topic="compare versions")

    def _picked(self, row: int) -> None:
        self.bar.show_file(row)
        self.compare()

    def _compared(self, titles: tuple[str, str], rows: Sequence[Row]) -> None:
        self.texts.show_rows(rows, *titles)
        self.bar.show_count(self.texts.count)
        self.texts.step(1)

    def _pair(self) -> RenderedPair:
        if self.pages is None:  # Chromium takes a moment to start; not everybody comes here
            self.pages = RenderedPair(self._session.theme)
            self.shown.addWidget(self.pages)
        self.shown.setCurrentWidget(self.pages)
        return self.pages

    def _dress(self) -> None:
        theme = self._session.theme
        self.heading.setFont(theme.heading_font())
        self.list.doItemsLayout()
        self.list.setMinimumWidth(theme.px(LIST_WIDTH * 0.4))

    def _furnish(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceDelegate(self._session.theme, self.list))
        self.list.setAccessibleName("Versions")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.shown.addWidget(self.texts)
        left = _column(self.list, self.older)
        right = _column(self.bar, self.shown)
        self.parts.addWidget(left)
        self.parts.addWidget(right)
        self.parts.setStretchFactor(1, 1)
        self.parts.setChildrenCollapsible(False)
        self.parts.setHandleWidth(1)
        self.parts.setSizes([self._session.theme.px(LIST_WIDTH), 10_000])
        layout = QVBoxLayout(self.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.heading.setWordWrap(True)
        for label in (self.heading, self.told):
            label.setContentsMargins(16, 12, 16, 8)
            layout.addWidget(label)
        layout.addWidget(self.parts, 1)
        layout.addStretch(0)


def when(version: PageVersion) -> str:
    """When a version was saved, as people write it."""
    return f"{short_day(version.when)}, {version.when:%H:%M}"


def _line(version: PageVersion) -> Choice:
    note = version.note.partition("\n")[0] or "No note"
    return Choice(version.revision, note, f"{when(version)} · {version.author}")


def _column(*widgets: QWidget) -> QWidget:
    whole = QWidget()
    layout = QVBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget, 1 if isinstance(widget, QListView | QStackedWidget) else 0)
    return whole
