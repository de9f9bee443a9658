"""Whose words a section is: a stripe beside the text and a word at the end of the section's first line."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from soh_author.desktop.editor.colours import SyntaxColours
from soh_author.domain.diagnostics import Severity
from soh_author.domain.layers import LayerKind

SIGNS = {Severity.ERROR: "✕", Severity.WARNING: "!", Severity.INFO: "i"}
_STRIPE = 4
_GAP = 24


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of the section that begins at a line: whose it is in a word, and more in a sentence."""

    line: int
    kind: LayerKind
    word: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A line with something to mend."""

    line: int
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where notes, marks and comments stood when the document was at a revision; ``words`` see below."""

    revision: int
    starts: Mapping[int, Note]
    marks: Mapping[int, Mark]
    words: Mapping[int, tuple[LayerKind, str]]
    order: tuple[int, ...]


class SectionNotes:
    """The notes and marks of one document. They move with their lines while a person types.

    Looking up where they all stand takes thousands of times longer than knowing it: it is done once for
    each change of the text, not for each line that is painted.
    """

    def __init__(self, document: QTextDocument) -> None:
        self._document = document
        self._notes: list[tuple[QTextCursor, Note]] = []
        self._marks: list[tuple[QTextCursor, Mark]] = []
        self._comments: list[tuple[QTextCursor, str]] = []
        self._placed: _Placed | None = None

    def set_notes(self, notes: Iterable[Note]) -> None:
        """Say whose each section is."""
        self._notes = [(self._anchor(note.line), note) for note in sorted(notes, key=lambda note: note.line)]
        self._placed = None

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Say which lines have something to mend; of several on a line the gravest is shown."""
        worst: dict[int, Mark] = {}
        order = [Severity.INFO, Severity.WARNING, Severity.ERROR]
        for mark in marks:
            known = worst.get(mark.line)
            if known is None or order.index(mark.severity) > order.index(known.severity):
                worst[mark.line] = mark
        self._marks = [(self._anchor(mark.line), mark) for mark in worst.values()]
        self._placed = None

    def set_comments(self, told: Mapping[int, str]) -> None:
        """Say at which lines sections begin that people said something of, and how much, in words."""
        self._comments = [(self._anchor(line), words) for line, words in told.items()]
        self._placed = None

    def words(self) -> Mapping[int, tuple[LayerKind, str]]:
        """What is written beside a line, by the number of its block: comments first, then whose it is."""
        return self._now().words

    def note_of(self, number: int) -> Note | None:
        """The note of the section a block belongs to."""
        now = self._now()
        place = bisect_right(now.order, number)
        return now.starts[now.order[place - 1]] if place else None

    def starts(self) -> Mapping[int, Note]:
        """Notes by the number of the block their section begins at."""
        return self._now().starts

    def marks(self) -> Mapping[int, Mark]:
        """Marks by block number."""
        return self._now().marks

    def _now(self) -> _Placed:
        revision = self._document.revision()
        if self._placed is None or self._placed.revision != revision:
            starts = {cursor.blockNumber(): note for cursor, note in self._notes}
            words = {number: (note.kind, note.word) for number, note in starts.items()}
            for cursor, told in self._comments:
                number = cursor.blockNumber()
                kind, word = words.get(number, (LayerKind.SHARED, ""))
                words[number] = kind, " · ".join(part for part in (told, word) if part)
            marks = {cursor.blockNumber(): mark for cursor, mark in self._marks}
            self._placed = _Placed(revision, starts, marks, words, tuple(sorted(starts)))
        return self._placed

    def _anchor(self, line: int) -> QTextCursor:
        return QTextCursor(self._document.findBlockByNumber(max(0, line - 1)))


def visible_blocks(edit: QPlainTextEdit, within: QRect | None = None) -> Iterator[tuple[QTextBlock, QRectF]]:
    """The lines that are seen (in this part of the viewport) and where they are in the viewport."""
    seen = edit.viewport().rect()
    first, last = (seen.top(), seen.bottom()) if within is None else (within.top(), within.bottom())
    block, offset = edit.firstVisibleBlock(), edit.contentOffset()
    top = edit.blockBoundingGeometry(block).translated(offset).top()
    while block.isValid() and top <= last:
        height = edit.blockBoundingRect(block).height()
        if block.isVisible():
            if top + height >= first:
                yield block, QRectF(0, top, seen.width(), height)
            top += height
        block = block.next()


def paint_words(
    painter: QPainter, edit: QPlainTextEdit, notes: SectionNotes, colours: SyntaxColours, within: QRect
) -> None:
    """Write the word of each section at the right end of its first line, where there is room for it.

    Only lines within a part of the viewport are looked at: a caret that blinks costs its own line.
    """
    words = notes.words()
    told = [
        (block, place, *words[block.blockNumber()])
        for block, place in visible_blocks(edit, within)
        if block.blockNumber() in words
    ]
    if not told:
        return
    font = QFont(edit.font())
    font.setPixelSize(max(11, round(font.pixelSize() * 0.75)))
    measure = QFontMetricsF(font)
    painter.setFont(font)
    for block, place, kind, said in told:
        if not said or block.layout().lineCount() == 0:
            continue
        line = block.layout().lineAt(0)
        room = place.width() - line.naturalTextWidth() - _GAP
        word = _fitting(said, room, measure)
        left = place.width() - measure.horizontalAdvance(word) - 2
        painter.setPen(colours.layer(kind))
        painter.drawText(QPointF(left, place.top() + line.y() + line.ascent()), word)


def _fitting(words: str, room: float, measure: QFontMetricsF) -> str:
    """As many of the parts between dots as there is room for; half a word says nothing."""
    while words and measure.horizontalAdvance(words) > room:
        words = words.rpartition(" · ")[0]
    return words


class SectionMargin(QWidget):
    """The stripe left of the text, in the colour of the layer, with signs where something is to be mended."""

    def __init__(self, edit: QPlainTextEdit, notes: SectionNotes) -> None:
        super().__init__(edit)
        self._edit = edit
        self._notes = notes
        self._colours: SyntaxColours | None = None
        self.setAccessibleName("Whose text each section is")
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def set_colours(self, colours: SyntaxColours) -> None:
        """Paint in these colours."""
        self._colours = colours
        self.update()

    def place(self) -> None:
        """Stand beside the text."""
        seen = self._edit.viewport().geometry()
        width = max(0, min(seen.left(), 34))
        self.setGeometry(QRect(seen.left() - width, seen.top(), width, seen.height()))

    def follow(self, rect: QRect, dy: int) -> None:
        """Move with the text, or paint anew what stands beside this part of it."""
        if dy:
            self.scroll(0, dy)
        else:
            self.update(0, rect.top(), self.width(), rect.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint stripe and signs (called by Qt)."""
        if self._colours is None:
            return
        starts, marks = self._notes.starts(), self._notes.marks()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for block, place in visible_blocks(self._edit, event.rect()):
                number = block.blockNumber()
                note = self._notes.note_of(number)
                if note is not None:
                    colour = self._colours.layer(note.kind)
                    self._paint_stripe(painter, place, colour, begins=number in starts)
                mark = marks.get(number)
                if mark is not None:
                    self._paint_sign(painter, place, mark.severity)

    def event(self, event: QEvent) -> bool:
        """Tell what is under the pointer."""
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._words_at(event.pos()), self)
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the text."""
        self._edit.verticalScrollBar().event(event)

    def _words_at(self, position: QPoint) -> str:
        for block, place in visible_blocks(self._edit):
            if place.top() <= position.y() < place.bottom():
                note, mark = (
                    self._notes.note_of(block.blockNumber()),
                    self._notes.marks().get(block.blockNumber()),
                )
                return "\n".join(
                    part
                    for part in (mark.message if mark else "", (note.tip or note.word) if note else "")
                    if part
                )
        return ""

    def _paint_stripe(self, painter: QPainter, place: QRectF, colour: QColor, *, begins: bool) -> None:
        top = place.top() + (5 if begins else 0)
        painter.fillRect(QRectF(self.width() - _STRIPE - 10, top, _STRIPE, place.bottom() - top), colour)

    def _paint_sign(self, painter: QPainter, place: QRectF, severity: Severity) -> None:
        assert self._colours is not None, "signs are painted after the colours are known"
        inks = {"error": self._colours.error, "warning": self._colours.warning, "info": self._colours.info}
        size = 13.0
        left = self.width() - _STRIPE - 10 - size - 3
        middle = place.top() + min(place.height(), 27) / 2 + 1
        box = QRectF(left, middle - size / 2, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(inks[severity.value]))
        painter.drawEllipse(box)
        painter.setPen(self._edit.palette().base().color())
        font = QFont(self._edit.font())
        font.setPixelSize(9)
        font.setBold(True)
        font.setFamilies(font.families()[-1:])
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, SIGNS[severity])
