"""The head of a tab: whose text this is, in words and colour, and the way to the page's other texts."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from soh_author.desktop.editor.file_reading import FileKey, FileState, Whose
from soh_author.desktop.editor.words import layer_word, summary_of
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.eliding import ElidedLabel
from soh_author.domain.ids import Language
from soh_author.domain.layers import LayerKind

_STRIPE = 4
_NARROW = 330


class LayerBar(QFrame):
    """Says *Shared text — read by 44 forces*; a button for each text of the page that is near."""

    text_wanted = Signal(object)
    """FileKey: another text of this page."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state: FileState | None = None
        self._near: list[QToolButton] = []
        self.setProperty("role", "bar")
        self.setAccessibleName("Whose text this is")
        self.title = QLabel()
        self.title.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.summary = ElidedLabel()
        self.summary.setProperty("role", "quiet")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.px(2))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(4), theme.px(8), theme.px(4))
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.title)
        layout.addWidget(self.summary, 1)
        layout.addLayout(self._buttons)
        theme.changed.connect(self._restyle)

    def show_state(self, state: FileState) -> None:
        """Show another text, or the same after a change."""
        self._state = state
        self.title.setText(state.layer_title)
        words = summary_of(state.value, state.readers) if state.text is not None else "nothing of its own yet"
        self.summary.set_words(words)
        self.setAccessibleDescription(f"{state.layer_title}: {words}")
        self._fill_buttons(state)
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A stripe in the layer's colour at the left edge (called by Qt)."""
        super().paintEvent(event)
        if self._state is not None:
            with QPainter(self) as painter:
                colour = QColor(self._theme.layer_colour(self._state.key.layer))
                painter.fillRect(0, 0, self._theme.px(_STRIPE), self.height(), colour)

    def _restyle(self) -> None:
        if self._state is not None:
            self.title.setFont(self._theme.font(bold=True))
            self.title.setStyleSheet(f"color: {self._theme.layer_colour(self._state.key.layer)}")
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the menu alone leads to the other texts (called by Qt)."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_narrow = self.width() < self._theme.px(_NARROW)
        self.summary.setVisible(not is_narrow)
        for button in self._near:
            button.setVisible(not is_narrow)

    def _fill_buttons(self, state: FileState) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        others = [whose for whose in state.layers if whose.layer != state.key.layer]
        near = [one for one in others if one.is_near and (one.has_text or one.layer.kind is LayerKind.FORCE)]
        self._near = [self._layer_button(state.key, whose) for whose in near]
        if len(state.languages) > 1 or state.is_welsh_offered or state.key.language is Language.CY:
            self._near.append(self._language_button(state))
        for button in (*self._near, self._menu_button(state, others)):
            self._buttons.addWidget(button)
        self._fit()

    def _layer_button(self, key: FileKey, whose: Whose) -> QToolButton:
        word = layer_word(whose.layer.kind, whose.short_name)
        button = _button(word if whose.has_text else f"{word}: none yet")
        button.setToolTip(
            f"{whose.name}: open its text" if whose.has_text else f"{whose.name} has no text here yet"
        )
        button.setAccessibleName(f"Text of {whose.name}" + ("" if whose.has_text else ", none yet"))
        wanted = FileKey(key.page, whose.layer, key.language)
        button.clicked.connect(lambda: self.text_wanted.emit(wanted))
        return button

    def _menu_button(self, state: FileState, others: list[Whose]) -> QToolButton:
        button = _button("▾")
        button.setToolTip("All texts of this page")
        button.setAccessibleName("All texts of this page")
        menu = QMenu("All texts of this page", button)
        for whose in others:
            words = whose.name if whose.has_text else f"{whose.name}: none yet"
            self._add_way(menu, words, FileKey(state.key.page, whose.layer, state.key.language))
        menu.addSeparator()
        other = _other_language(state.key.language)
        words = f"{other.label} text" if other in state.languages else f"{other.label} text: none yet"
        self._add_way(menu, words, FileKey(state.key.page, state.key.layer, other))
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(QPoint(0, button.height()))))
        return button

    def _add_way(self, menu: QMenu, words: str, wanted: FileKey) -> None:
        action = menu.addAction(words)
        action.triggered.connect(lambda _on=False: self.text_wanted.emit(wanted))

    def _language_button(self, state: FileState) -> QToolButton:
        key = state.key
        other = _other_language(key.language)
        button = _button(other.label if other in state.languages else f"{other.label}: none yet")
        button.setToolTip(f"Open the {other.label} text")
        button.setAccessibleName(f"Open the {other.label} text")
        wanted = FileKey(key.page, key.layer, other)
        button.clicked.connect(lambda: self.text_wanted.emit(wanted))
        return button


def _other_language(language: Language) -> Language:
    return Language.EN if language is Language.CY else Language.CY


def _button(text: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
