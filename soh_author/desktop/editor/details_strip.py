"""The front matter as a person thinks of it: title, summary, owner, review date, in a calm strip."""

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.editor.file_reading import FileState
from soh_author.desktop.editor.ops_list import OpsList
from soh_author.desktop.editor.words import joined
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.eliding import ElidedLabel
from soh_author.domain.days import day_in_words
from soh_author.domain.override import Override
from soh_author.domain.page import Page

_NO_DATE = QDate(2000, 1, 1)


class DetailsStrip(QFrame):
    """Folded it says the title and what matters; unfolded it is a form. The raw text is one button away."""

    field_edited = Signal(str, str)
    """Name of a front matter field and its new value."""
    raw_wanted = Signal(bool)
    """Show the front matter as text, or hide it again."""
    outline_wanted = Signal()
    """The person wants to go to another heading."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._values: dict[str, str] = {}
        self.title = ElidedLabel()
        self.meta = ElidedLabel()
        self.meta.setProperty("role", "quiet")
        self.place = self._toggle("", "Go to another heading of this text")
        self.place.setCheckable(False)
        self.place.clicked.connect(self.outline_wanted)
        self.unfold = self._toggle("Details", "Title, summary, owner and review date")
        self.unfold.toggled.connect(self._unfolded)
        self.raw = QCheckBox("Show the head of the file as text")
        self.raw.toggled.connect(self.raw_wanted)
        self.form = QWidget()
        self.fields = self._form_fields()
        self.ops = OpsList(theme)
        self._lay_out()
        self.form.hide()
        self.ops.hide()
        self.raw.hide()
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_state(self, state: FileState) -> None:
        """Show another file, or the same after a change; a field that is being typed in is left alone."""
        value = state.value
        self.title.set_words(state.title)
        self._values = _values(value)
        for name, widget in self.fields.items():
            if not widget.hasFocus():
                self._fill(widget, self._values.get(name, ""))
        self.meta.set_words(_meta(state), self._values.get("summary", ""))
        self.ops.show_state(state)
        self.unfold.setText("What differs" if isinstance(value, Override) else "Details")
        self.unfold.setEnabled(value is not None)
        self._unfolded()

    def show_place(self, heading: str) -> None:
        """Say under which heading the caret stands."""
        words = heading or "Beginning"
        self.place.setText(f"{words if len(words) < 24 else words[:22] + '…'}  ▾")
        self.place.setAccessibleName(f"The caret is under {words}. Go to another heading")

    def _unfolded(self) -> None:
        is_open, is_override = self.unfold.isChecked(), self.unfold.text() == "What differs"
        self.form.setVisible(is_open and not is_override)
        self.ops.setVisible(is_open and is_override)
        self.raw.setVisible(is_open)

    def _form_fields(self) -> dict[str, QWidget]:
        title, owner = QLineEdit(), QLineEdit()
        summary = _Summary()
        summary.setProperty("role", "field")
        summary.setFixedHeight(self._theme.px(54))
        review = QDateEdit()
        review.setDisplayFormat("d MMMM yyyy")
        review.setCalendarPopup(True)
        review.setMinimumDate(_NO_DATE)
        review.setSpecialValueText("Not set")
        title.editingFinished.connect(lambda: self._edited("title", title.text()))
        owner.editingFinished.connect(lambda: self._edited("owner", owner.text()))
        summary.left.connect(lambda: self._edited("summary", summary.toPlainText()))
        review.editingFinished.connect(lambda: self._edited("review_by", _iso(review.date())))
        fields = {"title": title, "summary": summary, "owner": owner, "review_by": review}
        for name, widget in fields.items():
            widget.setAccessibleName(_LABELS[name])
        return fields

    def _edited(self, name: str, value: str) -> None:
        value = " ".join(value.split())
        if value != self._values.get(name, ""):
            self._values[name] = value
            self.field_edited.emit(name, value)

    def _fill(self, widget: QWidget, value: str) -> None:
        with QSignalBlocker(widget):
            if isinstance(widget, QLineEdit):
                widget.setText(value)
            elif isinstance(widget, QPlainTextEdit):
                widget.setPlainText(value)
            elif isinstance(widget, QDateEdit):
                widget.setDate(QDate.fromString(value, Qt.DateFormat.ISODate) if value else _NO_DATE)

    def _toggle(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(tip)
        return button

    def _lay_out(self) -> None:
        px = self._theme.px
        top, below = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.unfold)
        below.addWidget(self.meta, 1)
        below.addWidget(self.place)
        form = QFormLayout(self.form)
        form.setContentsMargins(0, px(6), 0, px(4))
        form.setVerticalSpacing(px(6))
        for name, widget in self.fields.items():
            form.addRow(_LABELS[name], widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(16), px(8), px(8), px(6))
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(below)
        layout.addWidget(self.form)
        layout.addWidget(self.ops)
        layout.addWidget(self.raw)

    def _restyle(self) -> None:
        self.title.setFont(self._theme.heading_font())
        self.setStyleSheet(f"DetailsStrip {{ background: {self._theme.colours.surface}; }}")


class _Summary(QPlainTextEdit):
    """A field of two lines that tells when it is left."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell it (called by Qt)."""
        super().focusOutEvent(event)
        self.left.emit()


_LABELS = {
    "title": "Title",
    "summary": "Summary",
    "owner": "Looked after by",
    "review_by": "Look again by",
}


def _values(value: object) -> dict[str, str]:
    if not isinstance(value, Page):
        return {}
    review = value.review_by.isoformat() if value.review_by else ""
    fields = {name: value.fields.get(name, "") for name in ("title", "summary")}
    return {**fields, "owner": value.owner, "review_by": review}


def _meta(state: FileState) -> str:
    value = state.value
    if isinstance(value, Page):
        review = f"look again by {day_in_words(value.review_by)}" if value.review_by else ""
        return joined([value.type.value.capitalize(), value.owner, review])
    if isinstance(value, Override):
        owners = list(dict.fromkeys(op.owner for op in value.ops if op.owner))
        dates = [op.review_by for op in value.ops if op.review_by]
        review = f"look again by {day_in_words(min(dates))}" if dates else ""
        return joined([*owners[:2], review]) or "Only what differs from the page above"
    return ""


def _iso(day: QDate) -> str:
    return "" if day == _NO_DATE else day.toString(Qt.DateFormat.ISODate)
