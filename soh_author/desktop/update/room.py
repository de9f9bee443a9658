"""The room to bring outdated texts up to date."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.room import Handlers, Room
from soh_author.desktop.session import Session
from soh_author.desktop.update.item_view import ItemView
from soh_author.desktop.widgets.asking import Question
from soh_author.desktop.widgets.chooser import Choice, ChoiceDelegate, ChoiceModel
from soh_author.desktop.widgets.flow import Flow
from soh_author.desktop.widgets.low import LowWatch
from soh_author.domain.comparing.rebase import SectionWords
from soh_author.workflow.effects import Effects
from soh_author.workflow.overrides.change_sets import SavedChanges, undo
from soh_author.workflow.overrides.rebase_answers import Answer, AnswerKind, answers_for
from soh_author.workflow.overrides.rebase_items import RebaseItem
from soh_author.workflow.overrides.rebasing import RebasePlan, RebaseReport, apply, plan

TOPIC = "update from shared"
_LOW = 470
"""A room lower than this (in points of the normal size) leaves out what the rest says, too."""
THIS_PAGE, EVERYWHERE = "This page, all forces", "All pages"
NO_DRAFT = "Start or choose a draft first: what is published is never changed directly."


class UpdateRoom(Room):
    """What asks for a decision at the left, one of them at the right."""

    room_id = RoomId.UPDATE

    def __init__(self, session: Session) -> None:
        super().__init__(QWidget())
        self._session = session
        self._asked: tuple[object, ...] = ()
        self._done: list[tuple[str, SavedChanges]] = []
        self.plan: RebasePlan | None = None
        self.heading = QLabel("Update from shared")
        self.told = QLabel()
        self.scope = QComboBox()
        self.model = ChoiceModel()
        self.list = QListView()
        self.view = ItemView(session.theme)
        self.undo_button = QPushButton("Undo the last answer")
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self.low = LowWatch(session.theme, self.widget, _LOW)
        self._furnish()
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.scope.currentIndexChanged.connect(lambda _index: self._load())
        self.view.answered.connect(self.answer)
        self.view.written.connect(self._written)
        self.low.changed.connect(self._fold)
        self.undo_button.clicked.connect(lambda _checked: self.undo())
        session.theme.changed.connect(self._dress)
        self._dress()
        self._show(None)

    def show_location(self, location: Location) -> None:
        """Show what asks for a decision at this place."""
        asked = (id(self._session.workspace), location.source, location.page)
        if asked != self._asked:
            if asked[:2] != self._asked[:2]:
                self._done = []
            self._asked = asked
            self._load()
        else:
            self._go_to_place()

    def apply_effects(self, effects: Effects) -> None:
        """Look again when texts changed."""
        if effects.everything or effects.registry or effects.pages:
            self._asked = (*self._asked[:2], object())
            if self._session.location.room is self.room_id:
                self.show_location(self._session.location)

    def handlers(self) -> Handlers:
        """What this room carries out."""
        return {
            "update.next": partial(self.step, 1),
            "update.previous": partial(self.step, -1),
            "update.accept": partial(self.answer, AnswerKind.ACCEPT),
            "update.still_right": partial(self.answer, AnswerKind.STILL_RIGHT),
            "update.give_back": partial(self.answer, AnswerKind.GIVE_BACK),
            "update.write": partial(self.answer, AnswerKind.WRITE),
            "update.undo": self.undo,
        }

    def reason_against(self, action_id: str) -> str:
        """Why something can't be done here now."""
        kinds = {
            "update.accept": AnswerKind.ACCEPT,
            "update.still_right": AnswerKind.STILL_RIGHT,
            "update.give_back": AnswerKind.GIVE_BACK,
            "update.write": AnswerKind.WRITE,
        }
        if action_id == "update.undo":
            return "" if self._done else "Nothing was answered yet."
        if self.item is None:
            return "Nothing is left to decide."
        return self.view.reason_against(kinds[action_id]) if action_id in kinds else ""

    def panes(self) -> Sequence[QWidget]:
        """Qt widgets F6 steps through."""
        return (self.list, self.view)

    @property
    def item(self) -> RebaseItem | None:
        """The override that is shown."""
        row = self.list.currentIndex().row()
        items = self.plan.items if self.plan else ()
        return items[row] if 0 <= row < len(items) else None

    def step(self, step: int) -> None:
        """Go to the next item, or the one before."""
        count = self.model.rowCount()
        if count:
            row = (self.list.currentIndex().row() + step) % count
            self.list.setCurrentIndex(self.model.index(row))

    def answer(self, kind: AnswerKind) -> None:
        """Give an answer; asks for a reason or for words where it needs them."""
        decision = self.view.decision
        if decision is None or self.view.reason_against(kind):
            return
        if kind in {AnswerKind.STILL_RIGHT, AnswerKind.KEEP_LOCAL}:
            told = "Say why in a few words. Your name and today’s date are kept with it."
            question = Question(self._session.theme, "Still right", told, "Keep our words", self.widget)
            question.ask(lambda why: self._apply(decision.answer(kind, why=why)))
        elif kind is AnswerKind.WRITE:
            self.view.write()
        else:
            self._apply(decision.answer(kind))

    def _written(self, words: SectionWords) -> None:
        decision = self.view.decision
        if decision is not None and not self.view.reason_against(AnswerKind.WRITE):
            self._apply(Answer(decision.item, AnswerKind.WRITE, words=words))

    def undo(self) -> None:
        """Put the texts back as they were before the last answer."""
        workspace = self._session.workspace
        if self._done and workspace is not None:
            _, saved = self._done.pop()
            self._session.run(undo(workspace, saved))
            self._tell_undo()

    def _apply(self, answer: Answer) -> None:
        workspace, shown = self._session.workspace, self.plan
        if workspace is None or shown is None:
            return
        answers = answers_for(answer, shown.same_as(answer.item)) if self.view.also.isChecked() else (answer,)
        here = self._session.location
        task = apply(workspace, here.draft, answers, here.on or self._session.today())
        self._session.run(task, partial(self._applied, answer.item))

    def unsaved(self) -> Sequence[str]:
        """Own words that are written and not kept yet."""
        item = self.view.decision.item if self.view.decision and self.view.writing.isVisible() else None
        if item is None or not self.view.writing.is_changed:
            return ()
        return (f"{item.change.title}, {item.layer_label}",)

    def save_all(self) -> None:
        """Keep own words that are written."""
        self._written(self.view.writing.words)

    def _applied(self, item: RebaseItem, report: RebaseReport) -> None:
        self.view.drop_words()
        if not report.saved.is_empty:
            self._done.append((f"{item.layer_label}, {item.change.title}", report.saved))
        told = [proof.sentence for proof in report.proofs if proof.sentence]
        for said in (*report.notes, *told):
            self._session.notice.emit(said)
        self._tell_undo()

    def _load(self) -> None:
        workspace, here = self._session.workspace, self._session.location
        everywhere = self.scope.currentText() == EVERYWHERE
        if workspace is None or (here.page is None and not everywhere):
            self._show(None)
            return
        pages = () if everywhere or here.page is None else (here.page,)
        task = plan(workspace, here.source, here.on or self._session.today(), pages=pages)
        self._session.run(task, self._planned, topic=TOPIC)

    def _planned(self, found: RebasePlan) -> None:
        row = max(self.list.currentIndex().row(), 0)
        self._show(found)
        if found.items:
            self.list.setCurrentIndex(self.model.index(min(row, len(found.items) - 1)))
            self._go_to_place()

    def _go_to_place(self) -> None:
        """Choose the override of the place, when it is among those listed."""
        here = self._session.location
        for row, item in enumerate(self.plan.items if self.plan else ()):
            is_there = item.page == here.page and item.change.layer == here.layer
            if is_there and here.section in {None, item.change.section}:
                self.list.setCurrentIndex(self.model.index(row))
                return

    def _show(self, found: RebasePlan | None) -> None:
        self.plan = found
        items = found.items if found else ()
        everywhere = self.scope.currentText() == EVERYWHERE
        self.model.show_choices([_line(item, with_page=everywhere) for item in items])
        self.parts.setVisible(bool(items))
        if found is None:
            self.told.setText("Choose a page in the list at the left, or look at all pages.")
        else:
            self.told.setText(found.sentence)
        if not items:
            self.view.show_item(None)
        self._tell_undo()

    def _chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        item = self.item
        if item is not None and self.plan is not None:
            reason = "" if self._session.location.draft else NO_DRAFT
            self.view.show_item(item, len(self.plan.same_as(item)) - 1, reason)
        self._session.actions_changed.emit()

    def _tell_undo(self) -> None:
        self.undo_button.setEnabled(bool(self._done))
        self.undo_button.setText(f"Undo: {self._done[-1][0]}" if self._done else "Nothing to undo")
        self._session.actions_changed.emit()

    def _fold(self, is_low: bool) -> None:
        for widget in (self.heading, self.told):
            widget.setVisible(not is_low)
        self.view.fold(is_low)

    def _dress(self) -> None:
        self.heading.setFont(self._session.theme.heading_font())
        self.list.setMinimumWidth(self._session.theme.px(120))

    def _furnish(self) -> None:
        self.scope.addItems([THIS_PAGE, EVERYWHERE])
        self.scope.setAccessibleName("Which texts")
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceDelegate(self._session.theme, self.list))
        self.list.setAccessibleName("Texts that ask for a decision")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.parts.addWidget(self.list)
        self.parts.addWidget(self.view)
        self.parts.setStretchFactor(1, 1)
        self.parts.setChildrenCollapsible(False)
        self.parts.setHandleWidth(1)
        self.parts.setSizes([self._session.theme.px(260), 10_000])
        line = QHBoxLayout()
        line.setContentsMargins(16, 4, 16, 8)
        line.setSpacing(8)
        choices = QWidget()
        flow = Flow(choices, 8)
        flow.addWidget(self.scope)
        flow.addWidget(self.undo_button)
        line.addWidget(self.told, 1)
        line.addWidget(choices, 1)
        self.told.setProperty("role", "quiet")
        self.told.setWordWrap(True)
        layout = QVBoxLayout(self.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.heading.setContentsMargins(16, 12, 16, 8)
        layout.addWidget(self.heading)
        layout.addLayout(line)
        layout.addWidget(self.parts, 1)
        layout.addStretch(0)


def _line(item: RebaseItem, *, with_page: bool) -> Choice:
    asks = f"{item.conflicts} to choose" if item.conflicts else ""
    if not asks and item.checks:
        asks = f"{item.checks} to check"
    told = f"{asks or item.change.state} · {item.change.title}"
    return Choice(item.name, item.layer_label, told, item.page.rpartition("/")[2] if with_page else "")
