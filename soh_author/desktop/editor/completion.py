"""Offers what can stand at the caret: facts behind ``{{``, components behind ``:::``, pages in links."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel, QTextCursor
from PySide6.QtWidgets import QCompleter, QListView

from soh_author.desktop.editor.exact_text import index_at, units
from soh_author.desktop.editor.text_edit import MarkdownEdit


class Kind(StrEnum):
    """What is being completed."""

    FACT = "fact"
    COMPONENT = "component"
    PAGE = "page"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line of the list: what is put in, and what is said of it."""

    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What stands before the caret: its kind, of which page (for sections), and what was typed of it."""

    kind: Kind
    typed: str
    page: str = ""


_TEXT = Qt.ItemDataRole.UserRole
Offer = Callable[[Context], Sequence[Candidate]]

COMPONENTS: tuple[Candidate, ...] = (
    Candidate("emergency", "The agreed words about calling 999"),
    Candidate("warning", "A warning that stands out"),
    Candidate("note", "A note beside the text"),
    Candidate("contact", "How to reach someone"),
    Candidate("start-button", "The button that starts a service"),
    Candidate("steps", "Steps to take, in order"),
    Candidate("details", "Text that opens when asked for"),
    Candidate("form", "The place of an online form"),
)
_RULES = (
    (Kind.FACT, re.compile(r"(?<!\\)\{\{[ \u00a0]*(?P<typed>[\w.]*)$")),
    (Kind.COMPONENT, re.compile(r"^\s*:{3,}[ \u00a0]*(?P<typed>[\w-]*)$")),
    (Kind.SECTION, re.compile(r"\]\((?:page:(?P<page>[\w/-]+))?#(?P<typed>[\w-]*)$")),
    (Kind.PAGE, re.compile(r"\]\((?:page:)(?P<typed>[\w/-]*)$")),
)


def context_before(text: str) -> Context | None:
    """What could be completed at the end of the text before the caret."""
    for kind, rule in _RULES:
        found = rule.search(text)
        if found:
            return Context(kind, found["typed"], found.groupdict().get("page") or "")
    return None


def fitting(candidates: Sequence[Candidate], typed: str) -> list[Candidate]:
    """Candidates that hold what was typed, those that begin with it first."""
    wanted = typed.lower()
    found = [
        one for one in candidates if wanted in one.text.lower() or (wanted and wanted in one.detail.lower())
    ]
    return sorted(found, key=lambda one: (not one.text.lower().startswith(wanted), one.text))


class Completion(QObject):
    """The list below the caret. Enter or Tab takes a line, Esc closes it, any other key goes on writing."""

    def __init__(self, edit: MarkdownEdit, offer: Offer) -> None:
        super().__init__(edit)
        self._edit = edit
        self._offer = offer
        self._context: Context | None = None
        self.list = QCompleter(self)
        self.list.setWidget(edit)
        self.list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.list.setMaxVisibleItems(10)
        self.popup = QListView()
        self.list.setPopup(self.popup)
        self.popup.setAccessibleName("Completions")
        self.popup.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.popup.clicked.connect(lambda index: self.take(str(index.data(_TEXT))))
        edit.text_edited.connect(self._look)
        edit.keys_pressed.connect(self._key)

    @property
    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self.popup.isVisible()

    def close_list(self) -> None:
        """Hide the list."""
        self.popup.hide()

    def take(self, text: str) -> None:
        """Put a candidate in place of what was typed."""
        context = self._context
        if context is None:
            return
        cursor = self._edit.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, units(context.typed)
        )
        after = cursor.block().text()[
            index_at(cursor.block().text(), self._edit.textCursor().positionInBlock()) :
        ]
        cursor.insertText(text + _closing(context, after))
        self._edit.setTextCursor(cursor)
        self.close_list()

    def _look(self) -> None:
        cursor = self._edit.textCursor()
        line = cursor.block().text()
        self._context = context_before(line[: index_at(line, cursor.positionInBlock())])
        found = fitting(self._offer(self._context), self._context.typed) if self._context else []
        if not found or not self._edit.hasFocus() or [one.text for one in found] == [self._typed]:
            self.close_list()
            return
        self.list.setModel(_model(found, self.list))
        box = self._edit.cursorRect()
        left, top = self._edit.viewport().x(), self._edit.viewport().y()
        box.translate(left, top)
        box.setWidth(
            min(460, self.popup.sizeHintForColumn(0) + self.popup.verticalScrollBar().sizeHint().width() + 24)
        )
        self.list.complete(box)
        self.popup.setCurrentIndex(self.list.completionModel().index(0, 0))

    @property
    def _typed(self) -> str:
        return self._context.typed if self._context else ""

    def _key(self, event: QKeyEvent) -> None:
        # Keys come here first while the list is open: Qt hands the editor every key of the popup.
        if self.is_open and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            chosen = self.popup.currentIndex()
            if chosen.isValid():
                self.take(str(chosen.data(_TEXT)))
                event.accept()
        elif self.is_open and event.key() == Qt.Key.Key_Escape:
            self.close_list()
            event.accept()


def _model(found: Sequence[Candidate], parent: QObject) -> QStandardItemModel:
    model = QStandardItemModel(parent)
    for one in found:
        item = QStandardItem(f"{one.text}   {one.detail}" if one.detail else one.text)
        item.setData(one.text, _TEXT)
        item.setData(f"{one.text}, {one.detail}", Qt.ItemDataRole.AccessibleTextRole)
        model.appendRow(item)
    return model


def _closing(context: Context, after: str) -> str:
    """What belongs behind: a fact closes its braces, a link its bracket, unless they stand there already."""
    if context.kind is Kind.FACT:
        return "" if after.lstrip().startswith("}}") else " }}"
    if context.kind in {Kind.PAGE, Kind.SECTION}:
        return "" if after.startswith((")", "#")) else ")"
    return ""
