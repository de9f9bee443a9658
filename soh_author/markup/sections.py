"""Cutting a page's body into sections by the parser's tokens: ``##`` in code, lists and quotes is none.

Nothing is lost or changed: the heading lines and bodies of the slices, put together, are the text again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from markdown_it.token import Token

from soh_author.domain.diagnostics import Diagnostic, diagnose
from soh_author.domain.ids import LEAD, SectionId
from soh_author.domain.layers import Place
from soh_author.domain.page import SectionText
from soh_author.markup.canonical import canonical_of
from soh_author.markup.kept_blocks import keep_blocks
from soh_author.markup.parser import block_parser
from soh_author.markup.runs import cut_into_runs
from soh_author.markup.section_ids import FreeIds
from soh_author.markup.text_checks import check_section_heading, check_text

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Slice:
    """A section as written. ``source`` is the heading's lines (empty for the lead), ``body`` what follows.

    ``start`` is the offset of ``source`` in the text; ``line`` counts from 1 in the file; ``written_id`` is
    None for a heading without ``{#…}``.
    """

    source: str
    body: str
    start: int
    line: int
    heading: str
    written_id: str | None

    @property
    def end(self) -> int:
        """Offset behind the section."""
        return self.start + len(self.source) + len(self.body)


@dataclass(frozen=True, slots=True)
class Sections:
    """A body cut into sections: as written, as values, and what is wrong; the lead is first."""

    slices: tuple[Slice, ...]
    texts: tuple[SectionText, ...]
    diagnostics: tuple[Diagnostic, ...]


def slice_body(body: str, first_line: int = 1) -> tuple[Slice, ...]:
    """Cut a body at its top-level ``##`` headings; the first slice is the lead.

    Args:
        body: Markdown without front matter.
        first_line: line of the file on which the body begins.
    """
    return tuple(piece for piece, _tokens in slices_with_blocks(body, first_line))


def slices_with_blocks(body: str, first_line: int = 1) -> Iterator[tuple[Slice, Sequence[Token]]]:
    """As :func:`slice_body`, each with the block tokens of its body; their lines count from 0 in ``body``."""
    tokens = block_parser().parse(body)
    starts = [0, *(found.end() for found in _LINE_END.finditer(body)), len(body)]
    marks = [n for n, token in enumerate(tokens) if token.type == "heading_open" and _begins_section(token)]
    first_token = marks[0] if marks else len(tokens)
    first_end = starts[_lines(tokens[marks[0]])[0]] if marks else len(body)
    yield Slice("", body[:first_end], 0, first_line, "", None), tokens[:first_token]
    for number, mark in enumerate(marks):
        top, below = _lines(tokens[mark])
        next_mark = marks[number + 1] if number + 1 < len(marks) else len(tokens)
        end = starts[_lines(tokens[next_mark])[0]] if next_mark < len(tokens) else len(body)
        piece = Slice(
            source=body[starts[top] : starts[below]],
            body=body[starts[below] : end],
            start=starts[top],
            line=first_line + top,
            heading=" ".join(tokens[mark + 1].content.split()),
            written_id=_written_id(tokens[mark]),
        )
        yield piece, tokens[mark + 3 : next_mark]


def read_sections(body: str, first_line: int = 1, path: str = "", *, is_override: bool = False) -> Sections:
    """Cut a body into sections, the lead first (it may be empty), and find what is wrong in its text.

    A section without a good id of its own gets one made from its heading, so that everything works on.

    Args:
        body: Markdown without front matter.
        first_line: line of the file on which the body begins.
        path: path of the file, for the diagnostics.
        is_override: in an override ``## Lead {#lead}`` is the address of text for the lead, and several
            ops may bring text for one section.
    """
    read = list(_read(body, first_line))
    texts: list[SectionText] = []
    found: list[Diagnostic] = []
    allowed = {LEAD} if is_override else set()
    free = FreeIds(one.piece.written_id for one in read if one.piece.written_id)
    seen: set[str] = set()
    for number, one in enumerate(read):
        piece = one.piece
        place = Place(path, piece.line)
        earlier = set() if is_override else seen
        section, fault = (LEAD, None) if number == 0 else _section_id(piece, place, free, earlier, allowed)
        found.extend([fault] if fault else [])
        seen.add(section if number else "")
        texts.append(SectionText(section, piece.heading, piece.body, one.canonical, piece.line))
        found.extend(
            replace(fault, place=Place(path, fault.place.line + one.line), section=section)
            for fault in one.faults
        )
    return Sections(tuple(one.piece for one in read), tuple(texts), tuple(found))


@dataclass(frozen=True, slots=True)
class _Read:
    """A section read by itself; ``faults`` have no path and no section yet, and lines less ``line``."""

    piece: Slice
    canonical: str
    faults: tuple[Diagnostic, ...]
    line: int = 0


def _read(body: str, first_line: int) -> Iterator[_Read]:
    offset, line = 0, first_line - 1
    for number, run in enumerate(cut_into_runs(body)):
        for one in _read_run(run)[1 if number else 0 :]:  # only the first run has a lead
            was = one.piece  # made by hand: dataclasses.replace takes three times as long
            piece = Slice(
                was.source, was.body, was.start + offset, was.line + line, was.heading, was.written_id
            )
            yield _Read(piece, one.canonical, one.faults, line)
        offset += len(run)
        line += run.count("\n")  # whatever ends lines otherwise is all in one run


@lru_cache(maxsize=2048)
def _read_run(run: str) -> tuple[_Read, ...]:
    read = []
    for piece, tokens in slices_with_blocks(run):
        read.append(_Read(piece, canonical_of(tokens), tuple(_faults(piece, tokens))))
        keep_blocks(piece.body, tokens, piece.line - 1 + piece.source.count("\n"))
    return tuple(read)


def _faults(piece: Slice, tokens: Sequence[Token]) -> Iterator[Diagnostic]:
    if piece.source:
        yield from check_section_heading(piece.heading, Place("", piece.line), LEAD)
    yield from check_text(tokens, 1, "", LEAD, level=2 if piece.source else 1)


def _begins_section(token: Token) -> bool:
    return token.level == 0 and token.tag == "h2"


def _lines(token: Token) -> tuple[int, int]:
    assert token.map is not None, "headings always have lines"
    return token.map[0], token.map[1]


def _written_id(token: Token) -> str | None:
    written = token.attrGet("id")
    return None if written is None else str(written)


def _section_id(
    piece: Slice, place: Place, free: FreeIds, seen: set[str], allowed: set[SectionId]
) -> tuple[SectionId, Diagnostic | None]:
    """The id of a section, and the fault of the id that was written, if any."""
    written = piece.written_id
    if written is None:
        mend = free.suggest(piece.heading)
        text = f"The heading “{piece.heading}” has no id. Add {{#{mend}}} behind it."
        return mend, diagnose("missing-section-id", text, place, section=mend)
    if not SectionId.is_valid(written) or (written == LEAD and LEAD not in allowed):
        mend = free.suggest(written if written != LEAD else piece.heading)
        why = "stands for the text before the first heading" if written == LEAD else "can't be a section id"
        return mend, diagnose(
            "bad-section-id", f"“{written}” {why}. {{#{mend}}} would do.", place, section=mend
        )
    if written in seen:
        mend = free.suggest(piece.heading)
        text = f"“{written}” is the id of a section above. {{#{mend}}} is free."
        return mend, diagnose("doubled-section-id", text, place, section=mend)
    return SectionId(written), None
