"""Taking suggested words over: one edit of one section, all else of the file byte for byte."""

from soh_author.domain.comment import Thread
from soh_author.domain.comparing.quotation import Found
from soh_author.domain.errors import ContentError, UsageError, WorldMovedError
from soh_author.domain.override import Override
from soh_author.domain.page import Page, SectionText
from soh_author.markup.front_matter import split
from soh_author.markup.sections import Slice, slice_body
from soh_author.workflow.comments.placing import Placed, sections_of, words_of
from soh_author.workflow.snapshot import Snapshot

_UNDER_HEADING = 2
"""Line ends between a heading and what follows, in the text quotations are looked for in."""


def accepted_text(snapshot: Snapshot, placed: Placed) -> str:
    """The text of the file with the suggested words in it.

    Raises:
        UsageError: when nothing is suggested, or it was taken over already.
        WorldMovedError: when the words it would replace were edited since.
        ContentError: when the new words would change where sections begin.
    """
    thread = placed.thread
    _check_may_be_taken(thread)
    value, text = snapshot.sources.read(placed.path).value, snapshot.text(placed.path)
    own = _own_text(value, placed)
    if text is None or own is None or (thread.anchor.quote and not (placed.found and placed.found.is_exact)):
        raise WorldMovedError(
            "The words this suggestion was about were edited since.",
            safe="Nothing was changed.",
            todo="Look at both, write it by hand, and resolve the suggestion.",
        )
    file = split(text)
    pieces = slice_body(file.body, file.body_line)
    piece = next(each for each in pieces if each.line == own.line and each.body == own.body)
    new = _spliced(piece, own, placed.found, thread.root.remark.replacement)
    changed = file.with_body(file.body[: piece.start] + new + file.body[piece.end :])
    _check_same_sections(pieces, changed)
    return changed


def _check_may_be_taken(thread: Thread) -> None:
    if not thread.is_suggestion:
        raise UsageError(
            "This comment suggests no other words.",
            safe="Nothing was changed.",
            todo="Write what it asks for, and resolve it.",
        )
    if thread.acceptances and not thread.is_open:
        raise UsageError(
            "This suggestion was taken over already.",
            safe="Nothing was changed.",
            todo="Reopen it if the words are to come again.",
        )


def _own_text(value: object, placed: Placed) -> SectionText | None:
    texts = sections_of(value) if isinstance(value, Page | Override) else ()
    return next((each for each in texts if each.id == placed.section and each.line == placed.line), None)


def _spliced(piece: Slice, own: SectionText, found: Found | None, words: str) -> str:
    """The section as written, with the words in it."""
    if found is None:
        lead = piece.body[: len(piece.body) - len(piece.body.lstrip("\r\n"))]
        tail = piece.body[len(piece.body.rstrip()) :] if piece.body.strip() else "\n"
        return f"{piece.source}{lead}{words.strip()}{tail}"
    ahead = len(words_of(own)) - len(own.body)
    if found.start >= ahead:
        start, end = found.start - ahead, found.end - ahead
        return f"{piece.source}{piece.body[:start]}{words}{piece.body[end:]}"
    heading = own.heading[: found.start] + words + own.heading[found.end :]
    if found.end > ahead - _UNDER_HEADING or "\n" in words or not heading.strip():
        raise ContentError(
            "The suggestion reaches over a heading into the text below it.",
            safe="Nothing was changed.",
            todo="Write it by hand, and resolve the suggestion.",
        )
    return piece.source.replace(own.heading, heading, 1) + piece.body


def _check_same_sections(before: tuple[Slice, ...], changed: str) -> None:
    file = split(changed)
    after = slice_body(file.body, file.body_line)
    if [piece.written_id for piece in before] != [piece.written_id for piece in after]:
        raise ContentError(
            "The suggested words would change where sections begin.",
            safe="Nothing was changed.",
            todo="Write it by hand, and resolve the suggestion.",
        )
