"""*Change forces*: questions, then the plan with every clash to decide, then it is written into the draft."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.forces.asking import ForcesQuestions
from soh_author.desktop.forces.clash_card import ClashCard
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.scrolled import ScrolledPage
from soh_author.domain.counting import counted
from soh_author.domain.forces_change import Decision
from soh_author.domain.ids import ForceId
from soh_author.workflow.forces.reorganising import Reorganisation

SHOW, WRITE = "Show me the plan", "Write it into the draft"


class ForcesDialog(QDialog):
    """Two pages: what is to happen, and what comes of it."""

    plan_wanted = Signal(object)
    """Wish: show what this would do."""
    agreed = Signal(object, object)
    """Wish and dict[str, Decision]: do it, with what was decided about each clash."""

    def __init__(self, theme: Theme, forces: Mapping[ForceId, str], today: date, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setWindowTitle("Change forces")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        self._forces = forces
        self.cards: list[ClashCard] = []
        self.questions = ForcesQuestions(forces, today)
        self.report = QWidget()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.questions)
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        self.fault.setProperty("role", "quiet")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton(SHOW, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        self.back = buttons.addButton("Back", QDialogButtonBox.ButtonRole.ActionRole)
        self.back.hide()
        buttons.accepted.connect(self._go)
        buttons.rejected.connect(self.reject)
        self.back.clicked.connect(self._go_back)
        self.questions.changed.connect(self._judge)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(20)] * 4)
        layout.setSpacing(theme.px(10))
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.fault)
        layout.addWidget(buttons)
        self.setMinimumWidth(theme.px(560))
        self._judge()

    @property
    def decisions(self) -> dict[str, Decision]:
        """What was decided, by the names of the clashes."""
        found = {card.asked.clash.name: card.decision for card in self.cards}
        return {name: decision for name, decision in found.items() if decision is not None}

    def show_plan(self, plan: Reorganisation) -> None:
        """Show what comes of the wish, with a card for each clash."""
        self.cards = [ClashCard(self._theme, asked, self._forces) for asked in plan.to_decide]
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._theme.px(10))
        head = _line(f"{plan.title}: {_files(len(plan.changes))}.")
        head.setFont(self._theme.heading_font())
        layout.addWidget(head)
        if self.cards:
            layout.addWidget(self._keeping(plan))
        for card in self.cards:
            card.changed.connect(self._judge)
            layout.addWidget(card)
        for title, lines in (
            ("Read by all of them from then on", plan.one_sided),
            ("Read by nobody any more", plan.lost),
        ):
            if lines:
                layout.addWidget(_line("\n".join([f"{title}:", *(f"•  {line}" for line in lines)])))
        layout.addStretch(1)
        self._show_report(ScrolledPage(column, self._theme.px(900)))
        self._judge()
        (self.cards[0].choice if self.cards else self.go).setFocus()

    def say(self, fault: str) -> None:
        """Say why there is no plan."""
        self.fault.setText(fault)

    def _keeping(self, plan: Reorganisation) -> QWidget:
        """One choice for all clashes about which nothing was chosen."""
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        for force in dict.fromkeys(force for asked in plan.to_decide for force in asked.clash.forces):
            button = QPushButton(f"Keep what {self._forces.get(force, force)} has, for the rest")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on, force=force: self._keep(force))
            layout.addWidget(button)
        layout.addStretch(1)
        return row

    def _keep(self, force: ForceId) -> None:
        for card in self.cards:
            card.keep(force)

    def _show_report(self, report: QWidget) -> None:
        self.report = report
        self.pages.addWidget(report)
        self.pages.setCurrentWidget(report)
        self.back.show()
        self.go.setText(WRITE)
        self.resize(max(self.width(), self._theme.px(720)), max(self.height(), self._theme.px(520)))

    def _go_back(self) -> None:
        self.pages.setCurrentWidget(self.questions)
        self.pages.removeWidget(self.report)
        self.report.deleteLater()
        self.cards = []
        self.back.hide()
        self.go.setText(SHOW)
        self._judge()
        self.questions.force.setFocus()

    def _judge(self) -> None:
        fault = self.questions.fault
        left = len(self.cards) - len(self.decisions)
        if not fault and left:
            fault = f"{left} of {len(self.cards)} clashes to decide." if left > 1 else "One clash to decide."
        self.fault.setText(fault)
        self.go.setEnabled(not fault)
        self.go.setToolTip(fault)

    def _go(self) -> None:
        wish = self.questions.wish
        if self.pages.currentWidget() is self.questions:
            self.plan_wanted.emit(wish)
            return
        decisions = self.decisions
        self.accept()
        self.agreed.emit(wish, decisions)


def _line(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def _files(number: int) -> str:
    return counted(number, "file changes", "files change")
