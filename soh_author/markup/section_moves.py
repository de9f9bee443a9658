"""Bringing a section into a page, or taking one out; everything else stays byte for byte."""

from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import LEAD, SectionId
from soh_author.markup.front_matter import with_front_matter
from soh_author.markup.sections import Slice, read_sections
from soh_author.markup.yaml_editing import newline_of


def insert_section(text: str, block: str, after: SectionId) -> str:
    """Put a section (:func:`soh_author.markup.write.section_block`) behind another one of a page.

    Raises:
        NotFoundError: when the page has no section ``after``; the head of the page it always has.
    """
    file = with_front_matter(text)
    anchor = _find(file.body, after)
    newline = newline_of(text)
    fresh = block.strip("\r\n").replace("\r\n", "\n").replace("\n", newline) + newline
    before, rest = file.body[: anchor.end], file.body[anchor.end :]
    if before.strip():
        before = before.rstrip("\r\n") + newline * 2
    return file.with_body(before + fresh + (newline + rest if rest.strip() else ""))


def remove_section(text: str, section: SectionId) -> str:
    """Take a section out of a page.

    Raises:
        NotFoundError: when the page has no such section.
    """
    file = with_front_matter(text)
    piece = _find(file.body, section)
    rest = file.body[: piece.start] + file.body[piece.end :]
    is_last = piece.end == len(file.body)
    return file.with_body(rest.rstrip("\r\n") + newline_of(text) if is_last and rest.strip() else rest)


def _find(body: str, section: SectionId) -> Slice:
    sections = read_sections(body)
    for piece, found in zip(sections.slices, sections.texts, strict=True):
        if found.id == section or (section == LEAD and not piece.source):
            return piece
    raise NotFoundError(f"There is no section “{section}” in this file.", safe="Nothing was changed.")
