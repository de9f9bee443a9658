"""What changes, in words or as the public reads it: the page that is live beside the one to be."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.compare.rendered import RenderedSides, Sides
from soh_author.desktop.review.rendering import render_case
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.eliding import ElidingBox
from soh_author.desktop.widgets.flow import Flow
from soh_author.domain.judging.approval import OutputMove
from soh_author.workflow.names import Names
from soh_author.workflow.release.releasing_case import Case
from soh_author.workflow.release.said_once import names_of

MOST = 2_000
_NARROWEST = 120
TITLES = ("Live now", "As it will be")


class CaseView(QWidget):
    """A text, and behind it both pages side by side, of an output that can be chosen.

    The views that show pages are made when they are first asked for: each is a browser of its own.
    """

    def __init__(self, session: Session, text: QTextBrowser) -> None:
        super().__init__()
        self._session = session
        self._case: Case | None = None
        self._marked: tuple[str, ...] = ()
        self.text = text
        self.switch = QPushButton("As the public reads it")
        self.switch.setCheckable(True)
        self.switch.setToolTip("Both pages side by side; what differs is marked.")
        self.output = ElidingBox()
        self.output.setAccessibleName("Page, force and language to show")
        self.output.setMinimumContentsLength(36)
        self.output.setMinimumWidth(_NARROWEST)
        self.output.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.stack = QStackedWidget()
        self.stack.addWidget(text)
        self.sides: RenderedSides | None = None
        self.bar = QWidget()
        row = Flow(self.bar, 8)
        row.setContentsMargins(16, 6, 16, 6)
        row.addWidget(self.switch)
        row.addWidget(self.output)
        self.bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        self.switch.toggled.connect(lambda _on: self._show())
        self.output.currentIndexChanged.connect(lambda _index: self._show())
        session.theme.changed.connect(self._show)
        self.show_case(None)

    def show_case(self, case: Case | None) -> None:
        """Show another case; its outputs can be chosen. None: only the text."""
        before = self.output.currentText()
        self._case = case
        self.output.blockSignals(True)
        self.output.clear()
        moves = case.found.outputs[:MOST] if case is not None else ()
        names = names_of(case) if case is not None else Names()
        names.read(move.page for move in moves)
        for move in moves:
            told = f"{names.force(move.force)} · {move.language.label} · {names.page(move.page)}"
            self.output.addItem(told, move)
        self.output.setCurrentIndex(max(self.output.findText(before), 0) if moves else -1)
        self.output.blockSignals(False)
        self.bar.setVisible(bool(moves))
        self._show()

    def toggle(self) -> None:
        """From words to pages, or back."""
        if self.bar.isVisibleTo(self):
            self.switch.toggle()

    def _show(self) -> None:
        move = self.output.currentData(Qt.ItemDataRole.UserRole)
        is_rendered = self.switch.isChecked() and self._case is not None and isinstance(move, OutputMove)
        self.output.setEnabled(is_rendered)
        if not is_rendered:
            self.stack.setCurrentWidget(self.text)
            return
        assert self._case is not None, "asked above"
        if self.sides is None:
            self.sides = RenderedSides()
            self.sides.views[1].shown.connect(lambda _number: self._go_to_difference())
            self.stack.addWidget(self.sides)
        self.stack.setCurrentWidget(self.sides)
        theme = "dark" if self._session.theme.colours.is_dark else "light"
        self._session.run(render_case(self._case, move, theme), self._rendered, topic=f"pages of {id(self)}")

    def _go_to_difference(self) -> None:
        """Bring what differs first into sight on both sides."""
        if self.sides is not None and self._marked:
            self.sides.show_section(self._marked[0])

    def _rendered(self, sides: Sides) -> None:
        self._marked = sides.marked[1] or sides.marked[0]
        if self.sides is not None:
            self.sides.show_sides(sides, TITLES, is_dark=self._session.theme.colours.is_dark)
