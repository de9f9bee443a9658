"""What the actions of the menus Edit and Format do to the text that is shown."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from soh_author.desktop.actions import BY_ID
from soh_author.desktop.editor.file_tab import FileTab
from soh_author.desktop.editor.formatting import insert_block, toggle_lines, toggle_mark
from soh_author.desktop.editor.heading_lines import set_heading
from soh_author.desktop.editor.undo_names import TYPING
from soh_author.desktop.room import Handlers
from soh_author.desktop.shortcuts import Shortcuts

BLOCKS = {
    "insert.emergency": "::: emergency\n:::",
    "insert.warning": "::: warning\n$\n:::",
    "insert.note": "::: note\n$\n:::",
    "insert.contact": "::: contact $\n- Phone: {{ force.non_emergency }}\n:::",
    "insert.start_button": '::: start-button {href="https://"}\n$\n:::',
    "insert.steps": "::: steps\n1. $\n2. \n:::",
    "insert.details": "::: details $\n\n:::",
    "insert.form": "::: form $\n:::",
    "insert.table": "| $ |  |\n|---|---|\n|  |  |",
}
"""What is put in; the caret goes where ``$`` stands."""

Change = Callable[[QTextCursor], QTextCursor]


class TextVerbs:
    """Works on the field that has the focus where it is one (find bar, details), else on the text."""

    def __init__(self, current: Callable[[], FileTab | None], shortcuts: Shortcuts) -> None:
        self._current = current
        self._shortcuts = shortcuts

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        blocks: Handlers = {name: partial(self._insert, text, name) for name, text in BLOCKS.items()}
        plain: Handlers = {
            f"edit.{name}": partial(self._do, name) for name in ("undo", "redo", "cut", "copy", "paste")
        }
        return {
            **blocks,
            **plain,
            "edit.paste_text": self._paste_words,
            "edit.select_all": self._select_all,
            "edit.find": partial(self._find, with_replace=False),
            "edit.replace": partial(self._find, with_replace=True),
            "edit.find_next": partial(self._find_step, 1),
            "edit.find_previous": partial(self._find_step, -1),
            "edit.tab_key": self._toggle_tab_key,
            "format.bold": partial(self.change, lambda cursor: toggle_mark(cursor, "**"), "format.bold"),
            "format.italic": partial(self.change, lambda cursor: toggle_mark(cursor, "_"), "format.italic"),
            "format.section": partial(self.change, lambda cursor: set_heading(cursor, 2), "format.section"),
            "format.subheading": partial(
                self.change, lambda cursor: set_heading(cursor, 3), "format.subheading"
            ),
            "format.small_heading": partial(
                self.change, lambda cursor: set_heading(cursor, 4), "format.small_heading"
            ),
            "format.bullets": partial(
                self.change, lambda cursor: toggle_lines(cursor, "bullets"), "format.bullets"
            ),
            "format.numbers": partial(
                self.change, lambda cursor: toggle_lines(cursor, "numbers"), "format.numbers"
            ),
            "format.quote": partial(
                self.change, lambda cursor: toggle_lines(cursor, "quote"), "format.quote"
            ),
        }

    def change(self, change: Change, action_id: str) -> None:
        """Change the text at the caret; the step of undo is called as the action is."""
        tab = self._current()
        if tab is None or tab.edit.isReadOnly() or not tab.has_text:
            return
        tab.edit.setTextCursor(change(tab.edit.textCursor()))
        tab.edit.steps.name(BY_ID[action_id].text.rstrip("…").casefold())
        tab.edit.ensureCursorVisible()
        tab.edit.setFocus()

    def _insert(self, text: str, action_id: str) -> None:
        self.change(lambda cursor: insert_block(cursor, text), action_id)

    def name_of(self, action_id: str) -> str:
        """What undo, redo and the Tab key's action would do now, as the menu says it; empty for others."""
        tab = self._current()
        if tab is not None and action_id == "edit.tab_key":
            return "Tab key leaves the text" if tab.edit.tab_indents else ""
        if tab is None or action_id not in {"edit.undo", "edit.redo"}:
            return ""
        steps = tab.edit.steps
        word = steps.undo_word if action_id == "edit.undo" else steps.redo_word
        return f"{BY_ID[action_id].text} {word}" if word else ""

    def _do(self, name: str) -> None:
        here = QApplication.focusWidget()
        tab = self._current()
        if tab is not None and name in {"undo", "redo"} and not isinstance(here, QLineEdit):
            self._step(tab, name)
        elif isinstance(here, QLineEdit | QPlainTextEdit):
            getattr(here, name)()
        elif tab is not None:
            getattr(tab.edit, name)()

    def _paste_words(self) -> None:
        """Paste without the form that words from Word and the web have."""
        here, tab = QApplication.focusWidget(), self._current()
        is_elsewhere = tab is None or here is not tab.edit
        if is_elsewhere and isinstance(here, QLineEdit | QPlainTextEdit):
            here.paste()
        elif tab is not None and not tab.edit.isReadOnly():
            copied: QMimeData | None = QApplication.clipboard().mimeData()  # Qt's stubs leave out None
            if copied is not None:
                tab.edit.insertFromMimeData(copied, keeps_form=False)

    def _step(self, tab: FileTab, name: str) -> None:
        """Take a step back or do it again; one that has a name is told by it."""
        if tab.edit.isReadOnly():
            return
        word = getattr(tab.edit.steps, name)()
        tab.edit.ensureCursorVisible()
        if word and word != TYPING:
            tab.told.emit(f"Taken back: {word}." if name == "undo" else f"Done again: {word}.")

    def _select_all(self) -> None:
        here = QApplication.focusWidget()
        tab = self._current()
        if isinstance(here, QLineEdit):
            here.selectAll()
        elif tab is not None:
            tab.edit.select_all_text()

    def _find(self, *, with_replace: bool) -> None:
        tab = self._current()
        if tab is not None and tab.has_text:
            tab.find_bar.tell_keys(self._shortcuts)
            tab.find_bar.open_to_find(with_replace=with_replace and not tab.edit.isReadOnly())

    def _find_step(self, direction: int) -> None:
        tab = self._current()
        if tab is not None and tab.has_text:
            if not tab.find_bar.words.text():
                tab.find_bar.open_to_find(with_replace=False)
            else:
                tab.find_bar.step(direction)

    def _toggle_tab_key(self) -> None:
        tab = self._current()
        if tab is not None:
            tab.edit.set_tab_indents(not tab.edit.tab_indents)
