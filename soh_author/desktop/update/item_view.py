"""One override that asks for a decision: its three texts, the proposal, the choices, the answers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.update.cards import ConflictCard
from soh_author.desktop.update.deciding import Decision, Place, conflicts, words_so_far
from soh_author.desktop.update.papers import proposal
from soh_author.desktop.update.writing import WritingCard
from soh_author.desktop.widgets.as_written import as_written
from soh_author.desktop.widgets.flow import Flow
from soh_author.desktop.widgets.three_texts import three_texts
from soh_author.domain.comparing.merge import Choice, Written
from soh_author.domain.comparing.rebase import SectionWords
from soh_author.domain.counting import counted
from soh_author.domain.ids import SectionId
from soh_author.workflow.overrides.rebase_answers import AnswerKind, fitting
from soh_author.workflow.overrides.rebase_items import RebaseItem

WORDS = {
    AnswerKind.ACCEPT: "Accept the proposal",
    AnswerKind.STILL_RIGHT: "Still right…",
    AnswerKind.GIVE_BACK: "Give back",
    AnswerKind.WRITE: "Write it myself…",
    AnswerKind.KEEP_LOCAL: "Keep as a local section",
    AnswerKind.DROP: "Drop it",
}


class ItemView(QWidget):
    """Shows one item and asks what becomes of it."""

    answered = Signal(object)
    """AnswerKind: the person pressed a button."""
    written = Signal(object)
    """SectionWords the person wrote."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.decision: Decision | None = None
        self.title, self.left = QLabel(), QLabel()
        as_written(self.title, self.left)
        self.texts, self.proposal = _paper("The three texts"), _paper("The proposal")
        self.proposal_title = QLabel("Proposal")
        self.proposal_title.setProperty("role", "heading")
        self.also = QCheckBox()
        self.buttons = {kind: QPushButton(text) for kind, text in WORDS.items()}
        self.cards: list[ConflictCard] = []
        self.writing = WritingCard()
        self._kept: dict[str, SectionWords] = {}
        self._choices = QVBoxLayout()
        self._reason = ""
        self._is_low = False
        self._furnish()
        for kind, button in self.buttons.items():
            button.clicked.connect(lambda _checked, kind=kind: self.answered.emit(kind))
        self.writing.written.connect(self.written)
        self.writing.left.connect(self.stop_writing)
        theme.changed.connect(self._paint)

    def write(self) -> None:
        """Open the box for own words; the three texts stay in sight."""
        if self.decision is not None:
            item = self.decision.item
            language = "in Welsh" if item.welsh_pin is not None else ""
            told = " ".join(
                part for part in (f"{item.change.title}, in {item.layer_label}’s words", language) if part
            )
            self.writing.begin(words_so_far(self.decision), told, self._kept.get(item.name))
            self._answers.hide()

    def stop_writing(self) -> None:
        """Leave the box; the answers are offered again, and what was written is kept for next time."""
        self._keep_words()
        self.writing.hide()
        self._answers.show()
        self.buttons[AnswerKind.WRITE].setFocus()

    def drop_words(self) -> None:
        """What was written is in the draft now."""
        if self.decision is not None:
            self._kept.pop(self.decision.item.name, None)
        self.writing.hide()

    def _keep_words(self) -> None:
        """Other texts are shown, or the box is left: what was written is offered again with its item."""
        if self.decision is not None and self.writing.isVisible() and self.writing.is_changed:
            self._kept[self.decision.item.name] = self.writing.words

    def show_item(self, item: RebaseItem | None, others: int = 0, reason: str = "") -> None:
        """Show an item. ``others``: how many more have the same three texts; ``reason``: why none can be
        answered now.
        """
        self._keep_words()
        self.decision = Decision(item) if item is not None else None
        self._reason = reason
        self._clear_choices()
        self.writing.hide()
        self._answers.show()
        if item is not None and self.decision is not None:
            self.title.setText(item.sentence)
            for number, (place, piece) in enumerate(conflicts(self.decision), 1):
                card = ConflictCard(number, place, piece)
                card.chosen.connect(self._choose)
                self.cards.append(card)
                self._choices.addWidget(card)
            self._offer_added(item)
            self._arrange()
            self.also.setVisible(others > 0)
            self.also.setChecked(others > 0)
            word = "the other one" if others == 1 else f"the {others} others"
            self.also.setText(f"Also for {word} with the same three texts")
        self._paint()

    @property
    def open_count(self) -> int:
        """How many places are left to choose."""
        return len(self.decision.open_places) if self.decision else 0

    def reason_against(self, kind: AnswerKind) -> str:
        """Why an answer can't be given now; empty when it can."""
        if self.decision is None:
            return "Choose a text first."
        if kind not in fitting(self.decision.item):
            return "This is no answer for this text."
        if self._reason:
            return self._reason
        return "Choose at each marked place first." if kind is AnswerKind.ACCEPT and self.open_count else ""

    def _choose(self, place: Place, choice: Choice | Written | None) -> None:
        assert self.decision is not None, "choices belong to an item"
        if choice is None:
            self.decision.chosen.pop(place, None)
        else:
            self.decision.chosen[place] = choice
        self._paint()

    def _offer_added(self, item: RebaseItem) -> None:
        for section in item.page_proposal.added if item.page_proposal else ():
            box = QCheckBox(f"Take in the new section “{section.heading or section.id}”")
            box.toggled.connect(lambda on, section=section.id: self._take_in(section, on))
            self._choices.addWidget(box)

    def _take_in(self, section: SectionId, on: bool) -> None:
        assert self.decision is not None, "choices belong to an item"
        (self.decision.added.add if on else self.decision.added.discard)(section)

    def _clear_choices(self) -> None:
        self.cards = []
        while (found := self._choices.takeAt(0)) is not None:
            widget = found.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _paint(self) -> None:
        decision, colours = self.decision, self._theme.colours
        self.title.setFont(self._theme.font(1.15, bold=True))
        if decision is None:
            return
        self.texts.setHtml(three_texts(decision.item, colours))
        has_proposal = bool(decision.parts)
        for widget in (self.proposal, self.proposal_title):
            widget.setVisible(has_proposal)
        if has_proposal:
            self.proposal.setHtml(proposal(decision, colours))
        count, checks = self.open_count, decision.item.checks
        told = [counted(count, "place left to choose", "places left to choose")] * bool(count)
        told += [counted(checks, "sentence to check", "sentences to check")] * bool(checks)
        self.left.setText(", ".join(told) + "." if told else "Nothing is left to choose.")
        self.left.setVisible(has_proposal)
        for paper in (self.texts, self.proposal):
            _fit_height(paper)
        for kind, button in self.buttons.items():
            reason = self.reason_against(kind)
            button.setEnabled(not reason)
            button.setToolTip(reason)
            button.setAccessibleDescription(reason)
            self.entries[kind].setEnabled(not reason)
            self.entries[kind].setToolTip(reason)

    def resizeEvent(self, event: object) -> None:
        """Qt: another width, so other heights."""
        del event
        for paper in (self.texts, self.proposal):
            _fit_height(paper)

    def fold(self, is_low: bool) -> None:
        """Where there is little height, one answer stands as a button; the others are in its menu."""
        self._is_low = is_low
        self._arrange()

    def _arrange(self) -> None:
        """Show the answers that fit: as buttons, or behind the first one."""
        item = self.decision.item if self.decision else None
        kinds = fitting(item) if item is not None else ()
        for kind, button in self.buttons.items():
            button.setVisible(kind in kinds and not (self._is_low and kind is not kinds[0]))
            self.entries[kind].setVisible(kind in kinds[1:])
        self.more.setVisible(self._is_low and len(kinds) > 1)

    def _more_button(self) -> QToolButton:
        more = QToolButton()
        more.setText("Other answers ▾")
        more.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu("Other answers", self)
        menu.setToolTipsVisible(True)
        self.entries = {kind: menu.addAction(text) for kind, text in WORDS.items()}
        for kind, entry in self.entries.items():
            entry.triggered.connect(lambda _on=False, kind=kind: self.answered.emit(kind))
        more.setMenu(menu)
        return more

    def _furnish(self) -> None:
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(16, 8, 16, 8)
        inside.setSpacing(8)
        self.left.setProperty("role", "quiet")
        for widget in (self.title, self.texts, self.proposal_title, self.proposal, self.left):
            inside.addWidget(widget)
        inside.addLayout(self._choices)
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title.setWordWrap(True)
        self._answers = QWidget()
        below = QHBoxLayout(self._answers)
        below.setContentsMargins(16, 8, 16, 8)
        below.addWidget(self.also, 1)
        held = QWidget()
        flow = Flow(held, 8)
        for button in self.buttons.values():
            flow.addWidget(button)
        self.more = self._more_button()
        flow.addWidget(self.more)
        below.addWidget(held, 3)
        self.buttons[AnswerKind.ACCEPT].setProperty("role", "primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll, 1)
        written = QHBoxLayout()
        written.setContentsMargins(16, 0, 16, 8)
        written.addWidget(self.writing)
        layout.addLayout(written)
        layout.addWidget(self._answers)


def _paper(name: str) -> QTextBrowser:
    paper = QTextBrowser()
    paper.setAccessibleName(name)
    paper.setOpenLinks(False)
    paper.setTabChangesFocus(True)
    paper.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return paper


def _fit_height(paper: QTextBrowser) -> None:
    """As high as its words: the page scrolls, not its parts."""
    document = paper.document()
    document.setTextWidth(paper.viewport().width())
    paper.setFixedHeight(round(document.size().height()) + 6)
