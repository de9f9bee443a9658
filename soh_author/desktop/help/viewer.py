"""Shows the help pages, which are Markdown files in resources/help."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QDesktopServices,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QWidget,
)

from soh_author.desktop.actions import ACTIONS
from soh_author.desktop.help.shortcuts import in_force, shortcuts_page
from soh_author.desktop.keymap import Keymap
from soh_author.desktop.shortcuts import Shortcuts
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.fitting import fitting
from soh_author.settings.data_files import resources_dir

PAGES = (
    ("getting_started", "Getting started"),
    ("editing", "Writing a page"),
    ("overrides", "A force's own words"),
    ("overrides-in-step", "Overrides that stay in step"),
    ("matrix", "The matrix"),
    ("comparing", "Comparing and updating"),
    ("preview", "The preview"),
    ("drafts", "Drafts and versions"),
    ("working_together", "Working together"),
    ("reviewing", "Reviewing"),
    ("publishing", "Publishing"),
    ("trying", "Try everything in five minutes"),
    ("keyboard", "Without a mouse"),
    ("shortcuts", "Shortcuts"),
    ("troubleshooting", "When something is wrong"),
    ("command-line", "The command line"),
    ("gate", "The gate, for whoever runs the server"),
    ("whats_new", "What is new"),
)


def help_text(name: str, keymap: Keymap | None = None) -> str:
    """Markdown of a help page, with a person's own keys where they have some."""
    if name == "shortcuts":
        return shortcuts_page(list(ACTIONS), keymap)
    return in_force((help_folder() / f"{name}.md").read_text(encoding="utf-8"), keymap or Keymap())


def help_folder() -> Path:
    """Where the help pages lie."""
    return resources_dir() / "help"


class HelpViewer(QDialog):
    """A window beside the work: contents at the left, the page at the right."""

    def __init__(self, theme: Theme, parent: QWidget, shortcuts: Shortcuts | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shortcuts = shortcuts or Shortcuts(self)
        self.setWindowTitle("Help")
        self.setModal(False)
        self.resize(fitting(theme, parent, 940, 640))
        self.contents = QListWidget()
        self.contents.setAccessibleName("Help pages")
        self.contents.setProperty("place", "side")
        self.contents.setSpacing(theme.px(3))
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page = QTextBrowser()
        self.page.setAccessibleName("Help page")
        self.page.setOpenLinks(False)
        self.page.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.page.anchorClicked.connect(self._follow)
        for name, title in PAGES:
            entry = QListWidgetItem(title)
            entry.setData(Qt.ItemDataRole.UserRole, name)
            self.contents.addItem(entry)
        self.contents.currentItemChanged.connect(self._chosen)
        parts = QSplitter()
        parts.addWidget(self.contents)
        parts.addWidget(self.page)
        parts.setSizes([self.contents.sizeHintForColumn(0) + theme.px(24), theme.px(640)])
        parts.setStretchFactor(1, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(parts)
        theme.changed.connect(self._dress)
        self._shortcuts.changed.connect(self._dress)

    def show_page(self, name: str) -> None:
        """Show a page and bring the window to the front."""
        names = [known for known, _title in PAGES]
        self.contents.setCurrentRow(names.index(name))
        self._dress()
        self.show()
        self.raise_()
        self.activateWindow()

    def _chosen(self, entry: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if entry is not None:
            self._dress()

    def _dress(self) -> None:
        entry = self.contents.currentItem()
        if self.contents.currentRow() < 0:
            return
        document = QTextDocument(self.page)
        document.setDefaultFont(self._theme.font(1.05))
        document.setDocumentMargin(self._theme.px(28))
        document.setMarkdown(help_text(entry.data(Qt.ItemDataRole.UserRole), self._shortcuts.keymap))
        _give_air(document, self._theme)
        self.page.setDocument(document)

    def _follow(self, address: QUrl) -> None:
        name = address.path().removesuffix(".md")
        if name in dict(PAGES):
            self.show_page(name)
        elif address.scheme() == "https":
            QDesktopServices.openUrl(address)


def _give_air(document: QTextDocument, theme: Theme) -> None:
    """Two sizes of type, room between the lines, tables with quiet lines."""
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        shape = QTextBlockFormat()
        shape.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        level = block.blockFormat().headingLevel()
        if level:
            letters = QTextCharFormat()
            letters.setFont(theme.heading_font() if level == 1 else theme.font(1.15, bold=True))
            cursor.mergeCharFormat(letters)
            shape.setTopMargin(theme.px(0 if level == 1 else 18))
            shape.setBottomMargin(theme.px(6))
        cursor.mergeBlockFormat(shape)
        block = block.next()
    for table in document.rootFrame().childFrames():
        if isinstance(table, QTextTable):
            look = table.format()
            look.setCellPadding(theme.px(6))
            look.setCellSpacing(0)
            look.setBorder(1)
            look.setBorderBrush(QBrush(QColor(theme.colours.line)))
            look.setBorderCollapse(True)
            table.setFormat(look)
