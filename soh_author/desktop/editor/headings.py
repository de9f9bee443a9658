"""The headings of a document as it stands on the screen: outline, sections, and ids for new ones."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtGui import QTextBlock, QTextDocument

from soh_author.desktop.editor.highlighter import HEADING, LineKind
from soh_author.domain.ids import LEAD, SectionId

ATTRIBUTES = re.compile(r"[ \t]*\{([^}]*)\}[ \t]*$")
_ID = re.compile(r"#([\w-]+)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line: ``level`` counts its signs, ``line`` counts from 1, ``id`` is empty when it has none.

    ``skips`` tells that a level between this heading and the one above it is missing.
    """

    level: int
    title: str
    id: str
    line: int
    skips: bool = False

    @property
    def is_section(self) -> bool:
        """Whether a section begins here."""
        return self.level == 2


def headings(document: QTextDocument) -> tuple[Heading, ...]:
    """The headings in order; the document must have been coloured, which tells text from code."""
    found: list[Heading] = []
    above = 1
    for block in blocks(document):
        heading = read_heading(block)
        if heading is not None:
            skips = heading.level > above + 1 or heading.level == 1
            found.append(Heading(heading.level, heading.title, heading.id, heading.line, skips))
            above = heading.level
    return tuple(found)


def blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    """All lines of a document."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def read_heading(block: QTextBlock) -> Heading | None:
    """The heading a line is, if it is one."""
    if block.userState() not in {LineKind.TEXT, LineKind.UNSEEN} or not block.text().startswith("#"):
        return None
    match = HEADING.match(block.text())
    if match is None:
        return None
    title, name = match[2].strip(), ""
    if attributes := ATTRIBUTES.search(title):
        title = title[: attributes.start()].strip()
        found = _ID.search(attributes[1])
        name = found[1] if found else ""
    return Heading(len(match[1]), title, name, block.blockNumber() + 1)


def heading_above(document: QTextDocument, line: int) -> Heading | None:
    """The heading a line stands under, or is itself."""
    block = document.findBlockByNumber(line - 1)
    while block.isValid():
        heading = read_heading(block)
        if heading is not None:
            return heading
        block = block.previous()
    return None


def section_at(document: QTextDocument, line: int) -> SectionId | None:
    """The id of the section a line belongs to; None where its heading has no usable id."""
    block = document.findBlockByNumber(line - 1)
    while block.isValid():
        heading = read_heading(block)
        if heading is not None and heading.is_section:
            return SectionId(heading.id) if SectionId.is_valid(heading.id) else None
        block = block.previous()
    return LEAD


def line_of_section(document: QTextDocument, section: str) -> int | None:
    """The line a section's heading stands on; for the lead the first line behind the front matter."""
    for block in blocks(document):
        heading = read_heading(block)
        if heading is not None and heading.is_section and heading.id == section:
            return heading.line
    return _first_text_line(document) if section == LEAD else None


def _first_text_line(document: QTextDocument) -> int:
    number, was_front = 0, False
    for block in blocks(document):
        is_front = block.userState() == LineKind.FRONT_MATTER
        if not is_front and not (was_front and block.text().rstrip() == "---"):
            break
        was_front = is_front
        number = block.blockNumber() + 1
    return min(number + 1, document.blockCount())


def new_id(title: str, taken: Iterable[str]) -> str:
    """A section id made from a title that is not taken yet."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower().replace("'", "")
    words = re.findall(r"[a-z0-9]+", plain)
    while words and not words[0][0].isalpha():
        words = words[1:]
    base = "-".join(words[:6]) or "section"
    used, number, name = set(taken) | {LEAD}, 2, base
    while name in used:
        name, number = f"{base}-{number}", number + 1
    return name
