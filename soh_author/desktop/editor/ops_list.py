"""What an override file does, op by op: what, why, who looks after it, when to look again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QToolButton, QWidget

from soh_author.desktop.editor.elided import ElidedButton
from soh_author.desktop.editor.file_reading import FileState, drift_words
from soh_author.desktop.editor.words import joined, op_words
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.eliding import ElidedLabel
from soh_author.domain.days import day_in_words
from soh_author.domain.override import Op, Override
from soh_author.domain.sentence import first_upper

_MOST_ROWS = 4


class OpsList(QScrollArea):
    """A row for each op; a click on its name goes to its block."""

    line_wanted = Signal(int)
    """Line of the block (or of the op in the head of the file)."""
    give_back_wanted = Signal(str)
    """SectionId: read the text above again here."""
    edit_wanted = Signal(object)
    """Op whose reason, owner and date are to be changed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What differs from the page above")
        # A scroll area paints the window's ground; these rows stand on the paper of the text.
        self.setStyleSheet("OpsList, #rows { background: transparent; }")
        self.viewport().setAutoFillBackground(False)
        self._shown: tuple[object, ...] = ()

    def show_state(self, state: FileState) -> None:
        """Show the ops of a file; other kinds of files have none."""
        ops = state.value.ops if isinstance(state.value, Override) else ()
        drifts = tuple(drift_words(op, state.key.layer, state.effective) for op in ops)
        if (ops, drifts) == self._shown:
            return
        self._shown = (ops, drifts)
        rows = QWidget()
        rows.setObjectName("rows")
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, self._theme.px(6), self._theme.px(8), self._theme.px(4))
        grid.setHorizontalSpacing(self._theme.px(12))
        grid.setVerticalSpacing(self._theme.px(2))
        grid.setColumnStretch(0, 1)
        for number, (op, drift) in enumerate(zip(ops, drifts, strict=True)):
            self._add_row(grid, number, op, joined([first_upper(op_words(op, state.section_titles)), drift]))
        grid.setRowStretch(2 * len(ops), 1)
        self.setWidget(rows)
        line = self.fontMetrics().height() * 2 + self._theme.px(12)
        self.setFixedHeight(max(1, min(len(ops), _MOST_ROWS)) * line + self._theme.px(10))

    def _add_row(self, grid: QGridLayout, number: int, op: Op, words: str) -> None:
        name = ElidedButton(words, "Go to it")
        line = op.text.line if op.text else op.place.line
        name.clicked.connect(lambda: self.line_wanted.emit(line))
        review = f"look again by {day_in_words(op.review_by)}" if op.review_by else "no date"
        why = ElidedLabel()
        why.set_words(joined([op.why or "No reason given", op.owner or "nobody named", review]))
        why.setProperty("role", "quiet")
        edit = _button("Why…", f"Change reason, owner or date: {words}")
        edit.clicked.connect(lambda: self.edit_wanted.emit(op))
        back = _button("Give back", f"Read the text above again here: {words}")
        back.clicked.connect(lambda: self.give_back_wanted.emit(str(op.section)))
        grid.addWidget(name, 2 * number, 0, 1, 3)
        # The style sheet takes the button's height away; without one of its own the row would close.
        grid.setRowMinimumHeight(2 * number, name.sizeHint().height())
        grid.addWidget(why, 2 * number + 1, 0)
        grid.addWidget(edit, 2 * number + 1, 1)
        grid.addWidget(back, 2 * number + 1, 2)


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
