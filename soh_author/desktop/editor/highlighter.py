"""Colours Markdown as it is typed: headings, marks, links, facts, components, ids and front matter.

It works line by line, so that a key costs one line. What a line is (front matter, code, text) is kept as the
block's state, which the outline and the list rules read as well.
"""

import re
from enum import IntEnum

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from soh_author.desktop.editor.colours import SyntaxColours
from soh_author.desktop.editor.exact_text import units


class LineKind(IntEnum):
    """What a line belongs to; the state of its block."""

    UNSEEN = -1
    TEXT = 0
    FRONT_MATTER = 1
    CODE = 2


HEADING = re.compile(r"(#{1,6})[ \t]+(.*)$")
FENCE = re.compile(r" {0,3}(```|~~~)")
COMPONENT = re.compile(r"(:{3,})[ \t]*([\w-]*)(.*)$")
LIST_MARK = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?=[ \t])|[ \t]*>+")
INLINE = re.compile(
    r"(?P<code>`[^`]+`)"
    r"|(?P<fact>(?<!\\)\{\{[^{}]*\}\})"
    r"|(?P<link>!?\[[^\]]*\])(?P<target>\([^)]*\))"
    r"|(?P<bold>\*\*[^*]+\*\*|__[^_]+__)"
    r"|(?P<italic>(?<![*\w])\*[^*\s][^*]*\*|(?<![_\w])_[^_\s][^_]*_(?!\w))"
    r"|(?P<mark>\{[#.][^}]*\}|\{[a-z]+=[^}]*\})"
)
_BAR = re.compile(r"\|(?:[ :|-]*\|)?")
FRONT_KEY = re.compile(r"[-\s]*[\w-]+:")
_SIZES = {0: 1.0, 1: 1.3, 2: 1.25, 3: 1.1, 4: 1.0, 5: 1.0, 6: 1.0}


class MarkdownHighlighter(QSyntaxHighlighter):
    """The colours of one document. ``font`` is what body text is set in; headings are somewhat larger."""

    def __init__(self, document: QTextDocument, colours: SyntaxColours, font: QFont) -> None:
        super().__init__(document)
        self._formats = _formats(colours, font)

    def restyle(self, colours: SyntaxColours, font: QFont) -> None:
        """Paint everything anew in other colours or another size."""
        self._formats = _formats(colours, font)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line (called by Qt)."""
        before = self.previousBlockState()
        kind = _kind_after(text, before, is_first=self.currentBlock().blockNumber() == 0)
        self.setCurrentBlockState(kind)
        if kind is LineKind.TEXT and before not in {LineKind.FRONT_MATTER, LineKind.CODE}:
            if text:
                self._colour_text(text)
        elif kind is LineKind.FRONT_MATTER or before == LineKind.FRONT_MATTER:
            self._colour_front_matter(text)
        elif kind is LineKind.CODE or before == LineKind.CODE:
            self._set(text, 0, len(text), "code", 0)

    def _colour_front_matter(self, text: str) -> None:
        key = FRONT_KEY.match(text)
        self._set(text, 0, len(text) if text == "---" else key.end() if key else 0, "mark", 0)

    def _colour_text(self, text: str) -> None:
        heading = HEADING.match(text) if text[0] == "#" else None
        level = len(heading[1]) if heading else 0
        if heading:
            self._set(text, 0, len(text), "heading", level)
            self._set(text, 0, level, "mark", level)
        else:
            self._colour_line_start(text)
        for found in INLINE.finditer(text):
            for kind, part in found.groupdict().items():
                if part is not None:
                    self._set(text, found.start(kind), found.end(kind), kind, level)

    def _colour_line_start(self, text: str) -> None:
        if component := COMPONENT.match(text):
            self._set(text, 0, component.end(1), "mark", 0)
            self._set(text, component.start(2), component.end(2), "component", 0)
        elif mark := LIST_MARK.match(text):
            self._set(text, 0, mark.end(), "component", 0)
        elif text[0] == "|":
            for bar in _BAR.finditer(text):
                self._set(text, bar.start(), bar.end(), "mark", 0)

    def _set(self, text: str, start: int, end: int, kind: str, level: int) -> None:
        if not text.isascii():
            start, end = units(text[:start]), units(text[:end])
        self.setFormat(start, end - start, self._formats[kind, level])


def _kind_after(text: str, before: int, *, is_first: bool) -> LineKind:
    if is_first:
        return LineKind.FRONT_MATTER if text.rstrip() == "---" else _kind_after(text, 0, is_first=False)
    if before == LineKind.FRONT_MATTER:
        return LineKind.TEXT if text.rstrip() == "---" else LineKind.FRONT_MATTER
    is_fence = bool(FENCE.match(text))
    if before == LineKind.CODE:
        return LineKind.TEXT if is_fence else LineKind.CODE
    return LineKind.CODE if is_fence else LineKind.TEXT


def _formats(colours: SyntaxColours, font: QFont) -> dict[tuple[str, int], QTextCharFormat]:
    inks = {
        "heading": colours.heading,
        "mark": colours.mark,
        "link": colours.link,
        "target": colours.mark,
        "fact": colours.fact,
        "component": colours.component,
        "code": colours.code,
        "bold": colours.heading,
        "italic": colours.text,
    }
    made = {}
    for level, size in _SIZES.items():
        for kind, ink in inks.items():
            form = QTextCharFormat()
            form.setForeground(QColor(ink))
            if kind == "fact":
                form.setBackground(QColor(colours.fact_paper))
            if kind == "italic":
                form.setFontItalic(True)
            if kind == "bold" or (level and kind != "mark"):
                form.setFontWeight(QFont.Weight.DemiBold)
            if level and size != 1.0:
                form.setProperty(QTextCharFormat.Property.FontPixelSize, round(font.pixelSize() * size))
            made[kind, level] = form
    return made
