"""Shows a comparison as text: two columns that stand level, or one column to listen to."""

from PySide6.QtWidgets import QGridLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from soh_author.desktop.compare.document import ANCHOR, Paper, one_column, side_by_side
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.anchors import go_to_anchor
from soh_author.domain.sentence import first_upper
from soh_author.workflow.overrides.comparing import PageComparison
from soh_author.workflow.viewpoints import layer_name


class ComparedText(QWidget):
    """One document that scrolls as one, with the names of the two sides above it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._found: PageComparison | None = None
        self.is_one_column = False
        self.is_with_same = False
        self.titles = (QLabel(), QLabel())
        self.text = QTextBrowser()
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("What differs")
        self.text.document().setDocumentMargin(16)
        head = QGridLayout()
        for column, title in enumerate(self.titles):
            title.setWordWrap(True)
            title.setProperty("role", "heading")
            title.setContentsMargins(16, 8, 16, 8)
            head.addWidget(title, 0, column)
            head.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.text, 1)
        theme.changed.connect(self._paint)

    def show_comparison(self, found: PageComparison | None) -> None:
        """Show another comparison."""
        self._found = found
        self._paint()

    def go_to(self, number: int) -> None:
        """Bring a difference to the top, with the caret in it for whoever listens."""
        go_to_anchor(self.text, f"{ANCHOR}{number}")

    def _paint(self) -> None:
        for title in self.titles:
            title.setVisible(not self.is_one_column)
        found = self._found
        if found is None:
            self.text.clear()
            return
        for title, label in zip(self.titles, (found.left_label, found.right_label), strict=True):
            title.setText(first_upper(label))
        snapshot = found.right.snapshot
        paper = Paper(self._theme.colours, lambda layer: layer_name(snapshot, layer))
        self.text.setFont(self._theme.font())
        if self.is_one_column:
            self.text.setHtml(one_column(found, paper))
        else:
            self.text.setHtml(side_by_side(found, paper, with_same=self.is_with_same))
