"""Asks what a new page is called, what kind it is, and who has it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.editor.headings import new_id
from soh_author.desktop.theme.theme import Theme
from soh_author.domain.ids import PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.page import PageType

KINDS = {
    PageType.ADVICE: "Advice",
    PageType.GUIDE: "Guide in parts",
    PageType.REPORT: "Start of a report",
    PageType.REQUEST: "Start of a request",
    PageType.APPLY: "Start of an application",
    PageType.CAMPAIGN: "Campaign",
    PageType.ABOUT: "About the force",
    PageType.CONTACT: "Contact",
    PageType.NEWS: "News",
    PageType.APPEAL: "Appeal for help",
    PageType.DISCLOSURE: "Disclosure entry",
}


class PageDialog(QDialog):
    """The name is made from the title until it is changed by hand."""

    agreed = Signal(object, str, object, object)
    """PageId, title, PageType, Layer."""

    def __init__(
        self, theme: Theme, area: str, force: Layer | None, force_name: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("New page")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._area = area
        self._is_named_by_hand = False
        self.title = QLineEdit(placeholderText="What it is about, in the public’s words")
        self.kind = QComboBox()
        for kind, words in KINDS.items():
            self.kind.addItem(words, kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(_kind_of(area))))
        self.whose = QComboBox()
        self.whose.addItem("Everybody: shared text", SHARED)
        if force is not None:
            self.whose.addItem(f"Only {force_name}", force)
        self.name = QLineEdit()
        self.fault = QLabel()
        self.fault.setProperty("role", "quiet")
        self.fault.setWordWrap(True)
        form = QFormLayout()
        form.setVerticalSpacing(theme.px(8))
        rows = {"Title": self.title, "Kind": self.kind, "Who has it": self.whose, "Name": self.name}
        for label, field in rows.items():
            field.setAccessibleName(label)
            form.addRow(label, field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.px(24)] * 4)
        layout.setSpacing(theme.px(8))
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(self._buttons())
        self.title.textChanged.connect(self._name_it)
        self.name.textEdited.connect(self._named_by_hand)
        self.setMinimumWidth(theme.px(500))
        self._look()

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = QPushButton("Write it")
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._agree)
        buttons.rejected.connect(self.reject)
        return buttons

    def _name_it(self, title: str) -> None:
        if not self._is_named_by_hand:
            name = new_id(title, []) if title.strip() else ""
            self.name.setText(f"{self._area}/{name}" if self._area and name else name)
        self._look()

    def _named_by_hand(self, _name: str) -> None:
        self._is_named_by_hand = True
        self._look()

    def _look(self) -> None:
        name, title = self.name.text().strip(), self.title.text().strip()
        fault = ""
        if not title:
            fault = "Give it a title first."
        elif not PageId.is_valid(name):
            fault = PageId.rule
        self.fault.setText(
            fault if title else "The name is its place among the pages; it stays when the title changes."
        )
        self.go.setEnabled(not fault)
        self.go.setToolTip(fault)

    def _agree(self) -> None:
        page, title = PageId(self.name.text().strip()), self.title.text().strip()
        kind, layer = self.kind.currentData(), self.whose.currentData()
        self.accept()
        self.agreed.emit(page, title, PageType(kind), layer)


def _kind_of(area: str) -> PageType | None:
    """The kind of page that is kept in an area: in ``report/`` are the starts of reports."""
    root = area.partition("/")[0]
    return next((kind for kind in KINDS if kind.value == root), None)
