"""Replace in all pages: find, look at every place as it says now and will say, untick, replace, one undo."""

from html import escape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.domain.finding import Search
from soh_author.domain.ids import Language
from soh_author.workflow.names import Names
from soh_author.workflow.overrides.change_sets import SavedChanges, undo
from soh_author.workflow.replacing import Place, Places, find_places, replace_places
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

TOPIC = "replace everywhere"
WAIT_MS = 300
_NUMBER = Qt.ItemDataRole.UserRole


class ReplaceEverywhere:
    """The two verbs: replace in all pages, and take the last replacing back."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._session = session
        self._parent = parent
        self._done: list[SavedChanges] = []
        session.workspace_changed.connect(lambda _workspace: self._done.clear())

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        return {"replace.everywhere": self.ask, "replace.undo": self.undo}

    def reason_against(self, action_id: str) -> str:
        """Why an action can't be done now."""
        is_missing = action_id == "replace.undo" and not self._done
        return "Nothing was replaced in all pages yet." if is_missing else ""

    def ask(self) -> None:
        """Ask what to replace; what is typed is saved first, so that it is looked through too."""
        self._session.version_wanted.emit()
        box = ReplaceDialog(self._session, self._parent.window())
        box.agreed.connect(lambda: self._replace(box))
        box.open()

    def undo(self) -> None:
        """Bring back the texts from before the last replacing."""
        workspace = self._session.workspace
        if workspace is not None and self._done:
            self._session.version_wanted.emit()
            self._session.run(undo(workspace, self._done[-1]), self._undone)

    def _undone(self, _saved: SavedChanges) -> None:
        self._done.pop()

    def _replace(self, box: "ReplaceDialog") -> None:
        workspace = self._session.workspace
        if workspace is None:
            return
        draft = self._session.location.draft
        task = replace_places(workspace, draft, box.places, box.ticked, box.new_words.text())

        def done(saved: SavedChanges) -> None:
            self._done.append(saved)
            box.accept()

        self._session.run(task, done)


class ReplaceDialog(QDialog):
    """Words, new words, and a list of places with ticks, grouped by text."""

    agreed = Signal()
    """Replace what is ticked."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.places = Places((), {})
        self.setWindowTitle("Replace in all pages")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.words = _line("Find", "Words in any text, of any force")
        self.new_words = _line("Replace with", "What they will say instead")
        self.case = QCheckBox("Match case")
        self.whole = QCheckBox("Whole words")
        self.list = QTreeWidget()
        self.list.setAccessibleName("Places")
        self.list.setHeaderLabels(["Says now", "Will say"])
        self.list.setUniformRowHeights(True)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.told = QLabel(
            "Every text of every page and force is looked through. Heads, names and facts are left alone."
        )
        self.told.setWordWrap(True)
        self.told.setProperty("role", "quiet")
        self.go = QPushButton("Replace")
        self.go.setProperty("role", "primary")
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._lay_out(parent)
        self._wait.timeout.connect(self._look)
        self.words.textChanged.connect(lambda _text: self._wait.start())
        for box in (self.case, self.whole):
            box.toggled.connect(lambda _on: self._wait.start())
        self.new_words.textChanged.connect(lambda _text: self._show_new())
        self.list.itemChanged.connect(lambda _item, _column: self._tell())
        self.go.clicked.connect(self.agreed)
        self._tell()

    def _lay_out(self, room: QWidget) -> None:
        theme = self._session.theme
        top = QGridLayout()
        for row, (name, line, box) in enumerate(
            (("Find", self.words, self.case), ("Replace with", self.new_words, self.whole))
        ):
            label = QLabel(name)
            label.setBuddy(line)
            for column, widget in enumerate((label, line, box)):
                top.addWidget(widget, row, column)
        top.setColumnStretch(1, 1)
        close = QPushButton("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        self.go.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self.told, 1)
        buttons.addWidget(self.go)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(16)] * 4)
        layout.setSpacing(theme.px(10))
        layout.addLayout(top)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)
        self.resize(min(theme.px(900), room.width() - 40), min(theme.px(560), room.height() - 40))

    @property
    def ticked(self) -> frozenset[int]:
        """Numbers of the places that are to be replaced."""
        return frozenset(
            int(item.data(0, _NUMBER))
            for item in self._lines()
            if item.checkState(0) is Qt.CheckState.Checked
        )

    def _lines(self) -> list[QTreeWidgetItem]:
        heads = [self.list.topLevelItem(number) for number in range(self.list.topLevelItemCount())]
        lines = [head.child(number) for head in heads if head for number in range(head.childCount())]
        return [line for line in lines if line is not None]

    def _look(self) -> None:
        workspace = self._session.workspace
        if workspace is None:
            return
        self.told.setText("Looking through all texts …")
        search = Search(self.words.text(), self.case.isChecked(), self.whole.isChecked())
        task = _looked_for(workspace, self._session.location.draft, search)
        self._session.run(task, self._show, topic=TOPIC)

    def _show(self, answer: tuple[Places, list[tuple[str, list[int]]]]) -> None:
        self.places, groups = answer
        self.list.blockSignals(True)
        self.list.clear()
        for title, numbers in groups:
            head = QTreeWidgetItem(self.list, [title])
            head.setFirstColumnSpanned(True)
            head.setFlags(head.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
            for number in numbers:
                line = QTreeWidgetItem(head)
                line.setData(0, _NUMBER, number)
                line.setCheckState(0, Qt.CheckState.Checked)
            head.setExpanded(True)
        self.list.blockSignals(False)
        self._show_new()
        self._tell()

    def _show_new(self) -> None:
        self.list.blockSignals(True)
        for item in self._lines():
            place = self.places.found[int(item.data(0, _NUMBER))]
            for column, text in enumerate((place.says(place.words), place.says(self.new_words.text()))):
                item.setText(column, text)
                item.setToolTip(column, f"<p>{escape(text)}</p>")  # else tags in the text would count
        self.list.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        count = len(self.ticked)
        self.go.setText(f"Replace {count:,}" if count else "Replace")
        self.go.setEnabled(bool(count))
        if self.words.text():
            self.told.setText(self.places.sentence)

    def done(self, result: int) -> None:
        """Qt: the box is closed; what still looks has nobody to tell."""
        self._wait.stop()
        self._session.runner.cancel(TOPIC)
        super().done(result)


def _looked_for(
    workspace: Workspace, draft: str, search: Search
) -> Task[tuple[Places, list[tuple[str, list[int]]]]]:
    def work(progress: Progress) -> Outcome[tuple[Places, list[tuple[str, list[int]]]]]:
        found = find_places(workspace, draft, search).run(progress).value
        return Outcome((found, _groups(workspace, draft, found.found)))

    return Task("Looking through all texts", work)


def _groups(workspace: Workspace, draft: str, places: tuple[Place, ...]) -> list[tuple[str, list[int]]]:
    """The numbers of the places by text, with what each text is called."""
    names = Names(workspace.snapshot(draft))
    names.read(place.file.page for place in places)
    groups: dict[str, tuple[str, list[int]]] = {}
    for number, place in enumerate(places):
        file = place.file
        language = " in Welsh" if file.language is Language.CY else ""
        title = f"{names.text(file.page, file.layer)}{language}"
        groups.setdefault(file.path, (title, []))[1].append(number)
    return list(groups.values())


def _line(name: str, hint: str) -> QLineEdit:
    line = QLineEdit(placeholderText=hint)
    line.setAccessibleName(name)
    line.setClearButtonEnabled(True)
    return line
