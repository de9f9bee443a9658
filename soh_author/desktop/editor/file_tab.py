"""One open text with all that belongs to it: whose it is, its details, the words, the find bar."""

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from soh_author.desktop.editor.completion import Completion, Offer
from soh_author.desktop.editor.details_strip import DetailsStrip
from soh_author.desktop.editor.exact_text import index_at
from soh_author.desktop.editor.file_reading import FileKey, FileState
from soh_author.desktop.editor.find_bar import FindBar
from soh_author.desktop.editor.headings import heading_above, line_of_section, section_at
from soh_author.desktop.editor.layer_bar import LayerBar
from soh_author.desktop.editor.offer_bar import OfferBar
from soh_author.desktop.editor.text_edit import MarkdownEdit
from soh_author.desktop.editor.words import layer_word
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.low import LowWatch
from soh_author.domain.ids import Language, SectionId
from soh_author.domain.readability import reading_age

if TYPE_CHECKING:
    from soh_author.workflow.overrides.smallest_override import Suggestion

LONGEST = 2_000_000
"""A text beyond this many letters is not opened: it is a finding of its own."""
TEXT_POINTS = 16
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


_LOW = 260
"""A tab lower than this has no room for the page's details beside the find bar."""


class FileTab(QWidget):
    """Holds one file's text. It says what happens; reading, saving and asking is done by the room."""

    edited = Signal()
    """The text differs from what it was a moment ago."""
    text_wanted = Signal(object)
    """FileKey: another text of the page is to be opened."""
    start_wanted = Signal()
    """The layer has no text yet: the person wants to begin one."""
    draft_wanted = Signal()
    """The text is what is published: the person wants to change it."""
    outline_wanted = Signal()
    told = Signal(str)

    def __init__(self, theme: Theme, key: FileKey, offer: Offer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.state: FileState | None = None
        self.is_changed = False
        self.base = ""
        self._theme = theme
        self._saved = ""
        self.layer_bar = LayerBar(theme)
        self.details = DetailsStrip(theme)
        self.edit = MarkdownEdit()
        self.completion = Completion(self.edit, offer)
        self.find_bar = FindBar(self.edit)
        self.banner = _Banner()
        self.offer = OfferBar()
        self.suggestion: Suggestion | None = None
        self.empty = _Empty()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.edit)
        self.stack.addWidget(self.empty)
        self.empty.setMinimumHeight(1)  # a page that is not shown asks for no room
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.layer_bar, self.banner, self.offer, self.details):
            layout.addWidget(widget)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.find_bar)
        self.low = LowWatch(theme, self, _LOW)
        self._connect()
        self._restyle()

    def _connect(self) -> None:
        self.low.changed.connect(lambda _is_low: self._make_room())
        self.find_bar.turned.connect(self._make_room)
        self.edit.text_edited.connect(self._edited)
        self.edit.keys_pressed.connect(self._tell_read_only)
        self.edit.caret_moved.connect(lambda _line: self._show_place())
        self.edit.tab_key_changed.connect(self._tell_tab_key)
        self.find_bar.told.connect(self.told)
        self.edit.pasted.connect(self.told)
        self.details.raw_wanted.connect(lambda raw: self.edit.set_folded(not raw))
        self.details.outline_wanted.connect(self.outline_wanted)
        self.details.ops.line_wanted.connect(self.go_to_line)
        self.layer_bar.text_wanted.connect(self.text_wanted)
        self.banner.button.clicked.connect(self.draft_wanted)
        self.empty.button.clicked.connect(self.start_wanted)
        self._theme.changed.connect(self._restyle)

    @property
    def title(self) -> str:
        """What the tab is called: page, and whose text unless it is the shared English one."""
        page = self.state.title if self.state else self.key.page.rpartition("/")[2]
        whose = (
            next((one for one in self.state.layers if one.layer == self.key.layer), None)
            if self.state
            else None
        )
        word = layer_word(self.key.layer.kind, whose.short_name if whose else self.key.layer.name)
        language = "" if self.key.language is Language.EN else self.key.language.label
        return " · ".join(part for part in (page, word, language) if part)

    @property
    def has_text(self) -> bool:
        """Whether there is a text to edit."""
        return self.stack.currentWidget() is self.edit

    @property
    def front(self) -> QWidget:
        """Where the focus belongs: the text, or the button that begins one."""
        return self.edit if self.has_text or self.empty.button.isHidden() else self.empty.button

    def load(self, state: FileState, unsaved: str | None = None, base: str = "") -> None:
        """Show a file; ``unsaved`` is newer text that was never saved. See :class:`Opened`."""
        text = state.text if unsaved is None else unsaved
        self.base = base
        if text is None or len(text) > LONGEST:
            self._show_empty(state)
        else:
            self.stack.setCurrentWidget(self.edit)
            self.edit.load(text, folded=not self.details.raw.isChecked())
        self._saved = state.text or ""
        self.is_changed = self.has_text and text != self._saved
        self.update_state(state)

    def reload(self, state: FileState) -> None:
        """Take over what was changed elsewhere, as one step of undo; unsaved text is never touched."""
        base = state.stored.base if state.stored is not None else self.base
        if self.is_changed:
            self.update_state(state)
            self.follow_base(state)
        elif not self.has_text or state.text is None:
            self.load(state, base=base)
        else:
            self.base = base
            self._saved = state.text
            self.edit.replace_text(state.text, "change from elsewhere")
            self.is_changed = False
            self.update_state(state)

    def follow_base(self, state: FileState) -> None:
        """Words not saved stand on the newest version, unless somebody else's words came in between."""
        stored = state.stored
        if stored is not None and stored.text == self._saved:
            self.base = stored.base

    def update_state(self, state: FileState) -> None:
        """Say anew what is known about the text; the text itself stays."""
        self.state = state
        self.layer_bar.show_state(state)
        self.details.show_state(state)
        self.edit.notes.set_notes(state.notes)
        self.edit.refresh_notes()
        self.edit.setAccessibleName(f"{state.layer_title}: {state.title}, {self.key.language.label}")
        self._show_place()

    def text(self) -> str:
        """The text as it stands."""
        return self.edit.text()

    def was_saved(self, text: str) -> None:
        """``text`` is on disk now."""
        self._saved = text
        self.is_changed = self.has_text and self.edit.text() != text

    def set_read_only(self, wanted: bool, *, somebody_elses: str = "") -> None:
        """What is published, or in somebody else's draft of this name, can be read, not changed."""
        if somebody_elses:
            told = f"This is “{somebody_elses}”, somebody else's draft. Take it over to change it."
            self.banner.say(told, "Take it over…")
        self.edit.setReadOnly(wanted)
        self.edit.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
            if wanted
            else Qt.TextInteractionFlag.TextEditorInteraction
        )
        self.details.form.setEnabled(not wanted)
        self.details.ops.setEnabled(not wanted)
        self.banner.setVisible(wanted)

    def section(self) -> SectionId | None:
        """The section the caret is in."""
        return section_at(self.edit.document(), self.edit.line()) if self.has_text else None

    def go_to_line(self, line: int) -> None:
        """Show a line and give it the caret and the focus."""
        self.edit.go_to_line(line)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_section(self, section: SectionId) -> None:
        """Show a section and put the caret there; the focus stays where it is."""
        line = line_of_section(self.edit.document(), section)
        if line is not None:
            self.edit.go_to_line(line)

    def place(self) -> dict[str, object]:
        """Where the caret and the scroll bar are, to be found again."""
        return {"caret": self.edit.textCursor().position(), "top": self.edit.top_line()}

    def go_to_place(self, caret: int, top: int) -> None:
        """Go back to where :meth:`place` was."""
        cursor = self.edit.textCursor()
        cursor.setPosition(max(0, min(caret, self.edit.document().characterCount() - 1)))
        self.edit.setTextCursor(cursor)
        self.edit.show_line_on_top(top)

    def count_words(self) -> int:
        """Words of the text, without its head."""
        return len(_WORD.findall(self._body()))

    def reading_age(self) -> int | None:
        """How old one has to be to read the text with ease; None for Welsh, and where it can't be told."""
        if self.key.language is not Language.EN:
            return None
        return reading_age(self._body().replace("\u2029", "\n"))

    def _body(self) -> str:
        text = self.edit.document().toRawText()
        return text[index_at(text, self.edit.fold.end_of_head()) :]

    def apply_text(self, text: str, line: int = 0, name: str = "") -> None:
        """Change the text by machine in one step of undo with this name, and go to a line of it."""
        self.edit.replace_text(text, name)
        if line:
            self.go_to_line(line)

    def begin(self, text: str, line: int) -> None:
        """Begin the layer's text where it had none; one undo takes it back."""
        self.stack.setCurrentWidget(self.edit)
        self.edit.load("")
        self._saved = ""
        self.edit.replace_text(text)
        self.edit.set_folded(not self.details.raw.isChecked())
        self.go_to_line(line)

    def _edited(self) -> None:
        self.is_changed = self.has_text and self.edit.text() != self._saved
        self.edited.emit()

    def _show_empty(self, state: FileState) -> None:
        self.stack.setCurrentWidget(self.empty)
        if state.text is not None:
            self.empty.say(
                "This text is too long to open here. Split the page; it may have 2 MB at most.", ""
            )
        elif self.key.language is Language.CY:
            self.empty.say("There is no Welsh here yet.", "Start the Welsh text")
        else:
            self.empty.say(
                f"{state.layer_title}: there is none for this page. Its public reads the text above.",
                "Override a section…",
            )

    def _make_room(self) -> None:
        """Where it is low, the page's details give way while something is looked for."""
        self.details.setVisible(not (self.low.is_low and self.find_bar.isVisibleTo(self)))

    def _show_place(self) -> None:
        heading = heading_above(self.edit.document(), self.edit.line())
        self.details.show_place(heading.title if heading else "")

    def _tell_read_only(self, event: QKeyEvent) -> None:
        """Whoever types where nothing can be written is told why, and what to do."""
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if self.edit.isReadOnly() and event.text().isprintable() and event.text() and not held:
            self.told.emit(self.banner.words.text())

    def _tell_tab_key(self, indents: bool) -> None:
        self.told.emit("The Tab key now indents." if indents else "The Tab key now leaves the text.")

    def _restyle(self) -> None:
        self.edit.set_text_size(self._theme.px(TEXT_POINTS), self._theme.font().family())
        self.find_bar.restyle()


class _Banner(QFrame):
    """A sentence and a way out, above the text."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.button = QPushButton()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 8, 4)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.button)
        self.say("This is what is published. Start a draft to change it.", "Start a draft…")

    def say(self, words: str, button: str) -> None:
        """Say something else, with another way out."""
        self.words.setText(words)
        self.button.setText(button)


class _Empty(QWidget):
    """Stands where there is no text to edit."""

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton()
        self.button.setProperty("role", "primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 48, 48, 48)
        layout.addStretch(1)
        layout.addWidget(self.words)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(2)

    def say(self, words: str, button: str) -> None:
        """Say this, and offer that."""
        self.words.setText(words)
        self.button.setText(button)
        self.button.setVisible(bool(button))
